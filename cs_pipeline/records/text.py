"""Values that hold customer text.

They live in memory only, are no `Record`s and keep their text out of `repr`, so that no log line
or traceback can show it.
"""

from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from cs_pipeline.language import Words


@dataclass(frozen=True, slots=True)
class PiiSpan:
    """One finding: code points `start` (inclusive) to `end` (exclusive) of the given text.

    `entity_type` is a key of `cs_pipeline.masked.placeholders.PLACEHOLDERS`; `score` lies in
    (0, 1]; `rule` names what found it.
    """

    start: int
    end: int
    entity_type: str
    score: float
    rule: str = ""


@dataclass(frozen=True, slots=True)
class KnownValue:
    """A value that is known to belong to somebody in the conversation. Memory only."""

    entity_type: str
    value: str = field(repr=False)

    def __reduce__(self) -> tuple[type, tuple[str, str]]:
        return KnownValue, (self.entity_type, self.value)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One customer question and the answer that followed. Unmasked: memory only.

    `question_cell` and `answer_cell` are A1-style addresses on `sheet`; `original` holds the cells
    of the row that the exchange came from, for the refused-rows workbook; where question and
    answer stand in rows of their own, it is the question's, and `answer_original` the answer's.
    `known_values` are what the row's other columns (customer, phone, id) say about the people in
    it.
    """

    sheet: str
    question_cell: str
    answer_cell: str
    question: str = field(repr=False)
    answer: str = field(repr=False)
    conversation_id: str | None = field(default=None, repr=False)
    turn_index: int = 0
    original: tuple[str, ...] = field(default=(), repr=False)
    known_values: tuple[KnownValue, ...] = field(default=(), repr=False)
    answer_original: tuple[str, ...] | None = field(default=None, repr=False)

    def row_of(self, cell: str) -> tuple[str, ...]:
        """The cells of the row that holds its question cell or its answer cell."""
        if cell == self.answer_cell and self.answer_original is not None:
            return self.answer_original
        return self.original

    def __reduce__(self) -> tuple[type, tuple[Any, ...]]:
        return Exchange, _EXCHANGE(self)  # what dataclasses do themselves takes three times as long


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that does not go on, and why. Unmasked: memory and the restricted quarantine only."""

    sheet: str
    cell: str
    reason: str
    words: Words
    original: tuple[str, ...] = field(default=(), repr=False)

    def __reduce__(self) -> tuple[type, tuple[Any, ...]]:
        return RefusedRow, _REFUSED(self)


@dataclass(frozen=True, slots=True)
class MaskedExchanges:
    """Exchanges after masking; parallel columns, one entry an exchange.

    Only `cs_pipeline.pii.conversations` makes these, and shards are written from nothing else.
    `conversation_ids` are salted digests, never the export's own ids; `rules` names the rules that
    found something in the exchange.
    """

    inputs: tuple[str, ...] = field(repr=False)
    outputs: tuple[str, ...] = field(repr=False)
    conversation_ids: tuple[str, ...] = field(repr=False)
    turn_indexes: tuple[int, ...] = field(repr=False)
    rules: tuple[tuple[str, ...], ...]
    entity_counts: dict[str, int]
    rule_counts: dict[str, int]


# All fields in their order: a million values are sent to other processes or packed.
_EXCHANGE = attrgetter(*Exchange.__dataclass_fields__)
_REFUSED = attrgetter(*RefusedRow.__dataclass_fields__)
