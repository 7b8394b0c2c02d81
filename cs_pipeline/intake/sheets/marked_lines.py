"""Questions and answers below each other in one column, told by marks alone: `Q1. …`, `A1. …`.

What stands below an answer without a mark goes on with it; titles stand between.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from cs_pipeline.intake.files.workbook import RawSheet
from cs_pipeline.intake.sheets.cards import below_headings
from cs_pipeline.intake.sheets.cell_kinds import SENTENCES, kind_of, look_at
from cs_pipeline.intake.sheets.cells import cell_at, label_of
from cs_pipeline.intake.sheets.header import Header, Row
from cs_pipeline.intake.sheets.layouts import Layouts
from cs_pipeline.intake.sheets.personal import personal_columns
from cs_pipeline.intake.sheets.threads import Thread

_MARK = re.compile(
    r"\s*[\[(<【]?\s*(?:(?P<asks>Q|질문|문의|문|(?i:question))|(?:A|답변|답|(?i:answer)))"
    r"\s?[-.]?\s?(?P<number>\d{0,4})\s*(?:[\])>】]\s*[.:：]?|[.)．:：])\s*(?=\S)"
)
_CONTACT = re.compile(r"\s*문의\s*[:：]\s*(?:[\d(+☎☏]|[^?]{0,24}\d{3,4}-\d{4})")
_SIGN = re.compile(r"\s*[■□◆◇▶▷▣◈●◎★☆【〈《\[#]")
_BULLET = re.compile(r"\s*(?:[-·•*①-⑳]|\d{1,2}[.)])")
_ASIDE = re.compile(r"\s*[※(\[]")
_POLITE = re.compile(r"(?:다|(?<![필중주개수소])요)[.!~]?[\s)\]]*$")
_ENDS = re.compile(r"(?:[.?!]|[다까죠]|(?<![필중주개수소])요)[\s\"')\]]*$")
_LEAST_MARKS, _LOOKED_AT, _MOST_ROWS = 3, 400, 100_000
_HEADING = "내용"


class _Line(NamedTuple):
    """A filled cell: its row, its text, whether a blank row is above it; `mark` is '' for none."""

    row: int
    text: str
    apart: bool
    mark: str
    number: str


def without_mark(text: str) -> str:
    """The text without the mark that it begins with."""
    match = _mark_of(text)
    return text[match.end() :] if match else text


def _mark_of(text: str) -> re.Match[str] | None:
    """The mark that the text begins with; `문의: 02-123-4567` tells whom to ask."""
    match = _MARK.match(text)
    return None if match is None or _CONTACT.match(text) else match


def marked_lines(sheet: RawSheet, layouts: Layouts) -> tuple[RawSheet, Header] | None:
    """The sheet as a log, and its header; None where fewer than three questions are marked so.

    Marks stay in their cells. Columns right of the sheet's own say who speaks, and which exchange
    it is of; a line of which neither is sure has nobody who speaks. Titles are blank.
    Columns of names and the like are known by headings above the first mark.
    """
    if not sheet.rows or len(sheet.rows) > _MOST_ROWS:
        return None
    column = _column(list(islice(sheet.rows, _LOOKED_AT)))
    if column is None:
        return None
    width = max(map(len, sheet.rows))
    rows: list[Row] = [()] * (1 + len(sheet.rows))
    rows[0] = tuple(_HEADING if at == column else "" for at in range(width))
    said = []
    for line, side, exchange in _exchanges(list(_lines(sheet.rows, column))):
        row = sheet.rows[line.row]
        beside = ("" if side == "?" else side, f"{sheet.name}:{exchange}")
        rows[1 + line.row] = (*row, *[""] * (width - len(row)), *beside)
        said.append(line.text)
    header = Header(
        layout="turns",
        row=0,
        first=width,
        second=column,
        thread=Thread(width + 1),
        labels=(tuple(map(label_of, rows[0])),),
        personal=_personal(sheet.rows, column, layouts),
        tells="label",
        marked=True,
        looks={column: look_at(said)},
    )
    return below_headings(sheet, rows), header


def _personal(rows: Sequence[Row], column: int, layouts: Layouts) -> dict[int, str]:
    """Entity types of the columns that a row above the first mark names."""
    found: dict[int, str] = {}
    for row in islice(rows, _LOOKED_AT):
        if _mark_of(cell_at(row, column)):
            break
        found = personal_columns([label_of(cell) for cell in row], layouts.personal) or found
    return {at: kind for at, kind in found.items() if at != column}


def _column(rows: Sequence[Row]) -> int | None:
    """The column of marked lines, if no other one holds sentences."""
    for column in range(max(map(len, rows))):
        marks = [match for row in rows if (match := _mark_of(cell_at(row, column)))]
        asked = sum(match["asks"] is not None for match in marks)
        if min(asked, len(marks) - asked) >= _LEAST_MARKS:
            others = (
                cell
                for row in rows
                for at, cell in enumerate(row)
                if at != column and kind_of(cell) == "sentence"
            )
            texts = look_at(without_mark(cell_at(row, column)) for row in rows)
            alone = not any(others) and texts.sentences >= SENTENCES
            return column if alone and not texts.same_all_over else None
    return None


def _lines(rows: Sequence[Row], column: int) -> Iterator[_Line]:
    apart = False
    for index, row in enumerate(rows):
        text = cell_at(row, column)
        if not text.strip():
            apart = True
            continue
        match = _mark_of(text)
        mark = "" if match is None else "Q" if match["asks"] else "A"
        yield _Line(index, text, apart, mark, match["number"].lstrip("0") if match else "")
        apart = False


def _exchanges(lines: Sequence[_Line]) -> Iterator[tuple[_Line, str, int]]:
    """Each line but titles: who says it (`?` where that is not sure) and in which exchange."""
    count = current = highest = 0
    asked: dict[str, int] = {}
    side = ""
    for place, line in enumerate(lines):
        if line.mark == "Q":
            if line.number and int(line.number) <= highest:
                asked.clear()  # another list begins
            highest = int(line.number or 0)
            count += 1
            current = asked[line.number] = count
            side = "Q"
        elif line.mark:
            own = _answered(line, asked, current if side == "Q" else 0)
            side = "A" if own else "?"  # to no question: what is above may not be whole
            current = own or current
        else:
            side = _unmarked(lines, place, side)
        if side and current:
            yield line, side, current


def _answered(line: _Line, asked: dict[str, int], above: int) -> int:
    """The exchange of the question that an answer is to: its number's, or the one above it."""
    if line.number and any(asked):
        return asked.pop(line.number, 0)
    return above


def _unmarked(lines: Sequence[_Line], place: int, side: str) -> str:
    """Who says a line without a mark below one of `side`; '' for a title, `?` where it is not sure.

    A title has a sign or a blank row above it, and a question below it.
    """
    line = lines[place]
    if _ASIDE.match(line.text) and not _POLITE.search(line.text) and not _SIGN.match(line.text):
        return "?"  # a note of somebody's, or a condition
    below = next((one for one in lines[place + 1 :] if one.mark or _ENDS.search(one.text)), None)
    before_question = below is None or below.mark == "Q"
    signed = _SIGN.match(line.text) is not None
    if not _ENDS.search(line.text) and (signed or kind_of(line.text) != "sentence"):
        if (signed or line.apart or not side) and before_question:
            return ""
        listed = _BULLET.match(line.text) or not before_question
        return side if listed and not line.apart and not signed else "?"
    if line.apart or not side or side == "?" or (side == "A" and line.text.rstrip().endswith("?")):
        return "?"
    return side
