"""`cs-pipeline inspect`: what would be read, masked, and nothing taken in."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from cs_pipeline import stages
from cs_pipeline.stages.inspecting import inspect_export

PHONE = "010-3829-4756"


def export(path: Path, answer: str = "내일 도착합니다.") -> Path:
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = f"3월 {PHONE}"
    for row in [
        ["고객명", "질문", "답변", None, "대화ID", "화자", "내용"],
        ["한여름", f"{PHONE} 한여름인데 배송 언제 와요?", answer, None, "c", "고객", "[b]반품요"],
        [
            "나래울",
            "환불 언제 되나요?",
            "=C2",
            None,
            "c",
            "상담사 도담솔",
            "도담솔이 접수했습니다.",
        ],
        ["나래울", "교환은 언제 되나요?", "내일 됩니다.", None, "c", "고객", "또 물어볼게요"],
    ]:
        sheet.append(row)
    workbook.create_sheet("메모").append(["없음"])
    workbook.save(path)
    return path


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_would_be_read_is_shown_masked(cs_pipeline, tmp_path, monkeypatch, language):
    monkeypatch.setenv("CS_PIPELINE_LANG", language)
    shown = cs_pipeline("inspect", str(export(tmp_path / f"상담 {PHONE}.xlsx")), "--rows", "1")
    assert shown.code == 0, shown.err
    for secret in ("3829", "4756", "한여름", "도담솔", "나래울"):
        assert secret not in shown.out + shown.err
    assert "#@전화번호# #@이름#인데 배송 언제 와요?" in shown.out
    assert "[b]반품요" in shown.out
    assert ".xlsx" in shown.out
    assert "교환은" not in shown.out
    for words in {
        "ko": [
            "값이 저장되지 않은 수식 1",
            "답변 없이 끝난 문의 1",
            "발화별 행",
            "B 질문: 질문",
            "읽지 않음",
        ],
        "en": [
            "formula without a stored value 1",
            "never answered 1",
            "one utterance per row",
            "not read",
        ],
    }[language]:
        assert words in shown.out


def test_a_file_that_would_be_quarantined_says_why_and_ends_with_3(cs_pipeline, tmp_path):
    path = tmp_path / f"{PHONE}.xlsx"
    path.write_bytes(b"SCDSA004")
    shown = cs_pipeline("inspect", str(path))
    assert shown.code == 3
    assert "DRM" in shown.err
    assert "3829" not in shown.err


def test_what_fails_a_check_as_a_whole_is_shown_and_ends_with_3(cs_pipeline, tmp_path):
    workbook = Workbook()
    workbook.active.append(["question", "answer"])
    for number in range(30):
        workbook.active.append([f"Where is parcel {number}?", f"On its way, number {number}."])
    workbook.save(tmp_path / "a.xlsx")
    shown = cs_pipeline("inspect", str(tmp_path / "a.xlsx"))
    assert shown.code == 3
    assert "question, answer" in shown.out
    assert "Error" in shown.err


def test_nothing_is_written(cs_pipeline, tmp_path, installation):
    folder = tmp_path / "alone"
    folder.mkdir()
    path = export(folder / "a.xlsx")
    before = sorted(installation.settings.data_dir.rglob("*"))
    cs_pipeline("inspect", str(path))
    assert sorted(installation.settings.data_dir.rglob("*")) == before
    assert list(folder.iterdir()) == [path]


def test_a_later_turn_tells_what_to_mask_in_a_shown_one(installation, tmp_path):
    workbook = Workbook()
    for row in [
        ["대화ID", "발화자", "내용"],
        ["c", "고객", "배송 언제 와요?"],
        ["c", "상담사 도담솔", "도담솔이 확인합니다."],
        ["c", "고객", "네"],
        ["c", "상담사", "연락처는 010-3829-4756 맞으시죠?"],
    ]:
        workbook.active.append(row)
    workbook.save(tmp_path / "a.xlsx")
    [table] = inspect_export(
        stages.Installation(installation.settings), tmp_path / "a.xlsx", rows=1
    ).tables
    [row] = table.rows
    assert row.answer == "#@이름#이 확인합니다."
    assert table.report.exchanges == 2


def test_no_rows_are_shown_on_request(installation, tmp_path):
    found = inspect_export(
        stages.Installation(installation.settings), export(tmp_path / "a.xlsx"), rows=0
    )
    assert [len(table.rows) for table in found.tables] == [0, 0, 0]


def test_a_corrected_workbook_of_refused_rows_shows_what_it_would_bring(
    cs_pipeline, tmp_path, installation
):
    path = export(tmp_path / "a.xlsx", answer="")
    installation.drop_bytes("a.xlsx", path.read_bytes())
    settings = installation.settings
    [claimed] = stages.collect(stages.Installation(settings), run_id="r")
    refused = stages.validate(stages.Installation(settings), claimed).refused_uri
    unchanged = cs_pipeline("inspect", refused)
    assert (unchanged.code, "was corrected" in unchanged.err) == (3, True)
    workbook = load_workbook(refused)
    page = workbook.worksheets[0]
    [row] = [row for row in page.iter_rows() if row[2].value == "C2"]
    row[5].value = "내일 도착합니다."
    workbook.save(tmp_path / "b.xlsx")
    shown = cs_pipeline("inspect", str(tmp_path / "b.xlsx"))
    assert shown.code == 0, shown.err
    assert "#@전화번호# #@이름#인데 배송 언제 와요?" in shown.out
    assert "[2]" not in shown.out
    assert "corrected" in shown.out.partition("Note")[2]
    assert "not corrected 2" in shown.out
