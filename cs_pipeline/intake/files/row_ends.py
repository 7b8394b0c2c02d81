"""Rows of text whose cells hold line breaks without quotes, of another kind than those of rows.

So databases write what was typed into a form (CR LF) on a system that ends its lines with LF, and
the other way around.
"""

import re
from collections.abc import Callable, Iterable, Iterator

RowEnd = str
"""CR LF or LF."""

_MARK = "\u2028"
_WITHIN: dict[RowEnd, re.Pattern[str]] = {
    "\r\n": re.compile(r"(?<!\r)\n|\r(?!\n)"),
    "\n": re.compile(r"\r\n?"),
}
_LEAST_ROWS, _NEARLY_ALL = 3, 0.95
_MOST_LINES, _MOST_CHARACTERS = 200, 128 * 1024

WidthsOf = Callable[[str], list[int]]
"""How many cells each row of a text has."""


def row_end(sample: str, widths: WidthsOf) -> RowEnd | None:
    """What alone ends rows; None where every line break outside quotes does."""
    if "\r\n" not in sample or not _WITHIN["\r\n"].search(sample):
        return None
    if _agree(widths(sample)):
        return None
    return next(
        (end for end, within in _WITHIN.items() if _agree(widths(within.sub(_MARK, sample)))), None
    )


def whole_rows(lines: Iterable[str], end: RowEnd) -> Iterator[str]:
    """The lines of each row in one, with marks for the line breaks in its cells.

    Lines are rows of their own from where so many come without an end of a row that none is meant.
    """
    pieces: list[str] = []
    length, is_joined = 0, True
    for line in lines:
        pieces.append(line)
        length += len(line)
        ends = line.endswith(end) and not (end == "\n" and line.endswith("\r\n"))
        is_joined = is_joined and len(pieces) <= _MOST_LINES and length <= _MOST_CHARACTERS
        if ends or not is_joined:
            yield from [_joined(pieces, end)] if is_joined else pieces
            pieces, length, is_joined = [], 0, ends
    if pieces:
        yield _joined(pieces, end)


def _joined(pieces: list[str], end: RowEnd) -> str:
    *above, last = pieces
    within = _WITHIN[end]
    last = last if last.endswith(end) else within.sub(_MARK, last)
    return "".join((*(within.sub(_MARK, piece) for piece in above), last))


def with_breaks(cell: str) -> str:
    """The cell with its line breaks."""
    return cell.rstrip(_MARK).replace(_MARK, "\n") if _MARK in cell else cell


def _agree(widths: list[int]) -> bool:
    """Whether nearly all rows have as many cells as the widest has, which are several."""
    rows = [width for width in widths if width]
    widest = max(rows, default=0)
    return widest > 1 and len(rows) >= _LEAST_ROWS and rows.count(widest) >= _NEARLY_ALL * len(rows)
