import re
import resource
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from python_calamine import CalamineError, CalamineWorkbook

from cs_pipeline.errors import ExportError
from cs_pipeline.intake.exchanges import read_exchanges
from cs_pipeline.intake.files import archive
from cs_pipeline.intake.files.workbook import read_workbook
from cs_pipeline.intake.files.workbook_reader import MEMORY_BYTES
from tests.unit.intake import hostile_files, other_formats, workbooks
from tests.unit.intake.hostile_files import CORPUS

LIMIT = 10_000_000
Build = Callable[[Path], Path]


@pytest.mark.parametrize(("reason", "name", "build"), CORPUS.values(), ids=CORPUS)
def test_a_bad_export_is_refused_with_its_reason_and_without_its_values(
    tmp_path: Path, reason: str, name: str, build: Build
) -> None:
    path = build(tmp_path / name)
    with pytest.raises(ExportError) as caught:
        read_exchanges(path, max_bytes=LIMIT)
    assert caught.value.reason == reason
    words = caught.value.words
    assert words.ko != words.en
    for said in (words.ko, words.en, repr(caught.value), repr(caught.value.__context__)):
        assert "비밀값" not in said
        assert "9999" not in said
    assert name in words.ko
    assert name in words.en
    assert "{" not in words.ko + words.en


def largest_child() -> int:
    """Bytes of memory of the largest child that this process, tests before included, ever had."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


def test_good_files_are_read_between_bad_ones_and_nothing_is_left_behind(tmp_path: Path) -> None:
    good = workbooks.plain_qa(tmp_path / "good.xlsx")
    before, largest_before = set(psutil.Process().children(recursive=True)), largest_child()
    for name in ("far cell", "far cell denied", "zip bomb", "encrypted", "broken OLE"):
        _, file, build = CORPUS[name]
        with pytest.raises(ExportError):
            read_workbook(build(tmp_path / file), max_bytes=LIMIT)
        [sheet] = read_workbook(good, max_bytes=LIMIT)
        assert len(sheet.rows) == 3
    assert set(psutil.Process().children(recursive=True)) <= before
    assert largest_child() < max(MEMORY_BYTES, largest_before + 1)


def test_the_far_cell_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportError) as caught:
        read_workbook(hostile_files.far_cell(tmp_path / "a.xlsx"), max_bytes=LIMIT)
    assert "XFD1048576" in caught.value.words.ko
    assert "XFD1048576" in caught.value.words.en


def test_what_is_cut_off_is_told_from_what_is_damaged(tmp_path: Path) -> None:
    words = []
    for build in (workbooks.truncated, workbooks.broken_sheet_part):
        with pytest.raises(ExportError) as caught:
            read_workbook(build(tmp_path / "a.xlsx"), max_bytes=LIMIT)
        words.append(caught.value.words.en)
    assert "breaks off" in words[0]
    assert "breaks off" not in words[1]


def test_a_bomb_with_a_false_directory_does_no_harm(tmp_path: Path) -> None:
    path = hostile_files.understated_bomb(tmp_path / "a.xlsx", megabytes=64)
    with pytest.raises(ExportError) as caught:
        read_workbook(path, max_bytes=LIMIT)
    assert caught.value.reason in {"damaged_workbook", "reader_crashed"}


def test_calamine_expands_no_entities(tmp_path: Path) -> None:
    path = hostile_files.with_entities(tmp_path / "a.xlsx")
    parts = other_formats.parts_of(path.read_bytes())
    sheet = parts[hostile_files.SHEET]
    parts[hostile_files.SHEET] = re.sub(rb"<t>[^<]*</t>", b"<t>&e1;</t>", sheet)
    workbook = CalamineWorkbook.from_path(other_formats.packed(path, parts))
    with pytest.raises(CalamineError, match="unrecognized entity"):
        workbook.get_sheet_by_index(0)


@pytest.mark.parametrize(
    ("build", "name", "rows"),
    [
        (hostile_files.stray_cell_in_the_last_row, "a.xlsx", 1_048_576),
        (hostile_files.whole_sheet_declared, "a.xlsx", 3),
        (hostile_files.cp949_tabs, "a.xls", 3),
    ],
)
def test_odd_but_harmless_sheets_are_read(
    tmp_path: Path, build: Build, name: str, rows: int
) -> None:
    [sheet] = read_workbook(build(tmp_path / name), max_bytes=LIMIT)
    assert sheet.rows[:3] == [tuple(row) for row in other_formats.TABLE]
    assert len(sheet.rows) == rows
    assert not any(sheet.rows[3:-1])


def test_cells_are_found_across_chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "_CHUNK_BYTES", 64)
    monkeypatch.setattr(archive, "MAX_SHEET_CELLS", 100)
    path = hostile_files.far_cell(tmp_path / "a.xlsx")
    with path.open("rb") as stream, pytest.raises(archive.ReaderProblem) as caught:
        archive.check_archive(stream)
    assert caught.value.details == {"cell": "XFD1048576"}
