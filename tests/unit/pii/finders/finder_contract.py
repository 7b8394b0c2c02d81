"""What every finder promises about its table of sentences; the table of each inherits the tests.

Where a row holds several turns, with `|` between them, the last one is searched and the others were
said before it.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import ClassVar

from cs_pipeline.pii import PiiContext, find_spans, mask_text
from tests.unit.pii.finders.talk_that_stays import TALK_THAT_STAYS

NUMBERS = frozenset({"PHONE", "RRN", "FRN", "BRN", "CARD", "CARD_AUTH", "ACCOUNT", "EMAIL"})
"""The types of all tables of numbers and e-mail addresses: one must not be taken for another."""


class FinderContract:
    """The tests of one table.

    Attributes:
        types: the entity types that the table is about; findings of other types do not count.
        found: rows in which what is to be found stands in square brackets, by its type or types.
        kept: rows in which nothing is to be found: look-alikes, and talk about such values.
        talk: further rows of that kind, the same for all tables that do not override them.
    """

    types: ClassVar[Collection[str]]
    found: ClassVar[Mapping[str, Sequence[str]]]
    kept: ClassVar[Sequence[str]]
    talk: ClassVar[Sequence[str]] = TALK_THAT_STAYS

    def test_values_are_found_whole(self) -> None:
        misread = {}
        for types, rows in self.found.items():
            for row in rows:
                read = self._with_brackets(_without_brackets(row))
                if read != (row.rpartition("|")[2], set(types.split())):
                    misread[row] = read
        assert misread == {}

    def test_look_alikes_and_talk_stay(self) -> None:
        read = {row: self._with_brackets(row) for row in (*self.kept, *self.talk)}
        assert {row: one for row, one in read.items() if one[1]} == {}

    def test_as_many_rows_stay_as_are_found(self) -> None:
        stay = len(self.kept) + len(self.talk)
        assert stay >= sum(map(len, self.found.values()))

    def test_masking_again_changes_nothing(self) -> None:
        rows = [_without_brackets(row) for rows in self.found.values() for row in rows]
        once = [mask_text(row.rpartition("|")[2]) for row in rows]
        assert [mask_text(text) for text in once] == once

    def _with_brackets(self, row: str) -> tuple[str, set[str]]:
        """The last turn with brackets around what is found in it, and the types of that."""
        *preceding, text = row.split("|")
        spans = find_spans(text, context=PiiContext(preceding=preceding))
        found = [span for span in spans if span.entity_type in self.types]
        for span in reversed(found):
            value = text[span.start : span.end]
            text = f"{text[: span.start]}[{value}]{text[span.end :]}"
        return text, {span.entity_type for span in found}


def _without_brackets(row: str) -> str:
    return row.replace("[", "").replace("]", "")
