"""Objects of JSON that hold the one reply to them, or a question and its reply side by side.

{"no": 7, "cn": "언제 와요?", "reply": {"cn": "내일 갑니다.", "writer": "물류팀"}}
{"ticket": {"id": 7, "body": "언제 와요?"}, "reply": {"ticket_id": 7, "body": "내일 갑니다."}}
{"no": 7, "vocCn": "언제 와요?", "procRslt": {"replyTxt": "내일 갑니다.", "procDt": "2026-03-02"}}
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from cs_pipeline.intake.files.json_answers import is_official
from cs_pipeline.intake.files.json_messages import (
    Object,
    plain_key,
    unwrapped,
    with_author,
)

_FORM = "(?:info|data|dto|vo|detail)?"
_REPLY = re.compile(rf"\w*(?:reply|answer|response|답변|회신|답글){_FORM}")
_ASKED = re.compile(
    rf"\w*(?:ticket|question|inquiry|enquiry|request|post|qna|문의|질문|민원){_FORM}"
)
_ASKED_TEXT = re.compile(r"\w*(?:question|inquiry|enquiry|문의|질문|민원)")
_REPLY_TEXT = re.compile(
    r"\w*(?:reply|answer|response|답변|회신|답글)(?:txt|text|cn|ctt|conts?|contents?|body|msg|message|내용|본문)"
)
_TEXT = re.compile(r"\w*(?:contents?|conts?|body|text|message|msg|cn|ctt|output|내용|본문)")
_NUMBER = re.compile(r"\w*(?:no|id|num|number|key|seq|번호)")
_TELLS_WHO = {
    "role",
    "speaker",
    "sender",
    "from",
    "sendertype",
    "persontype",
    "incoming",
    "direction",
}
_ANSWER, _QUESTION = "answer", "question"
_BESIDE = {_QUESTION: "question_title", _ANSWER: "answer_state"}
"""What a question's own fields of these names are, beside its text and the reply's."""


class Reply(NamedTuple):
    """Under which keys an object holds its reply, what was asked ('': itself), and their texts."""

    reply: str
    asked: str
    text: str
    reply_text: str

    def row(self, one: Object) -> Object:
        """Question and answer, with what both objects say besides.

        A number that the reply names the question by stands beside the question's own.
        """
        inner = one.get(self.reply)
        replied: Object = inner if isinstance(inner, dict) else {}
        asked = one.get(self.asked) if self.asked else one
        question: Object = asked if isinstance(asked, dict) else {}
        own = {self.named(name): value for name, value in _plain(question, self.text)}
        others = dict(_plain(replied, self.reply_text))
        row = {_QUESTION: question.get(self.text), _ANSWER: replied.get(self.reply_text)}
        if is_official(replied) is False:
            row[_ANSWER] = ""
        shared = {name for name in own.keys() & others if _NUMBER.fullmatch(plain_key(name))}
        for name, value in own.items():
            key = f"{name}_x" if name in shared else _BESIDE.get(name, name)
            row[f"{key}_x" if key in row else key] = value
        for name, value in others.items():
            key = f"{name}_y" if name in shared else f"{_ANSWER}_{name}"
            row[f"{key}_y" if key in row else key] = value
        return row

    def named(self, name: str) -> str:
        """A key of what was asked; an id is called after what it is of."""
        return f"{self.asked}_{name}" if self.asked and name == "id" else name


class Outcome(NamedTuple):
    """Under which key an object holds another one, in which a text is called the reply."""

    key: str
    text: str

    def row(self, one: Object) -> Object:
        """What both objects say; a name of both is that of the reply's in the inner one."""
        inner = one.get(self.key)
        replied: Object = inner if isinstance(inner, dict) else {}
        row = {name: value for name, value in one.items() if name != self.key}
        for name, value in _plain(replied, self.text):
            row[f"{_ANSWER}_{name}" if name in row else name] = value
        row[self.text] = "" if is_official(replied) is False else replied.get(self.text)
        return row


class Quotes:
    """Messages of a log that hold those that they reply to."""

    def row(self, one: Object) -> Object:
        """The message alone."""
        return with_author(_without_replies(unwrapped(one)))


def reply_in(objects: Sequence[Object]) -> Reply | Outcome | Quotes | None:
    """How the objects hold their replies, or what they reply to; None where they do not."""
    if any(_TELLS_WHO & set(map(plain_key, one)) for one in objects):
        return Quotes()
    found = next((found for one in objects for found in _replies_in(one)), None)
    if found is None:
        return _outcome_in(objects)
    rows = list(map(found.row, objects))
    said, replied = ({str(row[side] or "") for row in rows} for side in (_QUESTION, _ANSWER))
    return Quotes() if said & replied - {""} else found


def _without_replies(one: Object) -> Object:
    """The object without those in it that are called replies, which are no texts."""
    if not any(isinstance(value, dict) for value in one.values()):
        return one
    return {
        name: value
        for name, value in one.items()
        if not (isinstance(value, dict) and _REPLY.fullmatch(plain_key(name)))
    }


def _outcome_in(objects: Sequence[Object]) -> Outcome | None:
    """The one text in an object of theirs that is called the reply, where they have none."""
    found = {
        Outcome(key, name)
        for one in objects
        for key, inner in one.items()
        if isinstance(inner, dict)
        for name, value in inner.items()
        if isinstance(value, str) and _REPLY_TEXT.fullmatch(plain_key(name))
    }
    [outcome, *more] = found or [None]
    if outcome is None or more or any(outcome.text in one for one in objects):
        return None
    return outcome


def _replies_in(one: Object) -> Iterator[Reply]:
    for name, value in one.items():
        if not (isinstance(value, dict) and _REPLY.fullmatch(plain_key(name))):
            continue
        said = _text_keys(value)
        beside = (key for key in one if key != name and _ASKED.fullmatch(plain_key(key)))
        for asked in ("", *(key for key in beside if isinstance(one[key], dict))):
            texts = _text_keys(one[asked]) if asked else _text_keys(one) or _asked_text(one)
            for text in sorted(texts, key=lambda key: key not in said):
                if said:
                    yield Reply(name, asked, text, text if text in said else said[0])


def _asked_text(one: Object) -> list[str]:
    """The one key under which an object has a text that is called a question; [] for several."""
    filled = (name for name, value in one.items() if isinstance(value, str) and value.strip())
    found = [name for name in filled if _ASKED_TEXT.fullmatch(plain_key(name))]
    return found if len(found) == 1 else []


def _text_keys(one: Object) -> list[str]:
    return [
        name
        for name, value in one.items()
        if isinstance(value, str) and value.strip() and _TEXT.fullmatch(plain_key(name))
    ]


def _plain(one: Object, text: str) -> Iterator[tuple[str, Any]]:
    for name, value in one.items():
        if name != text and not isinstance(value, dict | list):
            yield name, value
