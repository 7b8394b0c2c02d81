"""What was said in a conversation, turn by turn, and which answer is to which question."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from cs_pipeline.intake.openings import calls_only, greets_anew, opens_only
from cs_pipeline.intake.sheets.header import Row
from cs_pipeline.intake.sheets.moments import Moment
from cs_pipeline.intake.sheets.speakers import Speaker
from cs_pipeline.intake.wording import BESIDE_REFUSED, ROW_WORDS, UNANSWERED
from cs_pipeline.language import Words
from cs_pipeline.packed_lists import PackedList
from cs_pipeline.records import Exchange, KnownValue, RefusedRow


@dataclass(slots=True)
class Turn:
    """One utterance, or consecutive ones of one speaker joined by a space.

    `unnamed` is the speaker's cell where that does not say who speaks; `speaker` is nobody's then.
    A turn is not `whole` where a row of it, or one that may be of it, was refused.
    """

    speaker: Speaker
    text: str = field(repr=False)
    cell: str
    original: Row = field(repr=False)
    moment: Moment | None = None
    number: int | None = None
    unnamed: str = field(default="", repr=False)
    whole: bool = True


class Said(NamedTuple):
    """What a turn says, and where."""

    text: str
    cell: str
    original: Row


@dataclass(slots=True)
class Heard:
    """A turn of a table of a million, of which the words are packed away; else as `Turn`."""

    speaker: Speaker
    said: PackedList[Said] = field(repr=False)
    place: int
    moment: Moment | None
    number: int | None
    unnamed: str = field(repr=False)
    whole: bool

    @property
    def text(self) -> str:
        """What was said."""
        return self.said[self.place].text

    def turn(self) -> Turn:
        """All of it."""
        said = self.said[self.place]
        return Turn(self.speaker, *said, self.moment, self.number, self.unnamed, self.whole)


@dataclass(slots=True)
class TurnsReading:
    """What a table of utterances gave; `rows` counts utterances, not blank rows or totals."""

    rows: int = 0
    exchanges: PackedList[Exchange] = field(default_factory=PackedList, repr=False)
    refused: PackedList[RefusedRow] = field(default_factory=PackedList, repr=False)


def merged(turns: Iterable[Turn]) -> Iterator[Turn]:
    """Consecutive utterances of one speaker as one turn; gaps spoil the turns beside them.

    What a speaker says twice in a row, as in exports that list rows twice, counts once. With what
    an agent greets at the end, another call begins.
    """
    last: Turn | None = None
    said, gap, greeting = "", False, ""
    for turn in turns:
        if turn.speaker == "bot":  # a row that was refused, whoever spoke
            gap = True
            if last:
                last.whole = False
            continue
        turn.whole = turn.whole and not gap
        gap = False
        if last is None or last.speaker != turn.speaker:
            if last:
                yield last
            last, said, greeting = turn, turn.text, ""
            continue
        if last.whole and not last.text:  # a button that was pressed
            last, said = turn, turn.text
        elif turn.text == said:
            pass
        elif turn.speaker == "agent" and greets_anew(turn.text, last.text, greeting):
            greeting = _joined(greeting, turn.text)
        else:
            said = turn.text
            last.text, greeting = _joined(last.text, greeting, turn.text), ""
        last.whole = last.whole and turn.whole
    if last:
        yield last


def without_begun(turns: Sequence[Turn]) -> Iterator[Turn]:
    """The turns without those that the same speaker's next one begins with, and goes on.

    Speech that is being recognised is written so. A single word counts where the next one grows,
    too, or grew out of another one: people do begin again with a word.
    """
    grew = False
    for place, turn in enumerate(turns):
        grows = turn.whole and _grows(turns, place)
        if grows and (grew or " " in turn.text or _grows(turns, place + 1)):
            grew = True
        else:
            grew = False
            yield turn


def _grows(turns: Sequence[Turn], place: int) -> bool:
    """Whether the turn below says all of a turn and more."""
    turn, below = turns[place], turns[place + 1] if place + 1 < len(turns) else None
    return (
        below is not None
        and below.speaker == turn.speaker
        and len(below.text) > len(turn.text) > 0
        and below.text.startswith(turn.text)
    )


def _joined(*texts: str) -> str:
    return " ".join(filter(None, texts))


def _with_following(turns: Iterable[Turn]) -> Iterator[tuple[Turn, Turn | None]]:
    """Each turn and the one after it: two of a conversation that may have a million."""
    turn: Turn | None = None
    for following in turns:
        if turn:
            yield turn, following
        turn = following
    if turn:
        yield turn, None


def refused_questions(
    sheet: str, turns: Iterable[Turn], reason: str, words: Words | None = None
) -> Iterator[RefusedRow]:
    """Each question, refused for one reason; `words` None: in that reason's own ones."""
    words = words or ROW_WORDS[reason]
    for turn in turns:
        if turn.speaker == "customer":
            yield RefusedRow(sheet, turn.cell, reason, words, turn.original)


def pair_turns(
    sheet: str,
    conversation: str,
    turns: Iterable[Turn],
    people: tuple[KnownValue, ...],
    reading: TurnsReading,
    index: int = 0,
) -> int:
    """Put the exchanges of one conversation into `reading`; the first of them is at `index`.

    Returns:
        The index of the next one.
    """
    for turn, following in _with_following(turns):
        if turn.speaker != "customer" or not turn.text:
            continue
        greeted = following is not None and opens_only(following.text) and not calls_only(turn.text)
        is_told = following is not None and following.text and following.whole
        if not (following and is_told and turn.whole) or greeted:
            silent = turn.whole and (greeted or not (following and following.text))
            reason = UNANSWERED if silent else BESIDE_REFUSED
            words = ROW_WORDS[reason]
            reading.refused.append(RefusedRow(sheet, turn.cell, reason, words, turn.original))
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
    return index
