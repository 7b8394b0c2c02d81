"""Stretches of a table whose texts stand one column beside their headings.

So it looks where tables of branches were put below each other, one of which has a column more or
less in front of its texts. Rows with a column more end right of all headings, and have a text in
the column beside that of answers, where other rows have none.
"""

import re

from cs_pipeline.intake.sheets.cell_kinds import kind_of
from cs_pipeline.intake.sheets.cells import cell_at

Row = tuple[str, ...]

_LONGEST_LABEL, _SHORTEST_TEXT = 12, 8
_SPEAKS = re.compile(r"[요다까죠니네]\W*$|[?!.]\s*$")
_LEAST_ROWS, _MOST_OTHERS, _MOSTLY, _SAMPLE = 3, 0.05, 0.5, 400
_NEARLY_ALL, _NO_WIDTH = 0.9, 1 << 20


class ShiftedColumns:
    """Counts rows that hold two texts, but one column right or left of the table's own.

    Args:
        first: the column of questions.
        second: the column of answers.
        width: how many columns have headings.
    """

    def __init__(self, first: int, second: int, width: int) -> None:
        self._pair = (first, second)
        self._width = width if first < second < width - 1 else _NO_WIDTH
        self._too_wide = {True: 0, False: 0}  # by whether they have a text beside the answer
        self._shifted = {1: 0, -1: 0}
        self._labels = {1: 0, -1: 0}
        self._beside = {1: 0, -1: 0}
        self._plain = {1: 0, -1: 0}
        self._seen = 0

    def note(self, row: Row) -> None:
        """Take in a row with both texts."""
        first, second = self._pair
        if len(row) > self._width and any(row[self._width :]):
            self._too_wide[_is_text(row[second + 1])] += 1
            if self._is_too_wide(row) and not _is_label(row[first]):
                return
        if self._seen >= _SAMPLE and min(len(row[first]), len(row[second])) > _LONGEST_LABEL:
            self._plain[1] += 1  # quick, since every row asks
            self._plain[-1] += 1
            return
        for step, own, beside in ((1, first, second + 1), (-1, second, first - 1)):
            if _is_label(cell_at(row, own)):
                self._labels[step] += 1
                self._shifted[step] += self._is_shifted(row, step)
                continue
            self._plain[step] += 1
            if self._seen < _SAMPLE:
                self._beside[step] += beside >= 0 and _is_text(cell_at(row, beside))
        self._seen = min(self._seen + 1, _SAMPLE)

    def of(self, row: Row) -> bool:
        """Whether the row is one of those that have shifted; to be asked in the end."""
        if self._is_too_wide(row) and self._are_wider():
            return True
        return any(self._is_sure(step) and self._is_beside(row, step) for step in (1, -1))

    def any(self) -> bool:
        """Whether any row has shifted, rather than says a word and has a remark beside it."""
        return self._are_wider() or any(map(self._is_sure, (1, -1)))

    def _is_too_wide(self, row: Row) -> bool:
        """Whether a row goes on right of the headings, with a text beside its answer."""
        beside = self._pair[1] + 1
        return len(row) > self._width and any(row[self._width :]) and _is_text(row[beside])

    def _are_wider(self) -> bool:
        """Whether rows that are too wide are those of a table with a column more."""
        wider = self._too_wide[True]
        return (
            wider >= max(_LEAST_ROWS, _NEARLY_ALL * (wider + self._too_wide[False]))
            and self._seen >= _LEAST_ROWS
            and self._beside[1] <= _MOST_OTHERS * min(self._plain[1], _SAMPLE)
        )

    def _is_sure(self, step: int) -> bool:
        return (
            self._shifted[step] >= max(_LEAST_ROWS, _MOSTLY * self._labels[step])
            and self._plain[step] >= _LEAST_ROWS
            and self._beside[step] <= _MOST_OTHERS * min(self._plain[step], _SAMPLE)
        )

    def _is_shifted(self, row: Row, step: int) -> bool:
        own = self._pair[step < 0]
        return self._is_beside(row, step) and _is_text(cell_at(row, own + step))

    def _is_beside(self, row: Row, step: int) -> bool:
        """Whether a word stands in for one text, and the other one beside the two columns."""
        own, beside = self._pair[step < 0], self._pair[step > 0] + step
        return (
            min(own + step, beside) >= 0
            and _is_label(cell_at(row, own))
            and _is_text(cell_at(row, beside))
        )


def _is_label(cell: str) -> bool:
    """Whether a cell is short and no sentence; quick, since every row asks."""
    return 0 < len(cell) <= _LONGEST_LABEL and _SPEAKS.search(cell) is None


def _is_text(cell: str) -> bool:
    return len(cell) >= _SHORTEST_TEXT and kind_of(cell) == "sentence"
