"""What every cell of a column begins with and nobody said: `Q.`, `답변:`, `고객:`."""

import re
from collections.abc import Callable, Iterable

_PREFIX = re.compile(
    # a spreadsheet's sign for text
    r"\s*'(?=\S)"
    # `Q1.`, `[답변]`, `고객:`
    r"|\s*[\[(<【]?\s*(?:Q|A|질문|문의|답변|회신|문|답|고객님?|손님|상담사|상담원|customer|agent|question|answer|user|assistant)"
    r"\s?\d{0,4}\s*(?:[\])>】]\s*[.:：]?|[.)．:：])\s*(?=\S)",
    re.IGNORECASE,
)
_MOSTLY, _LEAST = 0.9, 4


def without_prefix(sample: Iterable[str]) -> Callable[[str], str]:
    """What takes the prefix off a column's cells, if nearly all of the sample have one.

    Where it stands but now and then, it is part of what was said.
    """
    filled = [cell for cell in sample if cell.strip()]
    hits = sum(_PREFIX.match(cell) is not None for cell in filled)
    if len(filled) < _LEAST or hits < _MOSTLY * len(filled):
        return str
    return lambda cell: _PREFIX.sub("", cell, count=1) if _PREFIX.match(cell) else cell
