"""Rows of a text file that line breaks without quotes tore apart, in one piece again.

Only where nothing else can be meant: each row begins with a number or a code, the pieces' cells add
up to one row, and no delimiter may stand in a text, as a comma does.
"""

import re
from collections.abc import Callable, Iterable, Iterator

_TOTAL = re.compile(r"(?:총|합|소|누)\s?계|total", re.IGNORECASE)
_WORDS = re.compile(r"\S\s+\S")
_MOST_PIECES = 12

Numbered = tuple[int, list[str]]


def in_one_piece(
    rows: Iterable[Numbered], width: int, begins: Callable[[str], object]
) -> Iterator[Numbered]:
    """Numbers and cells of the rows; one that was torn has the number of its last piece.

    Args:
        rows: in their order.
        width: how many cells a whole row has.
        begins: tells whether a cell may be the first one of a row.
    """
    pieces: list[Numbered] = []
    for row, cells in rows:
        may_end = 0 < len(pieces) < _MOST_PIECES and _goes_on(cells, begins)
        if may_end and _cells(pieces, cells) <= width:
            pieces.append((row, cells))
            if _cells(pieces) == width:
                yield row, _joined(pieces)
                pieces = []
            continue
        yield from pieces
        pieces = []
        if 1 < len(cells) < width and begins(cells[0].strip()):
            pieces = [(row, cells)]
        else:
            yield row, cells
    yield from pieces


def _goes_on(cells: list[str], begins: Callable[[str], object]) -> bool:
    """Whether a line may go on with a text of the one above."""
    text = cells[0].strip() if cells else ""
    return bool(_WORDS.search(text)) and not (begins(text) or _TOTAL.match(text))


def _cells(pieces: Iterable[Numbered], more: list[str] | None = None) -> int:
    """How many cells the pieces have together: the last of one goes on in the first of the next."""
    return 1 + sum(len(cells) - 1 for _, cells in pieces) + (len(more) - 1 if more else 0)


def _joined(pieces: Iterable[Numbered]) -> list[str]:
    whole = [""]
    for _, (first, *others) in pieces:
        whole[-1] = f"{whole[-1]}\n{first}" if whole[-1] else first
        whole += others
    return whole
