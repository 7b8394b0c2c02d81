"""Columns that say that a row is void, that its answer was never sent, or that a bot gave it."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from cs_pipeline.intake.sheets.cells import cell_at, label_of
from cs_pipeline.intake.sheets.speakers import is_yes
from cs_pipeline.intake.wording import STAND_IN, UNSENT_ANSWER, VOID_ROW

Row = tuple[str, ...]
Tells = Literal["state", "result", "reply", "remark", "who", "void_yes", "void_no", "void_time"]

_LONGEST, _MOST_KEPT = 30, 4096
_MOSTLY_SET = 0.5
_REPLY = "답변|회신|응답|답글|승인|검수|결재|reply|replied|answer|answered|response|approval|review"
_ROW = (
    "접수|등록|처리|진행|상담|문의|질문|민원|게시글?|게시물|글|데이터|자료|행|레코드|건|현재|티켓|발송|전송|완료|작성|"
    "record|row|entry|ticket|case|inquiry|post|item"
)
_HEADINGS: tuple[tuple[Tells, re.Pattern[str]], ...] = (
    (
        "void_yes",
        re.compile(
            "(?:삭제|폐기|무효|오등록|오입력|블라인드|스팸|테스트)(?:여부|유무|yn|flag|플래그)"
            "|(?:is)?(?:deleted|void|voided|discarded|trashed|spam)(?:yn|flag)?|del(?:ete)?(?:yn|flag)"
        ),
    ),
    ("void_no", re.compile("유효여부|(?:is)?valid(?:yn|flag)?|사용여부|useyn")),
    (
        "void_time",
        re.compile("(?:삭제|폐기)(?:일시|일자|일|시각)|(?:deleted|voided|discarded)(?:at|on)"),
    ),
    (
        "reply",
        re.compile(
            f"(?:{_ROW})?(?:{_REPLY})(?:완료)?(?:상태|여부|유무|구분|status|state|yn)"
            "|(?:is)?(?:replied|answered|approved)"
        ),
    ),
    ("state", re.compile(f"(?:{_ROW})*(?:상태|여부|status|state)(?:값|명|name)?")),
    ("result", re.compile(f"(?:{_ROW}|{_REPLY})?(?:현황|결과)")),
    (
        "who",
        re.compile(
            "(?:답변|응답|회신)(?:유형|방식|구분)|(?:답변|응답|회신|처리|응대|상담)(?:주체|자|인|담당자?)(?:명|이름)?"
            "|상담(?:사|원)(?:명|이름)?"
            "|담당자?(?:명|이름)?|(?:answered|replied|handled|resolved|responded)by|responder|answerer"
            "|(?:answer|reply|response)(?:type|source|author)"
        ),
    ),
    ("remark", re.compile("비고|특이사항|참고(?:사항)?|메모|remarks?|notes?|memo")),
)
_WRONG = (
    "오(?:등록|입력|기재|접수|기입|작성|답변|배정|발송)|잘못(?:된)?(?:등록|입력|기재|접수|작성|답변)"
    "|(?:등록|입력|접수|작성|답변)취소|(?:entered)?inerror"
)
_VOID = (
    f"{_WRONG}|폐기|파기|무효|삭제|말소|테스트|스팸|취소선"
    "|void(?:ed)?|discarded|deleted|invalid(?:ated)?|trash(?:ed)?|junk|spam"
)
_BESIDE = "됨|된|함|건|분|행|글|문의|게시글|처리|완료|중복|등록|입력|대상|row|record|entry|ticket"
_IS_VOID = re.compile(f"(?:{_BESIDE})*(?:{_VOID})(?:{_VOID}|{_BESIDE})*")
_IS_WRONG = re.compile(f"(?:{_BESIDE})*(?:{_WRONG})(?:{_VOID}|{_BESIDE})*")
_IS_CANCELLED = re.compile("취소(?:됨|건|처리|완료)?|철회(?:됨)?|cancell?ed|withdrawn")
_OF_INQUIRIES = re.compile(
    "(?:답변|처리|접수|상담|진행|회신|문의)*(?:완료|접수|진행|대기|보류|등록|종결|이관|처리|답변|정상|유효)(?:중|됨)?"
    "|open|closed|solved|resolved|pending|answered|active|done|completed?|inprogress"
)
_IS_UNSENT = re.compile(
    "미(?:답변|회신|응답|발송|전송)|답변(?:대기|전|예정|중|작성중|필요|요망|없음|미완료)|(?:회신|응답)(?:대기|전|예정|중|없음)"
    "|(?:답변)?작성중|(?:답변)?임시저장(?:됨)?|(?:답변)?초안|(?:발송|전송)(?:대기|전)|(?:승인|검수|결재)(?:대기|전|요청)(?:중)?"
    "|draft|unanswered|not(?:yet)?(?:answered|sent|replied)|no(?:reply|answer)(?:yet)?|unsent"
    "|(?:awaiting|pending)(?:reply|answer|response|approval|review)"
)
_IS_NO_REPLY = re.compile("미(?:처리|완료|승인)|대기(?:중)?|반려(?:됨)?|rejected|(?:notapproved)")
_IS_PROGRAM = re.compile(
    "(?:[가-힣]{0,8}|[a-z]{0,12})(?:챗봇|톡봇|상담봇|알림봇|봇)|[a-z]{0,12}(?:chat|voice)?bot|ai(?:상담사?|상담원|챗봇|응답|답변)?"
    "|(?:인공지능|자동)(?:상담|응답|답변|회신|발송)?|시스템(?:자동)?(?:응답|답변)?|system|auto(?:mated|matic)?(?:reply|answer|response)?"
)
_NO_TIME = re.compile(r"[-0/\s:.]*|null|none|9999.*", re.IGNORECASE)


class _Column(NamedTuple):
    """A column that says something of its row, and how it does."""

    place: int
    tells: Tells
    cancels: bool = False


class RowStates:
    """What columns beside a question and its answer say of their row."""

    def __init__(self, columns: Sequence[_Column]) -> None:
        self._columns = columns

    def of(self, row: Row, *, answered: bool) -> tuple[int, str] | None:
        """The column that speaks against the row, and the reason; None: none does."""
        for column in self._columns:
            cell = cell_at(row, column.place)
            if cell and len(cell) <= _LONGEST:
                state = _state(cell, column.tells, column.cancels)
                if state == VOID_ROW or (state is not None and answered):
                    return column.place, state
        return None


def row_states(
    labels: Sequence[str], rows: Sequence[Row], pair: tuple[int, int]
) -> RowStates | None:
    """The columns that may say so, or None.

    Whether a customer took an inquiry back is told by its state, not by that of an order: 취소
    counts beside states of inquiries alone. Where each row has a no, or a time of its deletion,
    the column says nothing of a single row.

    Args:
        labels: the headings.
        rows: (a sample of) the rows below them.
        pair: the columns of questions and of answers.
    """
    found = []
    for place, label in enumerate(labels):
        tells = None if place in pair or not label else _tells(label)
        if tells is None:
            continue
        cells = [cell for row in rows if (cell := cell_at(row, place).strip())]
        if cells and _differ(cells, tells, len(rows)):
            found.append(_Column(place, tells, tells == "state" and _of_inquiries(cells)))
    return RowStates(found) if found else None


def _tells(label: str) -> Tells | None:
    return next((tells for tells, names in _HEADINGS if names.fullmatch(label)), None)


def _differ(cells: Sequence[str], tells: Tells, rows: int) -> bool:
    if tells == "void_time":
        return sum(not _NO_TIME.fullmatch(cell) for cell in cells) <= _MOSTLY_SET * rows
    answers = {is_yes(cell) for cell in cells}
    if tells in ("void_yes", "void_no"):
        few = len(cells) <= _MOSTLY_SET * rows  # and the others left blank
        return answers == {True, False} or (few and answers == {tells == "void_yes"})
    return tells != "reply" or None in answers or answers == {True, False}


def _of_inquiries(cells: Sequence[str]) -> bool:
    """Whether all states are those of inquiries, apart from the one in question."""
    return all(
        _IS_CANCELLED.fullmatch(label) or _OF_INQUIRIES.fullmatch(label)
        for label in map(label_of, set(cells))
    )


@lru_cache(maxsize=_MOST_KEPT)  # the same few states, row by row
def _state(cell: str, tells: Tells, cancels: bool) -> str | None:
    if tells == "void_time":
        return None if _NO_TIME.fullmatch(cell.strip()) else VOID_ROW
    if tells in ("void_yes", "void_no"):
        return VOID_ROW if is_yes(cell) is (tells == "void_yes") else None
    label = label_of(cell)
    if tells == "who":
        return STAND_IN if _IS_PROGRAM.fullmatch(label) else None
    if _is_void(label, tells) or (cancels and _IS_CANCELLED.fullmatch(label)):
        return VOID_ROW
    unsent = tells != "remark" and _IS_UNSENT.fullmatch(label)
    no_reply = tells == "reply" and (_IS_NO_REPLY.fullmatch(label) or is_yes(cell) is False)
    return UNSENT_ANSWER if unsent or no_reply else None


def _is_void(label: str, tells: Tells) -> bool:
    """Whether a state says so; of a remark or a result (폐기 완료) it may be told of goods."""
    words = _IS_WRONG if tells in ("remark", "result") else _IS_VOID
    return words.fullmatch(label) is not None
