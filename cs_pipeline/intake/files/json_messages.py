"""Messages inside the objects of a JSON file: who said what, as programs nest it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

Object = dict[str, Any]

MESSAGE_LISTS = (
    "messages",
    "conversations",
    "conversation",
    "turns",
    "dialog",
    "dialogue",
    "chat",
    "utterances",
    "comments",
    "conversationparts",
    "parts",
    "transcript",
    "transcripts",
    "segments",
)
_WRAPPED = ("data", "items", "results")
_NAMES = {
    **{"from": "role", "actor_type": "role", "spk": "speaker", "by": "speaker"},
    **{"value": "content", "message_parts": "content"},
    **dict.fromkeys(("msg", "txt", "say", "said"), "text"),
    "BeginOffsetMillis": "start",
}
"""What widely used forms of such lists call the speaker, the words and when they begin."""
PURPOSES = {
    **dict.fromkeys(("customer", "external"), "customer"),
    **dict.fromkeys(("agent", "user", "internal"), "agent"),
    **dict.fromkeys(("ivr", "acd", "bot", "botflow", "workflow", "voicemail"), "system"),
}
"""What Genesys Cloud says for what somebody takes part in a conversation; a `user` is an agent."""
_WRAPPERS = frozenset(
    (
        *("data", "payload", "event", "message", "transcript", "content", "text", "body"),
        *("detail", "result", "object", "item", "entry", "attributes", "source"),
    )
)
"""What programs put a message in, and nothing but that."""
_PURPOSE = "participantpurpose"
_REQUESTER, _AUTHOR = "requester_id", "author_id"
_MADE_BY = "requester"
"""A ticket's comment is the customer's where its author is who made the ticket."""
_TELL_WHO = frozenset(("role", "author_role", "incoming", "via_role", "author_type"))
_AUTHORS = ("author", "sender", "from", "user")
_SPEAKER = "speaker"
_TOLD, _INCOMING = {_SPEAKER, "text"}, "incoming"
_VOICES = (
    *(_SPEAKER, "sender", "participant"),
    *("authorid", "participantid", "speakerid", "senderid", "userid", "fromid"),
    *("channel", "ch", "channelid"),
)
"""Under these a message names who says it, by what the roles are listed for."""
ROLE_KEYS = ("role", "type", "user_type")
_PROFILES, _CALLED = ("metadata", "profile"), ("name", "nickname")
_SIDES = {"lead": "customer", "contact": "customer", "business": "agent"}
"""What Intercom calls customers who have not signed in, and Zendesk's messaging an agent."""
_OPENINGS = ("source", "first_message", "conversation_message")
_DESCRIPTIONS = ("description_text", "description")
_TEXTS = (
    *("body_text", "plain_body", "body", "content", "text", "message"),
    *("answer", "comment", "reply"),
)
_WORDS = frozenset((*(key.replace("_", "") for key in _TEXTS), "msg", "plaintext", "messageparts"))
_ASKS_OR_TELLS = re.compile(
    r"\w*(?:question|inquiry|enquiry|answer|reply|response|질문|문의|답변|회신)(?:txt|text|cn|ctt)?"
    r"|\w*(?:content|body|text|message|msg|내용|본문)s?"
)
ANSWER_LISTS = ("answers", "answerlist", "replies", "replylist", "answer", "reply")
_TIME = "created_at"
_DEEPEST = 5


def messages_of(one: Object, key: str) -> list[Object]:
    """The list of messages under a key, or in an object there that wraps it; [] for none."""
    found = one.get(key)
    if isinstance(found, dict):
        found = next((found[name] for name in (key, *_WRAPPED) if name in found), None)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def listed_under(objects: Sequence[Object]) -> str | None:
    """The key of the objects' lists of messages, if they have any."""
    names = list(dict.fromkeys(name for one in objects for name in one))
    known = (name for key in MESSAGE_LISTS for name in names if plain_key(name) == key)
    others = () if any(has_words(one) or _asks_or_tells(one) for one in objects) else names
    said = (
        name for name in others if plain_key(name) not in ANSWER_LISTS and _are_said(objects, name)
    )
    return next(
        (name for name in chain(known, said) if any(messages_of(one, name) for one in objects)),
        None,
    )


def _are_said(objects: Sequence[Object], key: str) -> bool:
    """Whether all in the lists below a key say who said something, and what."""
    return all(_tells(message) for one in objects for message in messages_of(one, key))


def _tells(message: Object) -> bool:
    """Whether a message says what was said, and by whom or at least whether it came in."""
    told = {_NAMES.get(name, name) for name, value in message.items() if isinstance(value, str)}
    return told >= _TOLD or (isinstance(message.get(_INCOMING), bool) and has_words(message))


def lists_in(one: Object, depth: int = _DEEPEST) -> Iterator[list[Object]]:
    """The lists of objects in an object and in those that it holds."""
    for value in one.values() if depth else ():
        if isinstance(value, dict):
            yield from lists_in(value, depth - 1)
        elif isinstance(value, list):
            yield [item for item in value if isinstance(item, dict)]


def told_messages(one: Object, key: str, roles: Mapping[str, str]) -> Iterator[Object]:
    """The messages of an object, each with who says it where anything tells.

    What opened a conversation may stand beside the list. `roles` are those of people by id; who is
    not among them, where others are, is called by the id, which may be a role itself.
    """
    messages = [unwrapped(said) for said in messages_of(one, key) if not _is_begun(said)]
    rows = list(map(_told, (*_opening(one, messages), *messages)))
    voices = [None if row.keys() & _TELL_WHO else _voice(tuple(row)) for row in rows]
    said_by = [_text_of(row.get(voice or "")) for row, voice in zip(rows, voices, strict=True)]
    asks, are_listed = _requester(one), not roles.keys().isdisjoint(said_by)
    for row, voice, who in zip(rows, voices, said_by, strict=True):
        if not voice or not who:
            pass
        elif voice == _AUTHOR and asks is not None and who not in roles:
            row["role"] = "customer" if who == str(asks) else "agent"
        elif are_listed:
            row["role"] = roles.get(who, who)
            del row[voice]
        yield row


def _is_begun(message: Object) -> bool:
    """Whether a message is what Contact Lens has of an utterance before it is over."""
    said = message.get("Utterance")
    return isinstance(said, dict) and "PartialContent" in said


def _text_of(value: Any) -> str:
    return "" if value is None else str(value)


@lru_cache(maxsize=64)  # the messages of a file have the same keys
def _voice(names: tuple[str, ...]) -> str | None:
    """The one of a message's keys under which it names who says it."""
    plain = {plain_key(name): name for name in names}
    return next((plain[voice] for voice in _VOICES if voice in plain), None)


def _requester(one: Object) -> Any:
    """The id of the customer who made a ticket; None where nothing says so."""
    by = one.get(_MADE_BY)
    told = by.get("id") if isinstance(by, dict) else None
    return one.get(_REQUESTER) if told is None else told


def _told(message: Object) -> Object:
    """The message with its author's role and name beside it."""
    row: Object = {}
    for name, value in message.items():
        if name in _AUTHORS and isinstance(value, dict):
            role = _role_of(value)
            row |= {"role": _SIDES.get(role, role)} if role else {}
            called = next((value[one] for one in _CALLED if isinstance(value.get(one), str)), "")
            row |= {"name": called} if called else {}
        elif name == _SPEAKER and isinstance(value, dict):
            row[name] = value.get("name") or value.get("label") or value.get("id")
        elif plain_key(name) == _PURPOSE and isinstance(value, str):
            row["role"] = PURPOSES.get(value.casefold(), value)
        else:
            usual = _NAMES.get(name, name)
            if usual != name and (message.get(usual) or row.get(usual)):
                usual = name
            if value or not row.get(usual):
                row[usual] = value
    return row


def unwrapped(one: Object, depth: int = _DEEPEST) -> Object:
    """A message out of the objects that it stands in, with what these say besides.

    An id is called after what it is of; of two values of one name, the outer one counts. Where
    several of the objects have words, or one has that is more than a wrapper, it stays as it is.
    """
    if has_words(one) or not depth:
        return one
    layers = {
        name: unwrapped(value, depth - 1)
        for name, value in one.items()
        if isinstance(value, dict) and not is_author(name)
    }
    worded = [plain_key(name) for name, layer in layers.items() if has_words(layer)]
    if len(worded) != 1 or worded[0] not in _WRAPPERS:
        return one
    found = {name: value for name, value in one.items() if name not in layers}
    for name, inner in layers.items():
        for key, told in inner.items():
            found.setdefault(f"{name}_id" if key == "id" else key, told)
    return found


def with_author(one: Object) -> Object:
    """An object of one message, with its author's role and name beside it where it has both."""
    told = any(isinstance(one.get(name), dict) and _role_of(one[name]) for name in _AUTHORS)
    return _told(one) if told else one


def _role_of(author: Object) -> str | None:
    """What an author is, by itself or by what is said of it in an object of its own."""
    inner = [author[name] for name in _PROFILES if isinstance(author.get(name), dict)]
    return next(
        (
            one[kind]
            for one in (author, *inner)
            for kind in ROLE_KEYS
            if isinstance(one.get(kind), str)
        ),
        None,
    )


def _opening(one: Object, messages: Sequence[Object]) -> Iterator[Object]:
    """The first message, where it stands beside the others."""
    if not messages:
        return
    key = next((name for name in _TEXTS if any(name in message for message in messages)), "")
    first = next((str(message[key]) for message in messages if message.get(key)), "") if key else ""
    for name in _OPENINGS:
        opening = one.get(name)
        if isinstance(opening, dict) and (said := words_in(opening)):
            when = {_TIME: one[_TIME]} if _TIME in one and _TIME in messages[0] else {}
            yield {**when, **opening, key: said}
            return
    described = next((one[name] for name in _DESCRIPTIONS if isinstance(one.get(name), str)), "")
    if not described or not key or described.split() == first.split():
        return
    asks = _requester(one)
    if asks is not None and any(_AUTHOR in message for message in messages):
        yield {_AUTHOR: asks, key: described}
    elif any(_INCOMING in message for message in messages):
        yield {_INCOMING: True, key: described}


def has_words(one: Object) -> bool:
    """Whether an object says something itself, and not in another one inside."""
    return any(
        plain_key(name) in _WORDS and isinstance(value, str | list) for name, value in one.items()
    )


def _asks_or_tells(one: Object) -> bool:
    """Whether a text of an object is called a question, an answer or what was said."""
    texts = (plain_key(name) for name, value in one.items() if isinstance(value, str))
    return any(map(_ASKS_OR_TELLS.fullmatch, texts))


def is_author(name: str) -> bool:
    """Whether a message says under a key who wrote it."""
    return name in _AUTHORS or name == _SPEAKER


def words_in(one: Object) -> str:
    """What an object says itself, under one of the usual keys; '' for nothing."""
    return next((one[name] for name in _TEXTS if isinstance(one.get(name), str)), "")


def plain_key(name: str) -> str:
    """A key without underscores and capitals."""
    return name.replace("_", "").casefold()
