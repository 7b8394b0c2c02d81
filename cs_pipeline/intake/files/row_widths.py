"""What the number of cells in the rows of a text file says: which of them a delimiter shifted."""

import re
from collections.abc import Sequence
from typing import Any

TOLD_ROWS = 100
"""Rows among which a header may be: of these the width is always told."""
CODE = re.compile(r"(?=.*\d)[\dA-Za-z][\w.:/# -]{0,39}", re.ASCII)
"""A number, a code or a time, as the first cell of a row often is."""
_MOST_PIECES = 12


class Widths:
    """What the number of its cells says of each row that is not as wide as most are.

    `shifted` are 0-based rows that a delimiter or a line break without quotes seems to have
    shifted, `loose` the rows and columns of first and last cells of whole rows of which a part may
    stand in a line of its own, `told` the widths of the rows among which a header may be; filled
    while rows are read.
    """

    spaced = False
    """Whether a space after a delimiter is unusual."""
    keyed = False
    """Whether rows begin with a number or a code."""

    def __init__(self) -> None:
        self.usual = 0
        self.shifted: set[int] = set()
        self.loose: set[tuple[int, int]] = set()
        self.told: dict[int, int] = {}
        self._last: tuple[int, int] = (-2, 0)
        self._narrow: list[tuple[int, int]] = []

    def see(self, row: int, cells: Sequence[str]) -> None:
        """Take in the next row that holds anything; `cells` are all of it."""
        width, before = len(cells), self._last
        self._last = (row, width)
        if row < TOLD_ROWS:
            self.told[row] = width
        if before[0] == row - 1:
            if before[1] == 1:
                self._see_beside(row, width, 0)  # its beginning may stand in the line above
            elif before[1] < self.usual and self.keyed and not CODE.fullmatch(cells[0].strip()):
                self.shifted.update((row - 1, row))  # two pieces of it, one of them too wide
        if width > self.usual or (width > 1 and self.spaced and begins_with_space(cells)):
            self.shifted.update((row,) if width > self.usual else (row, row - 1))
        if width >= self.usual or (self._narrow and row != before[0] + 1):
            self._narrow = []
        if width < self.usual:
            self._see_narrow(row, width, before[1] if before[0] == row - 1 else self.usual)

    def message(self) -> dict[str, Any]:
        """All of it, for JSON."""
        shifted, loose = sorted(self.shifted), sorted(self.loose)
        return {"shifted": shifted, "loose": loose, "widths": self.told}

    def _see_beside(self, row: int, width: int, column: int) -> None:
        """Take in the row beside a line of one cell, which may be a piece of it."""
        if width == self.usual:
            self.loose.add((row, column))
        else:
            self.shifted.add(row)

    def _see_narrow(self, row: int, width: int, above: int) -> None:
        """Neighbouring rows that add up to one are its pieces; else empty cells were left out."""
        if width == 1:
            self.shifted.add(row)  # it may be the end of the line above
            self._see_beside(row - 1, above, self.usual - 1)
        self._narrow = [*self._narrow, (row, width)][-_MOST_PIECES:]
        left = self.usual - 1
        for number in range(len(self._narrow) - 1, -1, -1):
            left -= self._narrow[number][1] - 1
            if left == 0 and number < len(self._narrow) - 1:
                self.shifted.update(at for at, _ in self._narrow[number:])


def begins_with_space(cells: Sequence[str]) -> bool:
    """Whether a comma of a sentence seems to part two of the cells."""
    return any(cell[:1] == " " and not cell.isspace() for cell in cells[1:])
