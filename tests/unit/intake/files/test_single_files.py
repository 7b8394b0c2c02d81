"""Workbooks and web pages in one file of text are read as they come."""

import socket
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from cs_pipeline.intake.exchanges import read_exchanges
from cs_pipeline.intake.files.workbook import read_workbook
from cs_pipeline.stages import Installation
from tests.unit.intake import single_files
from tests.unit.intake.call_centre_exports import Pair, clock

LIMIT = 10_000_000
Build = Callable[[Path], list[Pair]]


@pytest.mark.parametrize(
    ("build", "name"),
    [
        (single_files.saved_by_excel_2003, "a.xml"),
        (single_files.saved_by_excel_2003, "a.xls"),
        (single_files.written_by_a_korean_framework, "a.xls"),
        (single_files.errors_and_open_formulas, "a.xml"),
        (single_files.board_saved_by_a_browser, "a.mhtml"),
        (single_files.saved_by_excel_as_one_page, "a.mht"),
    ],
)
def test_a_single_file_gives_what_its_owner_expects(
    settings: Settings, tmp_path: Path, build: Build, name: str
) -> None:
    path = tmp_path / name
    expected = Counter(build(path))
    intake = Installation(settings).intake
    outcome = intake.check(intake.read(path))
    assert outcome.blocking is None
    assert Counter((row.question, row.answer) for row in outcome.accepted) == expected


def test_cells_are_as_those_of_other_workbooks(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    pairs = single_files.saved_by_excel_2003(path)
    sheet, note = read_workbook(path, max_bytes=LIMIT)
    assert (sheet.name, sheet.hidden, note.hidden) == ("3월", False, True)
    assert sheet.rows[4] == ("1", str(clock(0)), *pairs[0], "김민지")
    assert sheet.merged == ((0, 0, 0, 4),)
    assert sheet.rows[:3] == [("3월 상담 내역",), (), ()]


def test_errors_and_open_formulas_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    kept = single_files.errors_and_open_formulas(path)
    reading = read_exchanges(path, max_bytes=LIMIT)
    assert len(reading.exchanges) == len(kept)
    assert Counter(row.reason for row in reading.refused) == {
        "error_cell": 5,
        "formula_without_value": 3,
    }


def test_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a page names elsewhere stays there: no socket is opened for it."""
    from cs_pipeline.intake.files.workbook_reader import messages

    def refuse(*_: object) -> None:
        raise AssertionError("something was fetched")

    monkeypatch.setattr(socket, "socket", refuse)
    path = tmp_path / "a.mhtml"
    single_files.board_saved_by_a_browser(path)
    head, *blocks = messages(path, ())
    assert head == {"sheet": "a"}
    assert "아니요" not in str(blocks)
