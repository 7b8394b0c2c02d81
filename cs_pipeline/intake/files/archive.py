"""What is checked of a zip-based workbook before anything unpacks it."""

import re
import zipfile
import zlib
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import compress
from typing import BinaryIO

from cs_pipeline.intake.files.reader_problem import ReaderProblem

MAX_PARTS = 10_000
MAX_UNPACKED_BYTES = 2 * 1024**3
MAX_RATIO = 300
"""Unpacked to packed bytes of one part; deflate reaches 1,030, dense sheets about 50."""
RATIO_COUNTS_FROM_BYTES = 16 * 1024**2
MAX_SHEET_CELLS = 2**26
"""Rows times columns up to the farthest cells; calamine needs 32 bytes for each."""
TABLE_SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".txt")
"""How the names of exports end."""

_TYPES = "[Content_Types].xml"
_WORKBOOK_TYPES = (b"spreadsheetml.sheet.main", b"ms-excel.sheet.")
_EXCEL_BOOKS = {"xl/workbook.xml", "xl/workbook.bin"}
_ODS_CONTENT, _ODS_MANIFEST = "content.xml", "META-INF/manifest.xml"
_APPLE_PARTS = (".iwa", "Metadata/DocumentIdentifier", "index.apxl")
_DOCUMENT_PARTS = {
    "[Content_Types].xml",
    "mimetype",
    "META-INF/manifest.xml",
    "word/document.xml",
    "ppt/presentation.xml",
}
"""Any of these makes a zip a document of some program, such as Word."""
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_HEAD_BYTES = 4096
_CHUNK_BYTES = 1024**2
_OVERLAP_BYTES = 256
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension\s[^>]*?ref\s*=\s*[\"']([A-Z]+\d+:)?([A-Z]+)(\d+)")
# Anything but a cell of the columns A to Z as programs write it; each begins with letters to
# look for.
_ODD_CELLS = (re.compile(rb"<c(?=\s)(?! r=\"[A-Z]\d)"), re.compile(rb":c\s"))
_CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br\s*=\s*[\"']([A-Z]{1,3})(\d{1,7})[\"']")


def check_archive(stream: BinaryIO) -> None:
    """Refuse a zip that is not a workbook, unpacks beyond bounds or reaches too far.

    Raises:
        ReaderProblem: `incomplete_workbook`, `damaged_workbook`, `unsupported_encryption`,
            `archive`, `archive_without_workbook`, `apple_numbers`, `not_a_workbook`, `zip_bomb`,
            `xml_entities` or `far_cell`.
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()
            _check_sizes(parts)
            _check_kind(archive, parts)
            _check_entities(archive, parts)
            _check_reach(archive, parts)
    except zipfile.BadZipFile as error:
        # Without its directory, which stands at the end, the file was cut off.
        cut = "not a zip file" in str(error)
        raise ReaderProblem("incomplete_workbook" if cut else "damaged_workbook") from None
    except (EOFError, OSError, ValueError, NotImplementedError, zlib.error):
        raise ReaderProblem("damaged_workbook") from None


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    """The sizes are the archive's own words; what lies about them meets the memory limit."""
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise ReaderProblem("zip_bomb")
    for part in parts:
        if (
            part.file_size > RATIO_COUNTS_FROM_BYTES
            and part.file_size > MAX_RATIO * part.compress_size
        ):
            raise ReaderProblem("zip_bomb")


def _check_kind(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    names = {part.filename.replace("\\", "/") for part in parts}
    if any(part.flag_bits & 0x1 for part in parts):
        raise ReaderProblem("unsupported_encryption")
    if _EXCEL_BOOKS & {name.lower() for name in names} or _declares_workbook(archive):
        return
    if _ODS_CONTENT in names and _is_ods(archive):
        if b"encryption-data" in _head(archive, _ODS_MANIFEST, _CHUNK_BYTES):
            raise ReaderProblem("unsupported_encryption")
        return
    raise ReaderProblem(_kind_of_other(names))


def _kind_of_other(names: set[str]) -> str:
    """Why a zip that is not a workbook is refused."""
    if any(name.endswith(_APPLE_PARTS) for name in names):
        return "apple_numbers"
    if any(name.lower().endswith((".zip", *TABLE_SUFFIXES)) for name in names):
        return "archive"
    return "not_a_workbook" if _DOCUMENT_PARTS & names else "archive_without_workbook"


def _declares_workbook(archive: zipfile.ZipFile) -> bool:
    """Whether the parts of a workbook lie elsewhere than programs put them."""
    types = _head(archive, _TYPES, _CHUNK_BYTES)
    return any(kind in types for kind in _WORKBOOK_TYPES)


def _is_ods(archive: zipfile.ZipFile) -> bool:
    kind = _head(archive, "mimetype") or _head(archive, _ODS_MANIFEST, _CHUNK_BYTES)
    return _ODS_TYPE in kind


def _head(archive: zipfile.ZipFile, name: str, size: int = _HEAD_BYTES) -> bytes:
    try:
        with archive.open(name) as part:
            return part.read(size)
    except KeyError:
        return b""


def _check_entities(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """No program writes entity definitions into a workbook; calamine would not expand them."""
    for part in parts:
        if not part.filename.lower().endswith((".xml", ".rels")):
            continue
        # Zero bytes out of the way, UTF-16 reads like ASCII; a long comment may stand before.
        if b"<!ENTITY" in _head(archive, part.filename, _CHUNK_BYTES).replace(b"\0", b""):
            raise ReaderProblem("xml_entities")


def _check_reach(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """Refuse a sheet whose farthest cells span more than calamine can hold.

    A dimension within bounds is believed. Many programs declare the whole sheet or nothing: then
    the cells are looked at.
    """
    unknown = [part.filename for part in parts if not _declares_reach(archive, part.filename)]
    with ThreadPoolExecutor() as threads:  # unpacking leaves the interpreter free
        odd = list(threads.map(partial(_has_odd_cells, archive), unknown))
    for name in compress(unknown, odd):  # the others have 26 columns at most
        column, row = _farthest(archive, name)
        if _area(column, row) > MAX_SHEET_CELLS:
            raise ReaderProblem("far_cell", cell=f"{column.decode()}{row}")


def _declares_reach(archive: zipfile.ZipFile, name: str) -> bool:
    """True for a part that is not a sheet, or one that declares a dimension within bounds."""
    if not _SHEET.fullmatch(name):
        return True
    declared = _DIMENSION.search(_head(archive, name))
    return declared is not None and _area(declared[2], int(declared[3])) <= MAX_SHEET_CELLS


def _area(column: bytes, row: int) -> int:
    number = 0
    for letter in column:
        number = 26 * number + letter - ord("A") + 1
    return number * row


def _has_odd_cells(archive: zipfile.ZipFile, name: str) -> bool:
    """Whether a cell may lie beyond column Z, or is not written as usual; many times as fast."""
    rest = b""
    with archive.open(name) as part:
        while chunk := part.read(_CHUNK_BYTES):
            piece = rest + chunk
            whole = piece.rfind(b"<")
            if len(piece) - whole > _CHUNK_BYTES:
                return True  # no cell holds that much
            if any(cell.search(piece, 0, whole) for cell in _ODD_CELLS):
                return True
            rest = piece[whole:]
    return False


def _farthest(archive: zipfile.ZipFile, name: str) -> tuple[bytes, int]:
    """Letters of the last column and number of the last row that hold a cell."""
    columns, last_row, rest = {b"A"}, 0, b""
    with archive.open(name) as part:
        while chunk := part.read(_CHUNK_BYTES):
            cells = _CELL.findall(rest + chunk)
            columns.update(column for column, _ in cells)
            last_row = max([last_row, *(int(row) for _, row in cells)])
            rest = (rest + chunk)[-_OVERLAP_BYTES:]
    return max(columns, key=lambda letters: (len(letters), letters)), last_row
