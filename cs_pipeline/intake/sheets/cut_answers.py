"""Answers of which one column shows the beginning and another one all: 발송내용(SMS | LMS)."""

from cs_pipeline.intake.sheets.body import Body
from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.sentence_ends import ends_sentence

Row = tuple[str, ...]

_LEAST_CUT, _MOSTLY = 3, 0.6


def fuller_column(body: Body, question: int, answer: int) -> int | None:
    """The other column of the answers; None: there is none.

    Wherever both are filled, one begins with the other, and often goes on in the middle of a
    sentence: what was added behind a whole one (`… 감사합니다.`) was a draft's.
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
        shorter = [min(texts, key=len) for texts in both if len(texts[0]) != len(texts[1])]
        cut = sum(not ends_sentence(text) for text in shorter)
        if cut < max(_LEAST_CUT, _MOSTLY * len(shorter)):
            continue
        if not all(_goes_on(*texts) for texts in both):
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
