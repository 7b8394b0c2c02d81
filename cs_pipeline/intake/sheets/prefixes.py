"""What cells begin with and nobody said: `Q.`, `답변:`, `고객:`; in headings, a table's name."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from cs_pipeline.intake.sheets.body import Body
from cs_pipeline.intake.sheets.header import Header
from cs_pipeline.questions import asks

_PREFIX = re.compile(
    # a spreadsheet's sign for text
    r"\s*'(?=\S)"
    # `Q1.`, `[답변]`, `고객:`
    r"|\s*[\[(<【]?\s*(?:Q|A|질문|문의|답변|회신|문|답|고객님?|손님|상담사|상담원|customer|agent|question|answer|user|assistant)"
    r"\s?\d{0,4}\s*(?:[\])>】]\s*[.:：]?|[.)．:：])\s*(?=\S)",
    re.IGNORECASE,
)
_MOSTLY, _LEAST = 0.9, 4
_OF_TABLE, _MOST_COLUMNS = re.compile(r"([a-z]{1,4})_(?=[a-z])", re.IGNORECASE), 0.6
_MANY_ASK, _CLEARLY_MORE = 0.4, 2


def without_prefix(sample: Iterable[str]) -> Callable[[str], str]:
    """What takes the prefix off a column's cells, if nearly all of the sample have one.

    Where it stands but now and then, it is part of what was said.
    """
    filled = [cell for cell in sample if cell.strip()]
    hits = sum(_PREFIX.match(cell) is not None for cell in filled)
    if len(filled) < _LEAST or hits < _MOSTLY * len(filled):
        return str
    return lambda cell: _PREFIX.sub("", cell, count=1) if _PREFIX.match(cell) else cell


def without_table_name(cells: Sequence[str]) -> list[str]:
    """Headings without what most begin with (qa_id, qa_content), as a database names columns.

    [] where they do not.
    """
    begins = Counter(match[1] for cell in cells if (match := _OF_TABLE.match(cell)))
    name, times = next(iter(begins.most_common(1)), ("", 0))
    if times < max(_LEAST, _MOST_COLUMNS * len(cells)):
        return []
    return [cell.removeprefix(f"{name}_") for cell in cells]


def holds_questions(header: Header, body: Body) -> bool:
    """Whether a table so named holds questions, and not any texts whose columns are called so.

    Rows say by a number which one they reply to, or one of two texts asks and the other one does
    not.
    """
    if header.layout == "turns":
        return header.board is not None and header.board.titled is None
    asked, told = (_share_of_questions(body.cells(one)) for one in (header.first, header.second))
    return header.layout == "qa" and asked >= max(_MANY_ASK, _CLEARLY_MORE * told)


def _share_of_questions(cells: Sequence[str]) -> float:
    return sum(map(asks, cells)) / max(1, len(cells))
