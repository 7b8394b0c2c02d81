"""Answers of a sheet that was made from a copy of the one before, and were not cleared there.

So a month's sheet begins as a copy of the last one: an answer that nobody has overwritten stands in
the very cell where the other sheet has it, beside another question.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from cs_pipeline.intake.pairs import PairsReading
from cs_pipeline.intake.sheets.moments import Moment, moment_under_heading
from cs_pipeline.intake.sheets.tables import Table
from cs_pipeline.intake.wording import STAND_APART
from cs_pipeline.intake.wording_slips import LEFT_OVER
from cs_pipeline.records import Exchange
from cs_pipeline.shared_words import parts_of

_MOST_ROWS, _LEAST_ROWS, _MOST_ALIKE = 20_000, 3, 0.34
_MANY_ROWS, _HALF, _MOST_OWN = 5, 0.5, 0.34
_DAY = 3

Read = tuple[Table, PairsReading]


class _Cell(NamedTuple):
    """A cell of answers that is alike on both sheets: the rows' places, and what they are."""

    places: tuple[int, int]
    rows: tuple[Exchange, Exchange]


def refuse_left_over(tables: Iterable[Read]) -> None:
    """Refuse the pairs of neighbouring sheets whose answers are left over from the other one.

    They are those of the later sheet, where they fit the other one's questions better. Where no
    column tells which one is later, many of them count on both. Rows with the same question, too,
    and questions that were worded anew for the same answers are none.

    Args:
        tables: all tables of pairs with what they gave, which is changed in place.
    """
    for (one, found), (other, more) in pairwise(tables):
        if (
            not _look_alike(one, other)
            or max(len(found.exchanges), len(more.exchanges)) > _MOST_ROWS
        ):
            continue
        for run in _runs(found.exchanges, more.exchanges):
            later = _later(run[0].rows, {one.header.first, one.header.second})
            stale = _stale_sides(run, later)
            for side, reading in enumerate((found, more)):
                if side in stale:
                    reading.refuse({cell.places[side] for cell in run}, STAND_APART, LEFT_OVER)


def _look_alike(one: Table, other: Table) -> bool:
    """Whether two sheets have the same headings in the same place."""
    places = [
        (table.header.row, table.header.first, table.header.second, table.header.labels)
        for table in (one, other)
    ]
    return one.sheet is not other.sheet and places[0] == places[1]


def _runs(above: Sequence[Exchange], here: Sequence[Exchange]) -> Iterator[list[_Cell]]:
    """Stretches of answers that stand in the same cells beside other questions.

    Answers that come again on a sheet are texts of which many rows have one, and say nothing; nor
    do sheets that have all answers in common.
    """
    counts = Counter(row.answer for row in above), Counter(row.answer for row in here)
    if not counts[1].keys() - counts[0].keys():
        return
    at = {row.answer_cell: (place, row) for place, row in enumerate(above)}
    run: list[_Cell] = []
    for place, row in enumerate(here):
        beside = at.get(row.answer_cell)
        if beside and row.answer and beside[1].answer == row.answer:
            once = counts[0][row.answer] == counts[1][row.answer] == 1
            if once and beside[1].question != row.question:
                run.append(_Cell((beside[0], place), (beside[1], row)))
            continue
        if _is_odd(run):
            yield run
        run = []
    if _is_odd(run):
        yield run


def _is_odd(run: Sequence[_Cell]) -> bool:
    alike = sum(
        not parts_of(one.question).isdisjoint(parts_of(two.question)) for _, (one, two) in run
    )
    return len(run) >= _LEAST_ROWS and alike <= _MOST_ALIKE * len(run)


def _stale_sides(run: Sequence[_Cell], later: int | None) -> Collection[int]:
    """The sheets on which a run is left over: the later one, unless its questions fit better.

    Where no day tells, the one whose questions the answers hardly fit while they do the other's,
    and of a long run both.
    """
    fits = [0, 0]
    for _, rows in run:
        told = parts_of(rows[0].answer)
        shared = [len(told & parts_of(row.question)) for row in rows]
        if shared[0] != shared[1]:
            fits[shared[1] > shared[0]] += 1
    if later is not None:
        return [later] if fits[later] <= fits[1 - later] else []
    if max(fits) < _HALF * len(run) or min(fits) > _MOST_OWN * max(fits):
        return []
    return (0, 1) if len(run) >= _MANY_ROWS else [fits.index(min(fits))]


def _later(rows: tuple[Exchange, Exchange], pair: set[int]) -> int | None:
    """Which of two rows was written later, by the day in one of their columns."""
    days = zip(*(_days(row, pair) for row in rows), strict=False)
    told = ((one, other) for one, other in days if one and other and one != other)
    return next((int(one < other) for one, other in told), None)


def _days(row: Exchange, pair: set[int]) -> Iterator[Moment]:
    for column, cell in enumerate(row.original):
        if column not in pair:
            yield (moment_under_heading(cell) or ())[:_DAY]
