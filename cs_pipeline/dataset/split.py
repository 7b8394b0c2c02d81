"""Which side of the split a question stands on, for ever.

The side depends on the normalised question alone: a row never changes side as data grows, and
the same question never stands on both.
"""

import hashlib
import re
import unicodedata

_NOT_WORD = re.compile(r"[\W_]+")


def question_key(question: str) -> bytes:
    """16-byte digest of the question without case, width, punctuation and spacing."""
    folded = unicodedata.normalize("NFKC", question).casefold()
    return hashlib.blake2b((_NOT_WORD.sub("", folded) or folded).encode(), digest_size=16).digest()


def exchange_key(question: str, answer: str) -> bytes:
    """16-byte digest by which duplicates are found: same question and same answer."""
    return hashlib.blake2b(question_key(question) + question_key(answer), digest_size=16).digest()


def is_validation(key: bytes, val_share: float) -> bool:
    """True when the question with this key belongs to `val.csv`."""
    return int.from_bytes(key[:8], "big") < val_share * 2**64
