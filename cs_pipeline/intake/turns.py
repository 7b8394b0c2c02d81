"""Sheets with one row an utterance: conversations, and which answer is to which question."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from cs_pipeline.intake.cells import (
    cell_address,
    cell_at,
    clean_text,
    is_blank,
    is_total,
)
from cs_pipeline.intake.columns import Header
from cs_pipeline.intake.personal import known_value, known_values
from cs_pipeline.intake.speakers import Speaker, name_of_speaker, speaker_of
from cs_pipeline.intake.workbook import RawSheet
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
    """Consecutive utterances of one speaker, joined by a space."""

    speaker: Speaker
    text: str = field(repr=False)
    cell: str
    original: tuple[str, ...] = field(repr=False)


@dataclass(slots=True)
class TurnsReading:
    """What a sheet of utterances gave; `rows` counts utterances, not blank rows or totals."""

    rows: int = 0
    exchanges: list[Exchange] = field(default_factory=list, repr=False)
    refused: list[RefusedRow] = field(default_factory=list, repr=False)


def read_turns(sheet: RawSheet, header: Header) -> TurnsReading:
    """Pair each question with the answer that follows it, conversation by conversation.

    Bot rows are dropped first, then consecutive utterances of one speaker are joined by a space.
    An answer without a question is skipped; a question without an answer is refused as
    `unanswered`. `Exchange.original` holds the row of the question's first utterance.
    """
    reading = TurnsReading()
    conversations: dict[str, list[_Turn]] = {}
    people: dict[str, dict[KnownValue, None]] = defaultdict(dict)
    for conversation, row_index, row in _utterances(sheet, header):
        reading.rows += 1
        text = clean_text(cell_at(row, header.second))
        cell = cell_address(row_index, header.second)
        speaker = speaker_of(cell_at(row, header.first))
        people[conversation].update(dict.fromkeys(_people(row, header)))
        if speaker is None:
            reading.refused.append(
                RefusedRow(
                    sheet.name,
                    cell_address(row_index, header.first),
                    "unknown_speaker",
                    _UNKNOWN_SPEAKER,
                    row,
                )
            )
        elif speaker != "bot" and text:
            turns = conversations.setdefault(conversation, [])
            _add(turns, _Turn(speaker, text, cell, row))
    for conversation, turns in conversations.items():
        _pair(sheet.name, conversation, turns, tuple(people[conversation]), reading)
    return reading


def _people(row: tuple[str, ...], header: Header) -> tuple[KnownValue, ...]:
    """What a row's other columns say about its people, and the name beside the speaker's role."""
    name = known_value("NAME", name_of_speaker(cell_at(row, header.first)))
    return (*known_values(row, header.personal), *((name,) if name else ()))


def _utterances(sheet: RawSheet, header: Header) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    """Conversation, 0-based row and cells of each utterance.

    An empty conversation cell belongs to the one above (merged cells hold their value only once);
    a blank row ends that. Without a conversation column, blank rows alone separate.
    """
    current = f"{sheet.name}:{header.row + 1}"
    for index, row in enumerate(sheet.rows[header.row + 1 :], start=header.row + 1):
        if is_blank(row):
            current = f"{sheet.name}:{index + 1}"
        elif not is_total(row) and not header.repeats(row):
            if header.conversation is not None:
                current = clean_text(cell_at(row, header.conversation)) or current
            yield current, index, row


def _add(turns: list[_Turn], turn: _Turn) -> None:
    if turns and turns[-1].speaker == turn.speaker:
        turns[-1].text = f"{turns[-1].text} {turn.text}"
    else:
        turns.append(turn)


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
            )
        )
        index += 1
