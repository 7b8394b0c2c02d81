import re
import resource
from collections.abc import Callable
from pathlib import Path

import hostile_files
import other_formats
import psutil
import pytest
import workbooks
from python_calamine import CalamineError, CalamineWorkbook

from cs_pipeline.errors import ExportError
from cs_pipeline.intake import archive
from cs_pipeline.intake.exchanges import read_exchanges
from cs_pipeline.intake.workbook import read_workbook
from cs_pipeline.intake.workbook_reader import MEMORY_BYTES

LIMIT = 10_000_000
SECRET = workbooks.SECRET
Build = Callable[[Path], Path]


def text(content: str | bytes) -> Build:
    return lambda path: workbooks.written(path, content)


def folder(path: Path) -> Path:
    path.mkdir()
    return path


CORPUS: dict[str, tuple[str, str, Build]] = {
    "zero bytes": ("empty_file", "a.xlsx", text(b"")),
    "folder": ("not_a_file", "a.xlsx", folder),
    "truncated": ("damaged_workbook", "a.xlsx", workbooks.truncated),
    "broken part": ("damaged_workbook", "a.xlsx", workbooks.broken_sheet_part),
    "broken OLE": ("damaged_workbook", "a.xls", workbooks.broken_ole),
    "zip bomb": ("zip_bomb", "a.xlsx", hostile_files.zip_bomb),
    "large in sum": ("zip_bomb", "a.xlsx", hostile_files.many_large_parts),
    "many parts": ("zip_bomb", "a.xlsx", hostile_files.many_parts),
    "zip of workbooks": ("archive", "a.xlsx", hostile_files.zip_of_workbooks),
    "zip in zip": ("archive", "a.xlsx", hostile_files.zip_in_zip),
    "entities": ("xml_entities", "a.xlsx", hostile_files.with_entities),
    "entities in UTF-16": (
        "xml_entities",
        "a.xlsx",
        lambda path: hostile_files.with_entities(path, encoding="utf-16"),
    ),
    "far cell": ("far_cell", "a.xlsx", hostile_files.far_cell),
    "far cell declared": ("far_cell", "a.xlsx", workbooks.far_away_cell),
    "far cell denied": (
        "reader_crashed",
        "a.xlsx",
        lambda path: hostile_files.far_cell(path, declared="A1:B2"),
    ),
    "far cell in xlsb": (
        "reader_crashed",
        "a.xlsb",
        lambda path: other_formats.xlsb(path, hostile_files.SECRET_ROWS, shift=(1_048_570, 16_000)),
    ),
    "empty sheets": (
        "empty_workbook",
        "a.xlsx",
        lambda path: workbooks.save(path, ("하나", []), ("둘", [])),
    ),
    "charts": ("empty_workbook", "a.xlsx", hostile_files.charts_only),
    "Word document": ("not_a_workbook", "a.xlsx", workbooks.word_document),
    "prose": ("not_a_workbook", "a.xlsx", text(SECRET)),
    "PDF": ("pdf_or_image", "a.xlsx", text(f"%PDF-1.7 {SECRET}")),
    "picture": ("pdf_or_image", "a.xlsx", text(b"\x89PNG\r\n\x1a\n\0\0" + SECRET.encode())),
    "HTML": ("html_page", "a.xls", hostile_files.html_table),
    "MHTML": ("html_page", "a.xls", hostile_files.web_archive),
    "XML of 2003": ("xml_spreadsheet", "a.xls", hostile_files.xml_spreadsheet_2003),
    "SoftCamp": ("drm_protected", "a.xlsx", text(f"SCDSA004{SECRET}")),
    "NASCA": ("drm_protected", "a.csv", text("<## NASCA DRM FILE - VER1.00 ##>")),
    "Fasoo": ("drm_protected", "a.xlsx", text(b"\x9b DRMONE  This Document is encrypted")),
    "encrypted": (
        "password_protected",
        "a.xlsx",
        lambda path: other_formats.encrypted_xlsx(path, SECRET),
    ),
    "quotes": ("unreadable_csv", "a.csv", text(f'a,b\n"{SECRET}" c,"')),
    "encoding": ("unknown_encoding", "a.csv", text(f"a,b\n{SECRET}".encode() + b"\xff\xff,c")),
    "no header": (
        "no_conversation_sheet",
        "a.xls",
        text(f"담당\t전화\n{SECRET}\t{SECRET}\n".encode("cp949")),
    ),
}


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
    ("build", "rows"),
    [
        (hostile_files.stray_cell_in_the_last_row, 1_048_576),
        (hostile_files.whole_sheet_declared, 3),
    ],
)
def test_odd_but_harmless_sheets_are_read(tmp_path: Path, build: Build, rows: int) -> None:
    [sheet] = read_workbook(build(tmp_path / "a.xlsx"), max_bytes=LIMIT)
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
