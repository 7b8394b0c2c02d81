"""Chats copied out of a program's window, as a table: who, what, when.

    서다인(대한물산, 게스트)
    2026-03-02 오전 9:03
    배송은 언제 오나요?

    [오전 9:05] 정민아 | 고객지원
    내일 도착합니다.
    좋아요 1개

A day is a conversation of its own. What a message quotes above its words (`> …`), and who liked it,
is left out.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TextIO

from cs_pipeline.intake.files.chat_text import HEADINGS
from cs_pipeline.intake.files.wordless import is_wordless

_WHEN = (
    r"(?:(?P<year>\d{4})\s*[-./년]\s*(?P<month>\d{1,2})\s*[-./월]\s*(?P<day>\d{1,2})[일.]?\s*"
    r"(?:\(?[월화수목금토일](?:요일)?\)?\s*)?)?"
    r"(?P<half>오전|오후|AM|PM)?\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2})?\s*(?P<after>AM|PM)?"
)
_TIME = re.compile(rf"\s*{_WHEN}\s*", re.IGNORECASE)
_HEAD = re.compile(rf"\[{_WHEN}\]\s*(?P<who>[^\s:：][^:：]{{0,59}}?)\s*", re.IGNORECASE)
_WHO = re.compile(r"[^\s:：>][^:：>]{0,59}")
_ADDED = re.compile(
    r"\s*(?:(?:좋아요|하트|웃음|놀람|슬픔|화남|like|heart|laugh|surprised|sad|angry)\s*\d+\s*(?:개|명)?"
    r"|\(?(?:편집됨|수정됨|edited)\)?)\s*",
    re.IGNORECASE,
)
_SAMPLE_LINES, _LEAST_HEADS, _MOST_SPEAKERS, _COVER = 400, 4, 10, 5
_NOON = 12


class _Head(NamedTuple):
    who: str
    day: str
    clock: str


def is_copied_chat(sample: str) -> bool:
    """Whether a text's beginning is messages with a line or two above each for who and when."""
    lines = sample.lstrip("\ufeff").splitlines()[:_SAMPLE_LINES]
    heads = [(place, head.who) for place, head, _ in _heads(lines)]
    speakers = {who for _, who in heads}
    return (
        len(heads) >= max(_LEAST_HEADS, 2 * len(speakers))
        and 1 < len(speakers) <= _MOST_SPEAKERS
        and heads[0][0] < _COVER
    )


def copied_chat_rows(text: TextIO) -> Iterator[tuple[int, list[str]]]:
    """0-based line and cells of each message, below a row of chats' `HEADINGS`."""
    yield 0, list(HEADINGS)
    lines = [line.strip("\r\n\ufeff") for line in text]
    heads = list(_heads(lines))
    ends = [*(place for place, _, _ in heads[1:]), len(lines)]
    day = ""
    for (place, head, length), end in zip(heads, ends, strict=True):
        day = head.day or day
        said = _own_words(lines[place + length : end])
        if said and not is_wordless(said):
            yield place + 1, [day, head.who, said, f"{day} {head.clock}".strip()]


def _heads(lines: Sequence[str]) -> Iterator[tuple[int, _Head, int]]:
    """Where each message begins, who says it and when, and how many lines say so."""
    below_blank = True
    for place, line in enumerate(lines):
        if match := _HEAD.fullmatch(line):
            yield place, _head(match, match["who"]), 1
        elif below_blank and _WHO.fullmatch(line):
            following = lines[place + 1] if place + 1 < len(lines) else ""
            if match := _TIME.fullmatch(following):
                yield place, _head(match, line.strip()), 2
        below_blank = not line.strip()


def _head(match: re.Match[str], who: str) -> _Head:
    half, hour = (match["half"] or match["after"] or "").upper(), int(match["hour"])
    if half:
        hour = hour % _NOON + _NOON * (half in ("오후", "PM"))
    day = ""
    if match["year"]:
        day = f"{match['year']}-{int(match['month']):02}-{int(match['day']):02}"
    return _Head(who, day, f"{hour:02}:{match['minute']}")


def _own_words(lines: Sequence[str]) -> str:
    """A message's lines without those that it quotes first, and what the program adds."""
    kept = [line for line in lines if line.strip()]
    while kept and kept[0].lstrip().startswith(">"):
        kept.pop(0)
    while kept and _ADDED.fullmatch(kept[-1]):
        kept.pop()
    return "\n".join(kept).strip()
