"""JSON Lines (and a list of objects) as a table: a row an object, or a row a message of it.

A document that is one object, as programs answer each other, is its longest list of objects.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, TextIO

from cs_pipeline.intake.files.json_threads import holds_threads, unfolded
from cs_pipeline.intake.files.reader_problem import ReaderProblem
from cs_pipeline.intake.files.slack_export import messages_of_slack

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
_REQUESTER, _AUTHOR = "requester_id", "author_id"
"""A ticket's comment is the customer's where its author is who made the ticket."""
_TELL_WHO = frozenset(("role", "author_role", "incoming", "via_role", "author_type"))
_LOOKED_AT = 1000
_LONGEST_NAME = 200
_DEEPEST = 5
_FEW_TASKS = 0.1
_BEGINS_DOCUMENT = re.compile(r'\{\s*"[^"\n]{1,200}"\s*:')

Object = dict[str, Any]


def is_json(sample: str) -> bool:
    """Whether the beginning of a text is an object, or a list of them."""
    opening = sample.lstrip("\ufeff \t\r\n")
    if opening.startswith("["):
        return opening[1:].lstrip().startswith("{")
    return _BEGINS_DOCUMENT.match(opening) is not None


def json_rows(text: TextIO) -> Iterator[tuple[int, list[str]]]:
    """0-based row and cells, below a row of the objects' keys.

    An object that holds a list of messages gives a row for each of them, with its id. Where objects
    have an `instruction` and an `input` to it, both are what was asked; an instruction that is the
    same all over is none of the customer's words.

    Raises:
        ReaderProblem: `unreadable_json` with the line.
    """
    objects = messages_of_slack(_objects(text))
    first = list(islice(objects, _LOOKED_AT))
    if any(map(holds_threads, first)):
        objects = chain.from_iterable(map(unfolded, chain(first, objects)))
        first = list(islice(objects, _LOOKED_AT))
    listed = _listed(first)
    if len(first) == 1 and (inner := _inner_list(first[0], listed)):
        first = inner
        listed = _listed(first)
    rows = (
        row
        for number, one in enumerate(chain(first, objects), start=1)
        for row in (_message_rows(one, listed, number) if listed else (one,))
    )
    looked_at = list(islice(rows, _LOOKED_AT))
    asked = _asking(looked_at)
    looked_at = list(map(asked, looked_at))
    names = list(dict.fromkeys(name for row in looked_at for name in row))
    yield 0, [name[:_LONGEST_NAME] for name in names]
    for number, row in enumerate(chain(looked_at, map(asked, rows)), start=1):
        yield number, [_text(row.get(name)) for name in names]


def _objects(text: TextIO) -> Iterator[Object]:
    opening = text.read(1)
    while opening and (opening.isspace() or opening == "\ufeff"):
        opening = text.read(1)
    text.seek(0)
    if opening == "[":
        yield from _of_list(_document(text))
        return
    if _spans_lines(text):
        yield from _of_list([_document(text)])
        return
    for number, line in enumerate(text, start=1):
        if plain := line.strip().lstrip("\ufeff"):
            yield _parsed(plain, number)


def _spans_lines(text: TextIO) -> bool:
    """Whether the first object goes on below its first line; the text is at its beginning then."""
    line = next((line for line in text if line.strip("\ufeff \t\r\n")), "")
    text.seek(0)
    try:
        json.loads(line.strip().lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return line.rstrip()[-1:] in tuple("{[,:")
    return False


def _document(text: TextIO) -> Any:
    try:
        return json.loads(text.read().lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise ReaderProblem("unreadable_json", line=line) from None


def _of_list(found: Any) -> Iterator[Object]:
    yield from (one for one in found if isinstance(one, dict))


def _listed(objects: Sequence[Object]) -> str | None:
    """The key of the objects' lists of messages, if they have any."""
    return next((key for key in _LISTS if any(_messages(one, key) for one in objects)), None)


def _inner_list(one: Object, listed: str | None) -> list[Object]:
    """The objects that a document of one object is about; [] where those are its messages."""
    if listed is None:
        return _longest_list(one, _DEEPEST)
    messages = _messages(one, listed)
    return messages if _listed(messages) else []


def _longest_list(one: Object, depth: int) -> list[Object]:
    """The longest list of objects in an object or in those that it holds."""
    found: list[Object] = []
    for value in one.values() if depth else ():
        inner: list[Object] = []
        if isinstance(value, dict):
            inner = _longest_list(value, depth - 1)
        elif isinstance(value, list):
            inner = [item for item in value if isinstance(item, dict)]
        found = max(found, inner, key=len)
    return found


def _asking(rows: Sequence[Object]) -> Callable[[Object], Object]:
    """What makes one question of an object's instruction and its input."""
    with_both = [row for row in rows if row.get("instruction") and row.get("input")]
    tasks = {_text(row["instruction"]) for row in with_both}
    dropped = len(with_both) > 1 and len(tasks) <= max(1, _FEW_TASKS * len(with_both))

    def asked(row: Object) -> Object:
        if not (row.get("instruction") and row.get("input")):
            return row
        told, given = _text(row["instruction"]), _text(row["input"])
        whole = given if dropped and told in tasks else f"{told}\n{given}"
        return {**row, "instruction": whole, "input": ""}

    return asked


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
    asks = one.get(_REQUESTER)
    for message in _messages(one, key):
        row = {_NAMES.get(name, name): value for name, value in message.items()}
        if asks is not None and _AUTHOR in row and not row.keys() & _TELL_WHO:
            row["role"] = "customer" if row[_AUTHOR] == asks else "agent"
        yield {"conversation_id": identity, **row}


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(part, dict) for part in value):
        return " ".join(str(part["text"]) for part in value if isinstance(part.get("text"), str))
    if isinstance(value, list) and (parts := _parts(value)):
        return "".join(parts)
    return json.dumps(value, ensure_ascii=False)


def _parts(value: list[Any]) -> list[str]:
    """The pieces of a text, some of them formatted, as Telegram writes it; [] of another list."""
    parts = [part.get("text") if isinstance(part, dict) else part for part in value]
    texts = [part for part in parts if isinstance(part, str)]
    kinds = {dict, str} == set(map(type, value))
    return texts if kinds and len(texts) == len(parts) else []
