"""Logs of what happened to messages: that one was sent, that it was changed or taken back."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from cs_pipeline.intake.sheets.body import Body
from cs_pipeline.intake.sheets.cells import cell_at, label_of
from cs_pipeline.intake.sheets.headings import Heading

_EVENTS = re.compile(
    "(?:message|msg|log|webhook|chat|메시지|메세지)?(?:event|action|activity|operation|op|이벤트|동작|작업)"
    "(?:type|name|kind|유형|구분|종류|명)?|(?:type|kind|category|topic|구분|유형|종류|처리구분|이력구분|변경구분)"
)
_IDS = re.compile(
    "(?:message|msg|comment|utterance|chat|reply|메시지|메세지|발화|댓글)"
    "(?:id|key|no|seq|uuid|아이디|번호)|id"
)
_SENT = re.compile(
    "(?:creat(?:e|ed|ion)|sent|send|post|posted|add|added|new|receiv(?:e|ed)|repl(?:y|ied)|insert|inserted"
    "|등록|작성|전송|발송|송신|수신|발신|생성|입력|신규|추가)(?:됨)?$"
)
_CHANGED = re.compile(
    "(?:updat(?:e|ed)|edit|edited|modif(?:y|ied)|chang(?:e|ed)|revised?|수정|편집|변경|정정)(?:됨)?$"
)
_GONE = re.compile(
    "(?:delet(?:e|ed)|remov(?:e|ed)|recall|recalled|unsen[dt]|retract|retracted|revoked?|redacted"
    "|삭제|회수|취소|철회)(?:됨)?$"
)
_LONGEST = 60

Row = tuple[str, ...]
Happened = Literal["sent", "changed", "gone", ""]


class MessageEvents(NamedTuple):
    """The columns of a message's id and of what happened to it."""

    identity: int
    event: int

    def of(self, row: Row) -> tuple[str, Happened]:
        """The message's id, and what the row says of it."""
        return cell_at(row, self.identity).strip(), _happened(cell_at(row, self.event))


def message_events(
    headings: Sequence[Heading], body: Body, taken: set[int]
) -> MessageEvents | None:
    """The columns that tell what happened to which message; None where there are none.

    No message is sent twice, and some that were sent were changed or taken back.
    """
    rows = [row for row in body.rows if any(row)]
    columns = [column for column in range(len(headings)) if column not in taken]
    for event in columns:
        if not any(map(_EVENTS.fullmatch, headings[event])):
            continue
        for identity in columns:
            found = MessageEvents(identity, event)
            named = identity != event and any(map(_IDS.fullmatch, headings[identity]))
            if named and _tell_events([found.of(row) for row in rows]):
                return found
    return None


def _tell_events(told: Sequence[tuple[str, Happened]]) -> bool:
    sent = [identity for identity, happened in told if happened == "sent"]
    later = {identity for identity, happened in told if happened in ("changed", "gone")}
    return all(sent) and len(set(sent)) == len(sent) and not later.isdisjoint(sent)


@lru_cache(maxsize=1024)  # the same few, row by row
def _happened(cell: str) -> Happened:
    label = label_of(cell[:_LONGEST])
    kinds: tuple[tuple[Happened, re.Pattern[str]], ...] = (
        ("sent", _SENT),
        ("changed", _CHANGED),
        ("gone", _GONE),
    )
    return next((happened for happened, words in kinds if words.search(label)), "")
