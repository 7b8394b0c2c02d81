"""Where the rows of a conversation stand in an export, those that were refused among them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from cs_pipeline.intake.sheets.cells import is_blank
from cs_pipeline.records import Exchange

if TYPE_CHECKING:
    from cs_pipeline.intake.exchanges import ExportReading
    from cs_pipeline.intake.sheets.tables import Table

Wanted = Callable[[Exchange], bool]
Place = tuple[str, int]
"""Name of a sheet and 1-based row."""


def rows_of_conversations(reading: "ExportReading", wanted: Wanted) -> set[Place]:
    """Rows of every conversation that `wanted` says yes to; it looks at its id, else its cells."""
    found = {
        (exchange.sheet, int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")))
        for exchange in (*reading.exchanges, *reading.conversations)
        if wanted(exchange)
        for cell in (exchange.question_cell, exchange.answer_cell)
    }
    for table in reading.tables:
        if table is not None and table.table.header.conversation is not None:
            found |= _rows_by_id(table.table, wanted)
    return found


def _rows_by_id(table: "Table", wanted: Wanted) -> set[Place]:
    """A log's empty cell belongs to the conversation above; any other belongs to none."""
    known: dict[str, bool] = {}
    found: set[Place] = set()
    current = ""
    for index, row in table.rows():
        said = table.header.conversation_of(row)
        carried = current if table.header.layout == "turns" and not is_blank(row) else ""
        current = said or carried
        if not current:
            continue
        if current not in known:
            known[current] = wanted(Exchange("", "", "", "", "", conversation_id=current))
        if known[current]:
            found.add((table.sheet.name, index + 1 - table.sheet.added_rows))
    return found
