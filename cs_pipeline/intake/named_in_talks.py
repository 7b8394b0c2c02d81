"""Whom the rows of conversations name: values that are masked in all that is said there."""

from collections import defaultdict
from functools import cache

from cs_pipeline.intake.sheets.cells import cell_at, clean_text
from cs_pipeline.intake.sheets.header import Header, Row
from cs_pipeline.intake.sheets.people_sheets import People
from cs_pipeline.intake.sheets.personal import KnownValues, known_value
from cs_pipeline.intake.sheets.speakers import is_partner, name_of_speaker
from cs_pipeline.records import KnownValue


class NamedInTalks:
    """The personal values of each conversation while its rows are being read.

    Args:
        header: of the table of utterances.
        people: those whom sheets of their own list.
    """

    def __init__(self, header: Header, people: People) -> None:
        self._header, self._people = header, people
        self._values = KnownValues(header.personal)
        self._name_of = cache(lambda cell: known_value("NAME", name_of_speaker(cell)))
        self._known: dict[str, dict[KnownValue, None]] = defaultdict(dict)

    def learn(self, conversation: str, row: Row, spoken_by: str) -> None:
        """Note whom the row names, and who speaks beside a role (`상담사 이지은`)."""
        header, known = self._header, self._known[conversation]
        if values := self._values.of(row):
            known.update(dict.fromkeys(values))
        if name := self._name_of(spoken_by):
            known[name] = None
        if header.board is not None:  # who answers is told there, whatever people are called
            people = header.board.people
            self.learn_name(conversation, cell_at(row, people) if people >= 0 else spoken_by)
        if header.person is not None and header.tells != "column":
            identity = clean_text(cell_at(row, header.person))
            known.update(dict.fromkeys(self._people.of("person", identity)))

    def learn_name(self, conversation: str, spoken_by: str) -> None:
        """Note a speaker who is called by a name alone."""
        if (called := known_value("NAME", spoken_by)) and not is_partner(spoken_by):
            self._known[conversation][called] = None

    def of(self, part: str, conversation: str) -> tuple[KnownValue, ...]:
        """All that are named in a part of a conversation, and those listed for all of it."""
        listed = self._people.of("conversation", conversation)
        return tuple(dict.fromkeys((*self._known[part], *listed)))
