"""Long texts that a workbook repeats, on their way out of the reading process."""

LONG_CELL, LONGEST_CELL = 256, 200_000
"""Characters from which on a repeated text is written once, and beyond which no text is used."""
REMEMBERED_CHARACTERS = 32 * 1024**2
"""When long texts have so many characters, both sides forget them and begin anew."""


class Repeats:
    """Long texts that were written once: a small workbook may show one a million times.

    Each text of `LONG_CELL` characters and more has a number, in the order of their first cells.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._characters = 0

    def shared(self, cell: str) -> str | int:
        """The cell, cut where it is longer than any text may be; its number if it was written."""
        if len(cell) < LONG_CELL:
            return cell
        cell = cell[:LONGEST_CELL]
        known = self._numbers.get(cell)
        if known is not None:
            return known
        self._characters += len(cell)
        if self._characters > REMEMBERED_CHARACTERS:
            self._numbers, self._characters = {}, len(cell)
        self._numbers[cell] = len(self._numbers)
        return cell


class Repeated:
    """The other side: from what was written to the texts."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._characters = 0

    def text(self, cell: str | int) -> str:
        """The text of a cell, or the one that has this number."""
        if isinstance(cell, int):
            return self._texts[cell]
        if len(cell) >= LONG_CELL:
            self._characters += len(cell)
            if self._characters > REMEMBERED_CHARACTERS:
                self._texts, self._characters = [], len(cell)
            self._texts.append(cell)
        return cell
