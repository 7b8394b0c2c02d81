"""Workbooks that calamine cannot read, read by slower libraries.

Runs in the reading process, below the same limits. Python code alone, so that it fails with an
exception and never with the process.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import IO, Any, NamedTuple
from xml.etree import ElementTree

from cs_pipeline.intake.files.ods_merges import ods_merges

_ODS_CONTENT = "content.xml"
_UNICODE_BIFF, _KOREAN = 80, "cp949"
"""The version from which on texts are Unicode, and what they are in before if nothing says so."""
_TABLE, _TEXT = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("table", "text")
)
_MOST_REPEATS, _MOST_FILLED = 1000, 100_000
_BINARY_SHEET = re.compile(r"xl/worksheets/[^/]+\.bin", re.IGNORECASE)
_ROW_HEADER, _ERROR_CELLS, _VALUE_CELLS = 0, (3, 11), (2, 4, 5, 6, 7, 8, 9, 10)
"""Records of an .xlsb: BrtRowHdr; BrtCellError and BrtFmlaError; cells that show something else."""


class ReadSheet(NamedTuple):
    """Name of a sheet, whether it is hidden, its rows as values, its merged ranges (0-based).

    `errors` are the cells of an .xls or .xlsb that show an error such as #N/A.
    """

    name: str
    hidden: bool
    rows: Iterable[Sequence[Any]]
    merged: Sequence[Sequence[int]] = ()
    errors: Sequence[tuple[int, int]] = ()


def read_again(content: bytes, *, is_zip: bool) -> Iterator[ReadSheet]:
    """The worksheets of an .xlsx, .ods or .xls; of an .xlsb the errors alone.

    Raises:
        Exception: whatever the library makes of a workbook that it cannot read either.
    """
    if not is_zip:
        return _old(content)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
    if any(map(_BINARY_SHEET.fullmatch, names)):
        return _binary(content)
    return _open_document(content) if _ODS_CONTENT in names else _office(content)


def _office(content: bytes) -> Iterator[ReadSheet]:
    from openpyxl import load_workbook

    workbook = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    for sheet in workbook.worksheets:
        sheet.reset_dimensions()
        hidden = sheet.sheet_state != "visible"
        yield ReadSheet(sheet.title, hidden, sheet.iter_rows(values_only=True))


def _old(content: bytes) -> Iterator[ReadSheet]:
    import xlrd

    options = {"file_contents": content, "on_demand": True, "logfile": _Silence()}
    workbook = xlrd.open_workbook(**options)
    if workbook.codepage is None and workbook.biff_version < _UNICODE_BIFF:
        workbook = xlrd.open_workbook(**options, encoding_override=_KOREAN)
    for number in range(workbook.nsheets):
        sheet = workbook.sheet_by_index(number)
        if sheet.nrows:
            rows, errors = _old_rows(sheet, workbook.datemode), list(_old_errors(sheet))
            yield ReadSheet(sheet.name, sheet.visibility != 0, rows, errors=errors)


def _old_errors(sheet: Any) -> Iterator[tuple[int, int]]:
    from xlrd import XL_CELL_ERROR

    for number in range(sheet.nrows):
        for column, kind in enumerate(sheet.row_types(number)):
            if kind == XL_CELL_ERROR:
                yield number, column


def _old_rows(sheet: Any, datemode: int) -> Iterator[list[Any]]:
    from xlrd import XL_CELL_BOOLEAN, XL_CELL_DATE, XL_CELL_ERROR, xldate_as_datetime

    for number in range(sheet.nrows):
        values = []
        for cell in sheet.row(number):
            if cell.ctype == XL_CELL_DATE:
                values.append(xldate_as_datetime(cell.value, datemode))
            elif cell.ctype == XL_CELL_BOOLEAN:
                values.append(bool(cell.value))
            else:
                values.append(None if cell.ctype == XL_CELL_ERROR else cell.value)
        yield values


def _binary(content: bytes) -> Iterator[ReadSheet]:
    """The errors on the sheets of an .xlsb ([MS-XLSB] 2.1.4), which no other library reads."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for name in filter(_BINARY_SHEET.fullmatch, archive.namelist()):
            with archive.open(name) as part:
                yield ReadSheet("", False, (), errors=list(_binary_errors(part)))


def _binary_errors(part: IO[bytes]) -> Iterator[tuple[int, int]]:
    row = 0
    while (kind := _number(part, 2)) is not None:
        payload = part.read(_number(part, 4) or 0)
        place = int.from_bytes(payload[:4], "little")
        if kind == _ROW_HEADER:
            row = place
        elif kind in _ERROR_CELLS:
            yield row, place
        elif kind in _VALUE_CELLS:
            raise ValueError("a cell with a value")  # for the first reader alone


def _number(part: IO[bytes], most_bytes: int) -> int | None:
    """A number in groups of seven bits, the lowest first; None at the end of the part."""
    found = 0
    for at in range(most_bytes):
        byte = part.read(1)
        if not byte:
            return None
        found |= (byte[0] & 0x7F) << 7 * at
        if byte[0] < 0x80:
            break
    return found


class _Silence:
    """Takes what a library would print: it may quote cells."""

    def write(self, text: str) -> int:
        """Drop the text."""
        return len(text)

    def flush(self) -> None:
        """Nothing to do."""


def _open_document(content: bytes) -> Iterator[ReadSheet]:
    with zipfile.ZipFile(BytesIO(content)) as archive, archive.open(_ODS_CONTENT) as part:
        merged = iter(ods_merges(archive))
        # The archive was checked for entities, and this process has its limits.
        for _, node in ElementTree.iterparse(part):  # noqa: S314
            if node.tag == f"{_TABLE}table":
                name = node.get(f"{_TABLE}name", "")
                yield ReadSheet(name, False, list(_document_rows(node)), next(merged, ()))
                node.clear()


def _document_rows(sheet: ElementTree.Element) -> Iterator[list[str]]:
    for row in sheet.iter(f"{_TABLE}table-row"):
        values: list[str] = []
        for cell in row:
            text = "\n".join(map(_words, cell.findall(f"{_TEXT}p")))
            values += [text] * _repeats(cell.get(f"{_TABLE}number-columns-repeated"), bool(text))
        for _ in range(_repeats(row.get(f"{_TABLE}number-rows-repeated"), any(values))):
            yield values


def _words(part: ElementTree.Element) -> str:
    """The text of a paragraph; spaces, tabs and line ends are elements of their own."""
    words = part.text or ""
    for child in part:
        if child.tag == f"{_TEXT}s":
            words += " " * int(child.get(f"{_TEXT}c", "1"))
        elif child.tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
            words += "\n"
        else:
            words += _words(child)
        words += child.tail or ""
    return words


def _repeats(value: str | None, filled: bool) -> int:
    """How often a cell or row stands there; blank ones far beyond the table are cut."""
    count = int(value) if value else 1
    return min(count, _MOST_FILLED if filled else _MOST_REPEATS)
