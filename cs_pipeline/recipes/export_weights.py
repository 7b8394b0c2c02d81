"""How often the rows of an export are trained on, by the export's file name."""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple

MOST_TIMES = 20.0
"""Rows are seen so many times per epoch at the most."""


class ExportWeight(NamedTuple):
    """Rows of exports whose file name fits `pattern` are seen `weight` times per epoch."""

    pattern: str
    weight: float


def parsed_weights(text: str) -> tuple[ExportWeight, ...]:
    """What `2025-*.xlsx = 0.5, kakao-* = 2` says; empty for an empty text.

    Raises:
        ValueError: not of that form, or a weight that is not from 0 to 20.
    """
    found = []
    for part in filter(None, map(str.strip, text.split(","))):
        pattern, _, number = part.rpartition("=")
        weight = _number(number)
        if not pattern.strip() or weight is None:
            raise ValueError(
                "Input should be file names and weights from 0 to 20, such as `2025-*.xlsx = 0.5`"
            )
        found.append(ExportWeight(pattern.strip(), weight))
    return tuple(found)


def weight_of(name: str, weights: Sequence[ExportWeight]) -> float:
    """The weight of an export by its file name: that of the first pattern that fits, else 1."""
    return next((one.weight for one in weights if fnmatchcase(name, one.pattern)), 1.0)


def _number(text: str) -> float | None:
    try:
        weight = float(text)
    except ValueError:
        return None
    return weight if 0 <= weight <= MOST_TIMES else None
