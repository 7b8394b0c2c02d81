"""Chats with who and when on a line of their own below each message, as a table.

    ======== 상담 1 (2026-03-02) ========
    배송은 언제 오나요?
    고객 · 09:03
    내일 도착합니다.
    상담사 · 09:05

That they stand below, and not above the next message, is told by how each part of the text begins
and ends; parts lie between ruled or blank lines. In one that differs nobody can be told to speak.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple, TextIO

from cs_pipeline.intake.files.spoken_lines import HEADINGS
from cs_pipeline.intake.files.wordless import is_wordless

_CLOCK = r"(?:(?:오전|오후|AM|PM)\s*)?\d{1,2}:\d{2}(?::\d{2})?(?:\s*[AP]M)?"
_WHO = r"[^\s\d:：·•|,/()\[\]][^:：·•|,/()\[\]]{0,19}?"
_LABEL = re.compile(
    rf"\s*(?:(?P<who>{_WHO})\s*(?:[·•|,/-]\s*|\s|(?=\())\(?(?P<when>{_CLOCK})\)?"
    rf"|\(?(?P<before>{_CLOCK})\)?\s*(?:[·•|,/-]\s*|\s)(?P<whose>{_WHO}))\s*",
    re.IGNORECASE,
)
_RULE = re.compile(r"\s*[-=*_~#─━═]{3,}(?:[^-=*_~#─━═].{0,60}?[-=*_~#─━═]{3,})?\s*")
_DAY = re.compile(r"\d{4}[-./]\d{1,2}[-./]\d{1,2}")
_LEAST_PARTS, _LEAST_LABELS, _MOST_SPEAKERS, _LEAST_SHARE = 2, 4, 10, 0.25
_BELOW, _ABOVE, _MOSTLY = (False, True), (True, False), 0.9


class _Part(NamedTuple):
    """Filled lines between ruled or blank ones, each with its 0-based number."""

    conversation: int
    day: str
    lines: Sequence[tuple[int, str]]

    def ends(self) -> tuple[bool, bool]:
        """Whether the first line is a label, and whether the last one is."""
        first, last = (_LABEL.fullmatch(self.lines[place][1]) for place in (0, -1))
        return first is not None, last is not None


def has_labels_below(sample: str) -> bool:
    """Whether a text's beginning is messages with such a line below each."""
    parts = list(_parts(sample.lstrip("\ufeff").rpartition("\n")[0].splitlines()))
    parts = parts[:-1] if len(parts) > _LEAST_PARTS else parts  # the last one may go on
    ends = [part.ends() for part in parts]
    lines = [line for part in parts for _, line in part.lines]
    said_by = [_who(match) for line in lines if (match := _LABEL.fullmatch(line))]
    speakers = set(said_by)
    return (
        len(parts) >= _LEAST_PARTS
        and ends.count(_BELOW) >= _MOSTLY * len(parts)
        and _ABOVE not in ends
        and len(said_by) >= max(_LEAST_LABELS, 2 * len(speakers), _LEAST_SHARE * len(lines))
        and 1 < len(speakers) <= _MOST_SPEAKERS
    )


def labelled_rows(text: TextIO) -> Iterator[tuple[int, list[str]]]:
    """0-based line and cells of each message, below a row of `HEADINGS`."""
    yield 0, list(HEADINGS)
    for part in _parts([line.strip("\r\n\ufeff") for line in text]):
        known = part.ends() == _BELOW
        said: list[tuple[int, str]] = []
        for number, line in part.lines:
            label = _LABEL.fullmatch(line) if known else None
            if label is None:
                said.append((number, line))
                continue
            yield from _message(part, said, label)
            said = []
        yield from _message(part, said, None)


def _message(
    part: _Part, said: Sequence[tuple[int, str]], label: re.Match[str] | None
) -> Iterator[tuple[int, list[str]]]:
    words = "\n".join(line for _, line in said)
    if words and not is_wordless(words):
        when = f"{part.day} {label['when'] or label['before']}".strip() if label else ""
        who = _who(label) if label else ""
        yield said[0][0] + 1, [str(part.conversation), who, words, when]


def _parts(lines: Sequence[str]) -> Iterator[_Part]:
    """The parts of a text; only ruled lines begin another conversation."""
    conversation, day = 1, ""
    for kind, group in groupby(enumerate(lines), lambda one: _kind(one[1])):
        found = list(group)
        if kind == "rule":
            conversation += 1
            days = [match[0] for _, line in found if (match := _DAY.search(line))]
            day = days[-1] if days else day
        elif kind == "words":
            yield _Part(conversation, day, found)


def _kind(line: str) -> str:
    return "rule" if _RULE.fullmatch(line) else "words" if line.strip() else "blank"


def _who(label: re.Match[str]) -> str:
    return str(label["who"] or label["whose"])
