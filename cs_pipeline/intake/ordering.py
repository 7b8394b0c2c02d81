"""The order in which the turns of a conversation were said, or that it cannot be told."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, pairwise
from typing import Generic, TypeVar

from cs_pipeline.intake.restarts import (
    Timed,
    days_of,
    numbers_are_mixed,
    parted,
    parts_in_order,
    recorded_in_parts,
)
from cs_pipeline.intake.sheets.moments import Moment
from cs_pipeline.intake.sheets.roles import CLOCK_PARTS, DAY_PARTS
from cs_pipeline.intake.sheets.speakers import Speaker
from cs_pipeline.intake.side_clocks import clocks_differ

_CLEARLY = 0.8
_HALF_A_DAY_HOURS = 12
_LEAST_APART, _LONGEST_SPEECH = 16, 8
_LEAST_UPRIGHT, _MANY_TIMES = 3, 4
_LONG = 6
_GREETS = re.compile(
    r"안녕|반갑|무엇을 도와|어떤 (?:도움|문의)|도와드릴|상담(?:사|원)\s*\S{2,4}\s*입니다"
)
ASKS = re.compile(
    r"(?:\?|까요|나요|가요|는지요|습니까|주세요|싶어요|싶은데요?|할게요|해요)[\s?!.~^ㅠㅜㅋㅎ]*$"
)
_THANKS = re.compile(r"감사|고마|고맙|네+[.~!\s]|넵|알겠|수고")

T = TypeVar("T", bound=Timed)


@dataclass(frozen=True, slots=True)
class Order(Generic[T]):
    """Conversations with their turns in order, and those whose order cannot be told.

    `stretches` are the parts of those that are several, where times or numbers begin anew;
    `reversed_table` says that nothing tells the order and that answers seem to stand before their
    questions all over; in those of `one_side_first`, questions stand together, and so do answers.
    """

    conversations: Mapping[str, list[T]]
    stretches: Mapping[str, Sequence[list[T]]]
    unclear: frozenset[str] = frozenset()
    reversed_table: bool = False
    one_side_first: frozenset[str] = frozenset()


def in_order(conversations: Mapping[str, list[T]], *, threaded: bool = True) -> Order[T]:
    """Put each conversation's turns into order by time, else by number, else as they stand.

    A table with its newest row on top is turned round first, so that rows of the same minute
    come out right, too, unless these were left as they stood when it was sorted. Where the
    conversations are not `threaded` (no column tells them apart), times without a day may begin
    anew, with another day or call. What has one number, speaker and text counts once: a database
    repeats a row for each of its labels.
    """
    conversations = {name: _once_each(turns) for name, turns in conversations.items()}
    if clocks_differ(conversations.values()):
        return Order(conversations, {})
    downwards = _direction(conversations.values(), lambda turn: turn.moment)
    by_number = _direction(conversations.values(), lambda turn: turn.number)
    ties_stand_upright = downwards < 0 and _ties_stand_upright(conversations.values())
    ordered: dict[str, list[T]] = {}
    stretches: dict[str, Sequence[list[T]]] = {}
    unclear, untold = set(), {}
    for name, turns in conversations.items():
        base = turns[::-1] if downwards < 0 or (not downwards and by_number < 0) else turns
        if ties_stand_upright and _has_ties(turns):
            base = turns
        parts = [base] if threaded else parted(base)
        if len(parts) > 1:
            placed = parts_in_order(parts, sure=bool(downwards or by_number))
            stretches[name] = placed or parts
            found = None if placed is None else [*chain.from_iterable(placed)]
        else:
            found = recorded_in_parts(base) if downwards >= 0 else None
            found = found or _by_moment(base, sure=abs(downwards) == 1) or _by_number(turns)
            if found is None and _all_moments(turns):
                unclear.add(name)
            elif found is None and (downwards or by_number):
                found = base
        if found is None:
            untold[name] = turns
            unclear.update((name,) if numbers_are_mixed(turns) else ())
        ordered[name] = found or turns
    unclear |= _with_reversed_days(ordered)
    reversed_table = _look_reversed(untold.values())
    return Order(ordered, stretches, frozenset(unclear), reversed_table, _one_side_first(untold))


def _once_each(turns: list[T]) -> list[T]:
    """The turns without those that come again under one number."""
    numbers = {turn.number for turn in turns}
    if None in numbers or len(numbers) == len(turns):
        return turns
    first: dict[tuple[int | None, str, str], T] = {}
    for turn in turns:
        first.setdefault((turn.number, turn.speaker, turn.text), turn)
    return list(first.values()) if len(first) == len(numbers) else turns


def _one_side_first(conversations: Mapping[str, list[T]]) -> frozenset[str]:
    """The conversations of some length, if in each of them one side says all that it says first.

    Rows seem to be sorted by who speaks then, as a recording's channels are.
    """
    long = {name: turns for name, turns in conversations.items() if len(turns) >= _LONG}
    for turns in long.values():
        speeches = [
            len(list(speech)) for _, speech in groupby(turns, key=lambda turn: turn.speaker)
        ]
        if len(speeches) != 2 or min(speeches) < _LONG / 2:
            return frozenset()
    return frozenset(long)


def _with_reversed_days(conversations: Mapping[str, list[T]]) -> set[str]:
    """Conversations of which nothing but days is told, if answers seem to stand first in a day."""
    days: dict[str, list[list[T]]] = {}
    for name, turns in conversations.items():
        found = [day for day in days_of(turns) if len({turn.speaker for turn in day}) > 1]
        if found:
            days[name] = found
    return set(days) if _look_reversed(chain.from_iterable(days.values())) else set()


def stand_apart(turns: Sequence[Timed]) -> bool:
    """Whether questions stand together and answers stand together, as in lists of them.

    Which answer is to which question cannot be told then. In a conversation sides take turns: one
    speaks eight times in a row now and then, but not all over.
    """
    said = sum(turn.speaker != "bot" for turn in turns)
    return said >= _LEAST_APART and said >= _LONGEST_SPEECH * _speeches(turns)


def _direction(
    conversations: Iterable[Sequence[T]], key: "Callable[[T], Moment | int | None]"
) -> int:
    """1 or -1 when nearly all neighbours in a conversation rise or fall, 0 when it is not clear."""
    rising = falling = 0
    for turns in conversations:
        for one, other in pairwise(turns):
            before, after = key(one), key(other)
            if before is None or after is None or before == after:
                continue
            if isinstance(before, tuple) and isinstance(after, tuple) and len(before) != len(after):
                continue
            up = before < after  # type: ignore[operator]  # of one kind
            rising, falling = rising + up, falling + (not up)
    if not rising + falling:
        return 0
    share = rising / (rising + falling)
    return 1 if share >= _CLEARLY else -1 if share <= 1 - _CLEARLY else 0


def _all_moments(turns: Sequence[Timed]) -> bool:
    """Whether each of the turns says when, in one manner, and not all the same."""
    moments = [turn.moment for turn in turns if turn.moment is not None]
    lengths = {len(moment) for moment in moments}
    return len(moments) == len(turns) and len(lengths) == 1 and len(set(moments)) > 1


def _by_moment(turns: list[T], *, sure: bool) -> list[T] | None:
    """The turns by time; None when the times do not tell.

    Without a direction of the table, turns of both sides at one moment may stand either way.
    """
    if not _all_moments(turns):
        return None
    moments = [turn.moment or () for turn in turns]
    if len(moments[0]) == CLOCK_PARTS and max(moments)[0] - min(moments)[0] >= _HALF_A_DAY_HOURS:
        return turns if sure else None  # maybe past midnight
    if _pass_midnight(moments):
        return turns if sure else None
    if not sure and _has_ties(turns):
        return None
    return _by_time(turns)


def _by_time(turns: Sequence[T]) -> list[T]:
    return sorted(turns, key=lambda turn: turn.moment or ())


def _pass_midnight(moments: Sequence[Moment]) -> bool:
    """Whether clocks fall once by half a day beside one day all over, that of the beginning."""
    if len(moments[0]) != DAY_PARTS + CLOCK_PARTS or len({one[:DAY_PARTS] for one in moments}) > 1:
        return False
    falls = [one[DAY_PARTS] - other[DAY_PARTS] for one, other in pairwise(moments) if other < one]
    return len(falls) == 1 and falls[0] >= _HALF_A_DAY_HOURS


def _has_ties(turns: Sequence[Timed]) -> bool:
    speakers: dict[Moment | None, set[Speaker]] = {}
    for turn in turns:
        speakers.setdefault(turn.moment, set()).add(turn.speaker)
    return any(len(both) > 1 for both in speakers.values())


def _by_number(turns: list[T]) -> list[T] | None:
    numbers = {turn.number for turn in turns}
    if None in numbers or len(numbers) < len(turns):
        return None
    return sorted(turns, key=lambda turn: turn.number or 0)


def _look_reversed(conversations: Iterable[Sequence[Timed]]) -> bool:
    """Whether more conversations begin with an answer and end with a question than do not."""
    return sum(map(_leaning, conversations)) < 0


def _ties_stand_upright(conversations: Iterable[Sequence[T]]) -> bool:
    """Whether rows of one moment go on downwards in a table that has its newest row on top.

    A spreadsheet that sorts rows by time leaves those of one minute as they stood. Then sides take
    turns more often so than upside down, in next to all conversations where it makes a difference.
    Days alone are too long to tell so.
    """
    upright = upside_down = 0
    for turns in conversations:
        if _all_moments(turns) and _has_ties(turns) and not any(days_of(turns)):
            so, otherwise = _speeches(_by_time(turns)), _speeches(_by_time(turns[::-1]))
            upright, upside_down = upright + (so > otherwise), upside_down + (so < otherwise)
    return upright >= max(_LEAST_UPRIGHT, _MANY_TIMES * upside_down)


def _speeches(turns: Sequence[Timed]) -> int:
    """How often one side goes on where the other one stops."""
    sides = [turn.speaker for turn in turns if turn.speaker != "bot"]
    return 1 + sum(one != other for one, other in pairwise(sides))


def _leaning(turns: Sequence[Timed]) -> int:
    """1 where a conversation begins and ends as one does, -1 as one that is upside down, or 0."""
    said = [turn for turn in turns if turn.speaker != "bot" and turn.text]
    if len({turn.speaker for turn in said}) < 2:
        return 0
    first, last = said[0], said[-1]
    greets = _GREETS.search(first.text) is not None
    thanks, asks = (words.search(last.text) is not None for words in (_THANKS, ASKS))
    if first.speaker == "customer" and last.speaker == "agent":
        closes = _THANKS.match(first.text) and not ASKS.search(first.text)
        return -1 if closes and _GREETS.match(last.text) else 1
    if first.speaker == "agent" and last.speaker == "customer":
        return (greets and not asks) - (asks or not (greets or thanks))
    if last.speaker == "agent" and _GREETS.match(last.text) and not greets:
        return -1  # an agent stands on either end
    return 0
