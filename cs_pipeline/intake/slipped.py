"""Answers that moved up or down beside their questions, as an empty cell of answers tells.

Where a cell was put into a column, or taken out of it, one stays empty at one end of the stretch
that moved: beside it, one after the other, answers fit the questions that stand as far up or down.
Texts fit by the pairs of letters in their words that few others of the rows around have.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import log

from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.tables import Table
from cs_pipeline.records import Exchange
from cs_pipeline.shared_words import parts_of

_AROUND = 60
_MOST_GAPS, _LONGEST_GAP = 20, 3
_TELLING, _FEW, _CLEAR = 0.15, 3, 2.0
"""Share of the texts, or how many, that have a pair of letters at the most, and by how much one
must fit more (less where even what stands in few texts tells little)."""
_LEAST_MOVED, _MOST_CHANCE, _LEAST_BOTH_ENDS = 3, 0.01, 2
_USUAL = 4
"""So many clear fits count as seen, one of them to a question beside; in desks' lists whose answers
are in their places it is one of 20."""
_ROW = re.compile(r"\d+$")


def slipped_places(table: Table, exchanges: Sequence[Exchange], empty: Sequence[int]) -> set[int]:
    """Places of the exchanges that moved, or stand between those and the next one that fits.

    Args:
        table: theirs.
        exchanges: all of the table, in its order.
        empty: places of those with a question and no answer; many say nothing.
    """
    gaps = list(_gaps(empty))
    found: set[int] = set()
    for gap in gaps if len(gaps) <= _MOST_GAPS else ():
        if any(one.answer for one in exchanges[gap.start : gap.stop]):
            continue  # the row below had it
        start = max(0, gap.start - _AROUND)
        around = _Around(table, exchanges[start : gap.stop + _AROUND], len(gaps))
        inside = range(gap.start - start, gap.stop - start)
        found.update(start + place for place in around.moved(inside))
    return found


def _gaps(empty: Sequence[int]) -> Iterator[range]:
    """Runs of neighbouring places, none of them long."""
    starts = [one for above, one in pairwise((-2, *empty)) if one != above + 1]
    stops = [one + 1 for one, below in pairwise((*empty, -2)) if below != one + 1]
    for start, stop in zip(starts, stops, strict=True):
        if stop - start <= _LONGEST_GAP:
            yield range(start, stop)


class _Around:
    """The rows around an empty cell."""

    def __init__(self, table: Table, rows: Sequence[Exchange], gaps: int) -> None:
        self._table, self._gaps = table, gaps
        self._at = [int(at[0]) if (at := _ROW.search(row.answer_cell)) else 0 for row in rows]
        self._asked = [parts_of(row.question) for row in rows]
        self._said = [parts_of(cell_at(row.original, table.header.second)) for row in rows]
        self._talks = [row.conversation_id for row in rows]
        texts = [text for text in (*self._asked, *self._said) if text]
        self._counts = Counter(part for text in texts for part in text)
        self._texts = len(texts)
        self._clear = min(_CLEAR, log(max(1, self._texts) / _FEW))

    def moved(self, gap: range) -> Sequence[int]:
        """The rows below it whose answers stand too low, or those above it with theirs too high."""
        for step in (-1, 1):
            fits = [self._fit(place, step * len(gap)) for place in range(len(self._asked))]
            side = range(gap.stop, len(fits)) if step < 0 else range(gap.start - 1, -1, -1)
            run = list(self._run(side, gap, fits))
            if self._is_sure(run, fits, step):
                return run
        return ()

    def _run(self, side: range, gap: range, fits: Sequence[int]) -> Iterator[int]:
        """The rows as far as the next one whose answer fits its own question."""
        above = gap.stop - 1 if side.step > 0 else gap.start
        for place in side:
            away = abs(self._at[place] - self._at[above]) != 1
            if away or fits[place] < 0 or not self._said[place]:
                return
            yield place
            above = place

    def _is_sure(self, run: Sequence[int], fits: Sequence[int], step: int) -> bool:
        """Whether so many fit the other question that chance hardly does it."""
        hits = sum(fits[place] for place in run)
        others = [fit for place, fit in enumerate(fits) if place not in run]
        share = (1 + others.count(1)) / (_USUAL + others.count(1) + others.count(-1))
        if hits >= _LEAST_MOVED and share**hits * 2 * self._gaps <= _MOST_CHANCE:
            return True
        return step < 0 and hits >= _LEAST_BOTH_ENDS and self._has_spare(run)

    def _has_spare(self, run: Sequence[int]) -> bool:
        """Whether the last answer of the column stands below them, without a question."""
        index = self._at[run[-1]] + self._table.sheet.added_rows
        header, rows = self._table.header, self._table.sheet.rows
        below = [self._table.raw(at) for at in (index, index + 1)]
        question, answer = (cell_at(below[0], one).strip() for one in (header.first, header.second))
        ends = run[-1] == len(self._at) - 1 and index < len(rows) and not any(below[1])
        return ends and bool(answer) and not question

    def _fit(self, place: int, away: int) -> int:
        """1 where the answer fits the question so many rows away, -1 where its own, 0 unsure."""
        if not 0 <= place + away < len(self._asked) or self._is_one_talk(place, place + away):
            return 0
        other, own = (
            sum(self._weight(part) for part in self._said[place] & self._asked[at])
            for at in (place + away, place)
        )
        return int(other >= own + self._clear) - int(own >= other + self._clear)

    def _is_one_talk(self, one: int, other: int) -> bool:
        return self._talks[one] is not None and self._talks[one] == self._talks[other]

    def _weight(self, part: str) -> float:
        count = self._counts[part]
        return log(self._texts / count) if count <= max(_FEW, _TELLING * self._texts) else 0.0
