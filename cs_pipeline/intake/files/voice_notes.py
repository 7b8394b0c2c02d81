"""Calls as speech recognition writes them, a line for who speaks and the words below, as a table.

    참석자 1 00:03
    배송은 언제 오나요?

    참석자 2 00:09
    내일 도착합니다.

The lines stand in their order, so that times are of no use; what stands above the first is a title.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import TextIO

HEADINGS = ["화자", "내용"]

_SPEAKER = re.compile(
    r"\s*(?P<who>[^\d\s:：\[\](),][^:：\[\](),]{0,24}?)\s+[\[(]?(?:\d{1,2}:)?\d{1,2}:\d{2}[\])]?\s*"
)
_SAMPLE_LINES, _LEAST_TURNS, _MOST_SPEAKERS, _LEAST_SHARE = 200, 4, 10, 0.25


def is_voice_note(sample: str) -> bool:
    """Whether a text's beginning is lines that name one of few speakers, words below each."""
    lines = [line for line in sample.splitlines()[:_SAMPLE_LINES] if line.strip("\ufeff \t")]
    found = [_SPEAKER.fullmatch(line.lstrip("\ufeff")) for line in lines]
    turns = Counter(match["who"] for match in found if match)
    silent = sum(one is not None and other is not None for one, other in pairwise(found))
    return (
        turns.total() >= max(_LEAST_TURNS, 2 * len(turns), _LEAST_SHARE * len(lines))
        and 1 < len(turns) <= _MOST_SPEAKERS
        and not silent
    )


def voice_note_rows(text: TextIO) -> Iterator[tuple[int, list[str]]]:
    """0-based line and cells of each speech, below a row of `HEADINGS`."""
    yield 0, list(HEADINGS)
    waiting: tuple[int, list[str]] | None = None
    for number, raw in enumerate(text):
        line = raw.strip("\r\n\ufeff")
        if match := _SPEAKER.fullmatch(line):
            if waiting:
                yield waiting
            waiting = (number + 1, [match["who"], ""])
        elif waiting and line.strip():
            waiting[1][1] = f"{waiting[1][1]}\n{line}".strip()
    if waiting:
        yield waiting
