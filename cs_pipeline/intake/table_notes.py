"""What the data owner should know of a table that was read, in a line or two."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from cs_pipeline.intake.sheets.markup import has_markup
from cs_pipeline.intake.sheets.tables import Table
from cs_pipeline.intake.sheets.workbook_tables import WorkbookTables
from cs_pipeline.intake.wording import (
    ANSWERED_BESIDE,
    ANSWERED_ELSEWHERE,
    FORMULA,
    NO_RESULTS,
    TURNED,
    hidden_rows_words,
    markup_words,
)
from cs_pipeline.language import Words
from cs_pipeline.packed_lists import items_from


def note_on(
    table: Table, found: WorkbookTables, rows: int, refused: Counter[str], *, skip_hidden: bool
) -> Words | None:
    """All that there is to say, one sentence behind the other.

    Args:
        table: one of those that were `found`.
        found: the tables of the workbook.
        rows: how many data rows it has.
        refused: how many of them were refused, by reason.
        skip_hidden: whether its hidden rows were skipped.
    """
    said = list(_notes(table, found, rows, refused, skip_hidden))
    if not said:
        return None
    return Words(ko=" ".join(one.ko for one in said), en=" ".join(one.en for one in said))


def _notes(
    table: Table, found: WorkbookTables, rows: int, refused: Counter[str], skip_hidden: bool
) -> Iterator[Words]:
    hidden = sum(row > table.header.row for row in table.sheet.hidden_rows)
    if rows and refused[FORMULA] == rows:
        yield NO_RESULTS
    elif hidden:
        yield hidden_rows_words(hidden, read=not skip_hidden)
    if cells := _cells_with_markup(table):
        yield markup_words(cells)
    if found.answered and table.sheet is found.answered.joined:
        yield ANSWERED_ELSEWHERE
    if table.sheet.turned:
        yield TURNED
    if any(table.sheet is one for one in found.beside):
        yield ANSWERED_BESIDE


def _cells_with_markup(table: Table) -> int:
    """How many cells of the table's two columns hold HTML."""
    columns = {table.header.first, table.header.second}
    start = table.header.row + 1
    stop = len(table.sheet.rows) if table.stop is None else table.stop
    rows = islice(items_from(table.sheet.rows, start), max(stop - start, 0))
    return sum(
        has_markup(row[column])
        for row in rows
        for column in columns
        if column < len(row) and ("<" in row[column] or "&" in row[column])
    )
