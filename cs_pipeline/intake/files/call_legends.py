"""Calls as plain text with numbers for speakers, and lines that say who they are, as a table.

    ### 파일: rec_02200.mp3
    ### 화자1: 상담사 / 화자2: 고객

    [00:00:02.100] 화자2  알림이 안 와요

The same number may be somebody else in the next call, so that what a line says counts to the next
such line. Where each call has one and a call lacks it, its speakers are told apart from all others.
"""

import re
from collections.abc import Iterator
from itertools import groupby, islice
from typing import TextIO

from cs_pipeline.intake.files.spoken_lines import AGENT, CUSTOMER, HEADINGS

_NUMBERED = (
    r"(?:화자|발화자|참석자|참가자|참여자|speaker|spk|spkr|채널|channel|ch)\s*[-_#]?\s*\d{1,2}"
)
_LINE = re.compile(
    r"\s*(?:[\[(]?(?P<when>\d{1,2}:\d{2}(?::\d{2})?)(?:[.,]\d{1,3})?"
    r"(?:\s*[-~]\s*\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?)?[\])]?\s*[-|]?\s*)?"
    rf"[\[(<]?(?P<who>{_NUMBERED})(?:\s*[\])>]\s*[:：]?|\s*[:：]|(?=\s))\s*(?P<said>\S.*)",
    re.IGNORECASE,
)
_TOLD = re.compile(
    rf"(?P<who>{_NUMBERED})\s*[:：=]\s*(?P<role>(?P<customer>{CUSTOMER})|(?P<agent>{AGENT}))"
    r"(?=$|[\s,/|;)\]])",
    re.IGNORECASE,
)
_SAMPLE_LINES, _LEAST_LINES, _LEAST_SHARE = 200, 4, 0.5
_RULES, _AROUND = ("#", "=", "-", "*"), "\ufeff \t#=-*()[]"
_CUSTOMER = re.compile(CUSTOMER, re.IGNORECASE)
_BETWEEN = re.compile(r"[\s_#-]+")


def has_call_legend(sample: str) -> bool:
    """Whether most lines of a text are numbered speakers', and some say who those are."""
    lines = [line for line in islice(sample.splitlines(), _SAMPLE_LINES) if line.strip("\ufeff ")]
    told = [roles for line in lines if (roles := _legend(line))]
    said = sum(not _legend(line) and _LINE.fullmatch(line) is not None for line in lines)
    others = sum(not (line.lstrip("\ufeff").startswith(_RULES) or _legend(line)) for line in lines)
    sides = {_CUSTOMER.fullmatch(role) is not None for roles in told for role in roles.values()}
    return len(sides) > 1 and said >= max(_LEAST_LINES, _LEAST_SHARE * others)


def call_rows(text: TextIO, sample: str) -> Iterator[tuple[int, list[str]]]:
    """0-based line and cells of each utterance, below a row of `HEADINGS`.

    Lines without a speaker continue the one above, up to a blank line; behind it they are the head
    of the next call. `sample` is the text's beginning.
    """
    yield 0, list(HEADINGS)
    filled = (line for line in sample.splitlines() if line.strip())
    legends = sum(one for one, _ in groupby(_legend(line) is not None for line in filled))
    call, roles, waiting, in_head, after_blank = 0, dict[str, str](), None, False, True
    for number, raw in enumerate(text):
        line = raw.strip("\r\n\ufeff")
        told, match = _legend(line), _LINE.fullmatch(line)
        if told is None and match is None and line.strip() and waiting and not after_blank:
            waiting[1][2] += f"\n{line}"
            continue
        after_blank = not line.strip()
        if after_blank:
            continue
        if waiting:
            yield waiting
            waiting = None
        if told is None and match is not None:
            in_head = False
            who = _BETWEEN.sub("", match["who"]).casefold()
            speaker = roles.get(who) or f"{match['who']} ({call or 1})"
            waiting = (number + 1, [str(call or 1), speaker, match["said"], match["when"] or ""])
            continue
        if not in_head:
            in_head, call = True, call + 1
            roles = {} if legends > 1 else roles
        roles = {**roles, **(told or {})}
    if waiting:
        yield waiting


def _legend(line: str) -> dict[str, str] | None:
    """Who speaks by number, where a line says it of both sides, or of one and nothing else."""
    found = list(_TOLD.finditer(line))
    both = any(one["customer"] for one in found) and any(one["agent"] for one in found)
    if not both and not _TOLD.fullmatch(line.strip(_AROUND)):
        return None
    return {_BETWEEN.sub("", one["who"]).casefold(): one["role"] for one in found}
