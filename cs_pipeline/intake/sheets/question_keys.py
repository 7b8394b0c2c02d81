"""Answers that say by a number of their own to which question they are, beside other questions."""

from collections.abc import Sequence
from typing import NamedTuple

from cs_pipeline.intake.sheets.body import Body
from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.headings import Heading, names_parent

Row = tuple[str, ...]

_LEAST_ROWS, _MOST_OTHERS, _MOSTLY = 4, 0.1, 0.8
_LONGEST_KEY, _SHORTEST_KEY = 40, 4


class QuestionKeys(NamedTuple):
    """The columns of a question's number, and of the number of that which the answer answers."""

    question: int
    answer: int

    def differ(self, row: Row) -> bool:
        """Whether the row's answer is to the question of another row."""
        own, other = (_key(row, column) for column in self)
        return bool(own and other) and own != other


def question_keys(
    headings: Sequence[Heading], body: Body, first: int, second: int
) -> QuestionKeys | None:
    """The two columns, where lists of questions and of answers stand side by side, out of step.

    A case that names an earlier one (재문의) has its own answer beside it: such numbers all point
    one way, and none is the row's own.
    """
    columns = [one for one in range(len(headings)) if one not in (first, second)]
    numbers = {one: body.cells(one) for one in columns}
    own = [one for one in columns if _are_keys(numbers[one]) and one < second]
    for column in columns:
        named = any(map(names_parent, headings[column]))
        if len(numbers[column]) < _LEAST_ROWS or not (named or _are_keys(numbers[column])):
            continue
        for beside in own:
            keys = QuestionKeys(beside, column)
            if beside < column and _point_elsewhere(keys, body, second):
                return keys
    return None


def _key(row: Row, column: int) -> str:
    return cell_at(row, column).strip().casefold()


def _are_keys(cells: Sequence[str]) -> bool:
    """Whether each cell is another number, which counts nothing."""
    return (
        len(cells) >= _LEAST_ROWS
        and len(set(cells)) == len(cells)
        and all(
            _SHORTEST_KEY <= len(cell) <= _LONGEST_KEY
            and " " not in cell
            and any(map(str.isdecimal, cell))
            for cell in cells
        )
    )


def _point_elsewhere(keys: QuestionKeys, body: Body, answer: int) -> bool:
    """Whether answers name the questions of other rows, both above and below or of their own."""
    places = {_key(row, keys.question): place for place, row in enumerate(body.rows)}
    steps = [
        places[other] - place
        for place, row in enumerate(body.rows)
        if cell_at(row, answer).strip() and (other := _key(row, keys.answer)) in places
    ]
    answered = len(body.cells(answer))
    if len(steps) < max(_LEAST_ROWS, _MOSTLY * answered):
        return False
    return sum(map(bool, steps)) > _MOST_OTHERS * len(steps) and not (
        all(step < 0 for step in steps) or all(step > 0 for step in steps)
    )
