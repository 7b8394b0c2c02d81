"""What two texts about one thing have in common, which particles and endings hardly change."""

import re

_CHARACTERS = 1_000
_WORD = re.compile(r"[\uac00-\ud7a3]{2,}|[A-Za-z0-9]{2,}")


def parts_of(text: str) -> set[str]:
    """Pairs of syllables in Hangul words, and other words whole."""
    found: set[str] = set()
    for word in _WORD.findall(text[:_CHARACTERS]):
        if word.isascii():
            found.add(word.casefold())
        else:
            found.update(word[at : at + 2] for at in range(len(word) - 1))
    return found
