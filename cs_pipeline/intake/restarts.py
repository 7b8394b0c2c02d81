"""Times and numbers that begin anew: another day or call, in a log that tells no two apart."""

import math
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Protocol, TypeVar

from cs_pipeline.intake.sheets.moments import Moment
from cs_pipeline.intake.sheets.roles import CLOCK_PARTS, DAY_PARTS
from cs_pipeline.intake.sheets.speakers import Speaker

_OFFSET_PARTS = 2
_CLEARLY_MORE = 1.5
_MIDNIGHT = (0, 0, 0, 0)
_FIRST_SECONDS = 60


class Timed(Protocol):
    """What is put into order."""

    speaker: Speaker
    moment: Moment | None
    number: int | None

    @property
    def text(self) -> str:
        """What was said."""


T = TypeVar("T", bound=Timed)


def parted(turns: Sequence[T]) -> list[list[T]]:
    """The turns, parted where their times without a day, or else their numbers, begin anew.

    One part where nothing tells so. Two parts of one speaker each are the channels of a call, one
    below the other, and no parts.
    """
    times = [time for turn in turns if (time := _seconds(turn.moment)) is not None]
    if len(times) == len(turns):
        starts = list(_starts_by_time(times))
    elif any(turn.moment for turn in turns) or numbers_are_mixed(turns):
        starts = [0]
    else:
        starts = list(_starts_by_number([turn.number for turn in turns]))
    parts = [list(turns[one:other]) for one, other in pairwise([*starts, len(turns)])]
    if len(parts) == 2 and all(len({turn.speaker for turn in part}) == 1 for part in parts):
        return [list(turns)]
    return parts


def recorded_in_parts(turns: Sequence[T]) -> list[T] | None:
    """The turns of a call as they stand, where each of its recordings counts from its beginning.

    None where they do not begin anew, or stand in another order, such as by who speaks.
    """
    parts = parted(turns)
    starts = [_seconds(part[0].moment) for part in parts]
    if len(parts) < 2 or any(start is None or start > _FIRST_SECONDS for start in starts):
        return None
    if all(len({turn.speaker for turn in part}) == 1 for part in parts):
        return None
    return list(turns) if parts_in_order(parts, sure=False) else None


def _starts_by_time(times: Sequence[float]) -> Iterator[int]:
    """Where a time falls back by more than half of what it had risen."""
    low = high = math.inf
    for place, now in enumerate(times):
        if high is math.inf or (now < high and high - now > (high - low) / 2):
            yield place
            low = high = now
        low, high = min(low, now), max(high, now)


def _starts_by_number(numbers: Sequence[int | None]) -> Iterator[int]:
    """Where a number falls."""
    yield 0
    for place, (before, after) in enumerate(pairwise(numbers), start=1):
        if before is not None and after is not None and after < before:
            yield place


def _seconds(moment: Moment | None) -> float | None:
    """A time without a day in seconds; None for any other."""
    if moment is not None and len(moment) == CLOCK_PARTS:
        hours, minutes, seconds, nanoseconds = moment
        return 3600 * hours + 60 * minutes + seconds + nanoseconds / 1e9
    if moment is not None and len(moment) == _OFFSET_PARTS:
        return moment[-1] / 1000
    return None


def parts_in_order(parts: Sequence[Sequence[T]], *, sure: bool) -> list[list[T]] | None:
    """Each part by its times; None when the parts may stand upside down.

    Where the table does not say for `sure` in which direction time goes, more neighbours must rise
    than begin anew, and none fall within a part.
    """
    by_time = [sorted(part, key=lambda turn: turn.moment or ()) for part in parts]
    rising = sum(map(len, parts)) - len(parts)
    as_they_stand = by_time == [list(part) for part in parts]
    if not sure and not (as_they_stand and rising >= _CLEARLY_MORE * (len(parts) - 1)):
        return None
    return by_time


def numbers_are_mixed(turns: Sequence[Timed]) -> bool:
    """Whether numbers fall, and not back to the first of them, as where others begin anew."""
    numbers = [turn.number for turn in turns if turn.number is not None]
    if len(numbers) < len(turns) or not numbers:
        return False
    first = min(numbers)
    return any(after < before and after > first for before, after in pairwise(numbers))


def days_of(turns: Sequence[T]) -> Iterator[list[T]]:
    """The turns of each day, where days are all that is told of them."""
    if all(
        turn.moment is not None and len(turn.moment) == DAY_PARTS and turn.moment[3:] == _MIDNIGHT
        for turn in turns
    ):
        yield from (list(day) for _, day in groupby(turns, key=lambda turn: turn.moment))
