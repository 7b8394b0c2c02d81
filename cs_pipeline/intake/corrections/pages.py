"""A workbook of refused rows that came back: which export it is of, and what its rows say now."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cs_pipeline.intake.files.workbook import RawSheet
from cs_pipeline.intake.refusals import refusal
from cs_pipeline.intake.sheets.cells import cell_at, is_blank
from cs_pipeline.intake.sheets.head_rows import HEADER_ROWS
from cs_pipeline.intake.sheets.header import Row
from cs_pipeline.language import Words
from cs_pipeline.refused.workbook_form import (
    BEFORE_LINES,
    CELL,
    FORMAT,
    FORMAT_KEY,
    MARKER_SHEET,
    ORIGIN_KEY,
    REASON,
    SHEET,
    is_heading,
    original_column,
)

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the workbook: where it was in the export, and its cells by 0-based column.

    Cells that show an error, or a formula without a result, are left out.
    """

    sheet: str = field(repr=False)
    cell: str = field(repr=False)
    reason: str = field(repr=False)
    cells: Mapping[int, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Correction:
    """A workbook of refused rows; `origin_sha256` are the bytes of the export they are of.

    Where `counts_headings`, rows of a text file are counted from headings that are not in the file.
    """

    origin_sha256: str
    lines: list[Line] = field(repr=False)
    counts_headings: bool = False


def correction_in(sheets: Sequence[RawSheet], file: str) -> Correction | None:
    """What the workbook corrects; None when it is none of refused rows.

    Rows may be missing, sorted, filtered or repeated, and columns reordered or left out.

    Raises:
        ExportError: its pages are of refused rows, but it does not say of which export
            (`correction_without_origin`), or its headings were changed (`correction_headings`).
    """
    marker = next((sheet for sheet in sheets if sheet.name == MARKER_SHEET), None)
    said = {cell_at(row, 0): cell_at(row, 1) for row in marker.rows} if marker else {}
    pages = [page for sheet in sheets if sheet is not marker and (page := _page(sheet))]
    if not pages and FORMAT_KEY not in said:
        return None
    origin = said.get(ORIGIN_KEY, "")
    form = said.get(FORMAT_KEY)
    if form not in (BEFORE_LINES, FORMAT) or not _SHA256.fullmatch(origin):
        raise refusal("correction_without_origin", file)
    if not pages and any(any(map(any, sheet.rows)) for sheet in sheets if sheet is not marker):
        raise refusal("correction_headings", file)
    lines = [line for page in pages for line in page.lines()]
    return Correction(origin, lines, form == BEFORE_LINES)


@dataclass(frozen=True, slots=True)
class _Page:
    """A sheet with the headings of refused rows; `original` maps its columns to the export's."""

    table: RawSheet = field(repr=False)
    header: int
    reason: int | None
    sheet: int
    cell: int
    original: Mapping[int, int]

    def lines(self) -> Iterator[Line]:
        silent = self.table.errors | self.table.formulas
        for index, row in enumerate(self.table.rows):
            if index <= self.header or is_blank(row):
                continue
            yield Line(
                sheet=cell_at(row, self.sheet),
                cell=cell_at(row, self.cell).strip().upper(),
                reason="" if self.reason is None else cell_at(row, self.reason).strip(),
                cells={
                    column: cell_at(row, at)
                    for at, column in self.original.items()
                    if (index, at) not in silent
                },
            )


def _page(sheet: RawSheet) -> _Page | None:
    for index, row in enumerate(sheet.rows[:HEADER_ROWS]):
        reason, at_sheet, at_cell = (_place(row, words) for words in (REASON, SHEET, CELL))
        original = {
            at: column
            for at, text in enumerate(row)
            if (column := original_column(text)) is not None
        }
        if at_sheet is not None and at_cell is not None and original:
            return _Page(sheet, index, reason, at_sheet, at_cell, original)
    return None


def _place(row: Row, heading: Words) -> int | None:
    return next((at for at, text in enumerate(row) if is_heading(text, heading)), None)
