"""Questions or answers in several columns of one name: 문의1, 추가문의2, 답변1, 추가답변2."""

import re
from collections.abc import Sequence
from itertools import pairwise

from cs_pipeline.intake.sheets.body import Body
from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.headings import Heading

_COUNT = re.compile(r"^(?:추가|재)|\d{1,2}$")
_ENDS = re.compile(r"(?:[.?!~^…)\]\"']|[요다죠까네음임함됨ㅎㅠㅋㅜ])\s*$")
_OFTEN, _LEAST = 0.5, 4


def are_parts(headings: Sequence[Heading], body: Body, first: int, second: int) -> bool:
    """Whether a pair of columns may be parts that are no pair.

    Where numbered questions stand before numbered answers, neighbours are none; and where texts
    break off in one column, they go on in the next.
    """
    questions, answers = (_of_one_name(headings, body, column) for column in (first, second))
    if len(questions) > 1 and len(answers) > 1:
        sides = [column in questions for column in sorted((*questions, *answers))]
        if sides != [side for _ in questions for side in (sides[0], not sides[0])]:
            return True
    return any(break_off(body, columns) for columns in (questions, answers))


def name_without_count(label: str) -> str:
    """The label without what counts several of one name."""
    return _COUNT.sub("", label)


def _of_one_name(headings: Sequence[Heading], body: Body, column: int) -> list[int]:
    """The columns of texts whose headings are this column's but for what counts them."""
    name = name_without_count(headings[column][-1])
    return [
        other
        for other, heading in enumerate(headings)
        if name
        and name_without_count(heading[-1]) == name
        and (other == column or body.look(other).holds in ("sentences", "mixed", "words"))
    ]


def break_off(body: Body, columns: Sequence[int]) -> bool:
    """Whether most texts of the first columns end within a sentence that the next one ends."""
    goes_on = [
        cell_at(row, before)
        for before, after in pairwise(columns)
        for row in body.rows
        if after == before + 1 and cell_at(row, before).strip() and cell_at(row, after).strip()
    ]
    broken = sum(_ENDS.search(cell) is None for cell in goes_on)
    return len(goes_on) >= _LEAST and broken > _OFTEN * len(goes_on)
