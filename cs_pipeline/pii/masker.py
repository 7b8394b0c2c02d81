"""Replace personal data by typed placeholders; the only maker of `MaskedExchanges`."""

import hashlib
from collections import Counter
from collections.abc import Iterable

from cs_pipeline.language import Words
from cs_pipeline.pii.detector import find_spans
from cs_pipeline.pii.residue import residue
from cs_pipeline.records import PLACEHOLDERS, Exchange, MaskedExchanges, RefusedRow

RESIDUAL_PII = "residual_pii"
_DIGEST_HEX_CHARACTERS = 16


def mask_text(text: str) -> str:
    """`text` with each finding replaced by its placeholder; masking twice changes nothing."""
    return mask_with_counts(text)[0]


def mask_with_counts(text: str) -> tuple[str, dict[str, int]]:
    """Masked text, and how many entities of each type were replaced."""
    counts: Counter[str] = Counter()
    # A replaced neighbour can uncover a finding that lost against it: go on until none is left.
    while spans := find_spans(text):
        pieces = []
        position = 0
        for span in spans:
            pieces += [text[position : span.start], PLACEHOLDERS[span.entity_type]]
            position = span.end
        text = "".join([*pieces, text[position:]])
        counts.update(span.entity_type for span in spans)
    return text, dict(counts)


def mask_exchanges(
    exchanges: Iterable[Exchange], *, salt: str
) -> tuple[MaskedExchanges, list[RefusedRow]]:
    """Mask questions and answers; refuse rows that still look like personal data.

    Args:
        exchanges: unmasked exchanges of one export.
        salt: secret of the installation; conversation ids become digests under it.

    Returns:
        The masked exchanges in the given order, with entity counts over them, and the refused rows
        (reason `residual_pii`, original cells kept for the quarantine workbook).
    """
    inputs: list[str] = []
    outputs: list[str] = []
    conversation_ids: list[str] = []
    turn_indexes: list[int] = []
    counts: Counter[str] = Counter()
    refused: list[RefusedRow] = []
    for exchange in exchanges:
        question, question_counts = mask_with_counts(exchange.question)
        answer, answer_counts = mask_with_counts(exchange.answer)
        in_question, in_answer = residue(question), residue(answer)
        if in_question or in_answer:
            refused.append(_refused(exchange, in_question, in_answer))
            continue
        inputs.append(question)
        outputs.append(answer)
        conversation_ids.append(_conversation_digest(exchange, salt))
        turn_indexes.append(exchange.turn_index)
        counts.update(question_counts)
        counts.update(answer_counts)
    masked = MaskedExchanges(
        inputs=tuple(inputs),
        outputs=tuple(outputs),
        conversation_ids=tuple(conversation_ids),
        turn_indexes=tuple(turn_indexes),
        entity_counts={kind: counts[kind] for kind in PLACEHOLDERS if counts[kind]},
    )
    return masked, refused


def _conversation_digest(exchange: Exchange, salt: str) -> str:
    identity = (
        ("cell", exchange.sheet, exchange.question_cell)
        if exchange.conversation_id is None
        else ("conversation", exchange.conversation_id)
    )
    digest = hashlib.sha256("\0".join((salt, *identity)).encode())
    return digest.hexdigest()[:_DIGEST_HEX_CHARACTERS]


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
            "셀에서 해당 번호나 주소를 지운 뒤 다시 올려 주세요.",
            en=f"Sheet '{sheet}', cell {where}: something still looks like personal data after "
            f"masking, so the row was left out (rules: {', '.join(rules)}). "
            "Remove the number or address from the cell and export it again.",
        ),
        original=exchange.original,
    )
