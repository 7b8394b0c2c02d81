"""Questions on one sheet and their answers on another, joined by the number of the question."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from cs_pipeline.intake.files.workbook import RawSheet
from cs_pipeline.intake.sheets.asides import is_kind_of_note
from cs_pipeline.intake.sheets.body import Body, sample_of
from cs_pipeline.intake.sheets.cells import cell_at, clean_text, label_of
from cs_pipeline.intake.sheets.further_headings import names_kind
from cs_pipeline.intake.sheets.head_rows import head_rows
from cs_pipeline.intake.sheets.header import Row
from cs_pipeline.intake.sheets.headings import LEAST_PAIR, SURE, Scale, candidates
from cs_pipeline.intake.sheets.layouts import Layouts
from cs_pipeline.packed_lists import PackedList, items_from

_NUMBER = "(?:번호|아이디|id|no|number|key|키|코드|code)"
_OF_QUESTION = re.compile(
    f"(?:문의|질문|질의|접수|민원|상담|티켓|원?글|게시글|게시물|요청|신청|사례)(?:글|건)?{_NUMBER}"
    f"|(?:question|inquiry|enquiry|ticket|case|request|post|qna|issue|parent){_NUMBER}"
    "|ref(?:id|no)?|idref"
)
_OF_ANSWER = re.compile(
    f"(?:답변|회신|응답|답글)(?:글|건)?{_NUMBER}|(?:answer|reply|response){_NUMBER}"
)
_QUESTIONS = re.compile("(?:tb|tbl)?(?:고객)?(?:문의|질문|질의|민원|question|inquir|enquir|qna).*")
_ANSWERS = re.compile("(?:tb|tbl)?(?:문의)?(?:답변|회신|응답|답글|answer|repl(?:y|ies)|response).*")
_KIND = re.compile("(?:발송|전송|송신|문자|send|sent)(?:구분|유형|타입|종류|type|kind)")
_IS_ANSWER = re.compile("답변|회신|응답|답글|answer|reply|response")
_MOST_KINDS = 20
_MOSTLY = 0.8


class _Side(NamedTuple):
    """A sheet of questions or of answers: its headings' row, the labels and the column of texts.

    Where it holds other messages, too, the cells of the column `kind` that are among `kinds` tell
    those that count. `named` is what a heading that says nothing of questions or answers stands
    for; such a side counts only where each number stands once.
    """

    sheet: RawSheet
    row: int
    labels: tuple[str, ...]
    column: int
    kind: int = -1
    kinds: frozenset[str] = frozenset()
    named: str = ""

    def below(self) -> Iterator[Row]:
        """The rows below the headings that count."""
        rows = items_from(self.sheet.rows, self.row + 1)
        if self.kind < 0:
            return rows
        return (row for row in rows if label_of(cell_at(row, self.kind)) in self.kinds)

    def numbers(self, column: int) -> list[str]:
        """The column's filled cells below its heading."""
        return [number for row in self.below() if (number := clean_text(cell_at(row, column)))]


class AnsweredSheet(NamedTuple):
    """Place of the sheet of questions, that of answers, and the first with the other's columns."""

    questions: int
    answers: RawSheet
    joined: RawSheet


def answered_sheet(
    sheets: Sequence[RawSheet], places: Sequence[int], layouts: Layouts
) -> AnsweredSheet | None:
    """The sheet of questions with the answers from another, where one sheet each holds them.

    The columns of the answers stand right of all others; of several answers to one question the
    first one's cells count, and all of their texts. Nearly every answer must name a question by its
    number; the few questions that have theirs in common get none.

    Args:
        sheets: all of the workbook's.
        places: of those in which no conversation was found, or names alone tell who speaks.
        layouts: words for headings.
    """
    asked = {at: one for at in places if (one := _questions_on(sheets[at], layouts))}
    replied = {at: one for at in places if (one := _answers_on(sheets[at], layouts))}
    if len(asked) != 1 or len(replied) != 1 or asked.keys() == replied.keys():
        return None
    [(place, question)], [answer] = asked.items(), replied.values()
    for key, other in _keys(question, answer):
        numbers, answered = question.numbers(key), answer.numbers(other)
        different, named = set(numbers), set(answered)
        if (
            len(different) >= (1 if answer.named else _MOSTLY) * len(numbers)
            and named
            and len(different & named) >= _MOSTLY * len(named)
        ):
            if answer.named and len(named) < len(answered):
                return None  # the rest of it may be other messages
            joined = _joined(question, answer, key, other)
            return AnsweredSheet(place, answer.sheet, joined) if joined else None
    return None


def _questions_on(sheet: RawSheet, layouts: Layouts) -> _Side | None:
    """The sheet as one of questions, by a sure heading or by its name and a heading for texts."""
    known = layouts.headings
    if sure := _side(sheet, known.question, layouts):
        return sure
    if not _QUESTIONS.match(label_of(sheet.name)) or _side(sheet, known.answer, layouts):
        return None
    side = _side(sheet, known.text, layouts)
    return side and side._replace(named="질문 내용")


def _answers_on(sheet: RawSheet, layouts: Layouts) -> _Side | None:
    """The sheet as one of answers: by a sure heading, or numbers of answers and of questions.

    Or as one of messages that were sent, to questions by their numbers.
    """
    known = layouts.headings
    if sure := _side(sheet, known.answer, layouts):
        return _without_others(sure)
    side = _side(sheet, known.text, layouts) or _side(sheet, known.answer, layouts, LEAST_PAIR // 2)
    if side is None or not any(map(_OF_QUESTION.fullmatch, side.labels)):
        return None
    side = _without_others(side)
    told = side.kind >= 0 or any(map(_OF_ANSWER.fullmatch, side.labels))
    if told or _ANSWERS.fullmatch(label_of(side.sheet.name)):
        return side._replace(named="답변 내용")
    return None


def _without_others(side: _Side) -> _Side:
    """The side without automatic messages and the like, where a column tells their kinds."""
    for column, label in enumerate(side.labels):
        if column == side.column or not (names_kind(label) or _KIND.fullmatch(label)):
            continue
        kinds: set[str] = set()
        for row in side.below():
            kinds.update(filter(None, (label_of(cell_at(row, column)),)))
            if len(kinds) > _MOST_KINDS:
                break
        answers = frozenset(
            kind for kind in kinds if _IS_ANSWER.search(kind) and not is_kind_of_note(kind)
        )
        if answers and answers != kinds and len(kinds) <= _MOST_KINDS:
            return side._replace(kind=column, kinds=answers)
    return side


def _side(sheet: RawSheet, scale: Scale, layouts: Layouts, least: int = SURE) -> _Side | None:
    """The sheet's first row with such a heading above sentences, if there is one."""
    for index, labels in head_rows(sheet.rows):
        body = Body(partial(sample_of, sheet.rows, index + 1), layouts)
        for one in candidates([(label,) for label in labels], scale):
            if one.score >= least and body.look(one.column).holds == "sentences":
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
    answers = _by_number(question, answer, key, other)
    width, rows = len(question.labels), PackedList[Row]()
    for index, row in enumerate(question.sheet.rows):
        beside: Row = _headings(answer) if index == question.row else ()
        if index == question.row:
            row = _headings(question)  # noqa: PLW2901 - still the same row
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


def _by_number(question: _Side, answer: _Side, key: int, other: int) -> dict[str, Row]:
    """The rows of answers by the number of the one question that has it.

    Of questions that share a number nothing says which of them was answered.
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
    for number, times in Counter(question.numbers(key)).items():
        if times > 1:
            answers.pop(number, None)
    return answers


def _headings(side: _Side) -> Row:
    """The side's row of headings, the one of its texts by what it stands for."""
    row = side.sheet.rows[side.row]
    column = side.column
    return (*row[:column], side.named, *row[column + 1 :]) if side.named else row
