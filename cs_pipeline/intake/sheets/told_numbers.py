"""Numbers in front of answers that name the question of another row: `답9.`, `[민원-1115 답변]`."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import NamedTuple

from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.question_numbers import are_numbers, number_in

Row = tuple[str, ...]
Numbers = Callable[[Row], Sequence[str]]

_MARK = re.compile(
    r"\s*[\[(<【]?\s*(?:Q|A|질문|질의|문의|문|답변|회신|응답|답|question|answer)"
    r"\s?[-_.#]?\s?(\d{1,5})\s?번?\s?[\])>】.)．:：]",
    re.IGNORECASE,
)
_OPENING = 40
_NUMBER = re.compile(r"[A-Za-z가-힣]*[-_/]?\d[\dA-Za-z_/-]*")
# What was sent anew, or went before, has a number of its own.
_OTHERS = re.compile(rf"(?:교환|재발송|원\s?주문|이전|앞서)[^\d]{{0,8}}?{_NUMBER.pattern}")
_DATE = re.compile(r"\d{2,4}[-./]\s?\d{1,2}[-./]\s?\d{1,2}")
_LEAST_ROWS, _OFTEN, _MOSTLY = 4, 0.5, 0.8


class ToldNumbers(NamedTuple):
    """How to read a question's number and those that its answer begins with, and all questions'."""

    own: Numbers
    told: Numbers
    known: frozenset[str]

    def speaks_against(self, row: Row) -> bool:
        """Whether the row's answer names another row's question, and not its own."""
        own, told = self.own(row), frozenset(self.told(row))
        return bool(own) and told.isdisjoint(own) and not told.isdisjoint(self.known)


def told_numbers(
    labels: Sequence[str],
    rows: Sequence[Row],
    below: Callable[[], Iterable[Row]],
    pair: tuple[int, int],
) -> ToldNumbers | None:
    """The numbers that many answers begin with, and their questions or another column have.

    A case may name an earlier one that it goes on with: unless both texts are numbered as such,
    some answers must name their own.

    Args:
        labels: the headings.
        rows: (a sample of) the rows below them.
        below: gives all rows below them; gone through where answers begin so.
        pair: the columns of questions and of answers.
    """
    question, answer = (partial(_marks_in, column=column) for column in pair)
    if found := _as_told(rows, below, question, answer, least_own=0):
        return found
    opening = partial(_numbers_in, column=pair[1])
    for column, label in enumerate(labels):
        cells = [number for row in rows if (number := number_in(row, column))]
        if not label or column in pair or not are_numbers(cells) or any(map(_DATE.match, cells)):
            continue
        own = partial(_cells_in, column=column)
        if found := _as_told(rows, below, own, opening, least_own=1):
            return found
    return None


def _marks_in(row: Row, column: int) -> Sequence[str]:
    mark = _MARK.match(cell_at(row, column))
    return (str(int(mark[1])),) if mark else ()


def _cells_in(row: Row, column: int) -> Sequence[str]:
    number = number_in(row, column)
    return (number,) if number else ()


def _numbers_in(row: Row, column: int) -> Sequence[str]:
    return _NUMBER.findall(_OTHERS.sub("", cell_at(row, column)[:_OPENING].casefold()))


def _as_told(
    rows: Sequence[Row],
    below: Callable[[], Iterable[Row]],
    own: Numbers,
    told: Numbers,
    *,
    least_own: int,
) -> ToldNumbers | None:
    """The numbers, if half of the answers name a question, each its own or another one."""
    least = max(_LEAST_ROWS, _OFTEN * len(rows))
    both = [(own(row), told(row)) for row in rows]
    if sum(all(one) for one in both) < least:
        return None  # before all rows are gone through
    known = frozenset(number for row in below() for number in own(row))
    named = [(mine, names) for mine, told in both if mine and (names := known.intersection(told))]
    right = sum(not names.isdisjoint(mine) for mine, names in named)
    different = len({names for _, names in named}) >= _MOSTLY * len(named)
    if len(named) < least or right < least_own or not (different or right >= _OFTEN * len(named)):
        return None
    return ToldNumbers(own, told, known)
