"""Answers of which one column shows the beginning and another one all: 발송내용(SMS | LMS)."""

from cs_pipeline.intake.sheets.body import Body
from cs_pipeline.intake.sheets.cells import cell_at

Row = tuple[str, ...]

_LEAST_CUT = 3


def fuller_column(body: Body, question: int, answer: int) -> int | None:
    """The other column of the answers; None: there is none.

    Wherever both are filled, one begins with the other, and often goes on.
    """
    width = max(map(len, body.rows), default=0)
    for other in range(width):
        if other in (question, answer):
            continue
        both = [
            texts
            for row in body.rows
            if all(texts := [cell_at(row, one).strip() for one in (answer, other)])
        ]
        cut = sum(len(one) != len(two) for one, two in both)
        if cut < _LEAST_CUT or not all(_goes_on(*texts) for texts in both):
            continue
        if body.look(other).holds == "sentences":
            return other
    return None


def with_fuller(row: Row, answer: int, other: int) -> Row:
    """The row with its answer as far as either column has it."""
    own, more = cell_at(row, answer).strip(), cell_at(row, other).strip()
    if len(more) <= len(own) or not _goes_on(own, more) or answer >= len(row):
        return row
    return (*row[:answer], row[other], *row[answer + 1 :])


def _goes_on(one: str, two: str) -> bool:
    return one.startswith(two) or two.startswith(one)
