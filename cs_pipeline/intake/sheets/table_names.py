"""Columns that a database names after their table: qa_id, qa_subject, qa_content."""

import re
from collections import Counter
from collections.abc import Sequence

from cs_pipeline.intake.sheets.board_links import ByTitles
from cs_pipeline.intake.sheets.body import Body
from cs_pipeline.intake.sheets.header import Header
from cs_pipeline.questions import asks

_OF_TABLE = re.compile(r"([a-z]{1,4})_(?=[a-z])", re.IGNORECASE)
_LEAST, _MOSTLY = 4, 0.6
_MANY_ASK, _CLEARLY_MORE = 0.4, 2


def without_table_name(cells: Sequence[str]) -> list[str]:
    """Headings without what most of them begin with; [] where they do not."""
    begins = Counter(match[1] for cell in cells if (match := _OF_TABLE.match(cell)))
    name, times = next(iter(begins.most_common(1)), ("", 0))
    if times < max(_LEAST, _MOSTLY * len(cells)):
        return []
    return [cell.removeprefix(f"{name}_") for cell in cells]


def holds_questions(header: Header, body: Body) -> bool:
    """Whether a table so named holds questions, and not any texts whose columns are called so.

    Rows say by a number which one they reply to, or one of two texts asks and the other one does
    not.
    """
    if header.layout == "turns":
        return header.board is not None and not isinstance(header.board.links, ByTitles)
    asked, told = (_share_of_questions(body.cells(one)) for one in (header.first, header.second))
    return header.layout == "qa" and asked >= max(_MANY_ASK, _CLEARLY_MORE * told)


def _share_of_questions(cells: Sequence[str]) -> float:
    return sum(map(asks, cells)) / max(1, len(cells))
