"""What a ticket asked at first, told beside each of its comments."""

import re
from collections.abc import Iterable, Mapping, Sequence

from cs_pipeline.intake.openings import opens_only
from cs_pipeline.intake.said import Heard, Turn
from cs_pipeline.intake.sheets.body import sample_of
from cs_pipeline.intake.sheets.cell_kinds import SENTENCES, look_at
from cs_pipeline.intake.sheets.cells import cell_address, cell_at, clean_text
from cs_pipeline.intake.sheets.header import Row
from cs_pipeline.intake.sheets.headings import SURE, candidates
from cs_pipeline.intake.sheets.layouts import Layouts
from cs_pipeline.intake.sheets.tables import Table
from cs_pipeline.intake.sheets.threads import are_memos

_LEAST, _MOSTLY = 2, 0.5
_ROW = re.compile(r"\d+$")


class FirstQuestions:
    """The column of first questions, where most conversations begin with an agent's answer to it.

    A query that joins tickets with their comments repeats the ticket's description in each row.
    Where customers speak first, such a column is what somebody made of their words.
    """

    def __init__(self, table: Table, layouts: Layouts) -> None:
        header = self._header = table.header
        self._column: int | None = None
        if header.thread is None or header.board is not None or header.tells == "column":
            return
        rows = sample_of(table.sheet.rows, header.row + 1, table.stop)
        taken = {header.first, header.second, header.conversation}
        headings = [(label,) for label in header.labels[-1]]
        for one in candidates(headings, layouts.headings.question):
            if one.score >= SURE and one.column not in taken and self._is_told(rows, one.column):
                self._column = one.column
                return

    def _is_told(self, rows: Sequence[Row], column: int) -> bool:
        """Whether the column says one thing, in sentences, in each of several conversations."""
        told: dict[str, set[str]] = {}
        for row in rows:
            if text := cell_at(row, column).strip():
                told.setdefault(self._header.conversation_of(row), set()).add(text)
        texts = [text for said in told.values() for text in said]
        return (
            len(told) >= _LEAST
            and len(texts) == len(told)
            and len(set(texts)) >= _MOSTLY * len(texts)
            and look_at(texts).sentences >= SENTENCES
            and not are_memos(texts)
        )

    def settle(self, conversations: Mapping[str, Sequence[Heard]]) -> None:
        """See who begins the conversations; unless most begin with an answer, none has one."""
        if self._column is not None:
            begun = sum(_begins_with_answer(turns) for turns in conversations.values())
            if begun < _MOSTLY * len(conversations):
                self._column = None

    def before(self, turns: Sequence[Turn]) -> Sequence[Turn]:
        """The turns, behind the first question if an agent begins."""
        if self._column is None or not _begins_with_answer(turns):
            return turns
        first = turns[0]
        text = clean_text(cell_at(first.original, self._column))
        row = _ROW.search(first.cell)
        if not text or row is None:
            return turns
        cell = cell_address(int(row[0]) - 1, self._column)
        return [Turn("customer", text, cell, first.original), *turns]


def _begins_with_answer(turns: Iterable[Turn | Heard]) -> bool:
    first = next((turn for turn in turns if turn.speaker != "bot"), None)
    return first is not None and first.speaker == "agent" and not opens_only(first.text)
