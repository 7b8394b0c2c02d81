"""Whether a text breaks off, and whether it is said politely."""

import re

# Nouns (필요, 소요) and hearsay (온대요, 달래요) end so, too.
_POLITE = re.compile(
    r"(?:니다|시오|죠|(?<![필중주소수개동강대래])요)(?![가-힣])|please|thank|sorry|you\b|your\b|\bwe\b",
    re.IGNORECASE,
)
_POLITE_ENDS, _BEHIND = ("니다", "세요", "어요", "아요", "해요", "까요"), " .!?~^"
_ENDS = re.compile(r"""(?:[요다까죠니네]|[.!?~^…)\]"'”’])\s*$""")


def is_polite(text: str) -> bool:
    """Whether a text may be said to a customer so, by the endings of its words."""
    if text.rstrip(_BEHIND).endswith(_POLITE_ENDS):
        return True  # quick, since every row asks
    return _POLITE.search(text) is not None


def ends_sentence(text: str) -> bool:
    """Whether a text ends with a sign, or with a syllable that sentences end with."""
    return _ENDS.search(text) is not None
