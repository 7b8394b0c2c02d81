"""What calamine does not tell: hidden rows, and cells that show an error or nothing, of an .xlsx.

Of an .ods these are merged cells.

Only the parts of a sheet that may hold one are looked at closely, so that the ordinary sheet costs
no more than unpacking it once.
"""

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.etree import ElementTree

from cs_pipeline.intake.files.cell_comments import faulted_cells
from cs_pipeline.intake.files.ods_merges import Merged, ods_merges
from cs_pipeline.intake.files.struck_runs import StruckRuns
from cs_pipeline.intake.files.struck_styles import struck_cells

_BOOK, _RELATIONS, _ROOT = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/"
_ODS_CONTENT = "content.xml"
_CHUNK_BYTES = 1024**2
_HEAD_BYTES = 4096
_LONGEST_ROW_BYTES = 32 * 1024**2

_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*?\b\w+:id\s*=\s*[\"']([^\"']+)[\"']")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_ID = re.compile(rb"\bId\s*=\s*[\"']([^\"']+)[\"']")
_TARGET = re.compile(rb"\bTarget\s*=\s*[\"']([^\"']+)[\"']")

_ROW_END = b"row>"
_HIDDEN_ROW = re.compile(
    rb"<(?:\w+:)?row\s(?=[^>]*\bhidden\s*=\s*[\"'](?:1|true)[\"'])[^>]*?\br\s*=\s*[\"'](\d{1,7})[\"']"
)
_PLACE = rb"[^>]*?\br\s*=\s*[\"']([A-Z]{1,3})(\d{1,7})[\"']"
_ERROR = re.compile(rb"<(?:\w+:)?c\s(?=[^>]*\bt\s*=\s*[\"']e[\"'])" + _PLACE)
# An empty text (t="str") is a value: a formula such as =IF(A1="","",A1) gave it.
_FORMULA = re.compile(
    # `<c r="B2">`
    rb"<(?:\w+:)?c\s(?![^>]*\bt\s*=\s*[\"']str[\"'])" + _PLACE + rb"[^>]*(?<!/)>\s*"
    # `<f>A2*2</f>`, or `<f t="shared" si="0"/>`
    rb"<(?:\w+:)?f\b[^>]*(?:(?<=/)>|(?<!/)>[^<]*</(?:\w+:)?f>)\s*"
    # no value, `<v/>` or `<v></v>`, then `</c>`
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)


@dataclass(slots=True)
class SheetMarks:
    """Of one sheet: hidden rows, cells with an error, formulas without a stored result; 0-based.

    `struck` are cells whose text is struck through, `unstruck` what is left of those in which some
    of it is, `faulted` those with a comment that says that it is wrong. `merged` are known of an
    .ods alone.
    """

    hidden_rows: list[int] = field(default_factory=list)
    errors: list[tuple[int, int]] = field(default_factory=list)
    formulas: list[tuple[int, int]] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)
    struck: list[tuple[int, int]] = field(default_factory=list)
    unstruck: dict[tuple[int, int], str] = field(default_factory=dict, repr=False)
    faulted: list[tuple[int, int]] = field(default_factory=list)

    def add(self, xml: bytes, *, unusual: bool, struck: re.Pattern[bytes] | None = None) -> None:
        """Note what whole rows of a sheet's XML show.

        Programs that write it in an `unusual` way make every row worth a close look.
        """
        if unusual or b"hidden=" in xml:
            self.hidden_rows += [int(match[1]) - 1 for match in _HIDDEN_ROW.finditer(xml)]
        if unusual or b't="e"' in xml:
            self.errors += (_place(*match.groups()) for match in _ERROR.finditer(xml))
        if unusual or b"<f" in xml:
            self.formulas += (_place(*match.groups()) for match in _FORMULA.finditer(xml))
        if struck is not None:
            self.struck += (_place(*match.groups()) for match in struck.finditer(xml))

    def add_struck(self, left: Iterable[tuple[bytes, bytes, str]]) -> None:
        """Note what is left of texts of which some, or all, is struck through."""
        for letters, row, text in left:
            if text:
                self.unstruck[_place(letters, row)] = text
            else:
                self.struck.append(_place(letters, row))


def sheet_marks(stream: BinaryIO) -> list[SheetMarks]:
    """The marks of each sheet of an .xlsx, .xlsm or .ods, in the workbook's order; else none."""
    try:
        with zipfile.ZipFile(stream) as archive:
            if _ODS_CONTENT in archive.namelist():
                return [SheetMarks(merged=merged) for merged in ods_merges(archive)]
            struck, runs = struck_cells(archive), StruckRuns(archive)
            return [_marks(archive, part, struck, runs) for part in _sheet_parts(archive)]
    except ElementTree.ParseError:
        return []
    except (zipfile.BadZipFile, EOFError, KeyError, OSError, NotImplementedError, zlib.error):
        return []  # calamine has the word on what is damaged


def _sheet_parts(archive: zipfile.ZipFile) -> list[str]:
    """Names of the sheets' parts, charts among them."""
    if _BOOK not in archive.namelist():
        return []
    targets = {}
    for relation in _RELATION.finditer(archive.read(_RELATIONS)):
        identity, target = _ID.search(relation[1]), _TARGET.search(relation[1])
        if identity and target:
            targets[identity[1]] = target[1].decode(errors="replace")
    found = (targets.get(match[1], "") for match in _SHEET.finditer(archive.read(_BOOK)))
    return [target[1:] if target.startswith("/") else _ROOT + target for target in found]


def _marks(
    archive: zipfile.ZipFile, part: str, struck: re.Pattern[bytes] | None, runs: StruckRuns
) -> SheetMarks:
    marks = SheetMarks()
    if part.endswith(".xml") and part in archive.namelist():
        unusual = None
        for rows in _whole_rows(archive, part):
            if unusual is None:
                head = rows[:_HEAD_BYTES]
                unusual = b"<worksheet" not in head or b"='" in head or b" =" in head
            marks.add(rows, unusual=unusual, struck=struck)
            marks.add_struck(runs.left_in(rows))
        marks.faulted += (_place(*cell) for cell in faulted_cells(archive, part))
    return marks


def _whole_rows(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The part's XML in pieces that end after a row, as far as rows are of a sane length."""
    rest = b""
    with archive.open(part) as xml:
        while chunk := xml.read(_CHUNK_BYTES):
            rest += chunk
            end = rest.rfind(_ROW_END)
            if end >= 0 or len(rest) > _LONGEST_ROW_BYTES:
                cut = end + len(_ROW_END) if end >= 0 else len(rest)
                yield rest[:cut]
                rest = rest[cut:]
    yield rest


def _place(letters: bytes, row: bytes) -> tuple[int, int]:
    """0-based row and column of a cell."""
    column = 0
    for letter in letters:
        column = 26 * column + letter - ord("A") + 1
    return int(row) - 1, column - 1
