"""Who takes part in what a JSON file holds: the roles that it lists apart from the words.

    "Participants": [{"ParticipantId": "b3f8", "ParticipantRole": "CUSTOMER"}, ...]
    "requester": {"id": 9000, "role": "end-user"}
    "participants": [{"id": "p1", "purpose": "customer"}, ...]
    "channel_map": {"TX": "상담원", "RX": "고객"}

A message then names who says it by an id or a channel.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from cs_pipeline.intake.files.json_messages import (
    MESSAGE_LISTS,
    PURPOSES,
    Object,
    plain_key,
)
from cs_pipeline.intake.files.spoken_lines import AGENT, CUSTOMER

_DEEPEST = 5
_CUSTOMER, _AGENT = (re.compile(words, re.IGNORECASE) for words in (CUSTOMER, AGENT))


def roles_in(one: Object) -> dict[str, str]:
    """The role of each who takes part, by id; not of those who have several.

    What stands inside messages counts for none but them.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for who, role in _listed(one, _DEEPEST):
        found[who].add(role)
    return {who: roles.pop() for who, roles in found.items() if len(roles) == 1}


def _listed(value: Any, depth: int) -> Iterator[tuple[str, str]]:
    inner = value if isinstance(value, list) else ()
    if isinstance(value, dict):
        yield from _of_person(value) or _of_map(value)
        inner = [item for key, item in value.items() if plain_key(key) not in MESSAGE_LISTS]
    for item in inner if depth else ():
        if isinstance(item, dict | list):
            yield from _listed(item, depth - 1)


def _of_person(one: Object) -> list[tuple[str, str]]:
    """The id and the role of an object that has both."""
    who, role, purpose = (
        next((value for key, value in one.items() if plain_key(key).endswith(ending)), None)
        for ending in ("id", "role", "purpose")
    )
    if not isinstance(role, str) and isinstance(purpose, str):
        role = PURPOSES.get(purpose.casefold())
    told = isinstance(who, str | int) and isinstance(role, str)
    return [(str(who), str(role))] if told else []


def _of_map(one: Object) -> list[tuple[str, str]]:
    """The roles of an object that says nothing but who is who, either way round."""
    pairs = [(str(key), str(value)) for key, value in one.items() if isinstance(value, str | int)]
    if len(pairs) < len(one):
        return []
    for told in (pairs, [(value, key) for key, value in pairs]):
        roles = [role for _, role in told]
        sides = [any(map(side.fullmatch, roles)) for side in (_CUSTOMER, _AGENT)]
        if all(sides) and all(_CUSTOMER.fullmatch(one) or _AGENT.fullmatch(one) for one in roles):
            return told
    return []
