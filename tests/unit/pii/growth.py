"""How the time of a search grows with its text: a ratio, which a slow machine does not change."""

import time
from collections.abc import Callable
from math import inf
from typing import TypeVar

_Text = TypeVar("_Text")

_TRIES_SHORT, _TRIES_LONG = 3, 6


def growth(search: Callable[[_Text], object], short: _Text, long: _Text, *, enough: float) -> float:
    """How many times longer `search` takes for the longer text or texts: the best of several tries.

    It is the processor's time, after a first search that compiles the patterns. The longer text is
    searched again only while it takes more than `enough` times as long as the shorter.
    """
    search(short)
    least = min(_seconds(search, short) for _ in range(_TRIES_SHORT))
    most = inf
    for _ in range(_TRIES_LONG):
        most = min(most, _seconds(search, long))
        if most <= enough * least:
            break
    return most / least


def _seconds(search: Callable[[_Text], object], text: _Text) -> float:
    started = time.process_time_ns()
    search(text)
    return (time.process_time_ns() - started) / 1e9
