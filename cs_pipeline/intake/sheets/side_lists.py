"""A list of questions and one of answers side by side on a sheet, joined by their numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cs_pipeline.intake.files.workbook import RawSheet
from cs_pipeline.intake.sheets.body import sample_of
from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.header import Header, Row
from cs_pipeline.intake.sheets.question_numbers import (
    QuestionNumbers,
    number_in,
    question_numbers,
)
from cs_pipeline.packed_lists import PackedList, items_from


def joined_lists(sheet: RawSheet, header: Header) -> RawSheet | None:
    """The sheet with each answer in its question's row, in further columns right of all others.

    None unless the sheet has two such lists, out of step, under the same heading for the numbers:
    each question has one of its own, and each answer names one of these that no other answer does.
    """
    labels = header.labels[-1]
    if header.layout != "qa" or _has_marks(sheet, header):
        return None
    start, pair = header.row + 1, (header.first, header.second)
    found = question_numbers(
        labels, sample_of(sheet.rows, start), items_from(sheet.rows, start), pair
    )
    if found is None or labels[found.own] != labels[found.answered]:
        return None
    if not max(found.own, header.first) < found.answered < header.second:
        return None
    answers = _answers(items_from(sheet.rows, start), found, pair)
    rows = answers and _rows(sheet.rows, header, found, answers)
    return replace(sheet, rows=rows, widths={}) if rows else None


def _has_marks(sheet: RawSheet, header: Header) -> bool:
    """Whether rows or cells of the sheet are marked, which would be lost or stand elsewhere."""
    return bool(
        sheet.hidden_rows
        or sheet.errors
        or sheet.formulas
        or sheet.shifted
        or sheet.loose
        or any(bottom > header.row for _, _, bottom, _ in sheet.merged)
    )


def _answers(
    below: Iterator[Row], numbers: QuestionNumbers, pair: tuple[int, int]
) -> dict[str, Row] | None:
    """The columns of the list of answers, by the number of the question; None if it is not sure."""
    answers: dict[str, Row] = {}
    asked: set[str] = set()
    for row in below:
        own, answered = (number_in(row, column) for column in numbers)
        question, answer = (cell_at(row, column).strip() for column in pair)
        if (question and not own) or (answer and not answered) or own in asked:
            return None
        if answer and answered in answers:
            return None
        asked.update((own,) if own else ())
        if answer:
            answers[answered] = row[numbers.answered :]
    return answers if answers.keys() <= asked else None


def _rows(
    rows: Sequence[Row], header: Header, numbers: QuestionNumbers, answers: dict[str, Row]
) -> PackedList[Row] | None:
    """All rows, with those columns right of the headings' own.

    An answer that stands there already is one that its owner put there when it was refused.
    """
    width, start = len(header.labels[-1]), numbers.answered
    placed = width + header.second - start
    found = PackedList[Row]()
    for index, row in enumerate(rows):
        if index < header.row:
            found.append(row)
            continue
        beside = row[start:width]
        if index > header.row:
            beside = answers.get(number_in(row, numbers.own), ())[: width - start]
        stray = {column for column, cell in enumerate(row[width:], width) if cell.strip()}
        if stray - {placed}:
            return None
        left = (*row[:start], *[""] * (width - min(start, len(row))))
        found.append((*left, *(row[width:] if stray else beside)))
    return found
