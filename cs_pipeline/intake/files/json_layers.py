"""Lists of messages that stand further inside an object, or mix conversations; objects in others.

{"transcripts": [{"phrases": [{"participantPurpose": "external", "text": "언제 와요?"}]}]}
{"results": {"utterances": [{"spk": 0, "msg": "언제 와요?"}]}}
{"history": [{"sender_type": "Visitor", "msg": "언제 와요?"}]}
{"ticket": {"description": "언제 와요?", "notes": [{"note": {"body": "내일 갑니다.", ...}}]}}
{"messages": [{"channel_url": "c1", "message": "언제 와요?"}, {"channel_url": "c2", ...}]}
"""

import re
from collections.abc import Sequence
from typing import Any

from cs_pipeline.intake.files.json_messages import (
    Object,
    has_words,
    listed_under,
    messages_of,
    plain_key,
)

_TRANSCRIPTS, _PHRASES = ("transcripts", "transcript"), ("phrases", "utterances")
_OWN_IDS = (
    *("channelurl", "chatid", "userchatid", "roomid", "chatroomid", "threadid", "conversationid"),
    *("sessionid", "ticketid", "callid", "contactid", "dialogid"),
)
_HISTORY, _SENDER = "history", "sender_type"
"""What Zendesk Chat calls a chat's messages, and who wrote one."""
_DEEPEST = 4
_ASIDE = re.compile(
    "private|internal|delet|remov|hidden|secret|draft|note|memo|비공개|비밀|내부|삭제|임시|메모"
)
"""In the key of what is for colleagues alone, or was taken back or never sent."""


def hoisted(one: Object, depth: int = _DEEPEST) -> Object:
    """An object whose list of messages stands further inside, with that list as its own."""
    key = listed_under([one])
    if key is not None:
        return _with_phrases(one, key)
    if _is_chat(one.get(_HISTORY)):
        return {**one, "messages": one[_HISTORY]}
    for value in one.values() if depth else ():
        inner = hoisted(value, depth - 1) if isinstance(value, dict) else {}
        key = listed_under([inner])
        if key is not None and listed_under(messages_of(inner, key)) is None:
            return {**one, key: inner[key]}
    return one


def envelope_of(objects: Sequence[Object]) -> str | None:
    """The one key of several objects that hold nothing but another object under it.

    None where it says that what stands under it was not for customers.
    """
    keys = {key for one in objects for key in one}
    if any(_ASIDE.search(plain_key(key)) for key in keys):
        return None
    held = all(
        len(one) == 1 and isinstance(value, dict) for one in objects for value in one.values()
    )
    return keys.pop() if len(objects) > 1 and len(keys) == 1 and held else None


def taken_out(one: Object, envelope: str) -> Object:
    """The object that stands in another one, with those of its lists that stand so, too."""
    inner = one.get(envelope)
    if not isinstance(inner, dict) or len(one) != 1:
        return one
    return {name: _items_taken_out(value) for name, value in inner.items()}


def _items_taken_out(value: Any) -> Any:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        return value
    keys = {key for item in value for key in item}
    key = keys.pop() if len(keys) == 1 else ""
    held = bool(key) and all(isinstance(item.get(key), dict) for item in value)
    return [item[key] for item in value] if held else value


def own_conversations(messages: Sequence[Object]) -> str | None:
    """The key under which messages of one list say to which conversation each belongs."""
    names = {plain_key(name): name for one in messages[:1] for name in one}
    for own in _OWN_IDS:
        told = [str(one.get(names[own]) or "") for one in messages] if own in names else []
        if all(told) and len(set(told)) > 1:
            return names[own]
    return None


def _with_phrases(one: Object, key: str) -> Object:
    """A transcript's phrases in the place of the transcripts."""
    if plain_key(key) not in _TRANSCRIPTS:
        return one
    transcripts = messages_of(one, key)
    inner = next((name for one in transcripts for name in one if plain_key(name) in _PHRASES), None)
    if inner is None:
        return one
    phrases = [phrase for transcript in transcripts for phrase in messages_of(transcript, inner)]
    return {**one, key: phrases}


def _is_chat(history: object) -> bool:
    return isinstance(history, list) and any(
        isinstance(one, dict) and _SENDER in one and has_words(one) for one in history
    )
