"""The workbook for review, as it is written, filled in by others and read back."""

import re
import stat
import unicodedata
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from cs_pipeline.audit.estimate import AuditPlan
from cs_pipeline.audit.sample import AuditRow
from cs_pipeline.audit.verdicts import read_verdicts
from cs_pipeline.audit.workbook import write_workbook
from cs_pipeline.errors import DatasetError
from cs_pipeline.language import LANGUAGE_VARIABLE
from tests.unit.audit.audits import drawn, row, rows

SECRET = "010-7391-4826"


@pytest.fixture
def plan() -> AuditPlan:
    return drawn(rows(none=60, PHONE=30, PHONE_NAME=10), size=40)[0]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A workbook of 40 rows, written in Korean."""
    path = tmp_path / "review" / "audit.xlsx"
    plan, sample = drawn(rows(none=60, PHONE=30, PHONE_NAME=10), size=40)
    write_workbook(path, plan, sample, with_source=False)
    return path


class Reviewer:
    """Opens the workbook as a person does, changes it and saves it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = openpyxl.load_workbook(path)
        self.sheet: Worksheet = self.book.worksheets[0]

    def column(self, *headings: str) -> int:
        return next(cell.column for cell in self.sheet[1] if cell.value in headings)

    def judge(self, verdict: object, *numbers: int) -> None:
        for number in numbers or range(2, self.sheet.max_row + 1):
            self.sheet.cell(number, self.column("판정", "Verdict")).value = verdict

    def save(self) -> Path:
        self.book.save(self.path)
        return self.path


@pytest.mark.parametrize(
    ("language", "headings", "titles", "choices"),
    [
        (
            "ko",
            [
                *("행 번호", "질문 (가린 뒤)", "답변 (가린 뒤)", "가린 종류", "규칙"),
                *("판정", "검토자 메모"),
            ],
            ["검토", "검토 방법", "표본", "cs-pipeline"],
            "정상,누출,과다",
        ),
        (
            "en",
            [
                *("Row id", "Question (masked)", "Answer (masked)", "Types", "Rules"),
                *("Verdict", "Reviewer's note"),
            ],
            ["Review", "How to judge", "Sample", "cs-pipeline"],
            "OK,Leak,Overmasked",
        ),
    ],
)
def test_the_workbook_speaks_the_readers_language(
    monkeypatch, tmp_path, language, headings, titles, choices
):
    monkeypatch.setenv(LANGUAGE_VARIABLE, language)
    path = tmp_path / "audit.xlsx"
    plan, sample = drawn(
        [row(n, "PHONE", rules=("phone.mobile", "known.value")) for n in range(30)]
    )
    write_workbook(path, plan, sample, with_source=False)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    assert book.sheetnames == titles
    assert [cell.value for cell in sheet[1]] == headings
    first = [cell.value for cell in sheet[2]]
    assert first[:3] == [plan.drawn[0].row_id, "문의 #@전화번호#", "네, 확인했어요."]
    assert (
        first[3:]
        == [{"ko": "전화번호", "en": "phone"}[language], "phone.mobile\nknown.value"] + [None] * 2
    )
    [choice] = sheet.data_validations.dataValidation
    assert choice.formula1 == f'"{choices}"'
    assert str(choice.sqref) == "F2:F31"
    assert choice.showErrorMessage
    told = " ".join(str(cell.value) for line in book[titles[1]] for cell in line)
    assert all(word in told for word in choices.split(","))
    assert bool(
        re.search("[가-힣]{3}", told.replace("#@이름#", "").replace("#@전화번호#", ""))
    ) == (language == "ko")


def test_the_workbook_is_ready_to_work_with(path):
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    assert book.active is sheet
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:G41")
    assert sheet["A1"].font.bold
    assert sheet["B2"].alignment.wrap_text
    assert book["cs-pipeline"].sheet_state == "hidden"
    assert [book[name].sheet_state for name in ("검토", "검토 방법", "표본")] == ["visible"] * 3
    assert sheet.page_setup.orientation == "landscape"


def test_rows_are_high_enough_for_their_text(tmp_path):
    path = tmp_path / "audit.xlsx"
    source = [row(n, text="문의 " * (1 + 30 * (n % 2))) for n in range(30)]
    plan, sample = drawn(source)
    write_workbook(path, plan, sample, with_source=False)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    heights = {len(sheet.cell(n, 2).value): sheet.row_dimensions[n].height for n in range(2, 32)}
    assert heights[max(heights)] >= 4 * heights[min(heights)] / 1.5
    assert max(heights.values()) <= 409


def test_the_strata_add_up(path, plan):
    lines = list(openpyxl.load_workbook(path)["표본"].iter_rows(values_only=True))
    assert ("데이터셋 버전", plan.dataset_version, None) in lines
    assert ("난수 시드", str(plan.seed), None) in lines
    table = lines[lines.index(("층 (행에서 가장 드문 종류)", "데이터셋의 행", "뽑은 행")) + 1 :]
    assert [line[:2] for line in table] == [
        ("찾은 것 없음", 60),
        ("전화번호", 30),
        ("이름", 10),
        ("합계", 100),
    ]
    assert sum(line[2] for line in table[:-1]) == table[-1][2] == 40


@pytest.mark.parametrize("value", ["=1+1", "+82 10", "-5", "@SUM(A1)", "#N/A", "010", "가\x00나"])
def test_texts_stay_inert(tmp_path, value):
    path = tmp_path / "audit.xlsx"
    plan, sample = drawn([replace(row(n), question=value, answer=value) for n in range(30)])
    write_workbook(path, plan, sample, with_source=False)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert (sheet["B2"].value, sheet["B2"].data_type) == (value.replace("\x00", ""), "s")
    assert sheet["C2"].data_type == "s"


def with_sources(count: int) -> tuple[AuditPlan, list[AuditRow]]:
    source = (f"제 번호는 {SECRET}", "네")
    return drawn([replace(row(n, "PHONE"), source=source if n else None) for n in range(count)])


def test_the_source_is_written_only_where_it_is_asked_for(tmp_path, monkeypatch):
    monkeypatch.setenv(LANGUAGE_VARIABLE, "en")
    plan, sample = with_sources(30)
    for with_source in (True, False):
        path = tmp_path / f"{with_source}.xlsx"
        write_workbook(path, plan, sample, with_source=with_source)
        with zipfile.ZipFile(path) as parts:
            content = b"".join(parts.read(name) for name in parts.namelist()).decode(
                "utf-8", "replace"
            )
        assert (SECRET in content) is with_source
        assert ("unmasked" in content) is with_source
        assert (stat.S_IMODE(path.stat().st_mode) == 0o600) is with_source
    assert [item.name for item in tmp_path.iterdir() if item.name.startswith(".")] == []
    sheet = openpyxl.load_workbook(tmp_path / "True.xlsx").worksheets[0]
    shown = {line[0]: line[5:7] for line in sheet.iter_rows(min_row=2, values_only=True)}
    assert shown.pop("aa-0") == ("The export is no longer there.",) * 2
    assert set(shown.values()) == {(f"제 번호는 {SECRET}", "네")}
    [choice] = sheet.data_validations.dataValidation
    assert str(choice.sqref) == "H2:H31"


def test_a_row_does_not_show_its_text_in_a_log():
    _, sample = with_sources(30)
    assert SECRET not in repr(sample)
    assert "문의" not in repr(sample)


def test_verdicts_come_back(path, plan):
    reviewer = Reviewer(path)
    reviewer.judge("정상")
    reviewer.judge("누출", 3, 5)
    reviewer.judge("과다", 7)
    reviewer.judge(None, 9, 11)
    read, verdicts = read_verdicts(reviewer.save())
    assert read == plan
    ids = [one.row_id for one in plan.drawn]
    assert {ids[n - 2] for n in (3, 5)} == {key for key, said in verdicts.items() if said == "leak"}
    assert verdicts[ids[5]] == "overmasked"
    assert set(ids) - verdicts.keys() == {ids[7], ids[9]}


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("정상", "ok"),
        (" 정 상 ", "ok"),
        (unicodedata.normalize("NFD", "정상"), "ok"),
        ("OK", "ok"),
        ("ok", "ok"),
        ("ＯＫ", "ok"),
        ("누출", "leak"),
        ("LEAK", "leak"),
        ("leak\n", "leak"),
        ("과다", "overmasked"),
        ("Over masked", "overmasked"),
        ("overmasked", "overmasked"),
        ("", None),
        ("  ", None),
        (None, None),
    ],
)
def test_a_verdict_may_be_written_in_many_ways(path, plan, said, verdict):
    reviewer = Reviewer(path)
    reviewer.judge(said, 4)
    _, verdicts = read_verdicts(reviewer.save())
    assert verdicts == ({plan.drawn[2].row_id: verdict} if verdict else {})


@pytest.mark.parametrize(
    "said", ["누출됨", "정상?", "x", "leak!", "no", 1, True, 0.5, "과", "OK/Leak", "okay", SECRET]
)
def test_an_unknown_verdict_is_told_by_its_cell(path, said):
    reviewer = Reviewer(path)
    reviewer.judge("정상")
    reviewer.judge(said, 6, 40)
    with pytest.raises(DatasetError) as caught:
        read_verdicts(reviewer.save())
    for words in (caught.value.words.ko, caught.value.words.en):
        assert "(F6, F40)" in words
        assert SECRET not in words
    assert "Overmasked" in caught.value.words.en


def test_many_unknown_verdicts_are_not_all_listed(path):
    reviewer = Reviewer(path)
    reviewer.judge("?")
    with pytest.raises(DatasetError, match=r"F2, .*F11, …\)"):
        read_verdicts(reviewer.save())


def test_what_a_reviewer_may_do_does_no_harm(path, plan):
    reviewer = Reviewer(path)
    reviewer.judge("정상")
    reviewer.judge("누출", 2)
    leaked = reviewer.sheet["A2"].value
    lines = [[cell.value for cell in line] for line in reviewer.sheet.iter_rows(min_row=2)]
    for number, line in enumerate(sorted(lines, key=lambda line: line[0]), start=2):
        for column, value in enumerate(line, start=1):
            reviewer.sheet.cell(number, column).value = value
    reviewer.sheet.insert_cols(2)
    reviewer.sheet["B1"] = "담당"
    reviewer.sheet["H1"] = "memo"
    reviewer.sheet.title = "검토 완료"
    reviewer.book.move_sheet("검토 완료", 2)
    reviewer.book.create_sheet("메모", 0)["A1"] = "판정"
    reviewer.sheet.cell(900, 3).value = "  "
    read, verdicts = read_verdicts(reviewer.save())
    assert read == plan
    assert len(verdicts) == 40
    assert [key for key, said in verdicts.items() if said == "leak"] == [leaked]


@pytest.mark.parametrize("change", ["remove", "add", "twice", "clear-id", "other-id"])
def test_rows_removed_or_added_are_refused(path, change):
    reviewer = Reviewer(path)
    reviewer.judge("정상")
    sheet = reviewer.sheet
    if change == "remove":
        sheet.delete_rows(5, 2)
    elif change == "add":
        sheet.append([f"bb-{SECRET}", "질문", "답변", None, None, "누출"])
    elif change == "twice":
        sheet["A9"] = sheet["A8"].value
    else:
        sheet["A9"] = None if change == "clear-id" else f"aa-{SECRET}"
    missing, where = {
        "remove": (2, "-"),
        "add": (0, "A42"),
        "twice": (1, "A8, A9"),
        "clear-id": (1, "A9"),
        "other-id": (1, "A9"),
    }[change]
    with pytest.raises(DatasetError) as caught:
        read_verdicts(reviewer.save())
    assert f"{missing} missing" in caught.value.words.en
    assert f"{where})" in caught.value.words.en
    assert f"빠진 행 {missing}개" in caught.value.words.ko
    assert SECRET not in str(caught.value.words)


def _another_workbook(path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["행 번호", "판정"])
    book.active.append([SECRET, "정상"])
    book.save(path)


def _without(path: Path, *, sheet: str | None = None, cell: str | None = None) -> None:
    reviewer = Reviewer(path)
    if sheet:
        del reviewer.book[sheet]
    if cell:
        title, _, place = cell.partition("!")
        reviewer.book[title][place] = SECRET
    reviewer.save()


def _zip_of_something_else(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("word/document.xml", f"<p>{SECRET}</p>")


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(_another_workbook, id="another-workbook"),
        pytest.param(lambda path: path.write_text(SECRET), id="text"),
        pytest.param(lambda path: path.write_bytes(b""), id="empty"),
        pytest.param(lambda path: path.unlink(), id="gone"),
        pytest.param(lambda path: path.write_bytes(path.read_bytes()[:4000]), id="cut"),
        pytest.param(_zip_of_something_else, id="another-zip"),
        pytest.param(lambda path: _without(path, sheet="cs-pipeline"), id="no-plan"),
        pytest.param(lambda path: _without(path, sheet="검토"), id="no-rows"),
        pytest.param(lambda path: _without(path, cell="검토!F1"), id="no-verdict-heading"),
        pytest.param(lambda path: _without(path, cell="검토!A1"), id="no-id-heading"),
        pytest.param(lambda path: _without(path, cell="cs-pipeline!A1"), id="no-mark"),
        pytest.param(lambda path: _without(path, cell="cs-pipeline!A2"), id="damaged-plan"),
        pytest.param(lambda path: _without(path, cell="cs-pipeline!A9"), id="damaged-row"),
    ],
)
def test_a_file_that_is_not_ours_is_refused(path, spoil):
    spoil(path)
    with pytest.raises(DatasetError) as caught:
        read_verdicts(path)
    assert "audit.xlsx" in caught.value.words.ko
    assert "pii-audit draw" in caught.value.words.en
    assert SECRET not in str(caught.value.words)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
