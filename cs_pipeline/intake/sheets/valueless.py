"""Cells that show no text of a conversation: errors, and formulas whose result was not stored."""

import re

from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.header import Row
from cs_pipeline.intake.sheets.tables import Table
from cs_pipeline.intake.wording import (
    BROKEN_CHARACTER,
    CELL_WORDS,
    ERROR,
    FORMULA,
    UNEVEN,
)
from cs_pipeline.intake.wording_no_pairs import CUT_TEXT, CUT_WORDS
from cs_pipeline.records import RefusedRow

_ERROR_TEXT = re.compile(
    r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!"
    r"|UNKNOWN!|PYTHON!|GETTING_DATA)"
)


def refused(table: Table, index: int, column: int, reason: str, row: Row) -> RefusedRow:
    """The row, refused for what one of its cells holds."""
    place = table.address(index, column)
    return RefusedRow(table.sheet.name, place, reason, CELL_WORDS[reason], row)


def _is_shifted(table: Table, index: int, row: Row, rejoined: bool) -> bool:
    """Whether the row's cells seem to stand under other headings than theirs.

    In a text file its number of cells tells; elsewhere it fills each column and one more, where
    next to no other row does.
    """
    sheet, header = table.sheet, table.header
    if sheet.widths:
        if not rejoined and (index in sheet.shifted or any(row[table.width :])):
            return True
        cut = sheet.loose and sheet.loose & {(index, header.first), (index, header.second)}
        return bool(cut)
    width = len(table.header.labels[-1])
    return table.columns is None and all(row[: width + 1]) and not any(row[width + 1 :])


def without_value(
    table: Table, index: int, row: Row, *, rejoined: bool = False
) -> RefusedRow | None:
    """The row refused, when one of the table's two columns shows no text of it; else None.

    A CSV that Excel wrote shows its errors as text. Rows of a text file may be shifted,
    unless their pieces were `rejoined`.
    """
    header, sheet = table.header, table.sheet
    wide = header.closed and len(row) > len(header.labels[-1])  # quick, since every row asks
    if (sheet.widths or wide) and _is_shifted(table, index, row, rejoined):
        return refused(table, index, header.first, UNEVEN, row)
    first, second = cell_at(row, header.first), cell_at(row, header.second)
    if "\ufffd" in first or "\ufffd" in second:
        column = header.first if "\ufffd" in first else header.second
        return refused(table, index, column, BROKEN_CHARACTER, row)
    if header.cut and header.cut.breaks_off(second):
        place = table.address(index, header.second)
        return RefusedRow(sheet.name, place, CUT_TEXT, CUT_WORDS, row)
    if sheet.formulas or sheet.errors or first[:1] == "#" or second[:1] == "#":
        return _spoilt(table, index, row)  # else quick, since every row asks
    return None


def _spoilt(table: Table, index: int, row: Row) -> RefusedRow | None:
    """The row refused, where one of the two cells holds an error or shows no result; else None."""
    sheet, header = table.sheet, table.header
    for column in (header.first, header.second):
        cell = cell_at(row, column)
        if (index, column) in sheet.formulas:
            return refused(table, index, column, FORMULA, row)
        if (index, column) in sheet.errors or (
            cell[:1] == "#" and _ERROR_TEXT.fullmatch(cell.rstrip())
        ):
            return refused(table, index, column, ERROR, row)
    return None
