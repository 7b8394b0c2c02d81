"""Versions of one answer, as a system keeps them when somebody corrects what was sent."""

_LEAST_WORDS, _MOSTLY_KEPT = 4, 0.7


def is_revised(before: str, after: str) -> bool:
    """Whether an answer is another wording of the one before it, rather than more to be said."""
    words, others = set(before.split()), set(after.split())
    fewer = min(len(words), len(others))
    return fewer >= _LEAST_WORDS and len(words & others) >= _MOSTLY_KEPT * fewer
