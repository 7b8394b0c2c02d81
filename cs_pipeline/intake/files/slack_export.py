"""A Slack channel as a table: which thread, who with what role, what, when.

Exports hold messages with an id for their author, as a list with a profile in each message, or
beside a list of the users. A thread is a conversation; what stands outside of threads is one if a
single customer speaks there. Where people without roles ask again, messages say to which they
reply.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from cs_pipeline.intake.files.json_messages import Object
from cs_pipeline.questions import asks

_TS = re.compile(r"\d{10}\.\d{6}")
_SPOKEN = (None, "thread_broadcast", "file_share", "me_message")
"""Subtypes of messages that a person wrote; others tell who joined, or are a program's."""
_MENTION = re.compile(r"<[@#!][^>]*>\s*")
_LINK = re.compile(r"<(?:https?|mailto):[^>|]*\|([^>]*)>")
_OUTSIDE = ("is_restricted", "is_ultra_restricted", "is_stranger")
_STAFF = ("is_staff", "is_agent", "is_employee", "is_internal")
_LEAST_ASKED = 0.8
_GUEST, _BOT, _AGENT = "게스트", "봇", "상담사"
_CUSTOMERS = re.compile("고객사|고객님|외부|customer|client|guest|partner", re.IGNORECASE)


def messages_of_slack(objects: Iterable[Object]) -> Iterator[Object]:
    """A row a message, where the objects are those of a Slack channel; else the objects."""
    objects = iter(objects)
    first = next(objects, None)
    if first is None:
        return
    users, messages = first.get("users"), first.get("messages")
    if isinstance(users, list) and isinstance(messages, list) and any(map(_is_message, messages)):
        known = {str(one["id"]): one for one in users if isinstance(one, dict) and "id" in one}
        yield from _rows([one for one in messages if _is_message(one)], known)
    elif _is_message(first):
        yield from _rows([one for one in chain([first], objects) if _is_message(one)], {})
    else:
        yield first
        yield from objects


def _is_message(one: Any) -> bool:
    return (
        isinstance(one, dict)
        and one.get("type") == "message"
        and isinstance(one.get("text"), str)
        and _TS.fullmatch(str(one.get("ts", ""))) is not None
    )


def _rows(messages: Sequence[Object], users: Mapping[str, Object]) -> Iterator[Object]:
    said = [one for one in messages if one.get("subtype") in _SPOKEN and not one.get("bot_id")]
    threads = {one["thread_ts"] for one in said if one.get("thread_ts")}
    apart = {
        str(one.get("user"))
        for one in said
        if one["ts"] not in threads and not one.get("thread_ts") and _is_customer(_user(one, users))
    }
    by_replies = _name_no_roles(said, users) and _ask_again(said)
    for one in said:
        user = _user(one, users)
        thread = one.get("thread_ts") or one["ts"]
        replies = {"message_id": one["ts"], "parent_id": "" if thread == one["ts"] else thread}
        if thread not in threads and len(apart) == 1:
            thread = "channel"
        yield {
            "conversation_id": thread,
            "sender": _speaker(user) if threads or len(apart) <= 1 else _name(user),
            "text": _LINK.sub(r"\1", _MENTION.sub("", one["text"])),
            "created_at": one["ts"].replace(".", "")[:13],
            **(replies if by_replies else {}),
        }


def _name_no_roles(said: Iterable[Object], users: Mapping[str, Object]) -> bool:
    """Whether nothing but a name is known of anybody."""
    return all(_speaker(user) == _name(user) for user in (_user(one, users) for one in said))


def _ask_again(said: Iterable[Object]) -> bool:
    """Whether somebody begins several threads, so that names which come again tell no sides.

    Questions begin many of them: in a team's channel whoever leads it replies to everybody, too.
    """
    begun = [one for one in said if one.get("thread_ts") == one["ts"]]
    asked = sum(asks(one["text"]) for one in begun)
    come_again = len({str(one.get("user")) for one in begun}) < len(begun)
    return come_again and asked >= _LEAST_ASKED * len(begun)


def _user(one: Object, users: Mapping[str, Object]) -> Object:
    """What is known of a message's author: a user, with what the message says besides."""
    identity = str(one.get("user", ""))
    beside = one.get("user_profile")
    beside = beside if isinstance(beside, dict) else {}
    user = users.get(identity, {})
    profile = user.get("profile")
    profile = profile if isinstance(profile, dict) else {}
    return {"id": identity, **beside, **profile, **{key: user[key] for key in user if key != "id"}}


def _name(user: Object) -> str:
    names = (user.get(key) for key in ("real_name", "display_name", "name", "id"))
    return next((name for name in names if isinstance(name, str) and name), "")


def _is_customer(user: Object) -> bool:
    title = user.get("title")
    told = isinstance(title, str) and _CUSTOMERS.search(title) is not None
    outside = any(user.get(key) is True for key in _OUTSIDE)
    return told or outside or any(user.get(key) is False for key in _STAFF)


def _speaker(user: Object) -> str:
    """Name and role; the name alone where nothing says what the role is."""
    title = _AGENT if any(user.get(key) is True for key in _STAFF) else user.get("title")
    role = _BOT if user.get("is_bot") else _GUEST if _is_customer(user) else title
    return f"{_name(user)} ({role})" if isinstance(role, str) and role else _name(user)
