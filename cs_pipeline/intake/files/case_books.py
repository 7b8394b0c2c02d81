"""Questions and answers below marks, as books of cases and lists of them have them, as a table.

    사례 1
    【질문】
    배송은 언제
    오나요?
    【답변】 내일 도착합니다.

                - 3 -

What stands between marks is one text; the numbers of cases, chapters and pages are none of it.
Where anything else stands apart, nothing says whether it belongs to the text above; nor does it of
a note below the last answer (`* 가격은 바뀔 수 있습니다.`), which leaves the others as they are.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

HEADINGS = ["질문", "답변"]

_ASKED = r"질\s?문(?:\s?내용)?|문의(?:\s?내용)?|질의|물음|민원(?:\s?(?:내용|요지))?|question|Q|문"
_REPLIED = r"답\s?변(?:\s?내용)?|회신(?:\s?내용)?|응답|answer|A|답"
_MARK = re.compile(
    # `【질문】`, `[답변 3]`, `<Q>`
    rf"\s*(?:[【\[<〔(]\s*(?:(?P<asked>{_ASKED})|(?P<replied>{_REPLIED}))\s?\d{{0,4}}\s*[】\]>〕)]\s*[:：.]?"
    # `Q1.`, `답)`, `질문:`
    rf"|(?:(?P<ask>{_ASKED})|(?P<reply>{_REPLIED}))\s?\d{{0,4}}\s*[.)．:：])\s*(?P<text>.*)",
    re.IGNORECASE,
)
_PAGE = r"[-–—]\s*\d{1,4}\s*[-–—]|\d{1,4}\s*(?:/\s*\d{1,4}|쪽|페이지)"
_COUNTED = r"(?:사례|질의|문항|번호|case|no\.?)\s*[.#-]?\s*\d{1,4}[.)]?"
_APART = re.compile(
    rf"\s*(?:{_PAGE}|[【\[<(■●▶◆○□◎※#]?\s*{_COUNTED}\s*[】\]>)]?)\s*", re.IGNORECASE
)
_CHAPTER = re.compile(r"\s*(?:제\s?\d{1,3}\s?[장절편부관]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+\.)(?:\s.{0,40})?")
_RULE = re.compile(r"\s*[-=*_~─━]{4,}\s*")
_NOTE = re.compile(r"\s*(?:[*＊※†]|주\))\s*\S+\s+\S")
_FIGURES = re.compile(r"[\d\s]+")
_LEAST_PAIRS, _NEITHER = 3, 2
_MARKS = ("asked", "replied")

_Line = tuple[str, int, str]
"""Of which kind a line is, its 0-based number and its text."""


def is_case_book(sample: str) -> bool:
    """Whether question and answer take turns below marks, and nothing else stands between them."""
    found = list(_kinds(sample.rpartition("\n")[0].splitlines()))
    marks = [(kind, text) for kind, _, text in found if kind in _MARKS]
    turns = [_MARKS[place % 2] for place in range(len(marks))]
    return (
        len(marks) >= 2 * _LEAST_PAIRS
        and [kind for kind, _ in marks] == turns
        and not any(kind == "stray" for kind, _, _ in _without_last_notes(found))
        and not any(_are_cells([text for _, text in marks], sign) for sign in "\t,;|")
    )


def _without_last_notes(found: Sequence[_Line]) -> Sequence[_Line]:
    """The lines without notes at the end, which stand below the last answer."""
    last = next((one for one in reversed(found) if one[0] in (*_MARKS, "stray")), None)
    is_note = last is not None and last[0] == "stray" and _NOTE.match(last[2])
    return found[: found.index(last)] if last and is_note else found


def _are_cells(texts: Sequence[str], sign: str) -> bool:
    """Whether the sign parts each of the texts, as often, into the cells of a table."""
    return len({text.count(sign) for text in texts}) == 1 and sign in texts[0]


def case_rows(text: TextIO) -> Iterator[tuple[int, list[str]]]:
    """0-based line and cells of each pair, below a row of `HEADINGS`.

    A text that does not end for sure is left out: the pair has an empty cell.
    """
    yield 0, list(HEADINGS)
    pair, side = None, _NEITHER
    for kind, number, line in _kinds(text):
        if kind == "asked":
            if pair:
                yield pair
            pair = (number + 1, ["", ""])
        if pair:
            side = _taken(pair[1], side, kind, line)
    if pair:
        yield pair


def _taken(pair: list[str], side: int, kind: str, line: str) -> int:
    """Take a line into the question (0) or the answer (1); returns whose text goes on."""
    if kind == "more":
        if side != _NEITHER:
            pair[side] = f"{pair[side]}\n{line.strip()}".strip()
        return side
    if kind == "asked":
        pair[0] = line
        return 0
    if kind == "replied" and not pair[1]:
        pair[1] = line
        return 1
    if kind != "apart" and side != _NEITHER:
        pair[side] = ""
    return _NEITHER


def _kinds(lines: Iterable[str]) -> Iterator[_Line]:
    """What each filled line from the first mark on is, its 0-based number and its text.

    `asked` and `replied` begin with a mark, the same all over; `more` goes on, `apart` is a number,
    a chapter or a rule; of a `stray` line, which stands below a blank one, nothing says what it is.
    """
    marks = dict[str, str]()
    is_blank, goes_on, begun = False, False, True
    for number, raw in enumerate(lines):
        line = raw.strip("\r\n\ufeff")
        if not line.strip():
            is_blank = True
            continue
        kind, mark, text = _mark(line)
        if kind and marks.setdefault(kind, mark) == mark:
            line, goes_on = text, True
        elif _is_apart(line, is_blank):
            kind, goes_on = "apart", False
        else:
            kind = "more" if goes_on and not (is_blank and begun) else "stray"
        if "asked" in marks:
            yield kind, number, line
        is_blank, begun = False, bool(line.strip())


def _mark(line: str) -> tuple[str, str, str]:
    """Which mark a line begins with, how it is written, and the text beside it; '' for none."""
    match = _MARK.fullmatch(line)
    if match is None:
        return "", "", ""
    kind = "asked" if match["asked"] or match["ask"] else "replied"
    mark = _FIGURES.sub("", line[: match.start("text")])
    return kind, mark, match["text"]


def _is_apart(line: str, is_blank: bool) -> bool:
    found = (
        _APART.fullmatch(line) or _RULE.fullmatch(line) or (is_blank and _CHAPTER.fullmatch(line))
    )
    return bool(found)
