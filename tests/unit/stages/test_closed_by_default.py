"""What others on the machine can see, and what a file may do to who opens it."""

import stat
from pathlib import Path

import openpyxl
import pytest

from cs_pipeline import stages
from cs_pipeline.config import Settings
from cs_pipeline.intake.inbox.names import claimed_name, shown_name
from cs_pipeline.language import Words
from cs_pipeline.quality.quarantine import write_refused_rows
from cs_pipeline.quality.refused_workbooks import erase_rows, listed_rows, origin_of
from cs_pipeline.records import RefusedRow
from cs_pipeline.refused.workbook_form import original_column

SHA = "a" * 64


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_both_folders_are_closed_unless_a_setting_opens_them(settings: Settings) -> None:
    stages.Installation(settings).prepare()
    assert [mode(settings.data_dir), mode(settings.work_dir)] == [0o700, 0o700]
    for folder in (settings.data_dir, settings.work_dir):
        folder.chmod(0o755)
    stages.Installation(settings.model_copy(update={"open_folders": True})).prepare()
    assert [mode(settings.data_dir), mode(settings.work_dir)] == [0o755, 0o755]
    assert mode(settings.quarantine_dir) == 0o700, "raw text stays closed"


def test_names_show_what_nobody_sees() -> None:
    assert shown_name("3월\u202excod.xlsx\x07") == "3월\\u202excod.xlsx\\u0007"
    assert shown_name("상담 3월 (2).xlsx") == "상담 3월 (2).xlsx"


@pytest.mark.parametrize("name", ["-rf.xlsx", "--help", "-"])
def test_no_claimed_name_is_an_option(name: str) -> None:
    assert not claimed_name(name, lambda text: text).startswith("-")


def refused(*rows: tuple[str, str, tuple[str, ...]]) -> list[RefusedRow]:
    words = Words(ko="답변이 비었습니다.", en="The answer is empty.")
    return [RefusedRow(sheet, cell, "empty_answer", words, cells) for sheet, cell, cells in rows]


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "quarantine" / "march-aaaaaaaa-refused.xlsx"
    rows = refused(
        ("3월", "C5", ("1", "=1+1", "")),
        ("3월", "C6", ("2", "@누구", "")),
        ("4월", "B9", ("3", "", "-3")),
        ("4월", "C10", ("4", "\t탭", "그대로")),
    )
    own = {"3월": [("번호", "문의 내용", "답변")], "4월": [("번호", "문의 내용", "회신")]}
    write_refused_rows(path, rows, export_name="march.xlsx", export_sha256=SHA, headings=own)
    return path


def test_formulas_are_text_for_good(workbook: Path) -> None:
    page = openpyxl.load_workbook(workbook).worksheets[0]
    quoted = {cell.value for row in page.iter_rows() for cell in row if cell.quotePrefix}
    assert quoted == {"=1+1", "@누구", "-3", "\t탭"}


def test_the_page_says_what_to_fill_and_prints_whole(workbook: Path) -> None:
    page = openpyxl.load_workbook(workbook).worksheets[0]
    headings = [cell.value for cell in page[1]]
    assert headings[3:] == ["원본 A열 · 번호", "원본 B열 · 문의 내용", "원본 C열"], (
        "sheets differ on C"
    )
    assert [original_column(heading) for heading in headings[3:]] == [0, 1, 2]
    coloured = {
        cell.coordinate
        for row in page.iter_rows(min_row=2)
        for cell in row
        if cell.fill.patternType
    }
    assert coloured == {"F2", "F3", "E4", "F5"}
    assert page.page_setup.orientation == "landscape"
    assert page.sheet_properties.pageSetUpPr.fitToPage


def test_rows_go_out_of_a_workbook_and_what_its_owner_wrote_stays(workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    book.worksheets[0]["F3"] = "고친 답"
    book.save(workbook)
    assert origin_of(workbook) == SHA
    assert [(row.sheet, row.row) for row in listed_rows(workbook)] == [
        ("3월", 5), ("3월", 6), ("4월", 9), ("4월", 10)
    ]  # fmt: skip
    for gone in (2, 0):
        assert erase_rows(workbook, lambda row: row.row in (5, 9)) == gone
    page = openpyxl.load_workbook(workbook).worksheets[0]
    assert [cell.value for cell in page["F"]][1:] == ["고친 답", "그대로"]
    assert page.auto_filter.ref == "A1:F3"
    assert origin_of(workbook) == SHA
    assert erase_rows(workbook, lambda row: True) == 2
    assert not workbook.exists(), "the last row takes the workbook along"
