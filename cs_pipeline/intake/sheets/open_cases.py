"""Cases that are still open: what stands beside them may be a note of what is to be done."""

import re
from collections.abc import Sequence
from functools import lru_cache

from cs_pipeline.intake.sheets.cells import cell_at, label_of
from cs_pipeline.intake.sheets.row_fit import is_for_colleagues
from cs_pipeline.sentence_ends import is_polite

Row = tuple[str, ...]

_STATE = re.compile(
    "(?:접수|처리|진행|상담|문의|민원|티켓|답변|ticket|case)?(?:상태|상황|status|state)(?:값|명|name)?"
)
_OPEN = re.compile(
    "(?:답변|처리|상담|진행|접수|확인|검토|문의)?(?:중|대기|보류|접수|미결|미완료|진행)(?:중|됨|건)?"
    "|open|pending|waiting|onhold|inprogress|new"
)
# Marks and endings of notes; what is planned (`입금 예정`) is told to customers as well.
_NOTES = re.compile(
    r"^\s*(?:[※*#▶→]|\d{1,2}/\d{1,2}\s)|(?:대기|필요|요망|바람|할 것|하기|전달|요청|보류|미정|없음"
    r"|[가-힣]\s?중|[함됨임음김림짐])[\s.!)]*$"
)
_LONGEST, _LEAST_ROWS, _MOSTLY, _MOST_KEPT = 20, 5, 0.8, 4096


class OpenCases:
    """Finds notes beside open cases, in a table in which answers to the others are polite."""

    def __init__(self, state: int, answer: int) -> None:
        self._state, self._answer = state, answer

    def speaks_against(self, row: Row) -> bool:
        """Whether the row's case is open, and nobody says so to a customer what stands there."""
        answer = cell_at(row, self._answer)
        if not _is_open(cell_at(row, self._state)) or is_polite(answer):
            return False
        return is_for_colleagues(answer) or _NOTES.search(answer) is not None


def open_cases(
    labels: Sequence[str], rows: Sequence[Row], pair: tuple[int, int]
) -> OpenCases | None:
    """The column of states, where it tells open cases from others and answers to those are polite.

    Args:
        labels: the headings.
        rows: (a sample of) the rows below them.
        pair: the columns of questions and of answers.
    """
    for column, label in enumerate(labels):
        if column in pair or not _STATE.fullmatch(label):
            continue
        told = [
            (_is_open(state), is_polite(answer))
            for row in rows
            if (state := cell_at(row, column)) and (answer := cell_at(row, pair[1]).strip())
        ]
        closed = [polite for is_open, polite in told if not is_open]
        if len(closed) < len(told) and sum(closed) >= max(_LEAST_ROWS, _MOSTLY * len(closed)):
            return OpenCases(column, pair[1])
    return None


@lru_cache(maxsize=_MOST_KEPT)  # the same few states, row by row
def _is_open(cell: str) -> bool:
    return len(cell) <= _LONGEST and _OPEN.fullmatch(label_of(cell)) is not None
