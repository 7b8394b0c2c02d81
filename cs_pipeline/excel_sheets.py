"""Cells and temporary files of the workbooks that a person gets back."""

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from math import ceil
from pathlib import Path
from typing import Any

HEADING_POINTS = 24
"""Height of a row of headings."""
_LINE_POINTS, _PADDING_POINTS, _MAX_ROW_POINTS = 17, 3, 409  # the last is Excel's own limit
_MAX_CELL_CHARACTERS = 32_767  # Excel's own limit
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t")
_WRAP_LOSS = 5  # characters of a line that stay empty because the next word is too long


@contextmanager
def temporary_files_in(folder: Path) -> Iterator[None]:
    """Let openpyxl put its temporary files, which hold cells' text, into this folder."""
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before


def printable(text: str) -> str:
    """`text` without what XML cannot hold, cut to the length that a cell can."""
    return _NO_XML.sub("", text)[:_MAX_CELL_CHARACTERS]


def plain_cell(sheet: Any) -> Any:
    """The style of a cell with text: wrapped, at the top, between hairlines."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Border, Side

    cell = WriteOnlyCell(sheet)
    cell.number_format = "@"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    hairline = Side(style="hair", color="BFBFBF")
    cell.border = Border(bottom=hairline, right=hairline)
    return cell


def cell_to_fill(sheet: Any) -> Any:
    """The style of a cell that a person is to correct: pale yellow."""
    from openpyxl.styles import PatternFill

    cell = plain_cell(sheet)
    cell.fill = PatternFill("solid", fgColor="FFF2CC")
    return cell


def heading_cell(sheet: Any) -> Any:
    """The style of a heading: white on dark blue."""
    from openpyxl.styles import Alignment, Font, PatternFill

    cell = plain_cell(sheet)
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    cell.font = Font(name="Calibri", size=11, bold=True, color="FFFFFF")
    cell.fill = PatternFill("solid", fgColor="1F3864")
    return cell


def text_cell(sheet: Any, text: str, like: Any) -> Any:
    """A cell that shows `text` as it is, styled like another one; it calculates nothing."""
    from openpyxl.cell import WriteOnlyCell

    cell: Any = WriteOnlyCell(sheet, printable(text) or None)
    cell._style = like._style  # setting each property anew takes ten times as long
    if cell.value is not None:
        cell.data_type = "s"  # else openpyxl takes "=..." for a formula and "#N/A" for an error
        if text.startswith(_FORMULA_STARTS):
            cell._style = copy(like._style)
            cell.quotePrefix = True  # so that Excel takes it for text once it is typed into
    return cell


def number_cell(sheet: Any, number: int) -> Any:
    """A cell with a whole number, thousands set apart."""
    from openpyxl.styles import Alignment

    cell = plain_cell(sheet)
    cell.value = number
    cell.number_format = "#,##0"
    cell.alignment = Alignment(vertical="top")
    return cell


def row_points(texts: Sequence[str], widths: Sequence[int]) -> float:
    """Height of a row that shows wrapped `texts` whole in columns of these widths.

    Said outright, because not every program fits rows to their text when it opens a file.
    """
    lines = max(
        sum(ceil(drawn_width(line) / (width - _WRAP_LOSS)) or 1 for line in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    )
    return min(lines * _LINE_POINTS + _PADDING_POINTS, _MAX_ROW_POINTS)


def drawn_width(text: str) -> int:
    """Columns that `text` takes; Hangul counts twice, as it is drawn."""
    return len(text.encode("cp949", "replace"))


def wide_pages(sheet: Any) -> None:
    """Print on landscape pages as wide as the sheet."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
