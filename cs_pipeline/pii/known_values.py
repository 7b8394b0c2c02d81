"""Values that are known to be personal, found again however they are written."""

import re
from collections.abc import Iterable, Iterator, Sequence

from cs_pipeline.pii.normalize import normalize
from cs_pipeline.pii.rules import Found
from cs_pipeline.records import KnownValue

_SCORE = 0.99
_SURE = 0.8
_RULE = "known.value"
_LEAST_CHARACTERS = 2
_LEAST_DIGITS = 6
_NAME_AGAIN_CHARACTERS = 3
_SEPARATORS = re.compile(r"[\s.,/()_~:-]+")


def find_known_values(text: str, values: Iterable[KnownValue]) -> Iterator[Found]:
    """Where normalised `text` holds one of the values, separators and letter case aside.

    Numbers match as whole digit runs, Latin words as whole words; Hangul may be followed by a
    particle and must not continue a word on its left. Values too short to tell anybody apart
    (one character, fewer than six digits) are passed over.
    """
    folded = text.casefold()
    for known in values:
        pattern = _pattern(normalize(known.value).text.casefold())
        if pattern is None:
            continue
        for match in re.finditer(pattern, folded):
            yield Found(*match.span(), known.entity_type, _SCORE, _RULE)


def values_to_find_again(text: str, found: Sequence[Found]) -> list[KnownValue]:
    """Names that are sure at one place of `text`, to be found where no cue stands beside them."""
    names = {
        text[one.start : one.end]
        for one in found
        if one.entity_type == "NAME"
        and one.score >= _SURE
        and one.end - one.start >= _NAME_AGAIN_CHARACTERS
    }
    return [KnownValue("NAME", name) for name in sorted(names) if text.count(name) > 1]


def _pattern(value: str) -> str | None:
    value = value.strip()
    digits = _SEPARATORS.sub("", value)
    if digits.isdigit():
        if len(digits) < _LEAST_DIGITS:
            return None
        # Excel drops the leading zero of a number, and people leave it out.
        zero, rest = ("0?", digits[1:]) if digits[0] == "0" else ("", digits)
        return rf"(?<!\d){zero}[\s.,/()_~:-]{{0,3}}" + r"[\s.,/()_~:-]{0,3}".join(rest) + r"(?!\d)"
    if len(value) < _LEAST_CHARACTERS:
        return None
    words = [re.escape(word) for word in value.split()]
    body = r"\s{0,2}".join(words)
    return rf"(?<![0-9a-z가-힣]){body}(?![0-9a-z])"
