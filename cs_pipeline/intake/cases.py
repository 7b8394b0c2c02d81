"""Whose question a row is, in a log that names customers beside their questions alone."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from cs_pipeline.intake.said import Turn
from cs_pipeline.intake.sheets.body import sample_of
from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.further_headings import names_customer
from cs_pipeline.intake.sheets.header import Row
from cs_pipeline.intake.sheets.speakers import Speaker
from cs_pipeline.intake.sheets.tables import Table

_NUMBERS = re.compile(r".*(?:번호|순번|연번)|no|번|\w*id|num(?:ber)?")
_MOSTLY, _HARDLY, _LEAST = 0.8, 0.2, 2


class Cases:
    """Tells questions of different people apart that follow each other unanswered.

    The columns that do so hold names or numbers, in the rows of questions and not in those of
    answers: where they differ from one question to the next, so do the customers.
    """

    def __init__(self, table: Table, speaker_of: Callable[[str], Speaker | None]) -> None:
        header = table.header
        rows = sample_of(table.sheet.rows, header.row + 1, table.stop)
        sides: tuple[list[Row], list[Row]] = ([], [])
        for row in rows:
            first = cell_at(row, header.first).strip()
            if header.tells == "column":
                asks, replies = bool(first), bool(cell_at(row, header.second).strip())
            else:
                speaker = speaker_of(first)
                asks, replies = speaker == "customer", speaker == "agent"
            if asks != replies:
                sides[replies].append(row)
        taken = {header.first, header.second, *header.times}
        self._columns = [
            column
            for column, label in enumerate(header.labels[-1])
            if column not in taken
            and (column in header.personal or names_customer(label) or _NUMBERS.fullmatch(label))
            and _share(sides[0], column) >= _MOSTLY
            and _share(sides[1], column) <= _HARDLY
        ]

    @property
    def known(self) -> bool:
        """Whether a column tells them apart."""
        return bool(self._columns)

    def parted(self, turns: Sequence[Turn]) -> Iterator[Sequence[Turn]]:
        """The turns, parted between a question and the next one of somebody else."""
        start = 0
        for place, (before, after) in enumerate(pairwise(turns), start=1):
            both_ask = before.speaker == after.speaker == "customer"
            if self._columns and both_ask and self._differ(before.original, after.original):
                yield turns[start:place]
                start = place
        yield turns[start:]

    def _differ(self, one: Row, other: Row) -> bool:
        said = [(cell_at(one, at).strip(), cell_at(other, at).strip()) for at in self._columns]
        return any(all(both) and both[0] != both[1] for both in said)


def _share(rows: Sequence[Row], column: int) -> float:
    filled = sum(bool(cell_at(row, column).strip()) for row in rows)
    return filled / len(rows) if len(rows) >= _LEAST else _HARDLY + _MOSTLY
