"""Find personal data: normalise, match every pattern, settle overlaps, map back."""

import re
from bisect import bisect_left
from dataclasses import dataclass

from cs_pipeline.pii.normalize import normalize
from cs_pipeline.pii.patterns import PATTERNS

# Rows without six digits near each other or a sign of an e-mail address hold nothing to find.
_MAY_HOLD_PII = re.compile(r"\d(?:\D{0,8}\d){5}|@|골뱅이|[\s(\[]at[\s)\]]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PiiSpan:
    """One finding: code points `start` (inclusive) to `end` (exclusive) of the given text.

    `entity_type` is a key of `cs_pipeline.records.PLACEHOLDERS`; `score` lies in (0, 1].
    """

    start: int
    end: int
    entity_type: str
    score: float


def find_spans(text: str) -> list[PiiSpan]:
    """Personal data in `text`, sorted by position, without overlaps.

    Where findings overlap the longer one stays; of equal ones that with the higher score.
    """
    normalized = normalize(text)
    if not _MAY_HOLD_PII.search(normalized.text):
        return []
    found = [
        PiiSpan(*normalized.original_span(*match.span()), pattern.entity_type, pattern.score)
        for pattern in PATTERNS
        for match in pattern.matches(normalized.text)
    ]
    return _without_overlaps(found)


def _without_overlaps(found: list[PiiSpan]) -> list[PiiSpan]:
    kept: list[PiiSpan] = []
    for span in sorted(found, key=lambda one: (one.start - one.end, -one.score, one.start)):
        at = bisect_left(kept, span.start, key=lambda one: one.start)
        after_previous = at == 0 or kept[at - 1].end <= span.start
        before_next = at == len(kept) or span.end <= kept[at].start
        if after_previous and before_next:
            kept.insert(at, span)
    return kept
