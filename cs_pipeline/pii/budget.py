"""How much text is read: what would take too long is refused instead."""

import re

MOST_UNITS = 8_000
"""A character is one unit, a digit or number word four, as most rules begin there."""

_SURELY_WITHIN = MOST_UNITS // 4
_COSTLY = re.compile(r"[\d공영빵일이삼사오육륙칠팔구십백천]")
_UNITS_MORE = 3


def is_within_budget(text: str) -> bool:
    """Whether the rules read `text` in some fifty milliseconds, whatever it holds.

    Each rule takes linear time, at most some microseconds a unit; this counts the units.
    """
    if len(text) <= _SURELY_WITHIN:
        return True
    return (
        len(text) <= MOST_UNITS
        and len(text) + _UNITS_MORE * len(_COSTLY.findall(text)) <= MOST_UNITS
    )
