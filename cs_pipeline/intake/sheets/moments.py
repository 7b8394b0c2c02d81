"""When something was said, as far as a cell tells."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

_DAY = r"(?:\(?[월화수목금토일]\)?요?일?\s*)?"
_CLOCK_PART = (
    r"(?:(오전|오후|am|pm)\s*)?(\d{1,2})\s*(?::|시)\s*(\d{1,2})\s*(?:분)?"
    r"(?:\s*:?\s*(\d{1,2})(?:[.,](\d{1,9}))?\s*초?)?\s*(am|pm)?"
)
_ZONE = r"z|utc|gmt|kst|[+-]\d{2}(?::?\d{2})?"
_ZONED = re.compile(rf".*\d:\d\d\S*\s*(?:{_ZONE})\s*", re.IGNORECASE)
_KST_MINUTES = 540
_MOMENT = re.compile(
    # `2026-03-01`, `26.3.1`, `2026년 3월 1일`, `2026. 3. 1.,`
    r"(\d{4}|\d{2}(?=[-./]\s*\d{1,2}[-./]))\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*[일.]?,?"
    # `T09:13:20+09:00`, ` (일) 오전 9시 13분`, or nothing; the day of the week may also come last
    rf"(?:[T\s]\s*{_DAY}{_CLOCK_PART}\s*({_ZONE})?)?\s*{_DAY}",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    # `3/2/26 오전 9:03`, `3/14/2026 9:03`
    rf"(\d{{1,2}})/(\d{{1,2}})/(\d{{4}}|\d{{2}})(?:,?\s+{_CLOCK_PART})?",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?", re.ASCII)
_MONTHS, _DAYS = range(1, 13), range(1, 32)
_YEARS = range(2015, 2040)
"""Of two figures; a day or a month reads like any other year."""
_COMPACT = re.compile(r"(20\d{2})(0[1-9]|1[0-2])([0-3]\d)\s?(?:([0-2]\d)([0-5]\d)([0-5]\d)?)?")
_CLOCK = re.compile(_CLOCK_PART, re.IGNORECASE)
_UNIX_TIME = re.compile(r"\d{10}|\d{13}")
_SERIAL = re.compile(r"[2-6]\d{4}(?:\.\d+)?")
_OFFSET_SECONDS = re.compile(r"\d{1,6}(?:\.\d+)?")
_COUNT = re.compile(r"\d{1,9}(?:\.\d+)?")
_AFTERNOON, _MORNING = {"오후", "pm"}, {"오전", "am"}
_SERIAL_ZERO = datetime(1899, 12, 30)
"""Day 0 of the serial numbers that spreadsheets count days with."""

Moment = tuple[int, ...]
"""Comparable with the moments of the same column."""


def moment_of(text: str) -> Moment | None:
    """A date with or without a time of day, or seconds or milliseconds since 1970; else None."""
    plain = text.strip()
    if match := _PLAIN.fullmatch(plain):  # quick, since most cells look so
        date_and_time = tuple(map(int, match.groups("0")))
        is_date = date_and_time[1] in _MONTHS and date_and_time[2] in _DAYS
        return (*date_and_time, 0) if is_date else None
    if _UNIX_TIME.fullmatch(plain):
        return (int(plain.ljust(13, "0")),)
    if not plain[:1].isdigit():
        return None
    if plain[:3].count("/") and (match := _MONTH_FIRST.fullmatch(plain)):
        month, day, year, *clock = match.groups(default="")
        if _year(year) in _YEARS and int(month) in _MONTHS:
            # the day may come first, too, where nothing says that it does not
            sure = clock[0] or clock[-1] or int(day) > max(_MONTHS)
            return _moment(year, month, day, clock) if sure else None
    match = _MOMENT.fullmatch(plain)
    if match is None:
        return None
    year, month, day, *clock, zone = match.groups(default="")
    moment = _moment(year, month, day, clock)
    return _in_korea(moment, zone) if zone and moment else moment


def tells_zone(text: str) -> bool:
    """Whether a date and time says in which zone (`…T01:20:52Z`, `…+09:00`)."""
    return _ZONED.fullmatch(text) is not None


def _in_korea(moment: Moment, zone: str) -> Moment | None:
    """The same moment as clocks in Korea show it, so that zones can be compared."""
    if zone[0] in "+-":
        minutes = 60 * int(zone[1:3]) + int(zone[3:].lstrip(":") or 0)
        minutes = -minutes if zone[0] == "-" else minutes
    else:
        minutes = _KST_MINUTES if zone.lower() == "kst" else 0
    if minutes == _KST_MINUTES:
        return moment
    try:
        there = datetime(*moment[:6])  # type: ignore[arg-type]  # six, of a day and a time
    except ValueError:  # the 31st of February
        return None
    here = there + timedelta(minutes=_KST_MINUTES - minutes)
    return (here.year, here.month, here.day, here.hour, here.minute, here.second, moment[6])


def _year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _moment(year: str, month: str, day: str, clock: list[str]) -> Moment | None:
    if int(month) not in _MONTHS or int(day) not in _DAYS:
        return None
    return (_year(year), int(month), int(day), *(_clock(clock) if clock[1] else (0, 0, 0, 0)))


def clock_of(text: str) -> Moment | None:
    """A time of day alone (`오전 9:03`, `09:03:11`), or how far into a call (`00:01:23`)."""
    match = _CLOCK.fullmatch(text.strip())
    return _clock(match.groups(default="")) if match else None


def _clock(parts: "tuple[str, ...] | list[str]") -> Moment:
    before, hour, minute, second, fraction, behind = parts
    half = (before or behind).lower()
    hours = int(hour)
    if half in _AFTERNOON | _MORNING:
        hours = hours % 12 + (12 if half in _AFTERNOON else 0)
    return hours, int(minute), int(second or 0), int(fraction.ljust(9, "0") or 0)


def counts_up(cells: Sequence[str]) -> bool:
    """Whether a column of times counts from the beginning of a call, all over.

    Then 46083 is as many seconds or milliseconds as that, and no day.
    """
    if not all(map(_COUNT.fullmatch, cells)):
        return False
    return any(
        _OFFSET_SECONDS.fullmatch(cell) and not _SERIAL.fullmatch(cell) for cell in set(cells)
    )


def offset_of(text: str) -> Moment | None:
    """Seconds or milliseconds from the beginning of a call, in a column that holds nothing else."""
    plain = text.strip()
    return (0, int(float(plain) * 1000)) if _COUNT.fullmatch(plain) else None


def moment_under_heading(text: str) -> Moment | None:
    """As `moment_of`, in a column whose heading says that it holds times.

    There, `20260302090311`, a spreadsheet's serial number of a day (`46083.377`), a time of day
    and seconds from the beginning are moments, too. Moments of unlike kinds differ in length.
    """
    plain = text.strip()
    if found := moment_of(plain):
        return found
    if clock := clock_of(plain):
        return clock
    if match := _COMPACT.fullmatch(plain):
        return (*(int(part or 0) for part in match.groups()), 0)
    if _SERIAL.fullmatch(plain):
        day = _SERIAL_ZERO + timedelta(days=float(plain))
        return (day.year, day.month, day.day, day.hour, day.minute, day.second, day.microsecond)
    if _OFFSET_SECONDS.fullmatch(plain):
        return (0, int(float(plain) * 1000))
    return None
