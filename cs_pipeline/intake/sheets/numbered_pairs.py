"""Numbered questions in front of as many numbered answers: 문의1, 추가문의2, 답변1, 추가답변2."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from cs_pipeline.intake.files.workbook import RawSheet
from cs_pipeline.intake.sheets.body import Body, sample_of
from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.columns import find_header
from cs_pipeline.intake.sheets.head_rows import head_rows
from cs_pipeline.intake.sheets.header import Header
from cs_pipeline.intake.sheets.headings import SURE, SURE_OF_ANSWER, Scale, candidates
from cs_pipeline.intake.sheets.layouts import Layouts
from cs_pipeline.intake.sheets.numbered_columns import break_off, name_without_count
from cs_pipeline.packed_lists import items_from

_LAST = re.compile(r"(\d{1,2})$")
_LEAST_FULL, _LEAST_FURTHER, _MOST = 0.5, 2, 20
Numbered = Mapping[int, int]
"""Columns by the numbers in their headings."""


def numbered_pairs(sheet: RawSheet, layouts: Layouts) -> list[Header]:
    """A header for each number, of the question and the answer that have it; [] where unsure.

    Nowhere may an answer stand without its question, nor a question without the one before it, and
    half of the rows with several questions must show an answer to each: where one answer serves all
    that was asked, or goes on in the next column, the numbers say nothing of pairs.
    """
    for index, labels in head_rows(sheet.rows):
        questions = _numbered(labels, layouts.headings.question, SURE)
        answers = _numbered(labels, layouts.headings.answer, SURE_OF_ANSWER)
        if (
            2 <= len(questions) <= _MOST
            and questions.keys() == answers.keys()
            and max(questions.values()) < min(answers.values())
        ):
            if not _are_pairs(sheet, index, questions, answers, layouts):
                return []
            others = {*questions.values(), *answers.values()}
            found = [
                _header(sheet, index, others - {questions[at], answers[at]}, layouts)
                for at in questions
            ]
            wanted = [(questions[at], answers[at]) for at in questions]
            sure = [one for one in found if one and (one.first, one.second) in wanted]
            return sure if len(sure) == len(wanted) else []
    return []


def _numbered(labels: Sequence[str], scale: Scale, least: int) -> Numbered:
    """The columns of one name, counted from 1 on from left to right; {} of any others."""
    columns = [
        one.column
        for one in candidates([(label,) for label in labels], scale)
        if one.score >= least
    ]
    columns.sort()
    numbers = [_number(labels[column]) for column in columns]
    one_name = len({name_without_count(labels[column]) for column in columns}) == 1
    counted = numbers == list(range(1, 1 + len(numbers)))
    return dict(zip(numbers, columns, strict=True)) if one_name and counted else {}


def _number(label: str) -> int:
    """The number at its end; the first one may have none."""
    match = _LAST.search(label)
    return int(match[1]) if match else 1


def _are_pairs(
    sheet: RawSheet, index: int, questions: Numbered, answers: Numbered, layouts: Layouts
) -> bool:
    """Whether rows show what the numbers say."""
    further = full = 0
    for row in items_from(sheet.rows, index + 1):
        asked, replied = (
            [bool(cell_at(row, side[at]).strip()) for at in questions]
            for side in (questions, answers)
        )
        if any(b and not a for a, b in zip(asked, replied, strict=True)):
            return False
        if any(b and not a for a, b in pairwise(asked)):
            return False
        if sum(asked) > 1:
            further, full = further + 1, full + (asked == replied)
    if full < _LEAST_FURTHER or full < _LEAST_FULL * further:
        return False
    body = Body(lambda: sample_of(sheet.rows, index + 1), layouts)
    return not any(break_off(body, list(side.values())) for side in (questions, answers))


def _header(sheet: RawSheet, index: int, others: set[int], layouts: Layouts) -> Header | None:
    """The header as it would be without the headings of the other questions and answers."""
    row = sheet.rows[index]
    labels = tuple("" if column in others else cell for column, cell in enumerate(row))
    head = [*[()] * index, labels]
    return find_header(head, layouts, (), lambda at: sample_of(sheet.rows, at + 1))
