"""Answers that say by a number to which question they are, beside questions of other rows."""

from collections.abc import Sequence
from typing import NamedTuple

from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.headings import names_parent

Row = tuple[str, ...]

_LEAST_ROWS, _MOST_OTHERS, _MOSTLY = 4, 0.1, 0.8
_SHORTEST, _LONGEST = 4, 40


class QuestionNumbers(NamedTuple):
    """The columns of a question's number, and of the number of that which the answer is to."""

    own: int
    answered: int

    def differ(self, row: Row) -> bool:
        """Whether the row's answer is to the question of another row."""
        own, answered = (_number(row, column) for column in self)
        return bool(own and answered) and own != answered


def question_numbers(
    labels: Sequence[str], rows: Sequence[Row], first: int, second: int
) -> QuestionNumbers | None:
    """The two columns, where lists of questions and of answers stand side by side, out of step.

    A case that names an earlier one (재문의) has its own answer beside it: such numbers all point
    one way, and none is the row's own.

    Args:
        labels: the headings.
        rows: (a sample of) the rows below them.
        first: the column of questions.
        second: the column of answers.
    """
    columns = [one for one, label in enumerate(labels) if label and one not in (first, second)]
    cells = {
        column: [number for row in rows if (number := _number(row, column))] for column in columns
    }
    unique = [column for column in columns if _are_numbers(cells[column])]
    for answered in columns:
        if answered not in unique and not names_parent(labels[answered]):
            continue
        for own in unique:
            found = QuestionNumbers(own, answered)
            if own < answered and _point_elsewhere(found, rows, second):
                return found
    return None


def _number(row: Row, column: int) -> str:
    return cell_at(row, column).strip().casefold()


def _are_numbers(cells: Sequence[str]) -> bool:
    """Whether each cell is another number or code, which counts nothing."""
    return (
        len(cells) >= _LEAST_ROWS
        and len(set(cells)) == len(cells)
        and all(
            _SHORTEST <= len(cell) <= _LONGEST and " " not in cell and any(map(str.isdecimal, cell))
            for cell in cells
        )
    )


def _point_elsewhere(numbers: QuestionNumbers, rows: Sequence[Row], answer: int) -> bool:
    """Whether answers name the questions of other rows, some above, some below or their own."""
    places = {_number(row, numbers.own): place for place, row in enumerate(rows)}
    answers = [
        (place, _number(row, numbers.answered))
        for place, row in enumerate(rows)
        if cell_at(row, answer).strip()
    ]
    steps = [places[number] - place for place, number in answers if number in places]
    return (
        len(steps) >= max(_LEAST_ROWS, _MOSTLY * len(answers))
        and sum(map(bool, steps)) > _MOST_OTHERS * len(steps)
        and not all(step < 0 for step in steps)
        and not all(step > 0 for step in steps)
    )
