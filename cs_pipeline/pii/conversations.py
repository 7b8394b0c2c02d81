"""Mask the conversations of an export; the only maker of `MaskedExchanges`.

What one turn of a conversation shows is evidence for the others: what is asked for before an
answer, and a value that was found for sure somewhere else in the same conversation.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from cs_pipeline.language import Words
from cs_pipeline.pii.detector import Detector, PiiContext
from cs_pipeline.pii.known_values import PHONE_TAIL, KnownValues
from cs_pipeline.pii.masker import RULES_ALONE, MaskedText, mask, mask_text
from cs_pipeline.pii.normalize import normalize
from cs_pipeline.pii.residue import residue
from cs_pipeline.placeholders import PLACEHOLDERS
from cs_pipeline.records import Exchange, KnownValue, MaskedExchanges, PiiSpan, RefusedRow

RESIDUAL_PII = "residual_pii"
_DIGEST_HEX_CHARACTERS = 16
_CONVERSATIONS_AT_ONCE = 256
_SURE = 0.8
# What of a sure finding is worth looking for in the other turns; the rest is evident or too short.
_RECURRING = frozenset({"NAME", "PHONE", "LOGIN_ID", "MEMBER_NO", "ORDER", "ADDRESS", "PLATE"})
_LEAST_CHARACTERS = 3
_NOT_WORD = re.compile(r"[\W_]+")

ValueSink = Callable[[str, str], None]
"""Takes the entity type and the normalised text of a value that was replaced."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """One side of an exchange, the turns before it, and what a plug-in found in it."""

    text: str = field(repr=False)
    preceding: tuple[str, ...] = field(repr=False)
    further: Sequence[PiiSpan] = field(repr=False)


@dataclass(slots=True)
class ConversationMasker:
    """Masks exchanges, conversation by conversation.

    Args:
        salt: secret of the installation; conversation ids become digests under it.
        detector: what finds personal data.
        export_values: values that belong to people anywhere in the export (user sheets).
        number_values: give different values of one type in a conversation different placeholders.
        seen: is told each value that is replaced, such as to keep its digest; None: nobody is.
    """

    salt: str = field(repr=False)
    detector: Detector = RULES_ALONE
    export_values: KnownValues = field(default_factory=KnownValues, repr=False)
    number_values: bool = False
    seen: ValueSink | None = field(default=None, repr=False)

    def mask(
        self,
        exchanges: Iterable[Exchange],
        *,
        keep: Callable[[Exchange], bool] = lambda _: True,
    ) -> tuple[MaskedExchanges, list[RefusedRow]]:
        """Mask questions and answers; refuse rows that still look like personal data.

        Exchanges that are not to `keep` are evidence for the others and come out nowhere.

        Returns:
            The masked exchanges in the given order, with entity and rule counts over them, and
            the refused rows (reason `residual_pii`, original cells kept for the quarantine
            workbook).
        """
        rows = list(exchanges)
        masked: list[tuple[MaskedText, MaskedText] | None] = [None] * len(rows)
        conversations = iter(self._conversations(rows))
        while places := list(islice(conversations, _CONVERSATIONS_AT_ONCE)):
            for place, texts in self._mask_batch(rows, places):
                masked[place] = texts
        together = zip(rows, masked, strict=True)
        kept = [(row, texts) for row, texts in together if texts and keep(row)]
        return self._collect([row for row, _ in kept], [texts for _, texts in kept])

    def _conversations(self, rows: Sequence[Exchange]) -> Iterable[list[int]]:
        """Places of the exchanges of each conversation, in order."""
        places: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for place, row in enumerate(rows):
            places[_identity(row)].append(place)
        return places.values()

    def _mask_batch(
        self, rows: Sequence[Exchange], conversations: Sequence[list[int]]
    ) -> Iterator[tuple[int, tuple[MaskedText, MaskedText]]]:
        texts = [
            side
            for places in conversations
            for place in places
            for side in (rows[place].question, rows[place].answer)
        ]
        finder = self.detector.finder
        further = iter(finder.find_batch(texts) if finder else [()] * len(texts))
        for places in conversations:
            turns = list(_turns([rows[place] for place in places], further))
            known = [value for place in places for value in rows[place].known_values]
            sides = iter(self._mask_conversation(turns, known))
            yield from zip(places, zip(sides, sides, strict=True), strict=True)

    def _mask_conversation(
        self, turns: Sequence[_Turn], known: Sequence[KnownValue]
    ) -> Iterator[MaskedText]:
        values = KnownValues(known, beside=self.export_values) if known else self.export_values
        found = self._find(turns, values)
        if sure := set(_sure_values(turns, found)):
            values = KnownValues(
                [*known, *sorted(sure, key=lambda one: one.value)], beside=self.export_values
            )
            found = self._find(turns, values)
        number = _Numbering(told_apart=self.number_values, seen=self.seen)
        for turn, spans in zip(turns, found, strict=True):
            yield mask(
                turn.text,
                detector=self.detector,
                context=PiiContext(turn.preceding, values),
                spans=spans,
                number=number,
            )

    def _find(self, turns: Sequence[_Turn], values: KnownValues) -> list[list[PiiSpan]]:
        return [
            self.detector.find_with(
                turn.text, turn.further, context=PiiContext(turn.preceding, values)
            )
            for turn in turns
        ]

    def _collect(
        self, rows: Sequence[Exchange], masked: Sequence[tuple[MaskedText, MaskedText]]
    ) -> tuple[MaskedExchanges, list[RefusedRow]]:
        kept: list[tuple[Exchange, MaskedText, MaskedText]] = []
        refused: list[RefusedRow] = []
        for row, (question, answer) in zip(rows, masked, strict=True):
            in_question, in_answer = (
                residue(self.detector.without_allowed(side.text)) for side in (question, answer)
            )
            if in_question or in_answer:
                refused.append(_refused(row, in_question, in_answer))
            else:
                kept.append((row, question, answer))
        entities: Counter[str] = Counter()
        rules: Counter[str] = Counter()
        for _, question, answer in kept:
            entities.update(question.entity_counts + answer.entity_counts)
            rules.update(question.rule_counts + answer.rule_counts)
        return (
            MaskedExchanges(
                inputs=tuple(question.text for _, question, _ in kept),
                outputs=tuple(answer.text for _, _, answer in kept),
                conversation_ids=tuple(self.digest(row) for row, _, _ in kept),
                turn_indexes=tuple(row.turn_index for row, _, _ in kept),
                rules=tuple(
                    tuple(sorted(question.rule_counts | answer.rule_counts))
                    for _, question, answer in kept
                ),
                entity_counts={kind: entities[kind] for kind in PLACEHOLDERS if entities[kind]},
                rule_counts=dict(sorted(rules.items())),
            ),
            refused,
        )

    def digest(self, row: Exchange) -> str:
        """What stands for the row's conversation in a shard; its id cannot be told from it."""
        digest = hashlib.sha256("\0".join((self.salt, *_identity(row))).encode())
        return digest.hexdigest()[:_DIGEST_HEX_CHARACTERS]


def _sure_values(
    turns: Sequence[_Turn], found: Sequence[Sequence[PiiSpan]]
) -> Iterator[KnownValue]:
    """Values that are worth looking for in the other turns of the conversation."""
    for turn, spans in zip(turns, found, strict=True):
        for span in spans:
            if (
                span.entity_type in _RECURRING
                and span.score >= _SURE
                and span.end - span.start >= _LEAST_CHARACTERS
            ):
                yield KnownValue(span.entity_type, turn.text[span.start : span.end])


class _Numbering:
    """Numbers the values of each type in the order in which a conversation shows them.

    Values that are not to be told apart all get the first number.
    """

    def __init__(self, *, told_apart: bool, seen: ValueSink | None) -> None:
        self._told_apart = told_apart
        self._seen = seen
        self._values: dict[str, dict[str, int]] = defaultdict(dict)

    def __call__(self, entity_type: str, value: str) -> int:
        normal = normalize(value).text
        if self._seen:
            self._seen(entity_type, normal)
        if not self._told_apart:
            return 1
        values = self._values[entity_type]
        plain = _NOT_WORD.sub("", normal.casefold())
        # A phone number is the same without its first group, which people leave out.
        identity = plain[-PHONE_TAIL:] if entity_type == "PHONE" else plain
        return values.setdefault(identity, len(values) + 1)


def _turns(rows: Sequence[Exchange], further: Iterator[Sequence[PiiSpan]]) -> Iterator[_Turn]:
    preceding: tuple[str, ...] = ()
    for row in rows:
        for text in (row.question, row.answer):
            yield _Turn(text, preceding, next(further))
            preceding = (*preceding[-1:], text)


def _identity(row: Exchange) -> tuple[str, ...]:
    """What tells conversations apart; a row without a conversation id is one of its own."""
    if row.conversation_id is None:
        return ("cell", row.sheet, row.question_cell)
    return ("conversation", row.conversation_id)


def _refused(exchange: Exchange, in_question: list[str], in_answer: list[str]) -> RefusedRow:
    places = ((exchange.question_cell, in_question), (exchange.answer_cell, in_answer))
    cells = [cell for cell, tripped in places if tripped]
    rules = sorted({*in_question, *in_answer})
    where = ", ".join(cells)
    sheet = mask_text(exchange.sheet)
    return RefusedRow(
        sheet=exchange.sheet,
        cell=cells[0],
        reason=RESIDUAL_PII,
        words=Words(
            ko=f"'{sheet}' 시트 {where} 셀에 개인정보로 보이는 내용이 가린 뒤에도 남아 있어 "
            f"학습에서 제외했습니다 (규칙: {', '.join(rules)}). "
            "셀에서 해당 번호나 이름, 주소를 지운 뒤 다시 올려 주세요.",
            en=f"Sheet '{sheet}', cell {where}: something still looks like personal data after "
            f"masking, so the row was left out (rules: {', '.join(rules)}). "
            "Remove the number, name or address from the cell and export it again.",
        ),
        original=exchange.row_of(cells[0]),
    )
