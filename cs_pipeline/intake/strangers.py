"""Speakers whom no word tells: whose side their turns are, or what is asked about them."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import chain

from cs_pipeline.intake.chat_hosts import (
    are_answered,
    are_served,
    hosted_sides,
    office_sides,
)
from cs_pipeline.intake.chat_partners import ChatPartners
from cs_pipeline.intake.files.chat_text import HEADINGS
from cs_pipeline.intake.introductions import (
    Sides,
    introduced,
    is_numbered,
    is_numbered_by_file,
    turn_about,
)
from cs_pipeline.intake.recurring_names import recurring_sides
from cs_pipeline.intake.said import Heard
from cs_pipeline.intake.sheets.cell_kinds import names_somebody
from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.header import Row
from cs_pipeline.intake.sheets.speakers import Speaker, is_desk, is_partner
from cs_pipeline.intake.sheets.tables import Table
from cs_pipeline.intake.sheets.threads import Thread
from cs_pipeline.intake.wording import NUMBERS_TURN, ROW_WORDS, UNKNOWN_SPEAKER, speakers_words
from cs_pipeline.records import RefusedRow

_LEAST_ASK, _LOOKED_AT = 0.2, 200
Signs = Callable[[], set[str]]
"""All that stands for a speaker in a table, casefolded."""


class Strangers:
    """The speakers of a table that are not known."""

    def __init__(self, table: Table, partners: ChatPartners) -> None:
        self._table, self._partners = table, partners
        self._known_by: dict[str, _Stranger] = {}
        self._desks_answer = self._partners_answer = False
        self._refused: list[RefusedRow] = []
        self._said: dict[str, list[str]] = defaultdict(list)

    def note(self, spoken_by: str, index: int, row: Row) -> None:
        """Note that the row is the stranger's."""
        self._known_by.setdefault(spoken_by, _Stranger(index, row))

    def placed(
        self, conversations: Mapping[str, list[Heard]], signs: Signs
    ) -> dict[str, list[Heard]]:
        """The turns of each conversation whose speaker is known by now."""
        introductions = {
            part: introduced(turns) for part, turns in conversations.items() if turns[0].unnamed
        }
        if self._table.header.sides.partner >= 0:
            for turn in chain.from_iterable(conversations.values()):
                if len(self._said[turn.unnamed]) < _LOOKED_AT:
                    self._said[turn.unnamed].append(turn.text)
        self._desks_answer = all(map(_has_one_beside_customers, conversations.values()))
        is_sure = self._desks_answer and self._has_ids() and any(map(is_partner, self._known_by))
        self._partners_answer = is_sure and _strangers_answer(conversations)
        several = len(conversations) > 1 and bool(self._known_by)
        by_file = several and all(map(is_numbered_by_file, self._known_by))
        turning = by_file or turn_about(introductions.values())
        if sides := self._sides_in(conversations):
            introductions = dict.fromkeys(conversations, sides)
        return {
            part: placed
            for part, turns in conversations.items()
            if (placed := self._placed(turns, introductions.get(part), signs, turning=turning))
        }

    def asked(self) -> Iterator[RefusedRow]:
        """A row of each speaker who stays unknown, the most talkative first."""
        yield from self._refused
        column = self._table.header.first
        asked = [one for one in self._known_by.values() if one.utterances]
        for one in sorted(asked, key=lambda one: -one.utterances):
            yield RefusedRow(
                self._table.sheet.name,
                self._table.address(one.index, column),
                UNKNOWN_SPEAKER,
                speakers_words(one.utterances),
                one.row,
            )

    def _placed(
        self, turns: list[Heard], sides_by_name: Sides | None, signs: Signs, *, turning: bool
    ) -> list[Heard]:
        """The turns whose speaker is known.

        Where one side of a conversation is known and a single name speaks besides, the name is the
        other side's; on a board a nickname, too, to which agents reply. Numbers that are `turning`
        mean somebody else in each call, so that nobody can say once for all who they are.
        """
        unnamed = {turn.unnamed for turn in turns if turn.unnamed}
        if not unnamed:
            return self._with_partner(turns)
        row = turns[0].turn().original
        told = {name: side for name in unnamed if (side := self._partners.side_of(row, name))}
        is_colleague = any(self._partners.is_colleague(row, name) for name in unnamed)
        if is_colleague or self._company_asks(told):
            return self._named_ones(turns)
        if known := sides_by_name or (told if len(told) == len(unnamed) else {}):
            for turn in turns:
                turn.speaker = known.get(turn.unnamed, turn.speaker)
            return _said(turns)
        if turning and all(map(is_numbered, unnamed)):
            self._refuse_call(turns[0])
            return []
        sides = {turn.speaker for turn in turns if not turn.unnamed}
        [one, *more] = unnamed
        if len(sides) == 1 and not more and self._is_called(one, sides, signs):
            other: Speaker = "agent" if sides == {"customer"} else "customer"
            for turn in turns:
                turn.speaker = other if turn.unnamed else turn.speaker
            return _said(turns)
        return self._named_ones(turns)

    def _is_called(self, one: str, sides: Set[Speaker], signs: Signs) -> bool:
        """Whether a speaker's cell may be the other side of one whose `sides` are known."""
        if is_partner(one) and "agent" not in sides:
            return self._partners_answer
        return (
            self._is_name(one)
            or _is_shop(one, signs)
            or self._asks(sides)
            or (self._desks_answer and is_desk(one))
        )

    def _company_asks(self, told: Sides) -> bool:
        """Whether a company is who asks: a customer of whoever saved the chat."""
        said: dict[Speaker, list[str]] = defaultdict(list)
        for name, side in told.items():
            said[side] += self._said[name]
        return are_served(said["agent"], said["customer"])

    def _named_ones(self, turns: list[Heard]) -> list[Heard]:
        """The turns of speakers who are known; the others are asked for."""
        for turn in turns:
            if turn.unnamed:
                self._known_by[turn.unnamed].utterances += bool(turn.text)
        return [turn for turn in turns if not turn.unnamed]

    def _with_partner(self, turns: list[Heard]) -> list[Heard]:
        """The turns; where only agents seem to speak, one of the two may be a chat's title."""
        if self._table.header.sides.partner < 0 or {turn.speaker for turn in turns} != {"agent"}:
            return turns
        row = turns[0].turn().original
        for turn in turns:
            spoken_by = cell_at(turn.turn().original, self._table.header.first)
            turn.speaker = self._partners.side_of(row, spoken_by) or turn.speaker
        return turns

    def _asks(self, sides: Set[Speaker]) -> bool:
        """Whether agents reply, by the numbers of a board, to whoever else writes there."""
        return self._table.header.board is not None and sides == {"agent"}

    def _refuse_call(self, heard: Heard) -> None:
        first = heard.turn()
        place = (self._table.sheet.name, first.cell, NUMBERS_TURN, ROW_WORDS[NUMBERS_TURN])
        self._refused.append(RefusedRow(*place, first.original))

    def _sides_in(self, conversations: Mapping[str, list[Heard]]) -> Sides:
        """Who the unknown speakers of all conversations are, by what these have in common."""
        if not self._known_by:
            return {}
        sides = recurring_sides(conversations) if self._has_ids() else {}
        if sides or not self._is_chat():
            return sides
        return hosted_sides(conversations) or office_sides(conversations, self._title_of)

    def _title_of(self, turns: Sequence[Heard]) -> str:
        return self._partners.title_of(turns[0].turn().original)

    def _has_ids(self) -> bool:
        """Whether ids, or both sides, tell conversations apart, which are no commented posts."""
        header = self._table.header
        thread = header.thread
        return (
            isinstance(thread, Thread) and thread.tells in ("ids", "sides") and header.board is None
        )

    def _is_chat(self) -> bool:
        """Whether a messenger saved the table as a chat."""
        return self._table.header.labels[-1][: len(HEADINGS)] == tuple(HEADINGS)

    def _is_name(self, spoken_by: str) -> bool:
        return self._table.header.tells == "name" or names_somebody(spoken_by)


def _said(turns: Sequence[Heard]) -> list[Heard]:
    """The turns that say something, and what an agent sent without words or took back."""
    return [turn for turn in turns if turn.text or turn.speaker == "agent"]


def _has_one_beside_customers(turns: Sequence[Heard]) -> bool:
    """Whether nobody speaks in a conversation but a customer and at most one stranger."""
    sides = {turn.speaker for turn in turns if not turn.unnamed}
    return sides <= {"customer", "bot"} and len({turn.unnamed for turn in turns} - {""}) <= 1


def _strangers_answer(conversations: Mapping[str, Sequence[Heard]]) -> bool:
    """Whether strangers tell customers, who speak first in every conversation, what they ask."""
    if any(turns and turns[0].unnamed for turns in conversations.values()):
        return False
    turns = [turn for said in conversations.values() for turn in said]
    asked = [turn.text for turn in turns if turn.speaker == "customer"]
    told = [turn.text for turn in turns if turn.unnamed]
    return are_answered(asked, told, _LEAST_ASK)


def _is_shop(sign: str, signs: Signs) -> bool:
    """Whether `s` beside `c` is the shop, as nobody but these two speaks in the table."""
    return sign.casefold() == "s" and signs() == {"c", "s"}


@dataclass(slots=True)
class _Stranger:
    """A speaker that is not known: the first row of it, and how many utterances are."""

    index: int
    row: Row = field(repr=False)
    utterances: int = 0
