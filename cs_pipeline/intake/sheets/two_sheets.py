"""Questions on one sheet and their answers on another, joined by the number of the question."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from cs_pipeline.intake.files.workbook import RawSheet
from cs_pipeline.intake.sheets.body import Body, sample_of
from cs_pipeline.intake.sheets.cells import cell_at, clean_text, label_of
from cs_pipeline.intake.sheets.columns import HEADER_ROWS
from cs_pipeline.intake.sheets.header import Row
from cs_pipeline.intake.sheets.headings import SURE, Scale, candidates
from cs_pipeline.intake.sheets.layouts import Layouts
from cs_pipeline.packed_lists import PackedList, items_from

_NUMBER = "(?:번호|아이디|id|no|number|key|키|코드|code)"
_OF_QUESTION = re.compile(
    f"(?:문의|질문|질의|접수|민원|상담|티켓|원?글|게시글|게시물|요청|신청|사례)(?:글|건)?{_NUMBER}"
    f"|(?:question|inquiry|enquiry|ticket|case|request|post|qna|issue|parent){_NUMBER}"
)
_MOSTLY = 0.8


class _Side(NamedTuple):
    """A sheet of questions or of answers: its headings' row, the labels and the column of texts."""

    sheet: RawSheet
    row: int
    labels: tuple[str, ...]
    column: int

    def below(self) -> Iterator[Row]:
        """The rows below the headings."""
        return items_from(self.sheet.rows, self.row + 1)

    def numbers(self, column: int) -> list[str]:
        """The column's filled cells below its heading."""
        return [number for row in self.below() if (number := clean_text(cell_at(row, column)))]


class AnsweredSheet(NamedTuple):
    """Place of the sheet of questions, that of answers, and the first with the other's columns."""

    questions: int
    answers: RawSheet
    joined: RawSheet


def answered_sheet(
    sheets: Sequence[RawSheet], unread: Sequence[int], layouts: Layouts
) -> AnsweredSheet | None:
    """The sheet of questions with the answers from another, where one sheet each holds them.

    The columns of the answers stand right of all others; of several answers to one question the
    first one's cells count, and all of their texts. Nearly every answer must name a question by a
    number that no other question has.

    Args:
        sheets: all of the workbook's.
        unread: places of those in which no conversation was found.
        layouts: words for headings.
    """
    known = layouts.headings
    asked, replied = (
        {place: one for place in unread if (one := _side(sheets[place], scale, layouts))}
        for scale in (known.question, known.answer)
    )
    if len(asked) != 1 or len(replied) != 1 or asked.keys() == replied.keys():
        return None
    [(place, question)], [answer] = asked.items(), replied.values()
    for key, other in _keys(question, answer):
        numbers, named = question.numbers(key), set(answer.numbers(other))
        different = set(numbers)
        if (
            len(different) == len(numbers)
            and named
            and len(different & named) >= _MOSTLY * len(named)
        ):
            joined = _joined(question, answer, key, other)
            return AnsweredSheet(place, answer.sheet, joined) if joined else None
    return None


def _side(sheet: RawSheet, scale: Scale, layouts: Layouts) -> _Side | None:
    """The sheet's first row with a sure heading above sentences, if there is one."""
    for index, row in enumerate(sheet.rows[:HEADER_ROWS]):
        labels = tuple(map(label_of, row))
        body = Body(partial(sample_of, sheet.rows, index + 1), layouts)
        for one in candidates([(label,) for label in labels], scale):
            if one.score >= SURE and body.look(one.column).holds == "sentences":
                return _Side(sheet, index, labels, one.column)
    return None


def _keys(question: _Side, answer: _Side) -> Iterator[tuple[int, int]]:
    """Columns of numbers of questions on both sheets, those of one heading first.

    On the sheet of questions that may be their own number; on the other one a bare number is the
    answer's, which says nothing of any question.
    """
    named = [column for column, label in enumerate(answer.labels) if _OF_QUESTION.fullmatch(label)]
    for other in named:
        for key, label in enumerate(question.labels):
            if label == answer.labels[other]:
                yield key, other
    for other in named:
        for key, label in enumerate(question.labels):
            if label != answer.labels[other] and (
                _OF_QUESTION.fullmatch(label) or re.fullmatch(_NUMBER, label)
            ):
                yield key, other


def _joined(question: _Side, answer: _Side, key: int, other: int) -> RawSheet | None:
    """The sheet of questions, with the other's columns right of its own; None where these overlap.

    An answer that stands there already is one that its owner put there when it was refused.
    """
    answers: dict[str, Row] = {}
    for row in answer.below():
        number = clean_text(cell_at(row, other))
        if not number:
            continue
        if earlier := answers.get(number):
            text = f"{cell_at(earlier, answer.column)} {cell_at(row, answer.column)}".strip()
            answers[number] = tuple(
                text if column == answer.column else cell for column, cell in enumerate(earlier)
            )
        else:
            answers[number] = (*row, *[""] * (len(answer.labels) - len(row)))
    width, rows = len(question.labels), PackedList[Row]()
    for index, row in enumerate(question.sheet.rows):
        beside: Row = answer.sheet.rows[answer.row] if index == question.row else ()
        if index > question.row:
            beside = answers.get(clean_text(cell_at(row, key)), ())
        stray = {width + column for column, cell in enumerate(row[width:]) if cell.strip()}
        if stray - {width + answer.column}:
            return None
        if stray:
            rows.append(row)
        else:
            rows.append((*row[:width], *[""] * (width - len(row)), *beside) if beside else row)
    return replace(question.sheet, rows=rows)
