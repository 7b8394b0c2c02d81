"""Mask the conversations of an export; the only maker of `MaskedExchanges`.

What one turn of a conversation shows is evidence for the others: what is asked for before an
answer, and a value that was found for sure somewhere else in the same conversation.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from cs_pipeline.language import Words
from cs_pipeline.masked.placeholders import PLACEHOLDERS
from cs_pipeline.pii import dictation, told_names
from cs_pipeline.pii.budget import is_within_budget
from cs_pipeline.pii.detector import Detector, PiiContext, Reading, without_overlaps
from cs_pipeline.pii.known_values import KnownValues
from cs_pipeline.pii.masked_parts import ConversationNumbering, MaskedPart, MaskedValue
from cs_pipeline.pii.masker import RULES_ALONE, MaskedText, Numbering, mask, mask_text
from cs_pipeline.pii.residue import IN_TURNS, residue, residue_in_turns
from cs_pipeline.pii.rules import Found
from cs_pipeline.records import Exchange, KnownValue, MaskedExchanges, PiiSpan, RefusedRow

RESIDUAL_PII = "residual_pii"
TOO_COSTLY = "too_long_to_mask"
_DIGEST_HEX_CHARACTERS = 16
_CONVERSATIONS_AT_ONCE = 256
_INDEXES_KEPT = 1024
_SURE = 0.8
# What of a sure finding is worth looking for in the other turns; the rest is evident or too short.
_RECURRING = frozenset(
    {
        *("NAME", "PHONE", "LOGIN_ID", "MEMBER_NO", "ORDER", "ADDRESS", "PLATE", "TRACKING"),
        *("ACCOUNT", "PASSPORT", "DRIVER", "CUSTOMS", "DEVICE_ID"),
    }
)
_LEAST_CHARACTERS = 3


_Sides = tuple[tuple[MaskedText, bool], tuple[MaskedText, bool]]
"""Question and answer, and whether either tells a part of a number that is left."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """One side of an exchange, the turns before it, and what a plug-in found in it."""

    text: str = field(repr=False)
    preceding: tuple[str, ...] = field(repr=False)
    further: Sequence[PiiSpan] = field(repr=False)
    reading: Reading = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Found:
    """A turn, and what the rules find in it."""

    turn: _Turn
    by_rules: Sequence[Found] = field(repr=False)


@dataclass(slots=True)
class ConversationMasker:
    """Masks exchanges, conversation by conversation.

    Args:
        salt: secret of the installation; conversation ids become digests under it.
        detector: what finds personal data.
        export_values: values that belong to people anywhere in the export (user sheets).
        number_values: give different values of one type in a conversation different placeholders.
    """

    salt: str = field(repr=False)
    detector: Detector = RULES_ALONE
    export_values: KnownValues = field(default_factory=KnownValues, repr=False)
    number_values: bool = False
    _indexes: dict[tuple[KnownValue, ...], KnownValues] = field(
        default_factory=dict, init=False, repr=False
    )

    def mask(self, exchanges: Iterable[Exchange]) -> tuple[MaskedExchanges, list[RefusedRow]]:
        """Mask questions and answers; refuse rows that still look like personal data.

        Returns:
            The masked exchanges in the given order, with entity and rule counts over them, and
            the refused rows (reason `residual_pii`, original cells kept for the quarantine
            workbook).
        """
        part = self.mask_part(list(exchanges))
        return part.masked, part.refused

    def mask_part(
        self, rows: Sequence[Exchange], *, keep: Collection[int] | None = None
    ) -> MaskedPart:
        """Like `mask`, with what was replaced; conversations must be whole.

        Exchanges at other places than those to `keep` (None: all) are evidence for the others and
        come out nowhere.
        """
        masked: list[_Sides | None] = [None] * len(rows)
        values: set[MaskedValue] = set()
        groups = iter(conversations_of(rows))
        while places := list(islice(groups, _CONVERSATIONS_AT_ONCE)):
            for place, texts in self._mask_batch(rows, places, values):
                masked[place] = texts
        kept = {
            place: texts
            for place, texts in enumerate(masked)
            if texts and (keep is None or place in keep)
        }
        return self._collect(rows, kept, frozenset(values))

    def _mask_batch(
        self,
        rows: Sequence[Exchange],
        conversations: Sequence[list[int]],
        values: set[MaskedValue],
    ) -> Iterator[tuple[int, _Sides]]:
        texts = [
            side
            for places in conversations
            for place in places
            for side in (rows[place].question, rows[place].answer)
        ]
        texts = [text if is_within_budget(text) else "" for text in texts]
        finder = self.detector.finder
        further = iter(finder.find_batch(texts) if finder else [()] * len(texts))
        talks = [
            self._turns([rows[place] for place in places], further) for places in conversations
        ]
        found = iter(self.detector.findings([one.reading.text for turns in talks for one in turns]))
        for places, turns_read in zip(conversations, talks, strict=True):
            turns = [_Found(turn, next(found)) for turn in turns_read]
            known = [value for place in places for value in rows[place].known_values]
            number = ConversationNumbering(self.digest(rows[places[0]]), values, self.number_values)
            texts_masked = list(self._mask_conversation(turns, known, number))
            told = residue_in_turns([one.text for one in texts_masked])
            sides = ((one, at in told) for at, one in enumerate(texts_masked))
            yield from zip(places, zip(sides, sides, strict=True), strict=True)

    def _mask_conversation(
        self, turns: Sequence[_Found], known: Sequence[KnownValue], number: Numbering
    ) -> Iterator[MaskedText]:
        values = self._index(tuple(known)) if known else self.export_values
        found = self._find(turns, values)
        normalized = [one.turn.reading.normalized for one in turns]
        told = dictation.find(normalized, found)
        for here, names in zip(told, told_names.find(normalized, found), strict=True):
            here.extend(names)
        if sure := set(_sure_values(turns, found)):
            values = KnownValues(
                [*known, *sorted(sure, key=lambda one: one.value)], beside=self.export_values
            )
            found = self._find(turns, values)
        for one, spans, more in zip(turns, found, told, strict=True):
            yield mask(
                one.turn.text,
                detector=self.detector,
                context=PiiContext(one.turn.preceding, values),
                spans=without_overlaps([*spans, *more]) if more else spans,
                number=number,
            )

    def _index(self, known: tuple[KnownValue, ...]) -> KnownValues:
        """The same people, such as agents, are known in many conversations."""
        found = self._indexes.get(known)
        if found is None:
            if len(self._indexes) >= _INDEXES_KEPT:
                self._indexes.clear()
            found = self._indexes[known] = KnownValues(known, beside=self.export_values)
        return found

    def _find(self, turns: Sequence[_Found], values: KnownValues) -> list[list[PiiSpan]]:
        return [
            self.detector.settle(one.turn.reading, one.by_rules, one.turn.further, values)
            for one in turns
        ]

    def _turns(self, rows: Sequence[Exchange], further: Iterator[Sequence[PiiSpan]]) -> list[_Turn]:
        turns: list[_Turn] = []
        preceding: tuple[str, ...] = ()
        for row in rows:
            for side in (row.question, row.answer):
                text = side if is_within_budget(side) else ""
                reading = self.detector.read(text, preceding)
                turns.append(_Turn(text, preceding, next(further), reading))
                preceding = (*preceding[-1:], text)
        return turns

    def _collect(
        self,
        rows: Sequence[Exchange],
        masked: Mapping[int, _Sides],
        values: frozenset[MaskedValue],
    ) -> MaskedPart:
        kept: list[tuple[Exchange, MaskedText, MaskedText]] = []
        places: list[int] = []
        refused: list[RefusedRow] = []
        for place, sides in masked.items():
            (question, _), (answer, _) = sides
            if cells := _too_costly(rows[place]):
                refused.append(_refused_unread(rows[place], cells))
                continue
            row = rows[place]
            in_question, in_answer = (
                residue(self.detector.without_allowed(side.text)) + [IN_TURNS] * told_in_turns
                for side, told_in_turns in sides
            )
            if in_question or in_answer:
                refused.append(_refused(row, in_question, in_answer))
            else:
                kept.append((row, question, answer))
                places.append(place)
        sides_kept = [side for _, *both in kept for side in both]
        entities = Counter(chain.from_iterable(side.entities for side in sides_kept))
        rules = Counter(chain.from_iterable(side.rules for side in sides_kept))
        return MaskedPart(
            MaskedExchanges(
                inputs=tuple(question.text for _, question, _ in kept),
                outputs=tuple(answer.text for _, _, answer in kept),
                conversation_ids=tuple(self.digest(row) for row, _, _ in kept),
                turn_indexes=tuple(row.turn_index for row, _, _ in kept),
                rules=tuple(
                    tuple(sorted({*question.rules, *answer.rules})) for _, question, answer in kept
                ),
                entity_counts={kind: entities[kind] for kind in PLACEHOLDERS if entities[kind]},
                rule_counts=dict(sorted(rules.items())),
            ),
            tuple(places),
            refused,
            values,
        )

    def digest(self, row: Exchange) -> str:
        """What stands for the row's conversation in a shard; its id cannot be told from it."""
        digest = hashlib.sha256("\0".join((self.salt, *identity(row))).encode())
        return digest.hexdigest()[:_DIGEST_HEX_CHARACTERS]


def _sure_values(
    turns: Sequence[_Found], found: Sequence[Sequence[PiiSpan]]
) -> Iterator[KnownValue]:
    """Values that are worth looking for in the other turns of the conversation."""
    for one, spans in zip(turns, found, strict=True):
        for span in spans:
            if (
                span.entity_type in _RECURRING
                and span.score >= _SURE
                and span.end - span.start >= _LEAST_CHARACTERS
            ):
                yield KnownValue(span.entity_type, one.turn.text[span.start : span.end])


def conversations_of(rows: Sequence[Exchange]) -> Collection[list[int]]:
    """Places of the exchanges of each conversation, in order; by which comes first."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        places[identity(row)].append(place)
    return places.values()


def identity(row: Exchange) -> tuple[str, ...]:
    """What tells conversations apart; a row without a conversation id is one of its own."""
    if row.conversation_id is None:
        return ("cell", row.sheet, row.question_cell)
    return ("conversation", row.conversation_id)


def _too_costly(row: Exchange) -> list[str]:
    """Cells that were not read."""
    sides = ((row.question_cell, row.question), (row.answer_cell, row.answer))
    return [cell for cell, text in sides if not is_within_budget(text)]


def _refused_unread(exchange: Exchange, cells: list[str]) -> RefusedRow:
    sheet, where = mask_text(exchange.sheet), ", ".join(cells)
    return RefusedRow(
        sheet=exchange.sheet,
        cell=cells[0],
        reason=TOO_COSTLY,
        words=Words(
            ko=f"'{sheet}' 시트 {where} 셀의 글이 너무 길거나 숫자가 너무 많아 개인정보를 가릴 수 없어 "
            "학습에서 제외했습니다. 글을 나누거나 숫자를 줄인 뒤 다시 올려 주세요.",
            en=f"Sheet '{sheet}', cell {where}: the text is too long, or holds too many digits, to be "
            "masked, so the row was left out. Split the text and export it again.",
        ),
        original=exchange.row_of(cells[0]),
    )


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
