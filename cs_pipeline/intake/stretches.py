"""Stretches of a table whose rows look like pairs one by one, and are none."""

import re

from cs_pipeline.intake.wording import DRAGGED, SWAPPED_ROWS
from cs_pipeline.questions import asks, asks_as_customer

# An answer that tells something before it asks back, or whether there is anything else.
_TOLD_BEFORE = re.compile(r"(?:니다|세요|시오)[.!~\s]")
_LAST_NUMBER = re.compile(r"\d{1,12}(?=\D*$)")
_LEAST_DRAGGED = 3
_USUAL, _LEAST_SWAPPED = 0.25, 4


class Stretches:
    """What neighbouring rows tell of each other while a table of pairs is being read.

    *Swapped*: answers ask and their questions do not, where elsewhere it is the other way round, as
    when rows of another table were pasted below. *Dragged*: an answer was drawn down over those
    below, so that a number in it counts on.
    """

    def __init__(self) -> None:
        self._swapped = _Swapped()
        self._dragged: set[int] = set()
        self._run: list[int] = []
        self._above: tuple[str, _Stem] | None = None

    def see(self, place: int, question: str, answer: str) -> None:
        """Take in the next pair, which is the one at `place`."""
        self._swapped.see(place, _asks_outright(answer) - asks(question))
        above, self._above = self._above, (question, _stem(answer))
        if above is None or not _counts_on(above[1], self._above[1]):
            self._run = []
        elif not _counts_on(_stem(above[0]), _stem(question)):
            self._run = [*(self._run or [place - 1]), place]
            if len(self._run) >= _LEAST_DRAGGED:
                self._dragged.update(self._run)

    def refused(self) -> dict[int, str]:
        """Places of pairs that are none, and the reasons."""
        return dict.fromkeys(self._swapped.places(), SWAPPED_ROWS) | dict.fromkeys(
            self._dragged, DRAGGED
        )


class _Swapped:
    """The stretch where answers ask the most, by the largest sum over neighbouring rows."""

    def __init__(self) -> None:
        self._total = 0
        self._sum, self._score, self._since = 0, 0.0, 0
        self._plain = -1  # the last row whose question asks and whose answer does not
        self._best, self._best_sum, self._stretch = 0.0, 0, range(0)
        self._goes_on = False

    def see(self, place: int, more: int) -> None:
        """Take in a row; `more` is 1 where its answer asks and its question does not, or -1."""
        self._total += more
        if self._score <= 0:
            self._sum, self._score, self._since = 0, 0.0, self._plain + 1
        self._sum += more
        self._score += more - _USUAL
        if more < 0:
            self._plain, self._goes_on = place, False
        if self._score > self._best:
            self._best, self._best_sum, self._goes_on = self._score, self._sum, True
            self._stretch = range(self._since, place + 1)
        elif self._goes_on:
            self._stretch = range(self._stretch.start, place + 1)

    def places(self) -> range:
        """The stretch, as far as the next plain pair on either side; empty where nothing is odd."""
        odd = self._best >= _LEAST_SWAPPED and self._total - self._best_sum <= -_LEAST_SWAPPED
        return self._stretch if odd else range(0)


def _asks_outright(answer: str) -> bool:
    return asks_as_customer(answer) and _TOLD_BEFORE.search(answer) is None


_Stem = tuple[str, int]


def _stem(text: str) -> _Stem:
    """The text without its last number, and the number; -1 where there is none."""
    last = _LAST_NUMBER.search(text)
    if last is None:
        return text, -1
    return f"{text[: last.start()]}\0{text[last.end() :]}", int(last[0])


def _counts_on(above: _Stem, here: _Stem) -> bool:
    return above[1] >= 0 and here == (above[0], above[1] + 1)
