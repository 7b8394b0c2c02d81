"""Sheets with one row an utterance: conversations, and which answer is to which question."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from cs_pipeline.intake.sheets.cells import cell_address, cell_at, clean_text, is_blank, is_total
from cs_pipeline.intake.sheets.columns import Row
from cs_pipeline.intake.sheets.layouts import Layouts
from cs_pipeline.intake.sheets.moments import Moment, moment_of
from cs_pipeline.intake.sheets.people_sheets import People
from cs_pipeline.intake.sheets.personal import known_value, known_values, whole_mobile
from cs_pipeline.intake.sheets.speakers import Speaker, name_of_speaker
from cs_pipeline.intake.sheets.tables import Table
from cs_pipeline.intake.sheets.templates import template_text
from cs_pipeline.intake.sheets.valueless import TEMPLATE, refused, without_value
from cs_pipeline.language import Words
from cs_pipeline.records import Exchange, KnownValue, RefusedRow

_UNANSWERED = Words(
    ko="이 질문 뒤에 상담사의 답변이 없습니다. 학습에 쓰지 않았습니다.",
    en="No agent's answer follows this question. It was not used for training.",
)
_UNKNOWN_SPEAKER = Words(
    ko="누구의 말인지 알 수 없습니다. 발화자를 '고객', '상담사', '봇' 가운데 하나로 적어 주세요.",
    en="It is not clear who speaks. Write 'customer', 'agent' or 'bot' as the speaker.",
)


@dataclass(slots=True)
class _Turn:
    """One utterance, or consecutive ones of one speaker joined by a space."""

    speaker: Speaker
    text: str = field(repr=False)
    cell: str
    original: Row = field(repr=False)
    moment: Moment | None = None


@dataclass(slots=True)
class TurnsReading:
    """What a table of utterances gave; `rows` counts utterances, not blank rows or totals."""

    rows: int = 0
    exchanges: list[Exchange] = field(default_factory=list, repr=False)
    refused: list[RefusedRow] = field(default_factory=list, repr=False)


def read_turns(
    table: Table, layouts: Layouts, people: People, *, skip_hidden: bool = False
) -> TurnsReading:
    """Pair each question with the answer that follows it, conversation by conversation.

    Where a product's layout names a column of times, a conversation is put into their order first.
    Bot rows are dropped, then consecutive utterances of one speaker are joined by a space. An
    answer without a question is skipped; a question without an answer is refused as `unanswered`.
    `Exchange.original` and `answer_original` hold the rows of the first utterance of each side.
    """
    header, reading = table.header, TurnsReading()
    conversations: dict[str, list[_Turn]] = {}
    known: dict[str, dict[KnownValue, None]] = defaultdict(dict)
    speaker_of = cache(lambda cell: layouts.speaker_of(cell, header.vendor))
    name_of = cache(lambda cell: known_value("NAME", name_of_speaker(cell)))
    for conversation, index, row in _utterances(table, reading, skip_hidden=skip_hidden):
        known[conversation].update(dict.fromkeys(known_values(row, header.personal)))
        spoken_by = cell_at(row, header.first)
        speaker, name = speaker_of(spoken_by), name_of(spoken_by)
        if name:
            known[conversation][name] = None
        if header.person is not None:
            identity = clean_text(cell_at(row, header.person))
            known[conversation].update(dict.fromkeys(people.of("person", identity)))
        turn = _turn(table, index, row, speaker)
        if isinstance(turn, RefusedRow):
            reading.refused.append(turn)
        elif turn.speaker != "bot" and turn.text:
            conversations.setdefault(conversation, []).append(turn)
    for conversation, turns in conversations.items():
        known[conversation].update(dict.fromkeys(people.of("conversation", conversation)))
        merged = _merged(_in_order(turns))
        _pair(table.sheet.name, conversation, merged, tuple(known[conversation]), reading)
    return reading


def _utterances(
    table: Table, reading: TurnsReading, *, skip_hidden: bool
) -> Iterator[tuple[str, int, Row]]:
    """Conversation, 0-based row and cells of each utterance; counts and refuses in `reading`.

    An empty conversation cell belongs to the one above (merged cells may hold their value only
    once); a blank row ends that. Without a conversation column, blank rows alone separate.
    """
    header, name = table.header, table.sheet.name
    # Tables side by side have rows in common; their conversations have not.
    place = f"{name}:" if table.columns is None else f"{name}:{table.columns.start}:"
    current = f"{place}{header.row + 1}"
    for index, row in table.rows(skip_hidden=skip_hidden):
        if is_total(row) or header.repeats(row):
            continue
        row = table.whole(row)  # noqa: PLW2901 - still the same row
        if valueless := without_value(table, index, row):
            reading.rows += 1
            reading.refused.append(valueless)
        elif is_blank(row):
            current = f"{place}{index + 1}"
        else:
            reading.rows += 1
            if header.conversation is not None:
                current = clean_text(cell_at(row, header.conversation)) or current
            yield current, index, row


def _turn(table: Table, index: int, row: Row, speaker: Speaker | None) -> _Turn | RefusedRow:
    header, sheet = table.header, table.sheet
    if speaker is None:
        cell = cell_address(index, header.first)
        return RefusedRow(sheet.name, cell, "unknown_speaker", _UNKNOWN_SPEAKER, row)
    text = cell_at(row, header.second)
    moment = None
    if header.time is not None:
        moment = moment_of(cell_at(row, header.time))
    if header.vendor is not None and header.vendor.template:
        said = template_text(text, header.vendor.template)
        if said is None:
            return refused(table, index, header.second, TEMPLATE, row)
        text = said
    cell = cell_address(index, header.second)
    return _Turn(speaker, whole_mobile(clean_text(text)), cell, row, moment)


def _in_order(turns: list[_Turn]) -> list[_Turn]:
    """By time, where each of them says when; else as they stand."""
    moments = [turn.moment for turn in turns if turn.moment is not None]
    if len(moments) < len(turns) or len({len(moment) for moment in moments}) != 1:
        return turns
    return sorted(turns, key=lambda turn: turn.moment or ())


def _merged(turns: Iterable[_Turn]) -> list[_Turn]:
    """Consecutive utterances of one speaker as one turn."""
    found: list[_Turn] = []
    for turn in turns:
        if found and found[-1].speaker == turn.speaker:
            found[-1].text = f"{found[-1].text} {turn.text}"
        else:
            found.append(turn)
    return found


def _pair(
    sheet: str,
    conversation: str,
    turns: list[_Turn],
    people: tuple[KnownValue, ...],
    reading: TurnsReading,
) -> None:
    index = 0
    for turn, following in zip(turns, [*turns[1:], None], strict=True):
        if turn.speaker != "customer":
            continue
        if following is None:
            reading.refused.append(
                RefusedRow(sheet, turn.cell, "unanswered", _UNANSWERED, turn.original)
            )
            continue
        reading.exchanges.append(
            Exchange(
                sheet=sheet,
                question_cell=turn.cell,
                answer_cell=following.cell,
                question=turn.text,
                answer=following.text,
                conversation_id=conversation,
                turn_index=index,
                original=turn.original,
                known_values=people,
                answer_original=following.original,
            )
        )
        index += 1
