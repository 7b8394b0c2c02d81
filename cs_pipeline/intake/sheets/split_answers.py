"""Answers in two columns, of which each row fills one: 상담사답변 | 전문상담답변."""

import re
from dataclasses import replace

from cs_pipeline.intake.files.workbook import RawSheet
from cs_pipeline.intake.sheets.body import sample_of
from cs_pipeline.intake.sheets.cell_kinds import look_at
from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.further_headings import is_earlier_word, is_of_bot
from cs_pipeline.intake.sheets.header import Header
from cs_pipeline.packed_lists import items_from

_ANSWER = re.compile(".*(?:답변|회신|응답|답장|answer|reply|response)(?:내용)?")
_NO_ANSWER = re.compile(
    "고객|회원|손님|민원인|추천|예시|모범|표준|샘플|내부|요약|템플릿|평가|만족"
    "|customer|client|user|suggest|recommend|sample|template|internal|summary|rejected"
)
_LEAST_ROWS, _LEAST_SHARE = 3, 0.5


def split_answers(sheet: RawSheet, header: Header) -> list[Header]:
    """The header, and that of the other column of answers; [] where there is none for sure.

    No row of the table may fill both, most fill one, and several fill each of them. A row that
    both fill has an answer, and something else: a draft, a program's words, a customer's.
    """
    labels = header.labels[-1]
    if header.layout != "qa" or header.vendor or sheet.merged or not _may_be(header, header.second):
        return []
    for other in range(len(labels)):
        if other in (header.first, header.second) or not _may_be(header, other):
            continue
        look = look_at(cell_at(row, other) for row in sample_of(sheet.rows, header.row + 1))
        if look.holds == "sentences" and _take_turns(sheet, header, other):
            looks = {header.first: header.looks[header.first], other: look}
            return [header, replace(header, second=other, pair_times=None, looks=looks)]
    return []


def _may_be(header: Header, column: int) -> bool:
    """Whether the heading is that of what was answered in the end."""
    label = header.labels[-1][column]
    return bool(_ANSWER.fullmatch(label)) and not (
        _NO_ANSWER.search(label) or is_of_bot(label) or is_earlier_word(label)
    )


def _take_turns(sheet: RawSheet, header: Header, other: int) -> bool:
    """Whether each row has its answer in one of the two, and no conversation several rows."""
    asked = own = others = 0
    conversations: set[str] = set()
    for row in items_from(sheet.rows, header.row + 1):
        question, first, second = (
            bool(cell_at(row, column).strip()) for column in (header.first, header.second, other)
        )
        if first and second and not header.repeats(row):
            return False
        if not question:
            if first or second:
                return False  # goes on with what is above
            continue
        conversation = header.conversation_of(row)
        if conversation in conversations:
            return False
        conversations.update((conversation,) if conversation else ())
        asked, own, others = asked + 1, own + first, others + second
    return min(own, others) >= _LEAST_ROWS and own + others >= _LEAST_SHARE * asked
