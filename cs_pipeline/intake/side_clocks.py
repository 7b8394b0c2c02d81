"""Logs in which each side's times are those of another clock, as of customers' and agents' zones.

1  customer  10:39:25  인터넷이 끊겨요
2  agent     01:40:00  전원을 뽑아 주세요
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from cs_pipeline.intake.restarts import Timed

_LEAST_CONVERSATIONS, _LEAST_TURNS = 3, 4


def clocks_differ(conversations: Iterable[Sequence[Timed]]) -> bool:
    """Whether times put all that one side says first, where numbers and rows say otherwise.

    In each conversation the numbers rise from row to row, as either side's times do; both sides
    speak in turn, and yet one would be over before the other one begins.
    """
    compared = 0
    for turns in conversations:
        if len({turn.speaker for turn in turns}) < 2:
            continue
        if not _rise([turn.number for turn in turns]) or not _one_side_is_first(turns):
            return False
        sides = [turn.speaker for turn in turns]
        compared += len(turns) >= _LEAST_TURNS and sum(map(_differ, pairwise(sides))) > 1
    return compared >= _LEAST_CONVERSATIONS


def _one_side_is_first(turns: Sequence[Timed]) -> bool:
    """Whether either side's times rise, and all of one side's are before the other's."""
    times = [
        [turn.moment for turn in turns if (turn.speaker == "customer") is customer]
        for customer in (True, False)
    ]
    if not all(map(_rise, times)):
        return False
    one, other = times
    return one[-1] < other[0] or other[-1] < one[0]  # type: ignore[operator]  # none is None


def _rise(values: Sequence[object]) -> bool:
    if None in values:
        return False
    return all(one < other for one, other in pairwise(values))  # type: ignore[operator]


def _differ(pair: tuple[object, object]) -> bool:
    return pair[0] != pair[1]
