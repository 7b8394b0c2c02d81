"""Answers that say by a number to which question they are, beside questions of other rows."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import permutations
from typing import NamedTuple

from cs_pipeline.intake.sheets.body import FIRST_ROWS
from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.further_headings import names_parent

Row = tuple[str, ...]

_LEAST_ROWS, _MOST_OTHERS, _OFTEN, _MOSTLY = 4, 0.1, 0.5, 0.8
_SHORTEST, _LONGEST = 4, 40
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"번호|코드|순번|일련|(?:no|num|number|id|key|idx|seq|code)$")
_TWINS = (("x", "y"), ("", "1"), ("left", "right"), ("q", "a"), ("", ""))
"""What programs that join two tables by another column put behind a heading that both have."""


class QuestionNumbers(NamedTuple):
    """The columns of a question's number, and of the number of that which the answer is to."""

    own: int
    answered: int

    def differ(self, row: Row) -> bool:
        """Whether the row's answer is to the question of another row."""
        own, answered = (number_in(row, column) for column in self)
        return bool(answered) and own != answered


def question_numbers(
    labels: Sequence[str], rows: Sequence[Row], below: Iterable[Row], pair: tuple[int, int]
) -> QuestionNumbers | None:
    """The two columns, where lists of questions and of answers stand side by side, out of step.

    A case that names an earlier one (재문의) has its own answer beside it: such numbers all point
    one way, and none is the row's own.

    Args:
        labels: the headings.
        rows: (a sample of) the rows below them.
        below: all rows below them; gone through where two columns may be such numbers.
        pair: the columns of questions and of answers.
    """
    columns = [one for one, label in enumerate(labels) if label and one not in pair]
    cells = {
        column: [number for row in rows if (number := number_in(row, column))] for column in columns
    }
    unique = [column for column in columns if are_numbers(cells[column])]
    for answered in columns:
        for own in unique:
            alike = answered in unique or labels[answered] == labels[own]
            if not alike and not names_parent(labels[answered]):
                continue
            found = QuestionNumbers(own, answered)
            differ = sum(map(found.differ, rows)) > _MOST_OTHERS * len(cells[answered])
            if own < answered and differ and _look_alike(cells[own], cells[answered]):
                places = {number_in(row, own): place for place, row in enumerate(below)}
                return found if _point_elsewhere(found, rows, places, pair[1]) else None
    return None


def joined_numbers(
    labels: Sequence[str], rows: Sequence[Row], pair: tuple[int, int]
) -> QuestionNumbers | None:
    """Two columns of one number each from tables that were joined, if most numbers meet their own.

    Each of these questions stands in a row with its own answer, and some in others, too.
    """
    places = {label: column for column, label in enumerate(labels) if column not in pair}
    for own, label in enumerate(labels):
        for end, other in _TWINS:
            stem = label.removesuffix(end)
            answered = places.get(stem + other, own) if label.endswith(end) else own
            if own == answered or own in pair or not _NUMBER.search(stem):
                continue
            found = QuestionNumbers(own, answered)
            both = [tuple(number_in(row, one) for one in found) for row in rows[:FIRST_ROWS]]
            known = {number for number, answers in both if number and answers}
            met = {number for number, answers in both if number == answers} & known
            if len(met) >= max(_LEAST_ROWS, _MOSTLY * len(known)):
                return found
    return None


def repeated_numbers(
    labels: Sequence[str], rows: Sequence[Row], pair: tuple[int, int]
) -> QuestionNumbers | None:
    """Two columns of one number, if most are alike and others come with the answer of their row.

    So a VLOOKUP fills both columns that takes the next lower number where it does not find one.
    """
    for own, answered in permutations((one for one in range(len(labels)) if one not in pair), 2):
        if not labels[own] or labels[own] not in labels[answered]:
            continue
        found = QuestionNumbers(own, answered)
        if not are_numbers([number for row in rows if (number := number_in(row, own))]):
            continue
        answers = {number_in(row, own): cell_at(row, pair[1]) for row in rows}
        others = [row for row in rows if found.differ(row)]
        right = sum(bool(number_in(row, answered)) for row in rows) - len(others)
        if right >= max(_LEAST_ROWS, _OFTEN * len(rows)) and others:
            told = [
                (answers.get(number_in(row, answered)), cell_at(row, pair[1])) for row in others
            ]
            if all(there == here for there, here in told):
                return found
    return None


def number_in(row: Row, column: int) -> str:
    """The number in a row's column, for comparison."""
    return cell_at(row, column).strip().casefold()


def are_numbers(cells: Sequence[str]) -> bool:
    """Whether each cell is another number or code, which counts nothing."""
    return (
        len(cells) >= _LEAST_ROWS
        and len(set(cells)) == len(cells)
        and all(
            _SHORTEST <= len(cell) <= _LONGEST and " " not in cell and any(map(str.isdecimal, cell))
            for cell in cells
        )
    )


def _look_alike(numbers: Sequence[str], others: Sequence[str]) -> bool:
    """Whether most of the others are written as the numbers are, digits apart."""
    forms = {_DIGIT.sub("0", number) for number in numbers}
    alike = sum(_DIGIT.sub("0", other) in forms for other in others)
    return len(others) >= _LEAST_ROWS and alike >= _MOSTLY * len(others)


def _point_elsewhere(
    numbers: QuestionNumbers, rows: Sequence[Row], places: Mapping[str, int], answer: int
) -> bool:
    """Whether answers name the questions of other rows, some above, some below or their own."""
    answers = [
        (number_in(row, numbers.own), number_in(row, numbers.answered))
        for row in rows
        if cell_at(row, answer).strip()
    ]
    steps = [
        places[answered] - places[own]
        for own, answered in answers
        if own in places and answered in places
    ]
    return (
        len(steps) >= max(_LEAST_ROWS, _MOSTLY * len(answers))
        and sum(map(bool, steps)) > _MOST_OTHERS * len(steps)
        and not all(step < 0 for step in steps)
        and not all(step > 0 for step in steps)
    )
