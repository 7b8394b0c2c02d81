"""Sheets with a case a column and the labels in front of the rows, as ones with a case a row.

    접수번호   101              102
    문의       언제 오나요?     왜 안 오나요?
    답변       내일 도착합니다. 비가 와서 늦습니다.

Addresses of cells are those of the sheet that has rows and columns changed over.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest

from cs_pipeline.intake.files.workbook import Place, RawSheet
from cs_pipeline.intake.sheets.cards import side_of
from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.headings import SURE_OF_ANSWER
from cs_pipeline.intake.sheets.layouts import Layouts
from cs_pipeline.intake.sheets.tables import tables_on

_LABEL_COLUMNS, _LONGEST_LABEL = 2, 20
_MOST_ROWS, _LEAST_CASES = 60, 3


def upright(sheets: Sequence[RawSheet], layouts: Layouts) -> list[RawSheet]:
    """The sheets, each with its cases in rows."""
    return [_turned(sheet) if _lies(sheet, layouts) else sheet for sheet in sheets]


def _lies(sheet: RawSheet, layouts: Layouts) -> bool:
    """Whether cases stand side by side, and nothing is read in rows."""
    if not 1 < len(sheet.rows) <= _MOST_ROWS or sheet.loose:
        return False
    if not any(_names_rows(sheet, column, layouts) for column in range(_LABEL_COLUMNS)):
        return False
    if tables_on(sheet, layouts):
        return False
    return [table.header.layout for table in tables_on(_turned(sheet), layouts)] == ["qa"]


def _names_rows(sheet: RawSheet, column: int, layouts: Layouts) -> bool:
    """Whether a column holds nothing but labels, one of questions and one of answers among them.

    Each of the two rows has three cells at least, which tells them from a form's.
    """
    labels = [cell_at(row, column).strip() for row in sheet.rows]
    if any(len(label) > _LONGEST_LABEL for label in labels):
        return False
    cases = [
        (side, sum(bool(cell.strip()) for cell in row[column + 1 :]))
        for label, row in zip(labels, sheet.rows, strict=True)
        if label and (side := side_of(label, layouts.headings, SURE_OF_ANSWER))
    ]
    sides = sorted(side for side, _ in cases)
    return sides == ["agent", "customer"] and min(filled for _, filled in cases) >= _LEAST_CASES


def _turned(sheet: RawSheet) -> RawSheet:
    """The sheet with its rows and columns changed over; which columns are hidden, is not known."""
    return replace(
        sheet,
        rows=list(zip_longest(*sheet.rows, fillvalue="")),
        hidden_rows=frozenset(),
        merged=tuple((left, top, right, bottom) for top, left, bottom, right in sheet.merged),
        errors=_places(sheet.errors),
        formulas=_places(sheet.formulas),
        shifted=frozenset(),
        widths={},
        turned=True,
    )


def _places(places: Iterable[Place]) -> frozenset[Place]:
    return frozenset((column, row) for row, column in places)
