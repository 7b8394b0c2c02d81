"""Which row of a sheet names its columns, and which column holds what."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from cs_pipeline.intake.cells import cell_at, label_of
from cs_pipeline.intake.personal import personal_columns
from cs_pipeline.intake.speakers import speaker_of

HEADER_ROWS = 20
LABEL_CHARACTERS = 30
MENTION_CHARACTERS = 16

# How sure a heading is. A word of its own beats a compound (질문 > 고객 질문 내용), what a column
# holds beats who (질문 > 고객), and both beat a bare 내용 or a mention among other words.
_SCORES = {"exact": 10, "compound": 9, "weak": 6, "weak_compound": 5, "bare": 3, "mention": 2}
# A pair below this is more likely data: a bare word or a mention counts beside a sure heading only.
_LEAST_PAIR = 2 * _SCORES["weak_compound"]
# How many rows below a header show whether its speaker column names speakers.
_SPEAKER_ROWS = 50

_CUSTOMER = "고객님?|손님|회원|customer|user|client"
_AGENT = "상담사|상담원|상담직원|매니저|담당자|agent|manager|counsell?or|assistant|staff|operator"
_TEXT = "내용|본문|메시지|메세지|글|텍스트|원문|전문|발화|text|contents?|messages?|body|utterance"
_FILLERS = rf"(?:{_CUSTOMER}|{_AGENT}|{_TEXT}|사항|상세|최종|필수|의|\d)*"
_ASK = "질문|문의|질의|question|input|inquiry|query|prompt"
_REPLY = "답변|응답|회신|answer|output|reply|response"
_SPEAKER = (
    "발화자|화자|작성자|발신자|송신자|보낸사람|보낸이|발화주체|대화주체|역할|"
    "speaker|role|sender|author"
)
_KIND = "구분|유형|타입|종류|type|role|kind"
_TALK = "대화|채팅|상담|발화|chat|plain|dialog(?:ue)?|conversation"
_THREAD = (
    "대화|대화방|상담|채팅|채팅방|세션|콜|통화|티켓|접수|문의|방|"
    "conversation|session|chat|ticket|thread|call|room|dialog(?:ue)?"
)
_ABOUT = (
    "일시|일자|날짜|시간|시각|유형|종류|분류|카테고리|번호|아이디|코드|여부|상태|건수|횟수|점수|만족|"
    "평가|채널|경로|이름|성명|연락처|전화|메일|첨부|링크|부서|비고|메모|(?:명|자|처|수|율|id|no)$|"
    "date|time|type|category|number|code|status|count|score|channel|name|phone|mail|url"
)

_Scale = tuple[tuple[int, re.Pattern[str]], ...]


def _scale(**levels: str) -> _Scale:
    return tuple((_SCORES[level], re.compile(pattern)) for level, pattern in levels.items())


_QUESTION = _scale(
    exact=f"q|{_ASK}|문의내용|질문내용",
    compound=f"{_FILLERS}(?:{_ASK}){_FILLERS}",
    weak=_CUSTOMER,
    weak_compound=f"(?:{_CUSTOMER})(?:{_TEXT})+",
    bare=_TEXT,
    mention=rf"(?=.{{1,{MENTION_CHARACTERS}}}$)(?!.*(?:{_ABOUT})).*(?:{_ASK}).*",
)
_ANSWER = _scale(
    exact=f"a|답|{_REPLY}|답변내용",
    compound=f"{_FILLERS}(?:{_REPLY}){_FILLERS}",
    weak=_AGENT,
    weak_compound=f"(?:{_AGENT})(?:{_TEXT})+",
    mention=rf"(?=.{{1,{MENTION_CHARACTERS}}}$)(?!.*(?:{_ABOUT})).*(?:{_REPLY}).*",
)
_WHO = _scale(
    exact=_SPEAKER,
    compound=f"(?:{_TEXT})*(?:{_SPEAKER}|user|person)(?:{_KIND})",
    weak="구분|유형|type|from|who|대화자|참여자",
)
_SAID = _scale(
    exact=f"대화내용|{_TEXT}|대화|채팅",
    compound=f"(?:{_TALK})+(?:{_TEXT})+|(?:{_TEXT}){{2,}}",
)
_CONVERSATION = re.compile(
    rf"(?:{_THREAD})(?:id|아이디|번호|no|key|코드|식별자|number)"
    "|세션|채팅방|대화방|conversation|session|ticket|thread|dialog(?:ue)?"
)


@dataclass(frozen=True, slots=True)
class Header:
    """Where a sheet's columns are; rows and columns are 0-based.

    `first` and `second` are question and answer (layout `qa`) or speaker and text (`turns`).
    `personal` maps the columns that hold names, phone numbers and the like to entity types.
    """

    layout: Literal["qa", "turns"]
    row: int
    first: int
    second: int
    conversation: int | None
    labels: tuple[str, str] = field(repr=False)
    personal: dict[int, str] = field(default_factory=dict)

    def repeats(self, row: tuple[str, ...]) -> bool:
        """True when `row` is this header once more, as on a new printed page."""
        return self.labels == (
            label_of(cell_at(row, self.first)),
            label_of(cell_at(row, self.second)),
        )


def find_header(rows: Sequence[tuple[str, ...]]) -> Header | None:
    """The surest header in the first 20 rows (the upper one of equals), or None."""
    found = [
        pair
        for index in range(min(HEADER_ROWS, len(rows)))
        if (pair := _header_at(index, rows)) is not None
    ]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _header_at(index: int, rows: Sequence[tuple[str, ...]]) -> tuple[int, Header] | None:
    """The row's score and header, or None when it names no pair of columns."""
    labels = [label_of(cell) for cell in rows[index]]
    asked, told = _best_pair(labels, _QUESTION, _ANSWER), _best_pair(labels, _WHO, _SAID)
    if asked and told and not _names_speakers(rows[index + 1 :][:_SPEAKER_ROWS], told[1]):
        told = None  # 구분 beside 내용 is as often a topic as a speaker
    best = max((pair for pair in (asked, told) if pair), key=lambda pair: pair[0], default=None)
    if best is None:
        return None
    score, first, second = best
    threads = (
        column
        for column, label in enumerate(labels)
        if column not in (first, second) and _CONVERSATION.fullmatch(label)
    )
    return score, Header(
        layout="qa" if best is asked else "turns",
        row=index,
        first=first,
        second=second,
        conversation=next(threads, None),
        labels=(labels[first], labels[second]),
        personal={
            column: kind
            for column, kind in personal_columns(labels).items()
            if column not in (first, second)
        },
    )


def _names_speakers(rows: Sequence[tuple[str, ...]], column: int) -> bool:
    """True when most filled cells of the column are known speakers."""
    filled = [cell for row in rows if (cell := cell_at(row, column)).strip()]
    return 2 * sum(speaker_of(cell) is not None for cell in filled) > len(filled)


def _best_pair(labels: list[str], first: _Scale, second: _Scale) -> tuple[int, int, int] | None:
    """Score and two different columns for the two scales, or None when they are not sure."""
    pairs = [
        (one + other, left, right)
        for one, left in _candidates(labels, first)
        for other, right in _candidates(labels, second)
        if left != right and one + other >= _LEAST_PAIR
    ]
    return max(pairs, key=lambda pair: pair[0], default=None)


def _candidates(labels: list[str], scale: _Scale) -> list[tuple[int, int]]:
    """The two surest columns; the second one serves when the first is taken."""
    scored = [(_score(label, scale), column) for column, label in enumerate(labels)]
    return sorted((pair for pair in scored if pair[0]), key=lambda pair: -pair[0])[:2]


def _score(label: str, scale: _Scale) -> int:
    if not 0 < len(label) <= LABEL_CHARACTERS:
        return 0
    return next((score for score, pattern in scale if pattern.fullmatch(label)), 0)
