"""Sheets with one row an utterance: conversations, and which answer is to which question."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from cs_pipeline.intake.calls import Calls
from cs_pipeline.intake.cases import Cases
from cs_pipeline.intake.chat_partners import ChatPartners
from cs_pipeline.intake.edits import Edits
from cs_pipeline.intake.endings import conversations_in
from cs_pipeline.intake.files.wordless import is_wordless
from cs_pipeline.intake.first_questions import FirstQuestions
from cs_pipeline.intake.interjections import without_interjections
from cs_pipeline.intake.late_answers import LateAnswers
from cs_pipeline.intake.mingled import are_mingled
from cs_pipeline.intake.named_in_talks import NamedInTalks
from cs_pipeline.intake.notices import without_notices
from cs_pipeline.intake.ordering import in_order
from cs_pipeline.intake.outbound import Outbound
from cs_pipeline.intake.replies import board_in, hosts_in, reply_parts
from cs_pipeline.intake.said import (
    Heard,
    Said,
    Turn,
    TurnsReading,
    merged,
    pair_turns,
    refused_questions,
    without_begun,
)
from cs_pipeline.intake.sheets.boards import Board
from cs_pipeline.intake.sheets.cards import side_of
from cs_pipeline.intake.sheets.cells import CleanTexts, cell_at
from cs_pipeline.intake.sheets.column_pairs import Told
from cs_pipeline.intake.sheets.header import Row
from cs_pipeline.intake.sheets.layouts import Layouts
from cs_pipeline.intake.sheets.loose_commas import said_with_its_commas
from cs_pipeline.intake.sheets.mailboxes import Mailbox
from cs_pipeline.intake.sheets.people_sheets import People
from cs_pipeline.intake.sheets.speakers import Speaker, is_yes, way_of
from cs_pipeline.intake.sheets.tables import Table
from cs_pipeline.intake.sheets.unspoken import Unspoken
from cs_pipeline.intake.sheets.valueless import without_value
from cs_pipeline.intake.strangers import Strangers
from cs_pipeline.intake.talk_refusals import TalkRefusals
from cs_pipeline.intake.turn_numbers import TurnNumbers
from cs_pipeline.intake.unfinished import Unfinished
from cs_pipeline.intake.utterances import PART_BELOW, turn_in, utterances_of
from cs_pipeline.intake.wording import (
    MINGLED,
    NOBODY_SPEAKS,
    UNKNOWN_SPEAKER,
)
from cs_pipeline.packed_lists import PackedList
from cs_pipeline.records import RefusedRow


def read_turns(
    table: Table, layouts: Layouts, people: People, *, skip_hidden: bool = False
) -> TurnsReading:
    """Pair each question with the answer that follows it, conversation by conversation.

    A conversation is put into the order of its times or numbers first. Bot rows and notes for
    colleagues are dropped, then consecutive utterances of one speaker are joined by a space. An
    answer without a question is skipped; a question without an answer is refused as `unanswered`,
    and so is every question where the order cannot be told. Speakers that are not known are asked
    for once each. `Exchange.original` and `answer_original` hold the rows of the first utterance of
    each side.
    """
    log = _Log(table, layouts, people)
    parts = log.reply_parts()
    for said_in, index, row in utterances_of(table, skip_hidden=skip_hidden):
        log.reading.rows += 1
        conversation = parts.get(index, said_in)
        if conversation is None:
            continue
        conversation = log.numbers.part_of(log.calls.part_of(conversation, row), row)
        whole = log.with_its_commas(index, row)
        if valueless := without_value(table, index, whole or row, rejoined=whole is not None):
            log.leave_out(conversation, row, valueless)
        elif not log.edits.tells_only(conversation, row):
            log.add(conversation, index, whole or row)
    return log.paired()


class _Log:
    """A table of utterances while it is being read."""

    def __init__(self, table: Table, layouts: Layouts, people: People) -> None:
        self.reading = TurnsReading()
        header = table.header
        self._table, self._header = table, header
        self._board = board_in(table)
        self._speaker_of = cache(_speakers(table, layouts, self._board))
        self._named = NamedInTalks(header, people)
        self._unspoken = Unspoken(header)
        self._conversations: dict[str, list[Heard]] = {}
        self._said: PackedList[Said] = PackedList()
        self._partners = ChatPartners(table.header.sides.partner)
        self._strangers = Strangers(table, self._partners)
        self._clean = CleanTexts()
        self.calls = Calls(table.header, self._speaker_of)
        self._cases = Cases(table, self._speaker_of)
        self._first_questions = FirstQuestions(table, layouts)
        self._late = LateAnswers(table.header)
        self._outbound = Outbound(table.header)
        self.numbers = TurnNumbers(table)
        self.edits = Edits(table.header.versions)
        self._unfinished = Unfinished(header.interim, self._conversations, self._place)

    def reply_parts(self) -> dict[int, str | None]:
        """What each row of a board with comments belongs to; {} of any other table."""
        board = self._board
        return {} if board is None else reply_parts(self._table, board, self._speaker_of)

    def with_its_commas(self, index: int, row: Row) -> Row | None:
        """The row with its text in one piece, where that was written without quotes."""
        return said_with_its_commas(self._table, index, row, self._speaker_of)

    def add(self, conversation: str, index: int, row: Row) -> None:
        """Take in one row."""
        header = self._header
        if header.tells == "column":
            self._named.learn(conversation, row, "")
            self._add_sides(conversation, index, row)
            return
        spoken_by = cell_at(row, header.first).strip()
        self._named.learn(conversation, row, spoken_by)
        if header.sides.partner >= 0:
            self._partners.meet(row, spoken_by)
        speaker = self._speaker_of(spoken_by)
        if speaker is None and (speaker := header.sides.of(row, spoken_by)):
            self._named.learn_name(conversation, spoken_by)
        if self._unspoken.leaves_out(row, speaker) or self._is_wordless(
            conversation, index, row, speaker
        ):
            return
        turn = turn_in(self._table, index, row, speaker or "bot", self._clean)
        if isinstance(turn, RefusedRow):
            self.leave_out(conversation, row, turn)
        elif speaker == "customer" and any(one.is_choice(row) for one in header.private):
            turn.text = ""  # no question, but what follows is to it and to nothing above it
            self._hear(conversation, turn)
        elif speaker is None and not spoken_by:
            self._ask_whose(conversation, turn)
        elif speaker is None:
            turn.unnamed = spoken_by
            self._strangers.note(spoken_by, index, row)
            self._named.learn_name(conversation, spoken_by)
            self._hear(conversation, turn)
        elif turn.speaker != "bot" and turn.text:
            self._hear(conversation, turn)

    def _is_wordless(
        self, conversation: str, index: int, row: Row, speaker: Speaker | None
    ) -> bool:
        """Whether the row is a picture, or a message that was taken back.

        Where it is an agent's, what was asked above it is not answered further below.
        """
        if not is_wordless(cell_at(row, self._header.second)):
            return False
        spoken_by = cell_at(row, self._header.first).strip()
        turn = turn_in(self._table, index, row, speaker or "bot", self._clean)
        if isinstance(turn, RefusedRow) or (speaker is None and not spoken_by):
            return True
        turn.text = ""
        if speaker is None:
            turn.unnamed = spoken_by
            self._strangers.note(spoken_by, index, row)
        if speaker in (None, "agent"):
            self._hear(conversation, turn)
        return True

    def _ask_whose(self, conversation: str, turn: Turn) -> None:
        """Refuse a text that nobody says; where there is none either, the row says nothing."""
        if turn.text:
            place = (self._table.sheet.name, turn.cell, UNKNOWN_SPEAKER, NOBODY_SPEAKS)
            self.leave_out(conversation, turn.original, RefusedRow(*place, turn.original))

    def _hear(self, conversation: str, turn: Turn) -> None:
        if not self._unfinished.takes(conversation, turn):
            self._place(conversation, turn)

    def _place(self, conversation: str, turn: Turn) -> None:
        heard = Heard(
            turn.speaker,
            self._said,
            len(self._said),
            turn.moment,
            turn.number,
            turn.unnamed,
            turn.whole,
        )
        self._said.append(Said(turn.text, turn.cell, turn.original))
        if not self.edits.takes(conversation, turn.original, heard):
            self._conversations.setdefault(conversation, []).append(heard)

    def _add_sides(self, conversation: str, index: int, row: Row) -> None:
        """Take in what each side says, by the column that it stands in."""
        sides: tuple[tuple[Speaker, int], ...] = (
            ("customer", self._header.first),
            ("agent", self._header.second),
        )
        for speaker, column in sides:
            if cell_at(row, column).strip():
                turn = turn_in(self._table, index, row, speaker, self._clean, column)
                if isinstance(turn, RefusedRow):
                    self.leave_out(conversation, row, turn)
                else:
                    self._hear(conversation, turn)

    def leave_out(self, conversation: str, row: Row, refusal: RefusedRow) -> None:
        """Refuse a row; what the same side says beside it is not whole any more."""
        self.reading.refused.append(refusal)
        speaker = self._speaker_of(cell_at(row, self._header.first).strip())
        if self._header.tells == "column":
            speaker = None  # a gap for either side
        moment = self._header.moment_in(row)
        gap = Turn(speaker or "bot", "", refusal.cell, row, moment, whole=False)
        self._place(conversation, gap)

    def paired(self) -> TurnsReading:
        """All that the table gave."""
        name, reading = self._table.sheet.name, self.reading
        reading.refused += self._unfinished.refused(name)
        self.edits.take_back(self._conversations)
        told = self._strangers.placed(self._conversations, self._signs)
        reading.refused += self._strangers.asked()
        order = in_order(told, threaded=self._header.thread is not None)
        self._first_questions.settle(order.conversations)
        self.numbers.settle()
        self._late.settle(order.conversations.values())
        asked: Counter[str] = Counter()
        by_day = self._header.is_by_day
        refusals = TalkRefusals(self._header, self.numbers, order.conversations)
        conversations = order.conversations.items()
        for part, heard in sorted(conversations) if by_day else conversations:
            if doubt := refusals.of(order, part):
                said = (one.turn() for one in heard)
                reading.refused += refused_questions(name, said, *doubt)
                continue
            conversation = part.partition(PART_BELOW)[0]
            known = self._named.of(part, conversation)
            found = self._conversations_of(part, order.stretches.get(part, (heard,)))
            for turns in map(self._outbound.without_replies, map(without_notices, found)):
                asked[conversation] = pair_turns(
                    name,
                    conversation,
                    merged(without_interjections(list(without_begun(turns)))),
                    known,
                    reading,
                    asked[conversation],
                )
        return reading

    def _signs(self) -> set[str]:
        """What stands for a speaker anywhere in the table."""
        column = self._header.first
        return {cell_at(said.original, column).strip().casefold() for said in self._said} - {""}

    def _conversations_of(
        self, name: str, stretches: Sequence[list[Heard]]
    ) -> Iterator[Sequence[Turn]]:
        """The turns of each conversation in them, where no column tells them apart."""
        read = (self._header.second, *self._header.times, *self._header.orders)
        for stretch in stretches:
            turns = [one.turn() for one in stretch]
            if self._header.thread is not None:
                for part in self._late.without(turns, self._table.sheet.name, self.reading.refused):
                    yield from self.numbers.parted(name, self._first_questions.before(part))
            elif not self._cases.known and are_mingled(turns, read):
                self.reading.refused += refused_questions(self._table.sheet.name, turns, MINGLED)
            else:
                for part in conversations_in(turns):
                    yield from self._cases.parted(part)


def _speakers(
    table: Table, layouts: Layouts, board: Board | None
) -> Callable[[str], Speaker | None]:
    """Who a cell of the speaker column means, in the way that this table tells."""
    header = table.header
    if isinstance(header.thread, Mailbox):
        return header.thread.speaker_of
    by_tells: dict[Told, Callable[[str], Speaker | None]] = {
        "label": lambda cell: side_of(cell, layouts.headings),
        "incoming": lambda cell: "customer" if is_yes(cell) else "agent",
        "outgoing": lambda cell: "agent" if is_yes(cell) else "customer",
        "way": lambda cell: layouts.speaker_of(cell) or way_of(cell),
    }
    if header.tells in by_tells:
        return by_tells[header.tells]
    if board is not None and (hosts := hosts_in(table, board, layouts)):
        return lambda cell: "agent" if cell in hosts else layouts.speaker_of(cell) or "customer"
    return lambda cell: layouts.speaker_of(cell, header.vendor)
