"""Rows of a conversation that the customer never read: notes for colleagues, automatic messages."""

import re
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from cs_pipeline.intake.sheets.body import Body
from cs_pipeline.intake.sheets.cells import cell_at, label_of
from cs_pipeline.intake.sheets.further_headings import names_kind, names_private, names_public
from cs_pipeline.intake.sheets.headings import Heading
from cs_pipeline.intake.sheets.speakers import is_yes

_NOTE = (
    r"(?:상담사|상담원|직원|관리자|담당자|agent|staff|admin)?(?:내부|사내|비공개|internal|private)?"
    r"(?:메모|노트|notes?|memo)"
    r"|(?:내부|사내|비공개)(?:용|공유|전달|댓글|답변|메시지|코멘트|기록|글)?"
    r"|(?:internal|private)(?:comment|reply|message)?|whisper|귓속말"
)
_AUTOMATIC = (
    r"자동(?:응답|답변|메시지|발송|안내|인사|회신)|시스템(?:메시지|알림|안내)?"
    r"|system(?:message|event)?|auto(?:mated|matic)?(?:reply|response|message)"
    # what goes out to many, or tells a code or the state of an order
    r"|(?:대량|단체)(?:발송|문자|메시지)?|(?:광고|마케팅)(?:문자|메시지)?|캠페인|알림톡|친구톡|인증(?:번호|문자|코드)?"
    r"|bulk|campaign|marketing|alim(?:talk)?|otp|notification|broadcast"
)
_MEDIA = (
    r"이미지|사진|그림|동영상|영상|파일|첨부|첨부파일|스티커|이모티콘|음성|image|photo|picture|video|file"
    r"|attachment|sticker|emoticon|audio"
)
_STATES = re.compile(
    "(?:메시지|메세지|발송|전송|글|message|msg|send|sent|delivery)?(?:상태|status|state)(?:값|코드)?"
)
_UNSENT = re.compile(
    "초안|임시저장(?:됨)?|작성중|미발송|(?:발송|전송)(?:실패|취소|전|안됨)|draft|unsent|notsent|undelivered|failed"
)
_ASIDE, _PICTURES = re.compile(f"{_NOTE}|{_AUTOMATIC}"), re.compile(_MEDIA)
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
_MOST_KINDS, _MOSTLY_FILLED = 20, 0.8


class Aside(NamedTuple):
    """The column that says whether a row was for colleagues, and how it does.

    `private` and `public`: a yes or a no; `kind`: what the row is (내부메모, 자동응답, 이미지);
    `options`: a list that names `private` where it was; `state`: that it was never sent.
    """

    column: int
    tells: Literal["private", "public", "kind", "options", "state"]

    def leaves_out(self, row: tuple[str, ...], text: str) -> bool:
        """Whether the row, which says `text`, is none of the conversation's words."""
        cell = cell_at(row, self.column)
        if self.tells == "options":
            return _PRIVATE_OPTION in _options(cell)
        if self.tells == "state":
            return is_unsent(cell)
        if self.tells != "kind":
            return is_yes(cell) is (self.tells == "private")
        label = label_of(cell)
        if _PICTURES.fullmatch(label):
            return _FILE_NAME.fullmatch(text.strip()) is not None
        return _ASIDE.fullmatch(label) is not None


def aside_column(headings: Sequence[Heading], body: Body, taken: set[int]) -> Aside | None:
    """The column that tells notes for colleagues and automatic messages apart, if there is one."""
    columns = [column for column in range(len(headings)) if column not in taken]
    for column in columns:
        for names, tells in _YES_OR_NO:
            if any(map(names, headings[column])) and _are_yes_or_no(body.cells(column)):
                return Aside(column, tells)
        if any(map(_OPTIONS.fullmatch, headings[column])) and any(
            _PRIVATE_OPTION in _options(cell) for cell in body.cells(column)
        ):
            return Aside(column, "options")
    kinds = (
        one for one in columns if any(map(names_kind, headings[one])) and _are_kinds(body, one)
    )
    if (kind := next(kinds, None)) is not None:
        return Aside(kind, "kind")
    states = (
        one
        for one in columns
        if any(map(_STATES.fullmatch, headings[one]))
        and {True, False} <= set(map(is_unsent, body.cells(one)))
    )
    return next((Aside(column, "state") for column in states), None)


def is_unsent(state: str) -> bool:
    """Whether a message's state says that nobody got it (`draft`, 발송실패)."""
    return _UNSENT.fullmatch(label_of(state)) is not None


_YES_OR_NO: tuple[tuple[Callable[[str], object], Literal["private", "public"]], ...] = (
    (names_private, "private"),
    (_FOR_COLLEAGUES.fullmatch, "private"),
    (names_public, "public"),
)


def _options(cell: str) -> list[str]:
    return re.findall(r"\w+", cell.casefold())


def _are_yes_or_no(cells: Sequence[str]) -> bool:
    return bool(cells) and all(is_yes(cell) is not None for cell in cells)


def _are_kinds(body: Body, column: int) -> bool:
    """Whether the cells are names of few kinds, of notes or automatic messages among others."""
    cells = body.cells(column)
    labels = {label_of(cell) for cell in cells}
    aside = {label for label in labels if _ASIDE.fullmatch(label) or _PICTURES.fullmatch(label)}
    filled = len(cells) >= _MOSTLY_FILLED * sum(map(any, body.rows))
    return filled and len(labels) <= _MOST_KINDS and bool(aside) and aside != labels


def is_kind_of_note(kind: str) -> bool:
    """Whether a kind of message is one for colleagues or an automatic one."""
    return _ASIDE.fullmatch(label_of(kind)) is not None


def is_marked_note(text: str) -> bool:
    """Whether a text says of itself, in brackets, that it is for colleagues (`[내부메모] …`).

    Or that a program sent it (`[자동응답] …`).
    """
    match = _IN_BRACKETS.match(text)
    return match is not None and _ASIDE.fullmatch(label_of(match[1])) is not None
