"""What became of some exchanges when they were masked, and what was replaced in them."""

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from cs_pipeline.pii.known_values import PHONE_TAIL
from cs_pipeline.pii.normalize import normalize
from cs_pipeline.records import MaskedExchanges, RefusedRow

_NOT_WORD = re.compile(r"[\W_]+")


class MaskedValue(NamedTuple):
    """A value that was replaced: whose conversation it stood in (digest), its type, its text.

    The text is normalised. Memory only.
    """

    conversation_id: str
    entity_type: str
    text: str


@dataclass(frozen=True, slots=True)
class MaskedPart:
    """What became of some exchanges.

    `places` says which of them are in `masked`, in its order, `refused` holds those that still
    look like personal data, `values` what was replaced in either, each once a conversation. Where
    it `goes_on`, the next part begins with the same conversation.
    """

    masked: MaskedExchanges
    places: tuple[int, ...]
    refused: list[RefusedRow] = field(repr=False)
    values: frozenset[MaskedValue] = field(repr=False)
    goes_on: bool = False


class ConversationNumbering:
    """Numbers the values of each type in the order in which a conversation shows them.

    Values that are not to be told apart all get the first number. Each is noted in `seen`.
    """

    def __init__(self, conversation_id: str, seen: set[MaskedValue], told_apart: bool) -> None:
        self._conversation_id = conversation_id
        self._seen = seen
        self._told_apart = told_apart
        self._values: dict[str, dict[str, int]] = defaultdict(dict)

    def __call__(self, entity_type: str, value: str) -> int:
        """Number of a value among those of its type, from 1."""
        normal = normalize(value).text
        self._seen.add(MaskedValue(self._conversation_id, entity_type, normal))
        if not self._told_apart:
            return 1
        values = self._values[entity_type]
        plain = _NOT_WORD.sub("", normal.casefold())
        # A phone number is the same without its first group, which people leave out.
        identity = plain[-PHONE_TAIL:] if entity_type == "PHONE" else plain
        return values.setdefault(identity, len(values) + 1)


def without_conversations(
    masked: MaskedExchanges, conversation_ids: Collection[str]
) -> MaskedExchanges:
    """The exchanges of other conversations; the counts stay those of all."""
    kept = [at for at, one in enumerate(masked.conversation_ids) if one not in conversation_ids]
    return replace(
        masked,
        inputs=tuple(masked.inputs[at] for at in kept),
        outputs=tuple(masked.outputs[at] for at in kept),
        conversation_ids=tuple(masked.conversation_ids[at] for at in kept),
        turn_indexes=tuple(masked.turn_indexes[at] for at in kept),
        rules=tuple(masked.rules[at] for at in kept),
    )
