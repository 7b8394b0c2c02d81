"""Why the two texts of a row are no question and its answer."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from cs_pipeline.intake.sheets.asides import is_marked_note
from cs_pipeline.intake.sheets.cells import cell_at, clean_text
from cs_pipeline.intake.sheets.header import Row
from cs_pipeline.intake.sheets.message_counts import message_counts
from cs_pipeline.intake.sheets.open_cases import open_cases
from cs_pipeline.intake.sheets.openers import openers
from cs_pipeline.intake.sheets.question_numbers import (
    joined_numbers,
    question_numbers,
    repeated_numbers,
)
from cs_pipeline.intake.sheets.question_titles import question_titles
from cs_pipeline.intake.sheets.quoted_questions import quoted_questions
from cs_pipeline.intake.sheets.row_fit import Misfit, RowFit
from cs_pipeline.intake.sheets.row_states import row_states
from cs_pipeline.intake.sheets.stand_ins import (
    hides_question,
    is_ditto,
    is_of_form,
    is_stock_reply,
    is_unfilled,
    notes_answer,
    notes_question,
    records_event,
    stands_in,
)
from cs_pipeline.intake.sheets.tables import Table
from cs_pipeline.intake.sheets.told_numbers import told_numbers
from cs_pipeline.intake.wording import (
    ASKER_ANSWERS,
    AUTOMATIC_ANSWER,
    DRAGGED,
    EARLIER_ANSWER,
    HIDDEN_QUESTION,
    HIDDEN_WORDS,
    LISTS_BESIDE,
    NOTE_ANSWER,
    REVERSED_ORDER,
    ROW_WORDS,
    SHIFTED_CELLS,
    STAND_APART,
    STAND_IN,
    SWAPPED_ROWS,
    UNEVEN,
    VOID_ROW,
)
from cs_pipeline.intake.wording_lists import (
    AGENT_OPENED,
    FAULTED_CELL,
    LATER_ANSWER,
    OTHER_TITLE,
)
from cs_pipeline.intake.wording_no_pairs import (
    DITTO_QUESTION,
    EVENT_ANSWER,
    FORM_ROW,
    NOTED_QUESTION,
    STATE_WORDS,
    STOCK_ANSWER,
    STRUCK_ROW,
    UNFILLED_ANSWER,
)
from cs_pipeline.intake.wording_slips import FILLED_DOWN, OTHER_QUESTION, OTHER_QUOTED
from cs_pipeline.language import Words
from cs_pipeline.packed_lists import items_from

_MOST_STRUCK, _LEAST_STOCK = 0.5, 3


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
_Says = tuple[Callable[[str], bool], Words]
_OF_ANSWERS: tuple[_Says, ...] = (
    (is_unfilled, UNFILLED_ANSWER),
    (is_marked_note, AUTOMATIC_ANSWER),
    (records_event, EVENT_ANSWER),
    (notes_answer, NOTE_ANSWER),
)
_OF_QUESTIONS: tuple[_Says, ...] = ((is_ditto, DITTO_QUESTION), (notes_question, NOTED_QUESTION))


class Doubts:
    """What speaks against rows of a table of pairs.

    Args:
        table: where they stand.
        sample: some of its rows.
    """

    def __init__(self, table: Table, sample: Sequence[Row]) -> None:
        header = table.header
        labels = header.labels[-1]
        pair = self._first, self._second = header.first, header.second
        self._times = header.pair_times
        self._apart = self._times is not None and self._times.stand_apart(sample)
        self._filled = self._times is not None and self._times.filled_down(sample, self._second)
        self._above: Row = ()
        self._fit = RowFit(header, sample)
        below = partial(items_from, table.sheet.rows, header.row + 1)
        self._numbers = (
            joined_numbers(labels, sample, pair)
            or question_numbers(labels, sample, below(), pair)
            or repeated_numbers(labels, sample, pair)
        )
        self._beside = [
            (check, doubt)
            for check, doubt in (
                (openers(labels, sample, pair), Doubt(self._first, STAND_IN, AGENT_OPENED)),
                (open_cases(labels, sample, pair), Doubt(self._second, STAND_IN, NOTE_ANSWER)),
                (message_counts(labels, pair), Doubt(self._second, STAND_APART, LATER_ANSWER)),
                (
                    question_titles(labels, sample, pair),
                    Doubt(self._first, STAND_APART, OTHER_TITLE),
                ),
                (
                    told_numbers(labels, sample, below, pair),
                    Doubt(self._second, STAND_APART, OTHER_QUESTION),
                ),
                (
                    quoted_questions(sample, below(), pair),
                    Doubt(self._second, STAND_APART, OTHER_QUOTED),
                ),
            )
            if check is not None
        ]
        self._stock = _stock_replies(sample, pair)
        self._states = row_states(labels, sample, pair)
        struck = {row for row, column in table.sheet.struck if column in pair}
        # Where most are, it says that they are done with.
        self._struck = struck if len(struck) < _MOST_STRUCK * len(sample) else set()
        self._faulted = {row: column for row, column in table.sheet.faulted if column in pair}

    def about(self, index: int, row: Row, question: str, answer: str) -> Doubt | None:
        """Why the row's two texts are no pair; None where nothing speaks against them."""
        nothing_said = stands_in(answer)
        answered = bool(question and answer) and not nothing_said
        if void := self._void(index, row, answered=answered):
            return void
        if question and nothing_said:
            return Doubt(self._second, STAND_IN, ROW_WORDS[STAND_IN])
        if not (question and answer):
            return None
        return (
            self._by_time(row)
            or self._by_words(question, answer)
            or self._by_cells(row, question, answer)
        )

    def _void(self, index: int, row: Row, *, answered: bool) -> Doubt | None:
        """Whether the row is struck through, or a column of states speaks against it."""
        if index in self._struck:
            return Doubt(self._first, VOID_ROW, STRUCK_ROW)
        if index in self._faulted:
            return Doubt(self._faulted[index], VOID_ROW, FAULTED_CELL)
        told = self._states and self._states.of(row, answered=answered)
        return Doubt(*told, STATE_WORDS[told[1]]) if told else None

    def _by_time(self, row: Row) -> Doubt | None:
        if self._times is None:
            return None
        above, self._above = self._above, row
        if self._filled and self._times.is_same_answer(above, row, self._second):
            return Doubt(self._second, DRAGGED, FILLED_DOWN)
        if self._apart or self._times.earlier(row):
            return Doubt(self._second, REVERSED_ORDER, EARLIER_ANSWER)
        return Doubt(self._second, STAND_APART, LISTS_BESIDE) if self._times.lists else None

    def _by_words(self, question: str, answer: str) -> Doubt | None:
        if answer in self._stock:
            return Doubt(self._second, STAND_IN, STOCK_ANSWER)
        for says, words in _OF_ANSWERS:
            if says(answer):
                return Doubt(self._second, STAND_IN, words)
        if hides_question(question):
            return Doubt(self._first, HIDDEN_QUESTION, HIDDEN_WORDS)
        if is_of_form(question, answer):
            return Doubt(self._first, STAND_IN, FORM_ROW)
        for says, words in _OF_QUESTIONS:
            if says(question):
                return Doubt(self._first, STAND_IN, words)
        return None

    def _by_cells(self, row: Row, question: str, answer: str) -> Doubt | None:
        if self._numbers is not None and self._numbers.differ(row):
            return Doubt(self._second, STAND_APART, OTHER_QUESTION)
        for check, doubt in self._beside:
            if check.speaks_against(row):
                return doubt
        misfit = self._fit.misfit(row, question, answer)
        return Doubt(self._second, *_MISFITS[misfit]) if misfit else None


def _stock_replies(rows: Sequence[Row], pair: tuple[int, int]) -> set[str]:
    """Answers to several questions that say no more than that these were dealt with."""
    asked = defaultdict(set)
    for row in rows:
        answer = cell_at(row, pair[1]).strip()
        if is_stock_reply(answer):
            asked[clean_text(answer)].add(cell_at(row, pair[0]).strip())
    return {answer for answer, questions in asked.items() if len(questions) >= _LEAST_STOCK}
