"""Captions of recorded calls (WebVTT, SRT), each cue with who says it, as a table.

    00:00:03.037 --> 00:00:06.704
    <v 고객>건조기 먼지통은 얼마나 자주

    3                                           a number, where cues have them
    00:00:06,854 --> 00:00:10,187
    상담사: 한 번 돌릴 때마다 비워 주세요.

A cue that names nobody continues the one above. Where the time begins anew, so does a call.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TextIO

from cs_pipeline.intake.files.spoken_lines import HEADINGS, SPOKEN, who_in

_CLOCK = r"(?:(\d{1,3}):)?(\d{2}):(\d{2})[.,](\d{3})"
_TIMES = re.compile(rf"\ufeff?\s*{_CLOCK}\s*-->\s*(?:\d{{1,3}}:)?\d{{2}}:\d{{2}}[.,]\d{{3}}.*")
_VOICE = re.compile(r"\s*<v(?:\.[^\s>]*)?\s+(?P<who>[^>]{1,40})>(?P<said>.*)")
_NUMBERED = re.compile(
    r"\s*-?\s*(?P<who>(?:화자|참석자|참여자|speaker)\s*[-_#]?\s*\d{1,2})\s*[:：]\s*(?P<said>.*)",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-z][^>]{0,40}>")
_LEAST_CUES, _MOSTLY = 4, 0.5

_Cue = tuple[int, int, list[str]]
"""0-based line of its words, when it begins in milliseconds, and its lines."""


def is_captions(sample: str) -> bool:
    """Whether a text's beginning is cues, of which most name who speaks."""
    cues = list(_cues(sample.splitlines()))[:-1]
    named = sum(_voice(lines[0]) is not None for _, _, lines in cues)
    return len(cues) >= _LEAST_CUES and named >= _MOSTLY * len(cues)


def caption_rows(text: TextIO) -> Iterator[tuple[int, list[str]]]:
    """0-based line and cells of each cue, below a row of `HEADINGS`."""
    yield 0, list(HEADINGS)
    call, before, who = 1, 0, ""
    for number, begins, lines in _cues(text):
        if begins < before:
            call, who = call + 1, ""
        before = begins
        for step, line in enumerate(lines):
            voice = _voice(line)
            who, said = voice or (who, line)
            if plain := _TAG.sub("", said).strip():
                yield number + step + 1, [str(call), who, plain, ""]


def _voice(line: str) -> tuple[str, str] | None:
    """Who says a line, and what it says; None where it does not tell."""
    if match := _VOICE.fullmatch(line) or _NUMBERED.fullmatch(line):
        return match["who"].strip(), match["said"]
    match = SPOKEN.fullmatch(line.strip().lstrip("- "))
    return (who_in(match), match["said"]) if match else None


def _cues(lines: Iterable[str]) -> Iterator[_Cue]:
    cue: _Cue | None = None
    for number, raw in enumerate(chain(lines, [""])):
        line = raw.strip("\r\n")
        match = _TIMES.fullmatch(line)
        if match is None and cue and line.strip():
            cue[2].append(line)
            continue
        if match and cue and cue[2] and cue[2][-1].strip().isdecimal():
            cue[2].pop()  # the number of the next cue, with no blank line above it
        if cue and cue[2]:
            yield cue
        cue = (number + 1, _milliseconds(match), []) if match else None


def _milliseconds(match: re.Match[str]) -> int:
    hours, minutes, seconds, rest = (int(part or 0) for part in match.groups()[:4])
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest
