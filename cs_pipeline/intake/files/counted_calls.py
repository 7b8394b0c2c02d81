"""Calls as a document shows them, below headings that count them, as a table.

    ■ 통화 1
    일시: 2026-03-02 09:40   상담원: 한상우

    상담원 : 무엇을 도와드릴까요?
    고  객 : 배송은 언제
             오나요?

                             - 1 -

    한빛콜센터 녹취록                2026-03-02

    상담원 : 내일 도착합니다.

A page may end within a call, and within what somebody says. What stands on top of each page is none
of it.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TextIO

from cs_pipeline.intake.files.spoken_lines import HEADINGS, SPOKEN, who_in

_HEADING = re.compile(
    r"\s*[\[(<#■●▶◆○□◎※【]+\s*(?:(?:통화|상담|녹취|대화|콜|사례|건|call|case|no)[\s.#]*)?"
    r"(?P<count>\d{1,4})(?![\d:.,~-]).{0,60}",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"\s*(?:[-–—]\s*\d{1,4}\s*[-–—]|\d{1,4}\s*(?:/\s*\d{1,4}|쪽|페이지)"
    r"|(?:page|페이지|쪽)\s*:?\s*\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?)\s*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_PERSON = re.compile(
    r"(?!여보|안녕|감사)[가-힣*○]{2,4}\s*(?:님|상담[사원])?(?:\s*[(/,]?\s*[\d*-]{8,}\)?)?|[\d*-]{8,}"
)
"""Who takes part in a call, in its head: `고객: 한여름 (010-****-1234)`."""
_LEAST_CALLS, _LEAST_LINES, _LEAST_PAGES = 2, 4, 3


def is_counted_calls(sample: str) -> bool:
    """Whether headings count calls one by one, with nothing but what is said below each."""
    lines = sample.lstrip("\ufeff").rpartition("\n")[0].splitlines()
    on_top = [line for above, line in pairwise(["", *lines]) if not above.strip()]
    counts = [int(match["count"]) for line in on_top if (match := _heading(line))]
    if len(counts) < _LEAST_CALLS or counts != [*range(counts[0], counts[0] + len(counts))]:
        return False
    said = [match for line in lines if (match := SPOKEN.fullmatch(line))]
    sides = any(match["customer"] for match in said) and any(match["agent"] for match in said)
    is_whole = all(kind != "stray" for kind, _, _ in _kinds(lines))
    return sides and is_whole and len(said) >= _LEAST_LINES


def counted_rows(text: TextIO) -> Iterator[tuple[int, list[str]]]:
    """0-based line and cells of each utterance, below a row of `HEADINGS`."""
    yield 0, list(HEADINGS)
    call, waiting = 0, None
    for kind, number, line in _kinds([line.strip("\r\n\ufeff") for line in text]):
        if kind == "more" and waiting:
            waiting[1][2] += f"\n{line.strip()}"
            continue
        if waiting:
            yield waiting
            waiting = None
        call += kind == "heading"
        if match := SPOKEN.fullmatch(line) if kind == "said" else None:
            cells = [str(call), who_in(match), match["said"], match["when"] or ""]
            waiting = (number + 1, cells)
    if waiting:
        yield waiting


def _kinds(lines: Sequence[str]) -> Iterator[tuple[str, int, str]]:
    """What each filled line is, its 0-based number and it; pages' numbers are left out.

    `heading`, `head` (what stands above the first words of a call), `said`, `more` of it, or a
    `stray` line that nothing explains. Blank lines end what is said, those around a page do not.
    """
    in_head, is_blank, is_page, goes_on = True, True, False, False
    on_each_page = _on_each_page(lines)
    for number, line in enumerate(lines):
        if number in on_each_page:
            continue
        if not line.strip():
            is_blank = True
            continue
        if _PAGE.fullmatch(line):
            is_page = True
            continue
        if is_blank and _heading(line):
            kind, in_head, goes_on = "heading", True, False
        elif (match := SPOKEN.fullmatch(line)) and not (
            in_head and _PERSON.fullmatch(match["said"].strip())
        ):
            kind, in_head, goes_on = "said", False, True
        elif in_head:
            kind = "head"
        else:
            goes_on = goes_on and (not is_blank or is_page)
            kind = "more" if goes_on else "stray"
        yield kind, number, line
        is_blank = is_page = False


def _on_each_page(lines: Sequence[str]) -> set[int]:
    """0-based numbers of the lines that pages have in common, above and below their numbers.

    Such a line is one of those on top of the first page, or stands there on all pages.
    """
    filled = [number for number, line in enumerate(lines) if line.strip()]
    pages = [place for place, number in enumerate(filled) if _PAGE.fullmatch(lines[number])]
    top = next((place for place, number in enumerate(filled) if _is_of_call(lines[number])), 0)
    on_top = {_mark(lines[number]) for number in filled[:top]}
    found: set[int] = set()
    for step in (1, -1):
        beside = [place + step for place in pages if 0 <= place + step < len(filled)]
        marks = {_mark(lines[filled[place]]) for place in beside}
        of_calls = any(_is_of_call(lines[filled[place]]) for place in beside)
        common = marks if len(marks) == 1 and len(beside) >= _LEAST_PAGES else set()
        known = (common if not of_calls else set()) | (on_top if step > 0 else set())
        for place in beside:
            while 0 <= place < len(filled) and _mark(lines[filled[place]]) in known:
                found.add(filled[place])
                place += step  # noqa: PLW2901 - further lines of the same page
    return found


def _is_of_call(line: str) -> bool:
    return SPOKEN.fullmatch(line) is not None or _heading(line) is not None


def _mark(line: str) -> str:
    """A line without its figures, of which a date or the time of printing has some."""
    return _DIGITS.sub("0", " ".join(line.split()))


def _heading(line: str) -> re.Match[str] | None:
    return None if SPOKEN.fullmatch(line) else _HEADING.fullmatch(line)
