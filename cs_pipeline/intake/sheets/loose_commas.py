"""Texts at the end of a text file's lines whose commas were written without quotes."""

import re
from collections.abc import Callable
from itertools import pairwise

from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.header import Row
from cs_pipeline.intake.sheets.tables import Table

_GROUP = re.compile(r"\d{3}(?!\d)")


def with_its_commas(table: Table, index: int, row: Row) -> Row | None:
    """The row with its answer in one piece; None where it has a cell for each column, or may not.

    The answer stands last, and so all that a line has too much belongs to it, where each further
    piece begins as behind a comma of a text (`네, 고객님`, `6,000원`) and no column before does.
    """
    header, sheet = table.header, table.sheet
    last = table.width - 1
    if not sheet.widths or len(row) <= table.width or header.second != last:
        return None
    goes_on = [_goes_on(*pair) for pair in pairwise(row)]
    if any(goes_on[:last]) or not all(goes_on[last:]) or not cell_at(row, header.first).strip():
        return None
    if any(_is_piece(table, beside) for beside in (index - 1, index + 1)):
        return None
    return (*row[:last], ",".join(row[last:]))


def said_with_its_commas(
    table: Table, index: int, row: Row, is_speaker: Callable[[str], object]
) -> Row | None:
    """The row of an utterance with its text in one piece; None as above.

    The text stands last, and what is in front of it is where it belongs: a speaker who is known,
    and a time where others have one, with nothing else between them and the text.
    """
    header = table.header
    if not table.sheet.widths or len(row) <= (width := table.width) or header.second != width - 1:
        return None  # quick, since every row asks
    last = width - 1
    if max((header.first, *header.times)) != last - 1:
        return None
    if header.tells == "column" or not is_speaker(cell_at(row, header.first).strip()):
        return None
    if header.times and not header.moment_in(row):
        return None
    if any(_is_piece(table, beside) for beside in (index - 1, index + 1)):
        return None
    return (*row[:last], ",".join(row[last:]))


def _goes_on(before: str, cell: str) -> bool:
    """Whether the comma between two cells seems to be one of a text."""
    behind_space = cell[:1] == " " and not cell.isspace()
    return behind_space or bool(before[-1:].isdigit() and _GROUP.match(cell))


def _is_piece(table: Table, index: int) -> bool:
    """Whether the row may be a part of one beside it, which a line break divided."""
    if index not in table.sheet.shifted or index >= len(table.sheet.rows):
        return False
    return 0 < len(table.sheet.rows[index]) < table.width
