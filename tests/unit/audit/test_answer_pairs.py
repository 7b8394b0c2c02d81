"""Pairs of answers: mixed blind, written for a person, read back, turned into a preference."""

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from cs_pipeline.audit.answer_pairs import AnswerPair, draw_id, mixed, preference
from cs_pipeline.audit.answers_workbook import read_answers, write_answers
from cs_pipeline.errors import DatasetError
from cs_pipeline.language import LANGUAGE_VARIABLE
from cs_pipeline.records import AnswerDraw, DrawnPair

PAIRS = [
    AnswerPair(
        f"{number}번 질문",
        f"새 답변 {number}",
        f"옛 답변 {number}",
        ("안녕", "네"),
        f"실제 {number}",
    )
    for number in range(40)
]
NAME = draw_id("salt", "run-1", "m2", "m1")


def drawn(pairs: tuple[DrawnPair, ...]) -> AnswerDraw:
    return AnswerDraw(
        draw_id=NAME,
        run_id="run-1",
        candidate_version="m2",
        live_version="m1",
        dataset_version="d0001-aa",
        seed=1,
        questions=len(pairs) + 3,
        same=3,
        unsafe=0,
        pairs=pairs,
        drawn_at=datetime(2026, 3, 1, tzinfo=UTC),
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "audits" / "answers.xlsx"
    write_answers(path, NAME, mixed(PAIRS, secret="salt", draw=NAME)[0])
    return path


def fill(path: Path, verdicts: dict[int, object], column: int = 7) -> Path:
    book = openpyxl.load_workbook(path)
    for number, verdict in verdicts.items():
        book.worksheets[0].cell(number, column).value = verdict
    book.save(path)
    return path


def test_sides_are_fair_and_follow_from_the_secret() -> None:
    shown, kept = mixed(PAIRS, secret="salt", draw=NAME)
    assert (shown, kept) == mixed(PAIRS, secret="salt", draw=NAME)
    assert kept != mixed(PAIRS, secret="other", draw=NAME)[1]
    assert sum(pair.candidate == "A" for pair in kept) == 20
    assert [pair.question for pair in shown] != [pair.question for pair in PAIRS]
    for one, side in zip(shown, kept, strict=True):
        assert one.pair_id == side.pair_id
        assert (one.a if side.candidate == "A" else one.b).startswith("새")
        assert (one.b if side.candidate == "A" else one.a).startswith("옛")
    assert {pair.question for pair in shown} == {pair.question for pair in PAIRS}


@pytest.mark.parametrize(
    ("language", "titles", "choices"),
    [
        ("ko", ["답변 비교", "판정 방법", "cs-pipeline"], "A,B,비슷함,둘 다 나쁨"),
        ("en", ["Answers", "How to judge", "cs-pipeline"], "A,B,Alike,Both bad"),
    ],
)
def test_the_workbook_speaks_one_language_and_tells_no_side(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, titles: list[str], choices: str
) -> None:
    monkeypatch.setenv(LANGUAGE_VARIABLE, language)
    path = tmp_path / "answers.xlsx"
    write_answers(path, NAME, mixed(PAIRS, secret="salt", draw=NAME)[0])
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == titles
    (choice,) = book.worksheets[0].data_validations.dataValidation
    assert (choice.formula1, str(choice.sqref)) == (f'"{choices}"', "G2:G41")
    assert book["cs-pipeline"].sheet_state == "hidden"
    with zipfile.ZipFile(path) as archive:
        text = "".join(archive.read(name).decode("utf-8") for name in archive.namelist())
    assert "candidate" not in text.casefold()
    assert not {"m1", "m2", "run-1"} & {
        str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row
    }


def test_both_orders_of_the_candidate_look_alike_but_for_the_texts() -> None:
    one, _ = mixed(PAIRS, secret="salt", draw=NAME)
    swapped = [AnswerPair(p.question, p.live, p.candidate, p.context, p.real) for p in PAIRS]
    other, _ = mixed(swapped, secret="salt", draw=NAME)
    assert [(p.pair_id, p.question, p.a, p.b) for p in one] == [
        (p.pair_id, p.question, p.b, p.a) for p in other
    ]


def test_verdicts_come_back_in_either_language_sorted_and_with_open_rows(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    for number, (row, said) in enumerate(
        zip(reversed(rows), ["A", "b", " 비슷함 ", "Both bad"], strict=False), start=2
    ):
        for column, value in enumerate([*row[:6], said, None], start=1):
            sheet.cell(number, column).value = value
    for number, row in enumerate(list(reversed(rows))[4:], start=6):
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column).value = value
    book.save(path)
    name, verdicts = read_answers(path)
    assert name == NAME
    assert verdicts == {
        f"{NAME}-40": "a",
        f"{NAME}-39": "b",
        f"{NAME}-38": "alike",
        f"{NAME}-37": "both_bad",
    }


@pytest.mark.parametrize(("language", "sheet"), [("ko", "답변 비교"), ("en", "답변 비교")])
def test_an_unknown_verdict_is_refused_by_sheet_and_cell(
    path: Path, monkeypatch: pytest.MonkeyPatch, language: str, sheet: str
) -> None:
    monkeypatch.setenv(LANGUAGE_VARIABLE, language)
    fill(path, {2: "A", 7: "김민수 010-7391-4826", 9: "C"})
    with pytest.raises(DatasetError) as caught:
        read_answers(path)
    assert sheet in str(caught.value)
    assert "(G7, G9)" in str(caught.value)
    assert "7391" not in str(caught.value.words)


def test_rows_that_came_twice_or_are_gone_are_refused_by_sheet_and_cell(path: Path) -> None:
    fill(path, {3: f"{NAME}-1"}, column=1)
    with pytest.raises(DatasetError, match=r"답변 비교.*빠진 행 1개.*\(위치: A2, A3\)"):
        read_answers(path)


def test_other_workbooks_are_refused(tmp_path: Path, path: Path) -> None:
    other = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(other)
    no_workbook = tmp_path / "text.xlsx"
    no_workbook.write_text("A")
    book = openpyxl.load_workbook(path)
    book["cs-pipeline"].cell(2, 1).value = "somebody-else"
    book.save(path)
    for bad in (other, no_workbook, path):
        with pytest.raises(DatasetError, match="answers draw"):
            read_answers(bad)


def test_a_preference_counts_ties_as_half_and_has_an_interval() -> None:
    _, kept = mixed(PAIRS, secret="salt", draw=NAME)
    draw = drawn(kept)
    ours = {pair.pair_id: pair.candidate.lower() for pair in kept}
    theirs = {name: "b" if side == "a" else "a" for name, side in ours.items()}
    ids = list(ours)
    verdicts = (
        {name: ours[name] for name in ids[:20]}
        | {name: theirs[name] for name in ids[20:26]}
        | dict.fromkeys(ids[26:29], "alike")
        | {ids[29]: "both_bad"}
    )
    found = preference(draw, verdicts)
    assert (found.judged, found.shown, found.questions, found.same) == (30, 40, 43, 3)
    assert (found.preferred, found.live_preferred, found.alike, found.both_bad) == (20, 6, 3, 1)
    assert found.share == pytest.approx(22 / 30)
    # Clopper-Pearson for 22 of 30.
    assert (found.low, found.high) == pytest.approx((0.5411, 0.8772), abs=1e-4)
    assert preference(draw, ours).low > 0.9
    assert preference(draw, theirs).high < 0.1


def test_too_few_verdicts_say_nothing() -> None:
    _, kept = mixed(PAIRS, secret="salt", draw=NAME)
    with pytest.raises(DatasetError, match="9"):
        preference(drawn(kept), {pair.pair_id: "a" for pair in kept[:9]})
    few = drawn(kept[:4])
    assert preference(few, {pair.pair_id: "alike" for pair in kept[:4]}).share == 0.5
    with pytest.raises(DatasetError):
        preference(few, {})
