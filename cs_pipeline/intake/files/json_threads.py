"""Objects of JSON that hold a question and, inside, what was replied: as lists of messages.

A product's question has its answers in a list of its own, each with who wrote it, and may stand in
a list of other objects. So does a post on a board with comments, each of which says whether it is
the company's.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cs_pipeline.intake.files.json_answers import COMPANY_FLAGS, flag_or_none
from cs_pipeline.intake.files.json_messages import Object

_DEEPEST = 4
_TEXTS = ("question", "inquiry", "content", "body", "text", "message", "answer", "reply", "comment")
_REPLIES = ("answers", "replies", "answerlist", "replylist", "responses", "답변", "답변목록")
_COMMENTS = ("comments", "commentlist", "댓글", "댓글목록")
_OF_WHOM = r"(?:comment|reply|answer|post|document|article|user|member|author|writer)?"
_NUMBER = re.compile(rf"{_OF_WHOM}(?:id|no|num|number|seq|srl)|번호")
_ROLES = ("role", "writertype", "writerrole", "authortype", "authorrole", "usertype", "sendertype")
_AUTHORS = ("writer", "author", "writername", "authorname", "nickname", "name", "user", "sender")
_TIMES = (
    "createdat",
    "created",
    "regdate",
    "registeredat",
    "date",
    "datetime",
    "timestamp",
    "time",
)
_SIGNED = (*_AUTHORS, "nick", "작성자")
_SAID_OF_COMMENTS = frozenset(
    (*_TEXTS, *_SIGNED, *_TIMES, *COMPANY_FLAGS, "내용", "댓글", "작성일")
)
_ANYBODY = re.compile(r"익명.*|비회원|비공개|손님|anonymous|guest|.*[*＊○].*", re.IGNORECASE)
"""What more than one may be called."""
_MEMBER = "member"
"""Somebody else than who asked."""
_IDS = ("conversationid", "id", "questionid", "inquiryid", "qnaid", "answerid", "replyid", "no")


def unfolded(one: Object) -> list[Object]:
    """The conversations in an object, each with its `messages`; or else the object itself."""
    return list(_threads_in(one, _DEEPEST)) or [one]


def holds_threads(one: Object) -> bool:
    """Whether there is such a conversation in the object."""
    return next(_threads_in(one, _DEEPEST), None) is not None


def _threads_in(one: Object, depth: int) -> Iterator[Object]:
    messages = _answered(one)
    if messages:
        identity = _first(one, _IDS)
        yield ({"conversation_id": identity} if identity else {}) | {"messages": messages}
        return
    for value in one.values() if depth else ():
        for inner in _objects(value) or [value]:
            if isinstance(inner, dict):
                yield from _threads_in(inner, depth - 1)


def _answered(one: Object) -> list[Object]:
    """A question and the replies in it, if these say who wrote them.

    The question alone, if it has flagged comments of which nothing says for sure whom each is for.
    """
    replies, place = _replies(one), _first(one, _IDS) or str(id(one))
    if not _first(one, _TEXTS):
        return []
    asked = _message(one, f"{place}-0", "") | {"role": "customer"}
    if not any(_first(reply, _TEXTS) and _role(reply) for reply in replies):
        return [asked] if _flagged(one) else []
    return [asked, *_replied(replies, f"{place}-0", _author(one), _DEEPEST)]


def _replied(replies: Sequence[Object], parent: str, asker: str, depth: int) -> Iterator[Object]:
    """The replies with those to themselves; each says by a number which message it is to."""
    for number, reply in enumerate(replies, start=1):
        own = f"{parent}-{number}"
        message = _message(reply, own, parent)
        if flag_or_none(reply) is False and not _is_by(asker, reply):
            message["role"] = _MEMBER
        yield message
        if depth:
            yield from _replied(_replies(reply), own, asker, depth - 1)


def _is_by(asker: str, reply: Object) -> bool:
    """Whether who asked wrote a reply, too, as far as a name tells one from another."""
    return bool(asker) and not _ANYBODY.fullmatch(asker) and _author(reply) == asker


def _message(one: Object, own: str, parent: str) -> Object:
    return {
        "role": _role(one),
        "author_name": _author(one),
        "text": _first(one, _TEXTS),
        "created_at": _first(one, _TIMES),
        "message_id": own,
        "parent_id": parent,
    }


def _replies(one: Object) -> list[Object]:
    found = (_objects(value) for key, value in one.items() if _plain(key) in _REPLIES)
    return next(filter(None, found), []) or _comments(one)


def _comments(one: Object) -> list[Object]:
    """The comments below a post, if each says whether it is the company's, and nothing unknown.

    They hold numbers, texts, authors and times. Where anything else stands in one, some of them may
    be for colleagues alone, taken back, or to another comment.
    """
    comments = _flagged(one)
    told = (item for comment in comments for item in comment.items())
    return comments if all(_is_known(_plain(key), value) for key, value in told) else []


def _flagged(one: Object) -> list[Object]:
    """The comments below a post, if each says by nothing but a flag whether it is the company's."""
    found = (_objects(value) for key, value in one.items() if _plain(key) in _COMMENTS)
    comments = next(filter(None, found), [])
    by_flag = all(flag_or_none(said) is not None and not _first(said, _ROLES) for said in comments)
    return comments if by_flag else []


def _is_known(key: str, value: object) -> bool:
    """Whether it is plain what a comment says under a key, if it says anything."""
    if isinstance(value, dict | list):
        return not value or key in _SIGNED
    known = key in _SAID_OF_COMMENTS or _NUMBER.fullmatch(key)
    return value is None or value == "" or bool(known)


def _role(one: Object) -> str:
    """Who wrote it: a role, else a name."""
    flagged = flag_or_none(one)
    if flagged is not None:
        return "agent" if flagged else "customer"
    author = one.get("author")
    role = _first(author, ("type", "role")) if isinstance(author, dict) else _first(one, _ROLES)
    return role or _author(one)


def _author(one: Object) -> str:
    author = one.get("author")
    return _first(author, ("name", "id")) if isinstance(author, dict) else _first(one, _AUTHORS)


def _first(one: Mapping[str, Any], keys: Sequence[str]) -> str:
    """The first filled value under one of the keys, in the order of the keys."""
    plain = {_plain(key): value for key, value in one.items()}
    told = (plain.get(key) for key in keys)
    found = (str(one) for one in told if isinstance(one, str | int) and one is not False)
    return next(filter(None, found), "")


def _plain(key: str) -> str:
    return key.casefold().replace("_", "").replace("-", "")


def _objects(value: Any) -> list[Object]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
