"""Inboxes as Instagram and Facebook hand them over: the account's owner answers the others.

[{"title": "김민지", "participants": [{"name": "김민지"}, {"name": "shop.kr"}],
  "messages": [{"sender_name": "김민지", "timestamp_ms": 1711969200000, "content": "…"}]}, …]

The owner takes part in all threads; of a single one, the title names the other. Their programs
write the bytes of UTF-8 as if they were characters, which is undone. Threads of groups say nothing
of whose side somebody is on.
"""

import re
from collections.abc import Iterator, Sequence
from functools import reduce
from typing import Any

from cs_pipeline.intake.files.json_messages import Object

_NO_WORDS = re.compile(
    # `메시지에 공감했습니다: ❤`, `김민지님이 사진을 보냈습니다.`
    r"메시지(?:에 공감했습니다|를 좋아합니다).*"
    r"|.{1,60}님이 (?:메시지를 좋아합니다|(?:첨부 파일|사진|동영상|스티커|게시물|릴스)[을를]? "
    r"?(?:보냈|공유했)습니다)\.?"
    r"|(?:Reacted .{1,8} to your message|Liked a message)\s*"
    r"|.{1,60} sent (?:an attachment|a photo|a video|a sticker|a link)\.",
    re.IGNORECASE | re.DOTALL,
)
_PAIR = 2


def owner_of(threads: Sequence[Object]) -> str:
    """Whose inbox it is; '' where the objects are none of an inbox, or that cannot be told."""
    sides = [_participants(one) for one in threads]
    if not threads or not all(sides):
        return ""
    if len(threads) == 1:
        title = _mended(threads[0].get("title"))
        others = sides[0] - {title}
        return next(iter(others)) if len(sides[0]) == _PAIR and len(others) == 1 else ""
    shared = reduce(frozenset.__and__, sides)
    return next(iter(shared)) if len(shared) == 1 else ""


def conversation_of(thread: Object, number: int, owner: str) -> Object:
    """A thread as a list of messages, each with who says it."""
    messages = list(_messages(thread, owner))
    return {"conversation_id": str(number), "messages": messages}


def _messages(thread: Object, owner: str) -> Iterator[Object]:
    pair = len(_participants(thread)) == _PAIR
    for message in thread["messages"]:
        name, said = _mended(message.get("sender_name")), _mended(message.get("content"))
        if said and not _NO_WORDS.fullmatch(said):
            role = ("agent" if name == owner else "customer") if pair else ""
            when = message.get("timestamp_ms")
            yield {"role": role, "name": name, "content": said, "timestamp": when}


def _participants(one: Object) -> frozenset[str]:
    """Who takes part in a thread; nobody in an object that is none."""
    people, messages = _objects(one.get("participants")), _objects(one.get("messages"))
    if not any("sender_name" in message for message in messages):
        return frozenset()
    return frozenset(name for person in people if (name := _mended(person.get("name"))))


def _objects(value: Any) -> list[Object]:
    """A list of objects; [] of anything else."""
    are = isinstance(value, list) and all(isinstance(one, dict) for one in value)
    return value if are else []


def _mended(text: Any) -> str:
    """A text whose characters are bytes of UTF-8 as the text that they stand for."""
    if not isinstance(text, str):
        return ""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text
