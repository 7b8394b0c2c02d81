"""Rows above the heading that are data: the sheet was sorted, and its heading with it."""

from cs_pipeline.intake.files.workbook import RawSheet
from cs_pipeline.intake.sheets.cell_kinds import kind_of
from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.header import Header, Row

_LEAST_ROWS = 2


def rows_above(sheet: RawSheet, header: Header) -> int:
    """How many rows right above the heading are pairs in its columns; 0 where it stands on top.

    Each of them fills every column that has a heading, and asks and answers in sentences, as no
    cover of a table does.
    """
    if header.layout != "qa" or header.vendor or len(header.labels) != 1 or sheet.merged:
        return 0
    count = 0
    while count < header.row and _is_pair(sheet.rows[header.row - 1 - count], header):
        count += 1
    return count if count >= _LEAST_ROWS else 0


def _is_pair(row: Row, header: Header) -> bool:
    labels = header.labels[-1]
    texts = (cell_at(row, header.first), cell_at(row, header.second))
    return (
        all(kind_of(text) == "sentence" for text in texts)
        and all(cell_at(row, column).strip() for column, label in enumerate(labels) if label)
        and not any(row[len(labels) :])
    )
