"""Whom a row of questions and answers names: values to be masked in it."""

from cs_pipeline.intake.sheets.cells import cell_at, clean_text
from cs_pipeline.intake.sheets.header import Row
from cs_pipeline.intake.sheets.people_sheets import People
from cs_pipeline.intake.sheets.personal import known_values
from cs_pipeline.intake.sheets.tables import Table
from cs_pipeline.records import KnownValue

_MOST_SHARED = 10_000


class SharedValues:
    """One tuple for the rows that name the same people, such as an agent."""

    def __init__(self) -> None:
        self._known: dict[tuple[KnownValue, ...], tuple[KnownValue, ...]] = {}

    def of(self, values: tuple[KnownValue, ...]) -> tuple[KnownValue, ...]:
        """The values, as those that came before if they are equal."""
        known = self._known
        return known.setdefault(values, values) if len(known) < _MOST_SHARED else values


def known_in(
    table: Table, row: Row, people: People, conversation: str | None
) -> tuple[KnownValue, ...]:
    """What the row's own columns name, and what sheets of people tell of those in it."""
    header = table.header
    values = known_values(row, header.personal)
    if header.vendor is None:
        return values
    if header.person is not None:
        values += people.of("person", clean_text(cell_at(row, header.person)))
    if conversation:
        values += people.of("conversation", conversation)
    return tuple(dict.fromkeys(values))
