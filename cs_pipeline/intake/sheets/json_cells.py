"""Whole conversations in one cell as a program's list of messages: `[{"role": "user", …}, …]`."""

import ast
import json
import re
from typing import Any

from cs_pipeline.intake.files.json_messages import listed_under, messages_of, told_messages
from cs_pipeline.intake.sheets.asides import is_kind_of_note, is_unsent
from cs_pipeline.intake.sheets.speakers import is_yes

_BEGINS = re.compile(r"\s*(?:\[\s*\{|\{\s*[\"'])")
_NO_COMMA = re.compile(r"\}\s*\n\s*\{")
_LONGEST_LITERAL = 100_000
_WHO = (
    *("role", "author_role", "sender_role", "sender_type", "author_type", "speaker", "sender"),
    *("author", "user_type", "who", "user"),
)
_SAYS = ("body_text", "plain_body", "body", "content", "text", "message", "utterance", "msg")
_KINDS = ("kind", "part_type", "message_type", "msg_type", "type", "visibility")
_STATES = ("status", "state", "delivery_status")
_PRIVATE, _PUBLIC = ("private", "is_private", "internal", "is_internal"), ("public", "is_public")

Message = tuple[str, str]
"""Who speaks (the word of the list itself, `bot` for notes) and what is said."""


def begins_list(cell: str) -> bool:
    """Whether a cell begins as a list of messages does."""
    return _BEGINS.match(cell) is not None


def messages_in(cell: str) -> list[Message]:
    """The messages of a cell; [] where it holds none, or one does not say who speaks."""
    if not begins_list(cell):
        return []
    found = _parsed(cell)
    if isinstance(found, list):
        found = {"messages": found}
    if not isinstance(found, dict) or (key := listed_under([found])) is None:
        return []
    if len(messages_of(found, key)) < 2:
        return []
    messages = list(map(_message, told_messages(found, key, {})))
    return [one for one in messages if one] if None not in messages else []


def _parsed(cell: str) -> Any:
    """The cell's value, written as JSON or as Python does."""
    try:
        return json.loads(cell)
    except (ValueError, RecursionError):
        pass
    if len(cell) > _LONGEST_LITERAL:
        return None
    try:
        return ast.literal_eval(_NO_COMMA.sub("}, {", cell.strip()))
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return None


def _message(row: dict[str, Any]) -> Message | None:
    said = next((row[name] for name in _SAYS if isinstance(row.get(name), str)), "")
    if _is_note(row):
        return "bot", said
    if isinstance(row.get("incoming"), bool):
        return ("customer" if row["incoming"] else "agent"), said
    who = next((row[name] for name in _WHO if isinstance(row.get(name), str) and row[name]), None)
    return None if who is None else (who, said)


def _is_note(row: dict[str, Any]) -> bool:
    told = {name: is_yes(str(row[name])) for name in (*_PRIVATE, *_PUBLIC) if name in row}
    if any(told.get(name) is True for name in _PRIVATE):
        return True
    if any(told.get(name) is False for name in _PUBLIC):
        return True
    if any(is_unsent(row[name]) for name in _STATES if isinstance(row.get(name), str)):
        return True
    return any(is_kind_of_note(row[name]) for name in _KINDS if isinstance(row.get(name), str))
