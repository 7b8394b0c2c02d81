"""What is said of a table's columns: which was read as what, and how many sentences it holds."""

from collections.abc import Iterator

from cs_pipeline.intake.sheets.cells import cell_at, clean_text, column_letters
from cs_pipeline.intake.sheets.tables import Table
from cs_pipeline.records import ReadColumn

_PAIRS = {
    "qa": ("question", "answer"),
    "turns": ("speaker", "text"),
    "transcript": ("transcript", "transcript"),
}


def read_columns(table: Table) -> Iterator[ReadColumn]:
    """The columns that are read, from left to right; headings as they stand, unmasked."""
    header = table.header
    pair = _PAIRS["qa" if header.tells == "column" else header.layout]
    uses = {**header.personal, header.first: pair[0], header.second: pair[1]}
    further = [
        (header.conversation, "conversation"),
        (header.person, "person"),
        *((column, "time") for column in header.times),
        *((column, "order") for column in header.orders),
        *((aside.column, "private") for aside in header.private),
    ]
    for column, use in further:
        if column is not None:
            uses.setdefault(column, use)
    own = len(header.labels[-1])  # further ones were put there for a form's cards
    for column, use in sorted(item for item in uses.items() if item[0] < own):
        look = header.looks.get(column) if use != "speaker" else None
        yield ReadColumn(
            use=use,
            letters=column_letters(column),
            heading=clean_text(cell_at(table.sheet.rows[header.row], column)),
            sentences=round(look.sentences, 3) if look and look.filled else None,
        )
