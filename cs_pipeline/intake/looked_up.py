"""Answers that were looked up on another sheet by a number, and are those of other numbers.

So a VLOOKUP fills a column that takes the next lower number where it does not find one.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice

from cs_pipeline.intake.files.workbook import RawSheet
from cs_pipeline.intake.pairs import PairsReading
from cs_pipeline.intake.sheets.cells import cell_at, clean_text
from cs_pipeline.intake.sheets.head_rows import head_rows
from cs_pipeline.intake.sheets.tables import Table
from cs_pipeline.intake.wording import STAND_APART
from cs_pipeline.intake.wording_slips import LOOKED_UP
from cs_pipeline.packed_lists import items_from

_MOST_ROWS = 100_000
_FIRST_ROWS, _LEAST_ROWS, _MOSTLY = 200, 4, 0.5

Answers = dict[str, str]
"""The answers of a sheet by their numbers."""


def refuse_others(table: Table, found: PairsReading, lists: Sequence[RawSheet]) -> None:
    """Refuse the pairs whose answers a list has under another number than the row's.

    It counts where most of the rows have the answers that the list has for them.

    Args:
        table: the pairs'.
        found: the pairs; changed in place.
        lists: the sheets in which no conversation was found; long ones are passed over.
    """
    second = table.header.second
    for sheet in lists:
        if len(sheet.rows) > _MOST_ROWS:
            continue
        for column, answers in _lists_on(sheet, table):
            told = frozenset(answers.values())
            if not any(
                clean_text(cell_at(one.original, second)) in told
                for one in islice(found.exchanges, _FIRST_ROWS)
            ):
                continue
            order = sorted(answers, key=_in_order)
            others: list[int] = []
            right = 0
            for place, one in enumerate(found.exchanges):
                own = clean_text(cell_at(one.original, column))
                answer = clean_text(cell_at(one.original, second))
                right += answers.get(own) == answer
                if answer in told and _is_of_another(answers, order, own, answer):
                    others.append(place)
            if others and right >= max(_LEAST_ROWS, _MOSTLY * len(found.exchanges)):
                found.refuse(frozenset(others), STAND_APART, LOOKED_UP)
                return


def _is_of_another(answers: Answers, order: Sequence[str], own: str, answer: str) -> bool:
    """Whether an answer of the list is that of another number: the next lower if it lacks `own`."""
    if own in answers:
        return answers[own] != answer
    lower = bisect_left(order, _in_order(own), key=_in_order) - 1
    return lower >= 0 and answers[order[lower]] == answer


def _in_order(number: str) -> tuple[int, str]:
    return len(number), number


def _lists_on(sheet: RawSheet, table: Table) -> Iterator[tuple[int, Answers]]:
    """Columns of numbers in the table, and the sheet's texts by its numbers of that heading."""
    pair = (table.header.first, table.header.second)
    keys = {
        label: column
        for column, label in enumerate(table.header.labels[-1])
        if label and column not in pair
    }
    for index, labels in head_rows(sheet.rows):
        for key, label in enumerate(labels):
            for texts in range(len(labels)) if label in keys else ():
                answers = _by_number(sheet, index + 1, key, texts) if texts != key else {}
                if answers:
                    yield keys[label], answers


def _by_number(sheet: RawSheet, start: int, key: int, texts: int) -> Answers:
    """The texts of a column by the numbers of another one; {} where a number comes twice."""
    found: Answers = {}
    for row in items_from(sheet.rows, start):
        number, text = clean_text(cell_at(row, key)), clean_text(cell_at(row, texts))
        if number and text:
            if number in found or not any(map(str.isdecimal, number)):
                return {}
            found[number] = text
    return found if len(set(found.values())) >= _LEAST_ROWS else {}
