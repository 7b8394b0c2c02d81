"""Whether a text ends as sentences do, and whether it is said politely."""

import re

_POLITE_ENDS = (
    *(
        "니다",
        "세요",
        "셔요",
        "시오",
        "어요",
        "아요",
        "에요",
        "예요",
        "해요",
        "되요",
        "돼요",
        "네요",
    ),
    *("군요", "지요", "까요", "나요", "가요", "데요", "고요", "구요", "죠", "께요", "게요"),
)
_POLITE = re.compile(
    rf"(?:{'|'.join(_POLITE_ENDS)})(?![가-힣])|please|thank|sorry|you\b|your\b|\bwe\b",
    re.IGNORECASE,
)
_BEHIND = " .!?~^"
_ENDS = re.compile(r"""(?:[요다까죠니네]|[.!?~^…)\]"'”’])\s*$""")


def is_polite(text: str) -> bool:
    """Whether a text may be said to a customer so, by the endings of its words."""
    return text.rstrip(_BEHIND).endswith(_POLITE_ENDS) or _POLITE.search(text) is not None


def ends_sentence(text: str) -> bool:
    """Whether a text ends with a sign, or with a syllable that sentences end with."""
    return _ENDS.search(text) is not None
