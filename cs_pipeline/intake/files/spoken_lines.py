"""Conversations as plain text, a line an utterance, as a table: which, who, what, when.

    고객 : 배송은 언제 오나요?
    [09:04] 상담사 김나래: 내일 도착합니다.

Blank lines part conversations where they do not stand between all of the lines; so do ruled ones
(`-----`), below which a heading may stand.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TextIO

HEADINGS = ["대화번호", "화자", "내용", "시각"]

CUSTOMER = r"고객님?|고\s+객|손\s*님|회원님?|문의자|민원인|민\s원\s인|customer|client|user"
AGENT = r"상담(?:사|원|직원)|상\s+담\s+[사원]|매니저|담당자|직원|agent|assistant|operator"
_OTHERS = r"챗봇|상담봇|봇|시스템|bot|system"
SPOKEN = re.compile(
    # `2026-03-01 오전 9:13`, `[09:13:20]`, `09:13 -`, or nothing
    r"\s*(?:[\[(]?(?P<when>(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}\s+)?(?:오전\s*|오후\s*)?"
    r"\d{1,2}:\d{2}(?::\d{2})?)[\])]?\s*[-|]?\s*)?"
    # `고객:`, `[상담사 김]`, `<bot>:`, and all that is said
    rf"[\[(<]?\s*(?P<who>(?:(?P<customer>{CUSTOMER})|(?P<agent>{AGENT})|{_OTHERS})"
    r"(?:\s[^\s:：\])>]{1,10})?)\s*[\])>]?\s*[:：]\s*(?P<said>.*)",
    re.IGNORECASE,
)
_RULE = re.compile(r"\s*[-=*_~#─━]{4,}\s*")
_NUMBERED = re.compile(r"\s*(?:[\[(<#■●▶◆○]\s*(?:no\.?)?\s*\d|\d{1,4}[.)]\s)", re.IGNORECASE)
"""A conversation's heading: `[1] 2026-03-02`, `3. 접수`."""
_LEAST_RULES = 2
_SAMPLE_LINES, _LEAST_LINES, _MOSTLY = 200, 4, 0.7


def is_spoken(sample: str) -> bool:
    """Whether nearly every line of a text's beginning is something a customer or an agent says."""
    lines = _filled(sample)
    found = [match for line in lines if (match := SPOKEN.fullmatch(line))]
    return (
        len(found) >= max(_LEAST_LINES, _MOSTLY * len(lines))
        and any(match["customer"] for match in found)
        and any(match["agent"] for match in found)
    )


def spoken_rows(text: TextIO, sample: str) -> Iterator[tuple[int, list[str]]]:
    """0-based line and cells of each utterance, below a row of `HEADINGS`.

    Lines without a speaker continue the one above. `sample` is the text's beginning.
    """
    yield 0, list(HEADINGS)
    ruled = _is_ruled(sample.splitlines())
    parted = not ruled and _is_parted(sample)
    conversation, waiting = 1, None
    for number, raw in enumerate(text):
        line = raw.strip("\r\n\ufeff")
        if ruled and _RULE.fullmatch(line):
            if waiting:
                yield waiting
            waiting = None
            conversation += 1
        elif match := SPOKEN.fullmatch(line):
            if waiting:
                yield waiting
            cells = [str(conversation), who_in(match), match["said"], match["when"] or ""]
            waiting = (number + 1, cells)
        elif line.strip() and waiting:
            waiting[1][2] += f"\n{line}"
        elif not (line.strip() or ruled) and waiting:
            yield waiting
            waiting = None
            conversation += parted
    if waiting:
        yield waiting


def who_in(match: re.Match[str]) -> str:
    """Who speaks, without the blanks that make a label as wide as the other one (`고  객`)."""
    role = match["customer"] or match["agent"] or ""
    return "".join(role.split()) + match["who"][len(role) :]


def _filled(sample: str) -> list[str]:
    """The first lines that hold anything, without headings on top of conversations."""
    lines = list(islice(sample.lstrip("\ufeff").splitlines(), _SAMPLE_LINES))
    ruled = _is_ruled(lines)
    found: list[str] = []
    on_top = True
    for line in lines:
        if _RULE.fullmatch(line) if ruled else not line.strip():
            on_top = True
        elif on_top and not SPOKEN.fullmatch(line) and (ruled or _NUMBERED.match(line)):
            continue
        elif line.strip():
            on_top = False
            found.append(line)
    return found


def _is_ruled(lines: Sequence[str]) -> bool:
    """Whether ruled lines part conversations."""
    return sum(map(bool, map(_RULE.fullmatch, lines))) >= _LEAST_RULES


def _is_parted(sample: str) -> bool:
    """Whether blank lines stand around more than single lines."""
    blocks = re.split(r"\n\s*\n", sample.replace("\r\n", "\n").strip())
    several = sum("\n" in block.strip() for block in blocks)
    return 2 * several > len(blocks)
