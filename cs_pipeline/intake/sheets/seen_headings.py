"""The headings of a sheet in which no conversation was found, and what its columns hold."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cs_pipeline.intake.sheets.body import sample_of
from cs_pipeline.intake.sheets.cell_kinds import Holds, kind_of, look_at
from cs_pipeline.intake.sheets.cells import cell_at, clean_text
from cs_pipeline.intake.sheets.columns import HEADER_ROWS, Row

_LONGEST, _MOST, _LEAST = 30, 8, 2


class SeenHeading(NamedTuple):
    """A heading as it stands, unmasked, and what most of the cells below it are."""

    heading: str
    holds: Holds


def seen_headings(rows: Sequence[Row]) -> Iterator[SeenHeading]:
    """The headings of the first row that may be one: two short words or more, no figure."""
    for index, row in enumerate(rows[:HEADER_ROWS]):
        filled = {column: clean_text(cell) for column, cell in enumerate(row) if cell.strip()}
        if len(filled) < _LEAST or any(
            len(cell) > _LONGEST or kind_of(cell) in ("figure", "time", "sentence")
            for cell in filled.values()
        ):
            continue
        below = sample_of(rows, index + 1)
        for column in list(filled)[:_MOST]:
            holds = look_at(cell_at(other, column) for other in below).holds
            yield SeenHeading(filled[column], holds)
        return
