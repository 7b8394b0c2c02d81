"""When something was said, as far as a cell tells."""

import re

_MOMENT = re.compile(
    r"(\d{4})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*[일.]?"
    r"(?:[T\s]\s*(오전|오후|am|pm)?\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?"
    r"\s*(am|pm)?\s*(?:z|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)
_UNIX_TIME = re.compile(r"\d{10}|\d{13}")
_AFTERNOON, _MORNING = {"오후", "pm"}, {"오전", "am"}

Moment = tuple[int, ...]
"""Comparable with the moments of the same column."""


def moment_of(text: str) -> Moment | None:
    """A date with or without a time of day, or seconds or milliseconds since 1970; else None."""
    plain = text.strip()
    if _UNIX_TIME.fullmatch(plain):
        return (int(plain.ljust(13, "0")),)
    match = _MOMENT.fullmatch(plain)
    if match is None:
        return None
    year, month, day, before, hour, minute, second, fraction, behind = match.groups(default="")
    half = (before or behind).lower()
    hours = int(hour or 0)
    if half in _AFTERNOON | _MORNING:
        hours = hours % 12 + (12 if half in _AFTERNOON else 0)
    below = int(fraction.ljust(9, "0") or 0)
    return (int(year), int(month), int(day), hours, int(minute or 0), int(second or 0), below)
