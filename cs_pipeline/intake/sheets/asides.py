"""Rows of a conversation that are none of its words, by what a column says of them.

Notes for colleagues, what a program sent, and translations.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
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
    r"|(?:직원|상담사|상담원|관리자|사내|내부)(?:끼리)?(?:만|전용)(?:공개)?|내부직원|(?:staff|agents?|team|internal|admins?)only"
    # what colleagues say to each other while the customer is on hold
    r"|(?:내선|사내|내부|상담사간|상담원간|직원간|협의)(?:통화|협의|문의|상담|연결|호|콜)+|협의"
    r"|(?:internal|consult(?:ation)?)(?:call|leg)|consult(?:ation)?"
)
_AUTOMATIC = (
    r"자동(?:응답|답변|메시지|발송|안내|인사|회신)?|시스템(?:메시지|알림|안내)?"
    r"|system(?:message|event)?|auto(?:mated|matic)?(?:reply|response|message)?"
    r"|admm|adminmessage"
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
_PRESSED = (
    r"(?:버튼|퀵리플라이|바로가기|선택지)(?:클릭|선택|응답|입력|메시지)?|메뉴(?:클릭|선택)"
    r"|(?:quick)?(?:button|reply)(?:click|press|tap)?|quickreplies|postback|menuselection"
)
"""What a customer chose of the choices that a program showed."""
_TRANSLATED = r"(?:machine|auto|기계|자동|ai)?(?:translation|translated|번역)(?:문|본|글|됨)?"
_ASIDE = re.compile(f"{_NOTE}|{_AUTOMATIC}|{_TRANSLATED}")
_MARKED, _PICTURES = re.compile(f"{_NOTE}|{_AUTOMATIC}"), re.compile(_MEDIA)
_CHOICES = re.compile(_PRESSED)
_WRITTEN = re.compile(
    r"(?:일반|텍스트|문자|대화|채팅)(?:메시지)?|(?:plain|free)?text(?:message)?|chat|message"
)
_OF_ORIGINALS = re.compile(
    r"(?:text|message)?(?:source|origin)|(?:원문|번역)(?:구분|유형|종류)|원문번역(?:구분|여부)?|translation(?:type|source)?"
)
_OF_PROGRAM = re.compile(
    r"(?:is)?(?:(?:기계|자동|machine)?(?:번역|translat(?:ed|ion))(?:문|본)?|자동(?:발송|응답|메시지|답변)|설문"
    r"|auto(?:mated|matic)?(?:reply|message)?|(?:chat)?bot|system(?:message)?)(?:여부|유무|yn|flag)?"
)
_ORIGINAL = re.compile(r"원문여부|(?:is)?original(?:yn|text)?")
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

    `private` and `public`: a yes or a no; `kind`: what the row is (내부메모, 자동응답, 번역);
    `options`: a list that names `private` where it was.
    """

    column: int
    tells: Literal["private", "public", "kind", "options"]

    def leaves_out(self, row: tuple[str, ...], text: str) -> bool:
        """Whether the row, which says `text`, is none of the conversation's words."""
        cell = cell_at(row, self.column)
        if self.tells == "options":
            return _PRIVATE_OPTION in _options(cell)
        if self.tells != "kind":
            return is_yes(cell) is (self.tells == "private")
        kind = _kind_of(cell)
        return kind == "aside" or (
            kind == "picture" and _FILE_NAME.fullmatch(text.strip()) is not None
        )

    def is_choice(self, row: tuple[str, ...]) -> bool:
        """Whether the row is a button that was pressed, of which the label is no words."""
        return self.tells == "kind" and _kind_of(cell_at(row, self.column)) == "choice"


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
def _kind_of(cell: str) -> Literal["aside", "picture", "choice", ""]:
    label = label_of(cell)
    kinds: tuple[tuple[Literal["aside", "picture", "choice"], re.Pattern[str]], ...] = (
        ("aside", _ASIDE),
        ("picture", _PICTURES),
        ("choice", _CHOICES),
    )
    return next((kind for kind, names in kinds if names.fullmatch(label)), "")


def _options(cell: str) -> list[str]:
    return re.findall(r"\w+", cell.casefold())


def _names_options(body: Body, column: int) -> bool:
    return any(_PRIVATE_OPTION in _options(cell) for cell in body.cells(column))


def _are_yes_or_no(body: Body, column: int) -> bool:
    cells = body.cells(column)
    return bool(cells) and all(is_yes(cell) is not None for cell in cells)


def _are_kinds(body: Body, column: int) -> bool:
    """Whether the cells are names of few kinds, of notes or automatic messages among others."""
    cells = body.cells(column)
    kinds = {cell.strip().casefold() for cell in cells}
    filled = len(cells) >= _MOSTLY_FILLED * sum(map(any, body.rows))
    aside = {kind for kind in kinds if _kind_of(kind)}
    if not any(map(_WRITTEN.fullmatch, map(label_of, kinds))):
        aside = {kind for kind in aside if _kind_of(kind) != "choice"}  # what customers ask about
    return filled and len(kinds) <= _MOST_KINDS and bool(aside) and aside != kinds


_ASIDES: tuple[
    tuple[
        Callable[[str], object],
        Callable[[Body, int], bool],
        Literal["private", "public", "kind", "options"],
    ],
    ...,
] = (
    (names_private, _are_yes_or_no, "private"),
    (_FOR_COLLEAGUES.fullmatch, _are_yes_or_no, "private"),
    (_OF_PROGRAM.fullmatch, _are_yes_or_no, "private"),
    (names_public, _are_yes_or_no, "public"),
    (_ORIGINAL.fullmatch, _are_yes_or_no, "public"),
    (_OPTIONS.fullmatch, _names_options, "options"),
    (names_kind, _are_kinds, "kind"),
    (_OF_ORIGINALS.fullmatch, _are_kinds, "kind"),
)


def is_kind_of_note(kind: str) -> bool:
    """Whether a kind of message is one for colleagues or an automatic one."""
    return _ASIDE.fullmatch(label_of(kind)) is not None


def is_marked_note(text: str) -> bool:
    """Whether a text says of itself, in brackets, that it is for colleagues (`[내부메모] …`).

    Or that a program sent it (`[자동응답] …`).
    """
    match = _IN_BRACKETS.match(text)
    return match is not None and _MARKED.fullmatch(label_of(match[1])) is not None
