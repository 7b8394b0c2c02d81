"""Rows that show nothing but more of the answer, or of the question, in the row above."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.header import Row
from cs_pipeline.intake.sheets.moments import moment_under_heading
from cs_pipeline.intake.sheets.tables import Table

_NEARLY_ALL, _SELDOM, _OFTEN = 0.95, 0.5, 1 / 3
_LEAST_SEVERAL, _LEAST_ALONE, _SOME = 2, 4, 0.2
_CLOCK_PARTS, _DATE_PARTS = 4, 3


class ContinuedRows:
    """Tells by the other columns of a table, and by borders, which rows continue the one above.

    Args:
        table: of pairs.
        sample: some of its rows.
    """

    def __init__(self, table: Table, sample: Sequence[Row]) -> None:
        header = self._header = table.header
        self._table = table
        pair = (header.first, header.second)
        self._keys = [
            column for column, label in enumerate(header.labels[-1]) if label and column not in pair
        ]
        asked = [row for row in sample if cell_at(row, header.first).strip()]
        self._number = next((one for one in self._keys if _is_filled(asked, one)), -1)
        self._often = self._often_go_on(sample, asked)
        self._above: Row | None = None
        self._spoilt = False

    def begin(self, row: Row | None, *, spoilt: bool = False) -> None:
        """Note the row that others below may continue; a `spoilt` one is refused, and so are they.

        None: nothing below continues what is above.
        """
        self._above, self._spoilt = row, spoilt

    @property
    def is_spoilt(self) -> bool:
        """Whether what a row continues was refused, or cannot be told."""
        return self._spoilt or self._above is None

    def of(self, raw: Row, row: Row, *, is_open: bool) -> bool | None:
        """Whether the row continues the one above; False: it may; None: it is a row of its own.

        Args:
            raw: the row without what is merged down to it.
            row: the row with it.
            is_open: the exchange above has both sides, and so might go on.
        """
        header, above = self._header, self._above
        question, answer = (cell_at(raw, one).strip() for one in (header.first, header.second))
        if question and (answer or cell_at(row, header.second).strip()):
            return None  # of an answer that is merged over several questions each has it
        within = bool(answer and not question and cell_at(row, header.first).strip())
        is_open = is_open or self._spoilt
        if above is None:
            return False if within and self._lacks_number(raw) else None
        thread = header.conversation
        same = thread is not None and cell_at(raw, thread).strip() == cell_at(above, thread).strip()
        if any(cell_at(raw, key).strip() for key in self._keys if key != thread or not same):
            may = answer and not question and is_open and self._begins_blank(raw, above)
            return within or self._is_same_case(raw, above) if may else None
        # the border around its question may say so, or the other columns
        if within or any(cell_at(above, key).strip() for key in self._keys):
            return True
        if self._often and answer and not question and is_open:
            return True
        return None if question or not is_open else False

    def _often_go_on(self, rows: Sequence[Row], asked: Sequence[Row]) -> bool:
        """Whether answers go on below, a row a sentence.

        One alone may be to a question that somebody left out; several in a row, and phrases that
        come again but never beside a question, are none. Columns beside them must tell no row
        from another: none, or one that begins groups of rows.
        """
        alone = [
            bool(cell_at(row, self._header.second).strip())
            and not any(cell_at(row, one).strip() for one in (self._header.first, *self._keys))
            for row in rows
        ]
        several = sum(is_alone and len(list(run)) > 1 for is_alone, run in groupby(alone))
        second = self._header.second
        beside = {cell_at(row, second).strip() for row in asked}
        texts = Counter(
            cell_at(row, second).strip() for row, lone in zip(rows, alone, strict=True) if lone
        )
        again = sum(n for text, n in texts.items() if n > 1 and text not in beside)
        phrases = sum(alone) >= max(_LEAST_ALONE, _SOME * len(asked)) and 2 * again >= sum(alone)
        grouped = all(_is_seldom_filled(asked, key) for key in self._keys)
        return grouped and (phrases or several >= max(_LEAST_SEVERAL, _OFTEN * len(asked)))

    def _lacks_number(self, raw: Row) -> bool:
        """Whether the row has no number, where each question has one."""
        return self._number >= 0 and not cell_at(raw, self._number).strip()

    def _begins_blank(self, raw: Row, above: Row) -> bool:
        """Whether the first column that the row above fills is blank."""
        first = next((key for key in self._keys if cell_at(above, key).strip()), None)
        return first is not None and not cell_at(raw, first).strip()

    def _is_same_case(self, raw: Row, above: Row) -> bool:
        """Whether all that the row shows besides is as above, or is a later time of that day.

        Only where each question has a number: without one, a row is none of its own.
        """
        if not self._lacks_number(raw):
            return False
        cells = ((cell_at(raw, key).strip(), cell_at(above, key).strip()) for key in self._keys)
        return all(not cell or cell == before or _is_later(cell, before) for cell, before in cells)


def _is_seldom_filled(rows: Sequence[Row], column: int) -> bool:
    return sum(bool(cell_at(row, column).strip()) for row in rows) < _SELDOM * len(rows)


def _is_filled(rows: Sequence[Row], column: int) -> bool:
    filled = sum(bool(cell_at(row, column).strip()) for row in rows)
    return bool(rows) and filled >= _NEARLY_ALL * len(rows)


def _is_later(cell: str, before: str) -> bool:
    """Whether a cell tells a later time of the same day; on another day it may be another case."""
    now, then = moment_under_heading(cell), moment_under_heading(before)
    if now is None or then is None or len(now) != len(then):
        return False
    return now >= then and (len(now) == _CLOCK_PARTS or now[:_DATE_PARTS] == then[:_DATE_PARTS])
