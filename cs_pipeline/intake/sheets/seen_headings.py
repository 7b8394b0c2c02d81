"""The headings of a sheet in which no conversation was found, and what its columns hold."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from cs_pipeline.intake.sheets.body import sample_of
from cs_pipeline.intake.sheets.cell_kinds import Holds, kind_of, look_at
from cs_pipeline.intake.sheets.cells import cell_at, clean_text, column_letters, label_of
from cs_pipeline.intake.sheets.head_rows import HEADER_ROWS
from cs_pipeline.intake.sheets.header import Row
from cs_pipeline.intake.sheets.headings import candidates
from cs_pipeline.intake.sheets.layouts import Layouts
from cs_pipeline.intake.sheets.personal import personal_columns

_LONGEST, _MOST, _LEAST = 30, 8, 2


Seen = Holds | Literal["repeats"]
"""What a column holds; `repeats`: the same few sentences in many rows."""


class SeenHeading(NamedTuple):
    """A heading as it stands, unmasked, and what most of the cells below it are.

    A `known` one is made of words for ids and people, and holds none itself.
    """

    heading: str
    holds: Seen
    known: bool = False


def seen_headings(rows: Sequence[Row], layouts: Layouts) -> Iterator[SeenHeading]:
    """The headings of the first row that may be one: two short words or more, no figure.

    A row whose cells come again below them is data. What may be a person's name, above names, is
    told by its column's letters instead.
    """
    for index, row in enumerate(rows[:HEADER_ROWS]):
        filled = {column: clean_text(cell) for column, cell in enumerate(row) if cell.strip()}
        if len(filled) < _LEAST or any(
            len(cell) > _LONGEST or kind_of(cell) in ("figure", "time", "sentence")
            for cell in filled.values()
        ):
            continue
        below = sample_of(rows, index + 1)
        again = (filled[column] == cell_at(other, column) for column in filled for other in below)
        if not any(map(any, below)) or any(again):
            continue
        for column in list(filled)[:_MOST]:
            look = look_at(cell_at(other, column) for other in below)
            holds: Seen = "repeats" if look.repeats else look.holds
            named = holds == "names" and not _is_known(filled[column], layouts)
            heading = column_letters(column) if named else filled[column]
            label = label_of(heading)
            known = bool(
                layouts.headings.names_conversation((label,))
                or personal_columns([label], layouts.personal)
            )
            yield SeenHeading(heading, holds, known)
        return


def _is_known(heading: str, layouts: Layouts) -> bool:
    """Whether it is a word for people or speakers, or no name at all."""
    if kind_of(heading) != "name":
        return True
    label, known = label_of(heading), layouts.headings
    scales = (known.question, known.answer, known.speaker, known.maybe_speaker)
    return bool(
        personal_columns([label], layouts.personal)
        or any(candidates([(label,)], scale) for scale in scales)
    )
