"""Workbooks in one XML file, as Excel 2003 and many web programs write them (SpreadsheetML).

Source of the names: XML Spreadsheet Reference, Microsoft 2002. Runs in the reading process.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape, unescape
from html.entities import html5
from typing import BinaryIO, TextIO
from xml.parsers import expat

from cs_pipeline.intake.files.csv_text import decoded
from cs_pipeline.intake.files.reader_problem import ReaderProblem
from cs_pipeline.intake.files.sheet_head import address_of

MAX_CELLS = 20_000_000
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_CHUNK_CHARACTERS = 1024**2
_DECLARATION = re.compile(r"\ufeff?\s*(?=<)")
_FOREIGN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f]"
    r"|&(?:(?P<code>#[0-9]{1,8}|#x[0-9a-fA-F]{1,8})|(?P<name>[A-Za-z][A-Za-z0-9]{0,32}));"
)
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_NO_CHARACTERS = ("", "\x0c", "\ufffd")
_LONGEST_REFERENCE = 40
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.0*)?")
_NO_DAY, _MIDNIGHT = ("1899-12-31", "1900-01-01"), "00:00:00"


@dataclass(slots=True)
class XmlSheet:
    """One worksheet; places are 0-based, as in `SheetHead`."""

    name: str
    rows: list[tuple[int, list[str]]] = field(default_factory=list, repr=False)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: list[int] = field(default_factory=list)
    errors: list[tuple[int, int]] = field(default_factory=list)
    formulas: list[tuple[int, int]] = field(default_factory=list)

    def filled_rows(self) -> Iterator[tuple[int, list[str]]]:
        """0-based row and cells of every row that holds anything."""
        for number, cells in self.rows:
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                yield number, cells


def xml_sheets(stream: BinaryIO) -> list[XmlSheet]:
    """The worksheets in the workbook's order.

    Raises:
        ReaderProblem: `xml_entities`, `far_cell`, `too_large`, `incomplete_workbook`,
            `damaged_workbook`, or the encoding is unknown.
    """
    book = _Book()
    with decoded(stream) as text:
        parse(text, book.begin, book.end, book.said.append)
    return book.sheets


def parse(
    text: TextIO,
    begin: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    said: Callable[[str], object],
) -> None:
    """Tell of each element of XML, and of what is said in it.

    Raises:
        ReaderProblem: `xml_entities`, `incomplete_workbook` or `damaged_workbook`.
    """
    parser = expat.ParserCreate("utf-8", "\n")
    parser.buffer_text = True
    parser.EntityDeclHandler = _refuse_entities
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.CharacterDataHandler = said
    try:
        for piece in _pieces(text):
            parser.Parse(piece, False)
    except expat.ExpatError:
        raise ReaderProblem("damaged_workbook") from None
    try:
        parser.Parse("", True)
    except expat.ExpatError:
        raise ReaderProblem("incomplete_workbook") from None


def _pieces(text: TextIO) -> Iterator[str]:
    """The text with what Excel opens though it is no XML mended, in parts.

    That is blanks before the declaration, control characters, and HTML's names of characters.
    """
    rest = text.read(_CHUNK_CHARACTERS)
    rest = _DECLARATION.sub("", rest, count=1)
    while more := text.read(_CHUNK_CHARACTERS):
        cut = rest.rfind("&", max(len(rest) - _LONGEST_REFERENCE, 0))
        cut = len(rest) if cut < 0 else cut  # it may go on
        yield _FOREIGN.sub(_mended, rest[:cut])
        rest = rest[cut:] + more
    yield _FOREIGN.sub(_mended, rest)


def _mended(found: re.Match[str]) -> str:
    name = found["name"]
    if name is None:  # a control character, or a reference to one
        return found[0] if found["code"] and unescape(found[0]) not in _NO_CHARACTERS else ""
    character = None if name in _XML_NAMES else html5.get(f"{name};")
    return found[0] if character is None else escape(character)


def _refuse_entities(*declared: object) -> None:
    raise ReaderProblem("xml_entities")


class _Book:
    """A workbook while its elements come by; names count without their namespaces."""

    def __init__(self) -> None:
        self.sheets: list[XmlSheet] = []
        self.said: list[str] = []
        self._row = self._column = 0
        self._cell: dict[str, str] = {}
        self._kind: str | None = None
        self._in_comment = False
        self._cells = 0
        self._begins: dict[str, Callable[[dict[str, str]], None]] = {
            "Worksheet": self._begin_sheet,
            "Row": self._begin_row,
            "Cell": self._begin_cell,
            "Comment": self._turn_to_comment,
            "Data": self._begin_data,
            "Visible": lambda _: self.said.clear(),
        }
        self._ends: dict[str, Callable[[], None]] = {
            "Cell": self._end_cell,
            "Comment": self._turn_to_cell,
            "Data": self._end_data,
            "Visible": self._end_visible,
        }

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        begin = self._begins.get(_local(name))
        if begin and (self.sheets or begin == self._begin_sheet):
            begin({_local(key): value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        """An element ends."""
        end = self._ends.get(_local(name))
        if end and self.sheets:
            end()

    def _begin_sheet(self, about: dict[str, str]) -> None:
        self.sheets.append(XmlSheet(about.get("Name", "")))
        self._row = -1

    def _begin_row(self, about: dict[str, str]) -> None:
        self._row = _place(about, self._row + 1)
        self._column = -1
        self.sheets[-1].rows.append((self._row, []))
        if about.get("Hidden") == "1":
            self.sheets[-1].hidden_rows.append(self._row)

    def _begin_cell(self, about: dict[str, str]) -> None:
        if not self.sheets[-1].rows:
            self._begin_row({})
        self._cell, self._kind = about, None
        self._column = _place(about, self._column + 1)
        if self._column >= _LAST_COLUMN or self._row >= _LAST_ROW:
            raise ReaderProblem("far_cell", cell=address_of(self._row, self._column))
        cells = self.sheets[-1].rows[-1][1]
        self._cells += self._column + 1 - len(cells)
        if self._cells > MAX_CELLS:
            raise ReaderProblem("too_large")
        cells.extend([""] * (self._column + 1 - len(cells)))

    def _turn_to_comment(self, _: dict[str, str]) -> None:
        self._in_comment = True

    def _turn_to_cell(self) -> None:
        self._in_comment = False

    def _begin_data(self, about: dict[str, str]) -> None:
        if self._in_comment:
            return
        self._kind = about.get("Type", "String")
        self.said.clear()

    def _end_data(self) -> None:
        sheet, text = self.sheets[-1], "".join(self.said)
        if self._in_comment:
            return
        if self._kind == "Error":
            sheet.errors.append((self._row, self._column))
        elif self._kind is not None:
            sheet.rows[-1][1][self._column] = _text(self._kind, text)

    def _end_cell(self) -> None:
        sheet, place = self.sheets[-1], (self._row, self._column)
        if "Formula" in self._cell and self._kind is None:
            sheet.formulas.append(place)
        across, down = _count(self._cell, "MergeAcross"), _count(self._cell, "MergeDown")
        if across or down:
            sheet.merged.append((*place, self._row + down, self._column + across))
        self._column += across

    def _end_visible(self) -> None:
        self.sheets[-1].hidden = "".join(self.said).strip() in ("SheetHidden", "SheetVeryHidden")


def _local(name: str) -> str:
    return name.rsplit("\n", 1)[-1].rsplit(":", 1)[-1]


def _place(about: dict[str, str], otherwise: int) -> int:
    """0-based place that an element names, or the one after those before it."""
    told = about.get("Index", "")
    return int(told) - 1 if told.isdecimal() and len(told) < 9 and int(told) else otherwise


def _count(about: dict[str, str], name: str) -> int:
    told = about.get(name, "")
    return int(told) if told.isdecimal() and len(told) < 9 else 0


def _text(kind: str, text: str) -> str:
    """The value as other workbooks give it."""
    if kind == "Boolean":
        return {"0": "FALSE", "1": "TRUE"}.get(text.strip(), text)
    if kind == "Number":
        return _number(text.strip())
    if kind == "DateTime" and (match := _MOMENT.fullmatch(text.strip())):
        day, clock = match.groups()
        if day in _NO_DAY and clock != _MIDNIGHT:
            return clock
        return day if clock == _MIDNIGHT else f"{day} {clock}"
    return text


def _number(text: str) -> str:
    try:
        value = float(text)
    except ValueError:
        return text
    if abs(value) >= 1e15 or not value.is_integer():
        return text
    return str(int(value))
