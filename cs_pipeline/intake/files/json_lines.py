"""JSON Lines (and a list of objects) as a table: a row an object, or a row a message of it."""

import json
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any, TextIO

from cs_pipeline.intake.files.reader_problem import ReaderProblem

_LISTS = (
    "messages",
    "conversations",
    "conversation",
    "turns",
    "dialog",
    "dialogue",
    "chat",
    "utterances",
    "comments",
)
_IDS = ("conversation_id", "session_id", "dialog_id", "ticket_id", "chat_id", "id")
_NAMES = {"from": "role", "value": "content"}
"""What a widely used form of such lists calls the speaker and the words."""
_LOOKED_AT = 1000
_LONGEST_NAME = 200

Object = dict[str, Any]


def is_json(sample: str) -> bool:
    """Whether the beginning of a text is an object, or a list of them."""
    opening = sample.lstrip("\ufeff \t\r\n")
    if opening.startswith("["):
        return opening[1:].lstrip().startswith("{")
    line = opening.split("\n", 1)[0]
    if not line.startswith("{"):
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def json_rows(text: TextIO) -> Iterator[tuple[int, list[str]]]:
    """0-based row and cells, below a row of the objects' keys.

    An object that holds a list of messages gives a row for each of them, with its id.

    Raises:
        ReaderProblem: `unreadable_json` with the line.
    """
    objects = _objects(text)
    first = list(islice(objects, _LOOKED_AT))
    listed = next((key for key in _LISTS if any(_messages(one, key) for one in first)), None)
    rows = (
        row
        for number, one in enumerate(chain(first, objects), start=1)
        for row in (_message_rows(one, listed, number) if listed else (one,))
    )
    looked_at = list(islice(rows, _LOOKED_AT))
    names = list(dict.fromkeys(name for row in looked_at for name in row))
    yield 0, [name[:_LONGEST_NAME] for name in names]
    for number, row in enumerate(chain(looked_at, rows), start=1):
        yield number, [_text(row.get(name)) for name in names]


def _objects(text: TextIO) -> Iterator[Object]:
    opening = text.read(1)
    while opening and (opening.isspace() or opening == "\ufeff"):
        opening = text.read(1)
    text.seek(0)
    if opening == "[":
        yield from _of_list(text)
        return
    for number, line in enumerate(text, start=1):
        if plain := line.strip().lstrip("\ufeff"):
            yield _parsed(plain, number)


def _of_list(text: TextIO) -> Iterator[Object]:
    try:
        found = json.loads(text.read().lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise ReaderProblem("unreadable_json", line=line) from None
    yield from (one for one in found if isinstance(one, dict))


def _parsed(line: str, number: int) -> Object:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        raise ReaderProblem("unreadable_json", line=number) from None
    if not isinstance(found, dict):
        raise ReaderProblem("unreadable_json", line=number)
    return found


def _messages(one: Object, key: str) -> list[Object]:
    found = one.get(key)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _message_rows(one: Object, key: str, number: int) -> Iterator[Object]:
    identity = next((_text(one[name]) for name in _IDS if name in one), str(number))
    for message in _messages(one, key):
        yield {
            "conversation_id": identity,
            **{_NAMES.get(name, name): value for name, value in message.items()},
        }


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(part, dict) for part in value):
        return " ".join(str(part["text"]) for part in value if isinstance(part.get("text"), str))
    return json.dumps(value, ensure_ascii=False)
