"""Sheets of a product's export that list people, and who of them takes part in a conversation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cs_pipeline.intake.files.workbook import RawSheet
from cs_pipeline.intake.sheets.cells import cell_at, clean_text, is_blank, label_of
from cs_pipeline.intake.sheets.head_rows import head_rows
from cs_pipeline.intake.sheets.layouts import Join, PeopleSheet, Vendor
from cs_pipeline.intake.sheets.personal import known_values
from cs_pipeline.packed_lists import items_from
from cs_pipeline.records import KnownValue


@dataclass(slots=True)
class People:
    """Values by what a message says: the person's id, or the conversation's."""

    _values: dict[tuple[Join, str], dict[KnownValue, None]] = field(
        default_factory=dict, repr=False
    )

    def add(self, sheet: RawSheet, vendors: Sequence[Vendor]) -> list[KnownValue]:
        """Take in a sheet that one of the products lists people on; returns its values.

        They are [] for any other sheet, and for one whose headings are not the product's.
        """
        name = label_of(sheet.name)
        about = next(
            (one for vendor in vendors for one in vendor.people if name in one.sheets), None
        )
        found: dict[KnownValue, None] = {}
        for identity, values in _rows(sheet, about) if about else ():
            found |= dict.fromkeys(values)
            if about and identity:
                self._values.setdefault((about.of, identity), {}).update(dict.fromkeys(values))
        return list(found)

    def of(self, join: Join, identity: str) -> tuple[KnownValue, ...]:
        """Values of the person, or of the conversation, with this id."""
        return tuple(self._values.get((join, identity), ()))


def _rows(sheet: RawSheet, about: PeopleSheet) -> Iterator[tuple[str, tuple[KnownValue, ...]]]:
    """Id and values of each row below the first one that names the id and a value."""
    for index, labels in head_rows(sheet.rows):
        columns = {
            column: about.values[label]
            for column, label in enumerate(labels)
            if label in about.values
        }
        identity = next((column for column, label in enumerate(labels) if label in about.id), None)
        if columns and identity is not None:
            for person in items_from(sheet.rows, index + 1):
                if not is_blank(person):
                    yield clean_text(cell_at(person, identity)), known_values(person, columns)
            return
