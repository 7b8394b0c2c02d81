"""JSON Lines (and a list of objects) as a table: a row an object, or a row a message of it.

A document that is one object, as programs answer each other, is its longest list of objects.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, TextIO

from cs_pipeline.intake.files.json_answers import answered, asked_rows
from cs_pipeline.intake.files.json_layers import (
    envelope_of,
    hoisted,
    own_conversations,
    taken_out,
)
from cs_pipeline.intake.files.json_messages import (
    Object,
    listed_under,
    lists_in,
    messages_of,
    plain_key,
    told_messages,
    unwrapped,
    with_author,
)
from cs_pipeline.intake.files.json_replies import reply_in
from cs_pipeline.intake.files.json_roles import roles_in
from cs_pipeline.intake.files.json_tables import table_in
from cs_pipeline.intake.files.json_threads import holds_threads, unfolded
from cs_pipeline.intake.files.reader_problem import ReaderProblem
from cs_pipeline.intake.files.slack_export import messages_of_slack
from cs_pipeline.intake.files.social_inboxes import conversation_of, owner_of

_IDS = (
    *("conversationid", "sessionid", "dialogid", "ticketid", "chatid", "callid"),
    *("contactid", "id"),
)
_LOOKED_AT = 1000
_LONGEST_NAME = 200
_FEW_TASKS = 0.1
_BEGINS_DOCUMENT = re.compile(r'\{\s*"[^"\n]{1,200}"\s*:')


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
    if len(first) == 1 and (table := table_in(first[0])):
        first = table
    if envelope := envelope_of(first):
        objects = (taken_out(one, envelope) for one in chain(first, objects))
        first = list(islice(objects, _LOOKED_AT))
    if owner := owner_of(first):
        threads = enumerate(chain(first, objects), start=1)
        objects = (conversation_of(one, number, owner) for number, one in threads)
        first = list(islice(objects, _LOOKED_AT))
    if any(map(holds_threads, first)):
        objects = chain.from_iterable(map(unfolded, chain(first, objects)))
        first = list(islice(objects, _LOOKED_AT))
    if any(one is not hoisted(one) for one in first):
        objects = map(hoisted, chain(first, objects))
        first = list(islice(objects, _LOOKED_AT))
    listed, roles = listed_under(first), dict[str, str]()
    if len(first) == 1 and (inner := _inner_list(first[0], listed)):
        roles = roles_in(first[0])
        first = list(map(hoisted, inner))
        listed = listed_under(first)
    has_answers = listed is None and asked_rows(first)
    reply = None if listed or has_answers else reply_in(first)
    rows = (
        row
        for number, one in enumerate(chain(first, objects), start=1)
        for row in (
            _message_rows(one, listed, number, roles)
            if listed
            else answered(one)
            if has_answers
            else (reply.row(one) if reply else with_author(unwrapped(one)),)
        )
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


def _inner_list(one: Object, listed: str | None) -> list[Object]:
    """The objects that a document of one object is about; [] where those are its messages.

    Of several lists, one of conversations rather than one of those who take part.
    """
    if listed is None:
        return max(
            lists_in(one), key=lambda found: (bool(listed_under(found)), len(found)), default=[]
        )
    messages = messages_of(one, listed)
    return messages if listed_under(messages) else []


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


def _message_rows(one: Object, key: str, number: int, roles: Mapping[str, str]) -> Iterator[Object]:
    named = {plain_key(name): value for name, value in one.items()}
    identity = next((_text(named[name]) for name in _IDS if name in named), "")
    messages = list(told_messages(one, key, {**roles, **roles_in(one)}))
    own = None if identity else own_conversations(messages)
    for message in messages:
        told = _text(message[own]) if own else identity or str(number)
        yield {"conversation_id": told, **message}


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(part, dict) for part in value):
        return " ".join(filter(None, map(_piece, value)))
    if isinstance(value, list) and (parts := _parts(value)):
        return "".join(parts)
    return json.dumps(value, ensure_ascii=False)


def _piece(part: Object) -> str:
    """The words of a part of a message: of a text, in an object of its own, or of a block."""
    said = part.get("text")
    if said is None and part.get("type") == "text":
        said = part.get("value")
    if isinstance(said, dict):
        said = said.get("content")
    return said if isinstance(said, str) else ""


def _parts(value: list[Any]) -> list[str]:
    """The pieces of a text, some of them formatted, as Telegram writes it; [] of another list."""
    parts = [part.get("text") if isinstance(part, dict) else part for part in value]
    texts = [part for part in parts if isinstance(part, str)]
    kinds = {dict, str} == set(map(type, value))
    return texts if kinds and len(texts) == len(parts) else []
