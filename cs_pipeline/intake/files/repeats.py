"""Long texts that a workbook repeats, on their way out of the reading process."""

LONG_CELL, LONGEST_CELL = 256, 200_000
"""Characters from which on a repeated text is written once, and beyond which no text is used."""


class Repeats:
    """Long texts that were written once: a small workbook may show one a million times.

    Each text of `LONG_CELL` characters and more has a number, in the order of their first cells.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def shared(self, cell: str) -> str | int:
        """The cell, cut where it is longer than any text may be; its number if it was written."""
        if len(cell) < LONG_CELL:
            return cell
        cell = cell[:LONGEST_CELL]
        known = self._numbers.get(cell)
        if known is None:
            self._numbers[cell] = len(self._numbers)
            return cell
        return known
