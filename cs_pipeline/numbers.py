"""Numbers as a reader of the report sees them; what is not a finite number shows as a dash."""

import math
from typing import Any

from cs_pipeline.language import Words

MISSING = "–"
"""Stands for a figure that was not measured or is not a finite number."""


def finite(value: Any) -> float | None:
    """`value` as a float, None when it is not a finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value) if math.isfinite(value) else None
    except OverflowError:  # an integer beyond the range of floats
        return None


def figure(value: Any, digits: int = 0, *, signed: bool = False) -> str:
    """A number with thousands separators, `MISSING` when it is none."""
    number = finite(value)
    return MISSING if number is None else f"{number:{'+' if signed else ''},.{digits}f}"


def percent(value: Any, digits: int = 1) -> str:
    """A share as a percentage, `MISSING` when it is not a number."""
    number = finite(value)
    return MISSING if number is None else figure(number * 100, digits) + "%"


def shown_size(size_bytes: int) -> str:
    """Bytes in the unit that reads best: `1.5 MiB`."""
    size, units = float(size_bytes), ("B", "KiB", "MiB", "GiB", "TiB")
    for unit in units:
        if size < 1024 or unit == units[-1]:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1024
    raise AssertionError


def percentage_points(value: Any, digits: int = 1) -> str:
    """A difference of two shares."""
    number = finite(value)
    unit = Words(ko="%p", en=" pp")
    return MISSING if number is None else figure(number * 100, digits, signed=True) + str(unit)


def short(value: Any) -> str:
    """Up to six significant digits, 5e-05 as `5e-5`; for learning rates and axis labels."""
    number = finite(value)
    return MISSING if number is None else f"{number:.6g}".replace("e-0", "e-")


def gibibytes(value: Any) -> str:
    """Bytes in GiB."""
    number = finite(value)
    return MISSING if number is None else f"{number / 2**30:,.1f} GiB"


def duration(seconds: Any) -> str:
    """Seconds in the reader's units."""
    number = finite(seconds)
    if number is None:
        return MISSING
    if number < 60:
        return str(Words(ko=f"{number:.1f}초", en=f"{number:.1f} s"))
    minutes, rest = divmod(round(number), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return str(Words(ko=f"{hours:,}시간 {minutes}분", en=f"{hours:,} h {minutes} min"))
    return str(Words(ko=f"{minutes}분 {rest}초", en=f"{minutes} min {rest} s"))
