"""Messages that the other side never got: drafts, what was not sent, what was taken back."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from cs_pipeline.intake.sheets.body import Body
from cs_pipeline.intake.sheets.cells import cell_at, label_of
from cs_pipeline.intake.sheets.headings import Heading
from cs_pipeline.intake.sheets.speakers import is_yes

_FLAGS = re.compile(
    "(?:is|was)?(?:draft|deleted|removed|recalled|unsent|retracted|discarded|redacted)(?:yn|flag)?"
    "|(?:del|delete)(?:yn|flag|at)|(?:deleted|removed|recalled)(?:at|on|date|time)"
    "|(?:삭제|회수|임시저장|발송취소|전송취소)(?:여부|yn|일시|일자|시각|시간)"
)
_STATES = re.compile(
    "(?:reply|comment|post|publish(?:ing)?|댓글|답변|글|작성|게시|공개|노출)?(?:status|state|상태)(?:값|코드)?"
)
_OF_MESSAGES = re.compile(
    "(?:메시지|메세지|문자|message|msg|sms)(?:전송|발송)?(?:상태|결과|status|state)"
)
_DELIVERIES = re.compile(
    "(?:발송|전송|송신|전달|delivery|sending|send|sent)(?:상태|결과|status|state|result)"
)
_FOLDERS = re.compile("(?:메일|편지)?(?:폴더|folder)(?:명|name)?|메일함|편지함|보관함|mailbox")
_SENDINGS = re.compile("(?:발송|전송|송신)여부|(?:is|was)sent")
_NEVER_SENT = re.compile(
    "draft(?:ed)?|discarded|unsent|notsent|recalled|retracted|deleted|removed"
    "|임시(?:저장|보관|글)?(?:됨|함)?|작성(?:중|취소(?:됨|함)?)|초안|미전송|전송(?:안됨|실패|취소|오류)|삭제(?:됨|함|된메시지)"
)
# These may be said of goods that were ordered, too.
_TAKEN_BACK = re.compile(
    "미발송|(?:발송|송신)(?:안됨|실패|취소|오류|전|대기)(?:됨|함)?|회수(?:됨|함|완료)?"
)
_DRAFTS = re.compile("drafts?|outbox|임시(?:보관|저장)(?:함|편지함)?|보낼편지함")
_FAILED = re.compile(
    "fail(?:ed|ure)?|undelivered|bounced|rejected|error|cancel(?:l?ed)?|scheduled|pending|queued"
    "|withdrawn|실패|오류|에러|(?:취소|거부|반송|삭제|철회)(?:됨)?|예약|보류|대기(?:중)?"
)
_MARK = re.compile(r"[^:：\n\[(]{0,40}[\[(]([^\])]{2,12})[\])]")
_NO_MOMENT = ("", "0", "null", "none", "-")
# Salesforce's EmailMessage has 5 for drafts: Object Reference, EmailMessage, Status.
_OF_SALESFORCE, _DRAFT = {"messagedate", "status"}, "5"

Row = tuple[str, ...]


class Unsent(NamedTuple):
    """The column that says so, and which of its cells do."""

    column: int
    says: Callable[[str], bool]

    def leaves_out(self, row: Row) -> bool:
        """Whether the other side never got what the row says."""
        return self.says(cell_at(row, self.column))


def is_unsent(message: Mapping[str, object]) -> bool:
    """Whether a program's message was a draft, was not sent or was taken back."""
    return any(
        tells.says(str(value).strip())
        for name, value in message.items()
        if isinstance(value, str | int | bool)
        for tells in _told_by(label_of(name))
    )


def is_marked_unsent(line: str) -> bool:
    """Whether a line of a conversation says beside its speaker that it was never sent."""
    match = _MARK.match(line)
    return match is not None and _NEVER_SENT.fullmatch(label_of(match[1])) is not None


def unsent_columns(
    headings: Sequence[Heading], body: Body, taken: Iterable[int], speaker: int | None = None
) -> tuple[Unsent, ...]:
    """The columns that tell some of the rows from what was sent; as a rule there are none.

    What may be said of goods, too, counts where the `speaker` column shows one side alone in such
    rows: the state of an order stands beside all that is said of it.
    """
    labels = {heading[0] for heading in headings}
    found = []
    for column, heading in enumerate(headings):
        told = _told_by(heading[0]) if column not in taken else ()
        if heading[0] == "status" and labels >= _OF_SALESFORCE:
            told = (_Tells(_DRAFT.__eq__),)
        says = next((one.says for one in told if _tells_some(body, column, one, speaker)), None)
        if says:
            found.append(Unsent(column, says))
    return tuple(found)


class _Tells(NamedTuple):
    """Which cells say so, and whether they may say it of `goods` instead."""

    says: Callable[[str], bool]
    goods: bool = False


def _tells_some(body: Body, column: int, tells: _Tells, speaker: int | None) -> bool:
    """Whether some rows, and not all, are told apart; by what may be said of goods: of one side."""
    rows = [row for row in body.rows if any(row)]
    told = [row for row in rows if tells.says(cell_at(row, column))]
    if not told or len(told) == len(rows) or not tells.goods:
        return 0 < len(told) < len(rows)
    if speaker is None:
        return False
    sides = {cell_at(row, speaker).strip() for row in told}
    return sides < {cell_at(row, speaker).strip() for row in rows}


def _told_by(label: str) -> tuple[_Tells, ...]:
    """Which values below a heading say so, the most of them first; () below any other heading."""
    return next((told for names, told in _TOLD if names.fullmatch(label)), ())


def _is_flag(cell: str) -> bool:
    """A yes, or when it was taken back."""
    yes = is_yes(cell)
    return yes if yes is not None else cell.strip().casefold() not in _NO_MOMENT


def _is_no(cell: str) -> bool:
    return bool(cell.strip()) and is_yes(cell) is False


def _is_draft(cell: str) -> bool:
    return _DRAFTS.fullmatch(label_of(cell)) is not None


def _was_never_sent(cell: str) -> bool:
    return _NEVER_SENT.fullmatch(label_of(cell)) is not None


def _was_taken_back(cell: str) -> bool:
    return _was_never_sent(cell) or _TAKEN_BACK.fullmatch(label_of(cell)) is not None


def _was_not_delivered(cell: str) -> bool:
    return _was_taken_back(cell) or _FAILED.fullmatch(label_of(cell)) is not None


_TOLD: tuple[tuple[re.Pattern[str], tuple[_Tells, ...]], ...] = (
    (_FLAGS, (_Tells(_is_flag),)),
    (_SENDINGS, (_Tells(_is_no, goods=True),)),
    (_OF_MESSAGES, (_Tells(_was_not_delivered),)),
    (_FOLDERS, (_Tells(_is_draft),)),
    (_DELIVERIES, (_Tells(_was_not_delivered, goods=True), _Tells(_was_never_sent))),
    (_STATES, (_Tells(_was_taken_back, goods=True), _Tells(_was_never_sent))),
)
