"""Rows of a conversation that are none of its words, by what a column says of them.

Notes for colleagues, what a program sent, what was never sent or taken back, and translations.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from cs_pipeline.intake.sheets.body import Body
from cs_pipeline.intake.sheets.cells import cell_at, label_of
from cs_pipeline.intake.sheets.further_headings import names_kind, names_private, names_public
from cs_pipeline.intake.sheets.headings import Heading
from cs_pipeline.intake.sheets.moments import moment_under_heading
from cs_pipeline.intake.sheets.speakers import is_yes

_NOTE = (
    r"(?:상담사|상담원|직원|관리자|담당자|agent|staff|admin)?(?:내부|사내|비공개|internal|private)?"
    r"(?:메모|노트|notes?|memo)"
    r"|(?:내부|사내|비공개)(?:용|공유|전달|댓글|답변|메시지|코멘트|기록|글)?"
    r"|(?:internal|private)(?:comment|reply|message)?|whisper|귓속말"
    r"|(?:직원|상담사|상담원|관리자|사내|내부)(?:끼리)?(?:만|전용)(?:공개)?|내부직원|(?:staff|agents?|team|internal|admins?)only"
)
_AUTOMATIC = (
    r"자동(?:응답|답변|메시지|발송|안내|인사|회신)?|시스템(?:메시지|알림|안내)?"
    r"|system(?:message|event)?|auto(?:mated|matic)?(?:reply|response|message)?"
    # what asks how it was
    r"|(?:만족도)?(?:설문|평가)(?:조사|요청|응답|안내|메시지)?|만족도(?:조사|응답|안내)?|survey|csat|nps|rating"
    # what goes out to many, or tells a code or the state of an order
    r"|(?:대량|단체)(?:발송|문자|메시지)?|(?:광고|마케팅)(?:문자|메시지)?|캠페인|알림톡|친구톡|인증(?:번호|문자|코드)?"
    r"|bulk|campaign|marketing|alim(?:talk)?|otp|notification|broadcast"
)
_MEDIA = (
    r"이미지|사진|그림|동영상|영상|파일|첨부|첨부파일|스티커|이모티콘|음성|image|photo|picture|video|file"
    r"|attachment|sticker|emoticon|audio"
)
_TRANSLATED = r"(?:machine|auto|기계|자동|ai)?(?:translation|translated|번역)(?:문|본|글|됨)?"
_ASIDE = re.compile(f"{_NOTE}|{_AUTOMATIC}|{_TRANSLATED}")
_MARKED, _PICTURES = re.compile(f"{_NOTE}|{_AUTOMATIC}"), re.compile(_MEDIA)
_OF_ORIGINALS = re.compile(
    r"(?:text|message)?(?:source|origin)|(?:원문|번역)(?:구분|유형|종류)|원문번역(?:구분|여부)?|translation(?:type|source)?"
)
_SENDS = (
    r"(?:메시지|메세지|발송|전송|발신|송신|글|댓글|코멘트|message|delivery|sending|sent|comment)"
)
_STATES = re.compile(rf"({_SENDS}*)(?:처리|게시)?(?:상태|status|state)(?:값|명|코드)?")
_UNSENT = re.compile(
    r"임시(?:저장|보관|글)(?:됨|중)?|초안|작성(?:취소|중)|미(?:발송|전송)|failed"
    r"|(?:발송|전송|송신)(?:(?:취소|실패|회수)(?:됨)?|전|안됨)"
    r"|회수(?:됨|완료)|삭제(?:됨|된메시지)|drafts?|unsent|notsent|undelivered|recalled|retracted|deleted"
)
_UNSENT_MESSAGE = re.compile(
    r"취소(?:됨)?|실패|회수|삭제|철회(?:됨)?|(?:발송|전송)?(?:대기|보류|예약|예정)(?:중)?|failed|failure|cancell?ed"
    r"|scheduled|pending|queued|discarded|withdrawn|rejected|bounced"
)
_GONE = "삭제|회수|철회|(?:발송|전송)취소|deleted|recalled|retracted|withdrawn|unsent"
_IS_GONE = re.compile(
    rf"(?:is)?{_SENDS}*(?:{_GONE}|임시저장|draft)(?:된)?(?:메시지|글)?(?:여부|유무|yn|flag)?"
    r"|(?:is)?(?:(?:기계|자동|machine)?(?:번역|translat(?:ed|ion))(?:문|본)?|자동(?:발송|응답|메시지|답변)|설문"
    r"|auto(?:mated|matic)?(?:reply|message)?|(?:chat)?bot|system(?:message)?)(?:여부|유무|yn|flag)?"
)
_ORIGINAL = re.compile(r"원문여부|(?:is)?original(?:yn|text)?")
_GONE_AT = re.compile(rf"{_SENDS}*(?:{_GONE})(?:일시|일자|시각|시간|일|at|on|time|date)")
_IN_BRACKETS = re.compile(
    # `[Web발신]` stands in front of whatever a program sent to a phone
    r"\s*(?:\[(?:web|국제|국외)\s*발신\]\s*)?[\[(<【]([^\])>】]{2,20})[\])>】]",
    re.IGNORECASE,
)
_FOR_COLLEAGUES = re.compile(
    r"(?:is)?(?:private|internal|whisper)(?:note|comment|message)?(?:yn)?|isnote|(?:메모|노트)여부"
    r"|(?:내부|사내|비공개|직원간|직원전용|상담사전용|귓속말)(?:메모|노트|대화|메시지|댓글|공유|용)?(?:여부|yn)?"
)
_OPTIONS, _PRIVATE_OPTION = re.compile("(?:message|메시지)?(?:options?|옵션)"), "private"
_FILE_NAME = re.compile(r"\S+|.*\.\w{2,4}", re.DOTALL)
_MOST_KINDS, _MOSTLY_FILLED, _RARELY = 20, 0.8, 0.5


class Aside(NamedTuple):
    """The column that says whether a row was for colleagues, and how it does.

    `private` and `public`: a yes or a no; `kind`: what the row is (내부메모, 자동응답, 번역);
    `options`: a list that names `private` where it was; `state` and `sending`: what became of the
    row, or of its sending (임시저장, 발송취소); `time`: when it was taken back, of those that were.
    """

    column: int
    tells: Literal["private", "public", "kind", "options", "state", "sending", "time"]

    def leaves_out(self, row: tuple[str, ...], text: str) -> bool:
        """Whether the row, which says `text`, is none of the conversation's words."""
        cell = cell_at(row, self.column)
        if self.tells == "options":
            return _PRIVATE_OPTION in _options(cell)
        if self.tells in ("private", "public"):
            return is_yes(cell) is (self.tells == "private")
        if self.tells == "time":
            return bool(cell.strip())
        if self.tells != "kind":
            return _is_unsent(cell, of_message=self.tells == "sending")
        kind = _kind_of(cell)
        return kind == "aside" or (
            kind == "picture" and _FILE_NAME.fullmatch(text.strip()) is not None
        )


def aside_columns(headings: Sequence[Heading], body: Body, taken: set[int]) -> tuple[Aside, ...]:
    """The columns that tell rows which are none of the conversation's words."""
    columns = [column for column in range(len(headings)) if column not in taken]
    return tuple(
        aside for column in columns if (aside := _aside_in(headings[column], column, body))
    )


def _aside_in(heading: Heading, column: int, body: Body) -> Aside | None:
    """What the column tells of its rows, if anything."""
    return next(
        (
            Aside(column, tells)
            for names, shows, tells in _ASIDES
            if any(map(names, heading)) and shows(body, column)
        ),
        None,
    )


@lru_cache(maxsize=1024)  # the same few kinds, asked for with each utterance
def _kind_of(cell: str) -> Literal["aside", "picture", ""]:
    label = label_of(cell)
    return "aside" if _ASIDE.fullmatch(label) else "picture" if _PICTURES.fullmatch(label) else ""


@lru_cache(maxsize=1024)
def _is_unsent(cell: str, *, of_message: bool) -> bool:
    label = label_of(cell)
    known = _UNSENT.fullmatch(label) or (of_message and _UNSENT_MESSAGE.fullmatch(label))
    return bool(known)


def _options(cell: str) -> list[str]:
    return re.findall(r"\w+", cell.casefold())


def _names_options(body: Body, column: int) -> bool:
    return any(_PRIVATE_OPTION in _options(cell) for cell in body.cells(column))


def _are_yes_or_no(body: Body, column: int) -> bool:
    cells = body.cells(column)
    return bool(cells) and all(is_yes(cell) is not None for cell in cells)


def _are_kinds(body: Body, column: int) -> bool:
    """Whether the cells are names of few kinds, of notes or automatic messages among others."""
    return _some_are(_kind_of, body, column)


def _are_states(body: Body, column: int) -> bool:
    return _some_are(lambda cell: _is_unsent(cell, of_message=False), body, column)


def _are_sendings(body: Body, column: int) -> bool:
    return _some_are(lambda cell: _is_unsent(cell, of_message=True), body, column)


def _some_are(is_one: Callable[[str], object], body: Body, column: int) -> bool:
    """Whether the cells are few words that come again, some of them such a one, and not all."""
    cells = body.cells(column)
    words = {cell.strip().casefold() for cell in cells}
    filled = len(cells) >= _MOSTLY_FILLED * sum(map(any, body.rows))
    some = {word for word in words if is_one(word)}
    return filled and len(words) <= _MOST_KINDS and bool(some) and some != words


def _are_few_times(body: Body, column: int) -> bool:
    """Whether the cells of some rows, and not of most, say when."""
    cells = body.cells(column)
    few = 0 < len(cells) <= _RARELY * sum(map(any, body.rows))
    return few and all(map(moment_under_heading, cells))


def _names_sending(label: str) -> bool:
    match = _STATES.fullmatch(label)
    return bool(match and match[1]) or _IS_GONE.fullmatch(label) is not None


_ASIDES: tuple[
    tuple[
        Callable[[str], object],
        Callable[[Body, int], bool],
        Literal["private", "public", "kind", "options", "state", "sending", "time"],
    ],
    ...,
] = (
    (names_private, _are_yes_or_no, "private"),
    (_FOR_COLLEAGUES.fullmatch, _are_yes_or_no, "private"),
    (_IS_GONE.fullmatch, _are_yes_or_no, "private"),
    (names_public, _are_yes_or_no, "public"),
    (_ORIGINAL.fullmatch, _are_yes_or_no, "public"),
    (_OPTIONS.fullmatch, _names_options, "options"),
    (_GONE_AT.fullmatch, _are_few_times, "time"),
    (names_kind, _are_kinds, "kind"),
    (_OF_ORIGINALS.fullmatch, _are_kinds, "kind"),
    (_names_sending, _are_sendings, "sending"),
    (_STATES.fullmatch, _are_states, "state"),
)


def is_unsent(state: str) -> bool:
    """Whether a message's state says that nobody got it (`draft`, 발송실패)."""
    return _is_unsent(state, of_message=False)


def is_kind_of_note(kind: str) -> bool:
    """Whether a kind of message is one for colleagues or an automatic one."""
    return _ASIDE.fullmatch(label_of(kind)) is not None


def is_marked_note(text: str) -> bool:
    """Whether a text says of itself, in brackets, that it is for colleagues (`[내부메모] …`).

    Or that a program sent it (`[자동응답] …`).
    """
    match = _IN_BRACKETS.match(text)
    return match is not None and _MARKED.fullmatch(label_of(match[1])) is not None
