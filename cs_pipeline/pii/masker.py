"""Replace personal data by typed placeholders."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from cs_pipeline.masked.placeholders import placeholder
from cs_pipeline.pii.detector import Detector, PiiContext
from cs_pipeline.records import PiiSpan

Numbering = Callable[[str, str], int]
"""Entity type and value -> its number among the values of that type, from 1."""

RULES_ALONE = Detector()
"""The built-in rules without anything that a site adds."""


@dataclass(frozen=True, slots=True)
class MaskedText:
    """A text without personal data, and the type of each value that was replaced, and its rule."""

    text: str = field(repr=False)
    entities: Sequence[str]
    rules: Sequence[str]


def mask_text(text: str, *, detector: Detector = RULES_ALONE) -> str:
    """`text` with each finding replaced by its placeholder; masking twice changes nothing."""
    return mask(text, detector=detector).text


def mask(
    text: str,
    *,
    detector: Detector = RULES_ALONE,
    context: PiiContext | None = None,
    spans: Sequence[PiiSpan] | None = None,
    number: Numbering | None = None,
) -> MaskedText:
    """Mask one text.

    Args:
        text: what a person wrote.
        detector: what finds personal data.
        context: evidence from outside the text.
        spans: what the detector finds in the text in this context; None: it is asked.
        number: tells values of one type apart; None: all carry the same placeholder.
    """
    replaced: list[PiiSpan] = []
    if spans is None:
        spans = detector.find_spans(text, context=context)
    # A replaced neighbour can uncover a finding that lost against it: go on until none is left.
    while spans:
        pieces = []
        position = 0
        for span in spans:
            index = number(span.entity_type, text[span.start : span.end]) if number else 1
            pieces += [text[position : span.start], placeholder(span.entity_type, index)]
            position = span.end
        text = "".join([*pieces, text[position:]])
        replaced += spans
        spans = detector.find_with(text, (), context=context)
    return MaskedText(text, [one.entity_type for one in replaced], [one.rule for one in replaced])
