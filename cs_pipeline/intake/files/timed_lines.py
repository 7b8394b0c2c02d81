"""Conversations with who, when and what on each line, one below the other, as a table.

    ### 통화 1                                 ■■■■■■■■■■■■■■■■
    [00:11] 전화하신 분: 예약되나요?            3-2 하람 어머니 (07:22) > 셔틀은 몇 시예요?
    [00:20] 접수데스크: 네, 2시에 됩니다.       차량실 (07:23) > 7시 40분입니다.

Blank or ruled lines part them, and a heading may stand below these. Speakers come again, and more
than one speaks in nearly each conversation, which tells these from diaries.
"""

import re
from collections.abc import Iterable, Iterator
from typing import TextIO

from cs_pipeline.intake.files.spoken_lines import HEADINGS

_CLOCK = r"(?:(?:오전|오후)\s*)?\d{1,2}:\d{2}(?::\d{2})?"
_WHO = r"[^\s:：<>()\[\]][^:：<>()\[\]\t]{0,29}?"
_SAID = re.compile(
    rf"(?:[\[(](?P<when>{_CLOCK})[\])]\s*(?P<who>{_WHO})\s*[:：>]\s*"
    rf"|(?P<name>{_WHO})\s*[\[(](?P<time>{_CLOCK})[\])]\s*[:：>]\s*)(?P<said>\S.*)"
)
_RULE = re.compile(r"\s*([-=*_~#─━■□◆▣])\1{3,}\s*")
_LEAST_SAID, _LEAST_PARTS, _MOSTLY, _MOST_SPEAKERS = 6, 3, 0.8, 1.5


def is_timed_lines(sample: str) -> bool:
    """Whether nothing else but headings stands in a text's beginning, and people talk in it."""
    lines = sample.lstrip("\ufeff").rpartition("\n")[0].splitlines()
    parts: dict[int, set[str]] = {}
    spoken, stray = list[str](), 0
    for part, _, line, is_heading in _lines(lines, is_ruled=_is_ruled(sample)):
        if match := _SAID.fullmatch(line.strip()):
            spoken.append(_who(match))
            parts.setdefault(part, set()).add(spoken[-1])
        else:
            stray += not is_heading
    talks = sum(len(names) > 1 for names in parts.values())
    return (
        len(spoken) >= _LEAST_SAID
        and stray <= (1 - _MOSTLY) * len(spoken)
        and len(parts) >= _LEAST_PARTS
        and talks >= _MOSTLY * len(parts)
        and len(set(spoken)) <= len(spoken) / _MOST_SPEAKERS
    )


def timed_rows(text: TextIO, sample: str) -> Iterator[tuple[int, list[str]]]:
    """0-based line and cells of each utterance, below a row of `HEADINGS`.

    Other lines continue the one above. `sample` is the text's beginning.
    """
    yield 0, list(HEADINGS)
    waiting: tuple[int, list[str]] | None = None
    lines = (raw.strip("\r\n\ufeff") for raw in text)
    for part, number, line, is_heading in _lines(lines, is_ruled=_is_ruled(sample)):
        match = _SAID.fullmatch(line.strip())
        if waiting and not (match or is_heading):
            waiting[1][2] += f"\n{line}"
            continue
        if waiting:
            yield waiting
        waiting = None
        if match:
            when = match["when"] or match["time"]
            waiting = (number + 1, [str(part), _who(match), match["said"], when])
    if waiting:
        yield waiting


def _is_ruled(sample: str) -> bool:
    """Whether ruled lines part conversations."""
    return sum(map(bool, map(_RULE.fullmatch, sample.splitlines()))) >= _LEAST_PARTS


def _lines(lines: Iterable[str], *, is_ruled: bool) -> Iterator[tuple[int, int, str, bool]]:
    """Conversation, 0-based number and words of each filled line, and whether it is a heading.

    Where ruled lines part conversations, blank ones do not.
    """
    part, on_top = 0, True
    for number, line in enumerate(lines):
        if _RULE.fullmatch(line) if is_ruled else not line.strip():
            on_top = True
        elif line.strip():
            said = _SAID.fullmatch(line.strip()) is not None
            part += on_top and said
            on_top = on_top and not said
            yield part, number, line, on_top


def _who(match: re.Match[str]) -> str:
    return str(match["who"] or match["name"]).strip()
