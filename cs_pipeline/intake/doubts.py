"""Why the two texts of a row are no question and its answer."""

from collections.abc import Sequence
from typing import NamedTuple

from cs_pipeline.intake.sheets.asides import is_marked_note
from cs_pipeline.intake.sheets.header import Row
from cs_pipeline.intake.sheets.question_numbers import question_numbers
from cs_pipeline.intake.sheets.row_fit import Misfit, RowFit
from cs_pipeline.intake.sheets.row_states import RowStates
from cs_pipeline.intake.sheets.stand_ins import hides_question, is_unfilled, stands_in
from cs_pipeline.intake.sheets.tables import Table
from cs_pipeline.intake.wording import (
    ASKER_ANSWERS,
    AUTOMATIC_ANSWER,
    EARLIER_ANSWER,
    HIDDEN_QUESTION,
    HIDDEN_WORDS,
    LISTS_BESIDE,
    NOTE_ANSWER,
    OTHER_QUESTION,
    REVERSED_ORDER,
    ROW_WORDS,
    SHIFTED_CELLS,
    STAND_APART,
    STAND_IN,
    STATE_OF_ROW,
    SWAPPED_ROWS,
    UNEVEN,
    UNFILLED_ANSWER,
)
from cs_pipeline.language import Words
from cs_pipeline.packed_lists import items_from


class Doubt(NamedTuple):
    """The column at fault, the reason, and what the data owner reads."""

    column: int
    reason: str
    words: Words


_MISFITS: dict[Misfit, tuple[str, Words]] = {
    "shifted": (UNEVEN, SHIFTED_CELLS),
    "swapped": (SWAPPED_ROWS, ROW_WORDS[SWAPPED_ROWS]),
    "asker": (STAND_IN, ASKER_ANSWERS),
    "note": (STAND_IN, NOTE_ANSWER),
}


class Doubts:
    """What speaks against rows of a table of pairs.

    Args:
        table: where they stand.
        sample: some of its rows.
    """

    def __init__(self, table: Table, sample: Sequence[Row]) -> None:
        header = table.header
        self._first, self._second = header.first, header.second
        self._times, self._unsent = header.pair_times, header.unsent
        self._apart = self._times is not None and self._times.stand_apart(sample)
        self._fit = RowFit(header, sample)
        headings = [(label,) for label in header.labels[-1]]
        self._states = RowStates(headings, {header.first, header.second})
        self._numbers = question_numbers(
            header.labels[-1],
            sample,
            items_from(table.sheet.rows, header.row + 1),
            (header.first, header.second),
        )

    def about(self, row: Row, question: str, answer: str) -> Doubt | None:
        """Why the row's two texts are no pair; None where nothing speaks against them."""
        if question and stands_in(answer):
            return Doubt(self._second, STAND_IN, ROW_WORDS[STAND_IN])
        if not (question and answer):
            return None
        return (
            self._by_time(row)
            or self._by_words(question, answer)
            or self._by_cells(row, question, answer)
        )

    def _by_time(self, row: Row) -> Doubt | None:
        if self._times is None:
            return None
        if self._apart or self._times.earlier(row):
            return Doubt(self._second, REVERSED_ORDER, EARLIER_ANSWER)
        return Doubt(self._second, STAND_APART, LISTS_BESIDE) if self._times.lists else None

    def _by_words(self, question: str, answer: str) -> Doubt | None:
        if is_unfilled(answer):
            return Doubt(self._second, STAND_IN, UNFILLED_ANSWER)
        if is_marked_note(answer):
            return Doubt(self._second, STAND_IN, AUTOMATIC_ANSWER)
        if hides_question(question):
            return Doubt(self._first, HIDDEN_QUESTION, HIDDEN_WORDS)
        return None

    def _by_cells(self, row: Row, question: str, answer: str) -> Doubt | None:
        if self._numbers is not None and self._numbers.differ(row):
            return Doubt(self._second, STAND_APART, OTHER_QUESTION)
        if self._states.leave_out(row) or any(one.leaves_out(row) for one in self._unsent):
            return Doubt(self._second, STAND_IN, STATE_OF_ROW)
        misfit = self._fit.misfit(row, question, answer)
        return Doubt(self._second, *_MISFITS[misfit]) if misfit else None
