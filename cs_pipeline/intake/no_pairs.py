"""Why the two texts of a row are no question and its answer."""

from collections.abc import Iterable, Sequence

from cs_pipeline.intake.sheets.asides import is_marked_note
from cs_pipeline.intake.sheets.header import Row
from cs_pipeline.intake.sheets.question_numbers import question_numbers
from cs_pipeline.intake.sheets.row_states import row_states
from cs_pipeline.intake.sheets.stand_ins import (
    hides_question,
    is_ditto,
    is_unfilled,
    notes_answer,
    notes_question,
    stands_in,
)
from cs_pipeline.intake.sheets.tables import Table
from cs_pipeline.intake.wording import (
    AUTOMATIC_ANSWER,
    EARLIER_ANSWER,
    HIDDEN_QUESTION,
    HIDDEN_WORDS,
    LISTS_BESIDE,
    OTHER_QUESTION,
    REVERSED_ORDER,
    ROW_WORDS,
    STAND_APART,
    STAND_IN,
    VOID_ROW,
)
from cs_pipeline.intake.wording_no_pairs import (
    DITTO_QUESTION,
    NOTED_ANSWER,
    NOTED_QUESTION,
    STRUCK_ROW,
    UNFILLED_ANSWER,
)
from cs_pipeline.language import Words
from cs_pipeline.records import RefusedRow

_MOST_STRUCK = 0.5

_Why = tuple[int, str, Words]
"""The column of the cell that shows it, the reason and what to do."""


class NoPairs:
    """Says of each row of a table why it holds no pair, if so.

    Args:
        table: a table of questions and answers.
        sample: (a sample of) its rows.
        below: all of them; gone through where columns may hold numbers of questions.
    """

    def __init__(self, table: Table, sample: Sequence[Row], below: Iterable[Row]) -> None:
        header = self._header = table.header
        self._table = table
        pair, labels = (header.first, header.second), header.labels[-1]
        self._times = header.pair_times
        self._apart = self._times is not None and self._times.stand_apart(sample)
        self._numbers = question_numbers(labels, sample, below, pair)
        self._states = row_states(labels, sample, pair)
        struck = {row for row, column in table.sheet.struck if column in pair}
        # Where most are, it says that they are done with.
        self._struck = struck if len(struck) < _MOST_STRUCK * len(sample) else set()

    def why(self, index: int, row: Row, question: str, answer: str) -> RefusedRow | None:
        """The row, refused; None: its texts may be a pair, or one of them is not there."""
        both, nothing_said = bool(question and answer), stands_in(answer)
        found = self._void(row, answered=both and not nothing_said)
        if index in self._struck:
            found = self._header.first, VOID_ROW, STRUCK_ROW
        if found is None and question and nothing_said:
            found = self._header.second, STAND_IN, ROW_WORDS[STAND_IN]
        if found is None and both:
            found = self._apart_in(row) or self._no_words(question, answer)
        if found is None:
            return None
        column, reason, words = found
        cell = self._table.address(index, column)
        return RefusedRow(self._table.sheet.name, cell, reason, words, row)

    def _void(self, row: Row, *, answered: bool) -> _Why | None:
        """What a column of states says against the row."""
        told = self._states and self._states.of(row, answered=answered)
        return (*told, ROW_WORDS[told[1]]) if told else None

    def _apart_in(self, row: Row) -> _Why | None:
        """Whether times or numbers say that the answer is to another question."""
        second = self._header.second
        if self._times and (self._apart or self._times.earlier(row)):
            return second, REVERSED_ORDER, EARLIER_ANSWER
        if self._times and self._times.lists:
            return second, STAND_APART, LISTS_BESIDE
        if self._numbers is not None and self._numbers.differ(row):
            return second, STAND_APART, OTHER_QUESTION
        return None

    def _no_words(self, question: str, answer: str) -> _Why | None:
        """Whether one of the texts is not what somebody said to somebody."""
        first, second = self._header.first, self._header.second
        if is_marked_note(answer):
            return second, STAND_IN, AUTOMATIC_ANSWER
        if is_unfilled(answer):
            return second, STAND_IN, UNFILLED_ANSWER
        if notes_answer(answer):
            return second, STAND_IN, NOTED_ANSWER
        if hides_question(question):
            return first, HIDDEN_QUESTION, HIDDEN_WORDS
        if is_ditto(question):
            return first, STAND_IN, DITTO_QUESTION
        return (first, STAND_IN, NOTED_QUESTION) if notes_question(question) else None
