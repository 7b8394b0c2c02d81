"""Whether one number is another with a slip or two."""

_DIGITS_A_SLIP = 4
_LEAST_DIGITS = 6


def nearly_same(number: str, other: str) -> bool:
    """Whether two strings of digits differ by at most one edit per four digits of `other`.

    An edit adds, drops or changes one digit (Levenshtein 1966). Anything but six digits or more is
    like nothing.
    """
    if not (number.isdecimal() and other.isdecimal()) or len(other) < _LEAST_DIGITS:
        return False
    most = len(other) // _DIGITS_A_SLIP
    return abs(len(number) - len(other)) <= most and _edits(number, other) <= most


def _edits(one: str, other: str) -> int:
    before = list(range(len(other) + 1))
    for row, digit in enumerate(one, start=1):
        now = [row]
        for column, wanted in enumerate(other, start=1):
            changed = before[column - 1] + (digit != wanted)
            now.append(min(changed, before[column] + 1, now[-1] + 1))
        before = now
    return before[-1]
