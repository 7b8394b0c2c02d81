"""Chats with a time of day, who and what on each line, below lines that say the day.

■ 2026년 3월 5일 목요일                   ----- 2026년 3월 5일 -----
[오전 10:00] 투숙객: 조식은 언제예요?      오후 9:48 1207호 투숙객> 수건 더 주세요
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import TextIO

from cs_pipeline.intake.files.chat_text import chat_rows

_CLOCK = r"(?P<clock>(?:(?:오전|오후|AM|PM)\s*)?\d{1,2}:\d{2}(?::\d{2})?(?:\s*(?:AM|PM))?)"
_WHO = r"(?P<who>[^\s:：>\[\]][^:：>\[\]]{0,30}?)"
_SAID = re.compile(
    rf"(?:\[\s*{_CLOCK}\s*\]\s*{_WHO}\s*[:：]\s+|{_CLOCK.replace('clock', 'time')}\s+"
    rf"{_WHO.replace('who', 'name')}\s*>\s+)(?P<said>\S.*)",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"\s*(?:[^\w\s]+\s*)?"
    r"(?P<day>\d{4}\s*[년./-]\s*\d{1,2}\s*[월./-]\s*\d{1,2}(?:\s*일)?\.?)"
    r"(?:\s*\(?[월화수목금토일](?:요일)?\)?)?\s*(?:[^\w\s]+\s*)?"
)
_HEAD_LINES, _LEAST_SAID, _MOSTLY, _MOST_SPEAKERS = 60, 4, 0.8, 1.5


def is_clocked_chat(sample: str) -> bool:
    """Whether nearly all lines below the first day are such, of people who speak again."""
    lines = list(filter(None, map(str.strip, sample.lstrip("\ufeff").splitlines())))
    first = next((at for at, line in enumerate(lines) if _DAY.fullmatch(line)), -1)
    if first < 0 or any(map(_SAID.fullmatch, lines[:first])):
        return False
    below = list(islice(lines, first, first + _HEAD_LINES))
    said = [match for line in below if (match := _SAID.fullmatch(line))]
    days = sum(_DAY.fullmatch(line) is not None for line in below)
    who = {match["who"] or match["name"] for match in said}
    return (
        len(said) >= _LEAST_SAID
        and len(said) + days >= _MOSTLY * len(below)
        and 1 < len(who) <= len(said) / _MOST_SPEAKERS
    )


def clocked_chat_rows(text: TextIO) -> Iterator[tuple[int, list[str]]]:
    """0-based line and cells of each message, as of other messengers' chats."""
    return chat_rows(map(_as_saved, text), 1, None)


def _as_saved(line: str) -> str:
    """The line as KakaoTalk's program for computers writes it."""
    plain = line.lstrip("\ufeff").strip()
    if match := _SAID.fullmatch(plain):
        who, clock = match["who"] or match["name"], match["clock"] or match["time"]
        return f"[{who}] [{clock.strip()}] {match['said']}"
    if match := _DAY.fullmatch(plain):
        return f"--- {match['day']} ---"
    return line
