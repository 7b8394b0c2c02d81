"""Ids under a heading that nobody knows: each stands beside the rows of one conversation."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from cs_pipeline.intake.sheets.body import FIRST_ROWS, Body
from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.further_headings import names_customer
from cs_pipeline.intake.sheets.headings import Heading

_ID = re.compile(r"(?=\S*[\dA-Za-z])(?=\S*\d)[\w.:/#-]{2,64}", re.ASCII)
_OF_AGENT = re.compile(
    r"상담(?:사|원|직원)|직원|담당|사번|매니저|좌석|내선|팀|조|부서|agent|staff|operator|admin|manager|"
    r"seat|extension|team",
)
_LEAST_RUNS, _MOST_ROWS, _MOSTLY = 5, 40, 0.8


def run_of_ids(headings: Sequence[Heading], body: Body, pair: tuple[int, int]) -> int | None:
    """The column of such ids; None where there is none, or more than one.

    In the first rows each id stands in rows that follow each other (or in the first of them), and
    nowhere else, and beside nearly each both sides speak. Times, people's numbers and those of rows
    do not. `pair` are the columns of speakers and texts.
    """
    found = [
        column
        for column, heading in enumerate(headings)
        if column not in pair
        and not any(names_customer(label) or _OF_AGENT.search(label) for label in heading)
        and _tells_apart(body, column, pair[0])
    ]
    return found[0] if len(found) == 1 else None


def _tells_apart(body: Body, column: int, speaker: int) -> bool:
    cells = body.cells(column)
    if len(set(cells)) < _LEAST_RUNS or not all(map(_ID.fullmatch, cells)) or body.moments(column):
        return False
    runs = [(one, list(signs)) for one, signs in _runs(body, column, speaker)]
    ids = [one for one, _ in runs]
    if not ids[0] or len(ids) < _LEAST_RUNS or len(set(ids)) < len(ids):
        return False
    both = sum(len(set(signs)) > 1 for _, signs in runs)
    return both >= _MOSTLY * len(runs) and all(len(signs) <= _MOST_ROWS for _, signs in runs)


def _runs(body: Body, column: int, speaker: int) -> Iterator[tuple[str, Iterator[str]]]:
    """Each id of the first rows, with who speaks in its rows."""
    filled, current = list[tuple[str, str]](), ""
    for row in body.rows[:FIRST_ROWS]:
        current = cell_at(row, column).strip() or current
        if sign := cell_at(row, speaker).strip():
            filled.append((current, sign))
    for one, rows in groupby(filled, key=lambda pair: pair[0]):
        yield one, (sign for _, sign in rows)
