"""Lines that are nothing but digits, read as one number though nobody asked for one."""

import re
from collections.abc import Iterator, Sequence

from cs_pipeline.pii.dictation.lines import Line, Told
from cs_pipeline.pii.finders.numbers.checksums import is_birth_date, passes_luhn

_PHONE = re.compile(r"01[016789]\d{7,8}|02\d{7,8}|0[3-6][1-5]\d{7,8}|070\d{8}|050\d{8,9}")
_REGISTRATION = re.compile(r"\d{6}[1-8]\d{6}")
_CARD = re.compile(r"[3-69]\d{15}|3[47]\d{13}|3[0689]\d{12}")
_MOST_LINES = 8
_MOST_SILENT = 3


def find(lines: Sequence[Line]) -> Iterator[Told]:
    """Pieces of phone numbers, cards and registration numbers."""
    for run in _runs(lines):
        done = -1
        for first in range(len(run)):
            for last in range(first + 1, min(len(run), first + _MOST_LINES)):
                if first > done and (kind := _kind_of(run[first : last + 1])):
                    yield from _told(run[first : last + 1], kind)
                    done = last


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Numbers that follow each other with hardly a word in between."""
    run: list[Line] = []
    silent = 0
    for line in lines:
        if line.is_number:
            run.append(line)
            silent = 0
        elif not line.says_nothing or silent >= _MOST_SILENT:
            if len(run) > 1:
                yield run
            run, silent = [], 0
        else:
            silent += 1
    if len(run) > 1:
        yield run


def _kind_of(run: Sequence[Line]) -> str | None:
    """What the lines are together, without those that say again what the one before said."""
    told = [run[0].digits]
    for line in run[1:]:
        if line.digits != told[-1]:
            told.append(line.digits)
    number = "".join(told)
    if _PHONE.fullmatch(number):
        return "PHONE"
    if _REGISTRATION.fullmatch(number) and is_birth_date(number[:6]):
        return "FRN" if number[6] in "5678" else "RRN"
    in_fours = all(len(digits) % 4 == 0 for digits in told)
    if _CARD.fullmatch(number) and (passes_luhn(number) or (len(told) > 1 and in_fours)):
        return "CARD"
    return None


def _told(run: Sequence[Line], kind: str) -> Iterator[Told]:
    for line in run:
        for start, end in line.stretches():
            yield Told(line.number, start, end, kind, 0.8, "number.in_turns")
