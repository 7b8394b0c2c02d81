"""Messages that the other side never got: drafts, what was not sent, what was taken back."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from cs_pipeline.intake.sheets.body import Body
from cs_pipeline.intake.sheets.cells import cell_at, label_of
from cs_pipeline.intake.sheets.headings import Heading
from cs_pipeline.intake.sheets.speakers import is_yes

_FLAGS = re.compile(
    "(?:is|was)?(?:draft|deleted|removed|recalled|unsent|retracted|discarded)(?:yn|flag)?"
    "|(?:del|delete)(?:yn|flag|at)|(?:deleted|removed|recalled)(?:at|on|date|time)"
    "|(?:삭제|회수|임시저장|발송취소|전송취소)(?:여부|yn|일시|일자|시각|시간)"
)
_STATES = re.compile(
    "(?:reply|comment|post|publish(?:ing)?|댓글|답변|글|작성|게시|공개|노출)?(?:status|state|상태)"
)
_DELIVERIES = re.compile(
    "(?:발송|전송|송신|전달|메시지|메세지|문자|delivery|sending|send|sent|message|msg|sms)"
    "(?:상태|결과|status|state|result)"
)
_FOLDERS = re.compile("(?:메일|편지)?(?:폴더|folder)(?:명|name)?|메일함|편지함|보관함|mailbox")
_SENDINGS = re.compile("(?:발송|전송|송신)여부|(?:is|was)sent")
_NEVER_SENT = re.compile(
    "draft(?:ed)?|discarded|unsent|notsent|recalled|retracted|deleted|removed"
    "|(?:임시|작성)(?:저장|보관|글|중)?(?:됨|함)?|초안|미발송|미전송|발송안됨|전송안됨|(?:발송|전송|송신)(?:실패|취소|오류|전|대기)"
    "|회수(?:됨|함)?|삭제(?:됨|함|된메시지)|(?:작성|발송|전송)취소(?:됨|함)?"
)
_DRAFTS = re.compile("drafts?|outbox|임시(?:보관|저장)(?:함|편지함)?|보낼편지함")
_FAILED = re.compile(
    "fail(?:ed|ure)?|undelivered|bounced|rejected|error|cancel(?:l?ed)?|scheduled|pending|queued"
    "|실패|오류|에러|취소|거부|반송|예약|대기(?:중)?"
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
        says(str(value).strip())
        for name, value in message.items()
        if isinstance(value, str | int | bool) and (says := _told_by(label_of(name)))
    )


def is_marked_unsent(line: str) -> bool:
    """Whether a line of a conversation says beside its speaker that it was never sent."""
    match = _MARK.match(line)
    return match is not None and _NEVER_SENT.fullmatch(label_of(match[1])) is not None


def unsent_columns(
    headings: Sequence[Heading], body: Body, taken: Iterable[int]
) -> tuple[Unsent, ...]:
    """The columns that tell some of the rows from what was sent; as a rule there are none."""
    labels = {heading[0] for heading in headings}
    found = []
    for column, heading in enumerate(headings):
        says = _told_by(heading[0]) if column not in taken else None
        if heading[0] == "status" and labels >= _OF_SALESFORCE:
            says = _DRAFT.__eq__
        if says and 0 < sum(map(says, body.cells(column))) < sum(map(any, body.rows)):
            found.append(Unsent(column, says))
    return tuple(found)


def _told_by(label: str) -> Callable[[str], bool] | None:
    """Which values below a heading say so; None below any other heading."""
    if _FLAGS.fullmatch(label):
        return _is_flag
    if _SENDINGS.fullmatch(label):
        return _is_no
    if _DELIVERIES.fullmatch(label):
        return _was_not_delivered
    if _FOLDERS.fullmatch(label):
        return _is_draft
    return _was_never_sent if _STATES.fullmatch(label) else None


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


def _was_not_delivered(cell: str) -> bool:
    return _was_never_sent(cell) or _FAILED.fullmatch(label_of(cell)) is not None
