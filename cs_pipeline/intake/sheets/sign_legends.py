"""Signs that stand for who speaks, and the heading or the line that explains them.

대화(▶고객 ◀상담원)      a heading; its cells: `▶언제 와요?`, and below that `◀내일 옵니다.`
🙋 고객   🎧 상담사   a line above the headings
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from cs_pipeline.intake.files.workbook import RawSheet
from cs_pipeline.intake.sheets.layouts import Layouts
from cs_pipeline.intake.sheets.speakers import plain_role
from cs_pipeline.packed_lists import PackedList

Row = tuple[str, ...]
Signs = Mapping[str, str]
"""Who speaks, by the sign for it."""

_HEAD_ROWS, _LONGEST_LEGEND = 20, 120
_NO_SIGNS = "=+~|<>"
_JOINERS = "\ufe0f\u200d\U0001f3fb-\U0001f3ff"
_TOLD = re.compile(rf"([^\w\s][{_JOINERS}]*)\s*[:：=]?\s*([가-힣A-Za-z]{{2,10}})")
_OPENS = " \t\n([{<:：-·"


def with_signs_told(sheets: Sequence[RawSheet], layouts: Layouts) -> Sequence[RawSheet]:
    """The sheets with words in the place of signs for who speaks, where a sheet explains them."""
    return [_told(sheet, layouts) for sheet in sheets]


def _told(sheet: RawSheet, layouts: Layouts) -> RawSheet:
    for index, row in enumerate(islice(sheet.rows, _HEAD_ROWS)):
        for column, cell in enumerate(row):
            heading, signs = _legend(cell, layouts)
            if signs:
                place = (index, column if heading else -1)
                return replace(sheet, rows=PackedList(_in_words(sheet, place, heading, signs)))
    return sheet


def _legend(cell: str, layouts: Layouts) -> tuple[str, Signs]:
    """What stands before the signs that a cell explains, and these; none as a rule."""
    if len(cell) > _LONGEST_LEGEND or not any(map(_is_sign, cell)):
        return "", {}
    found = [match for match in _TOLD.finditer(cell) if _is_sign(match[1][0])]
    signs = {match[1].rstrip("\ufe0f"): match[2] for match in found if plain_role(match[2])}
    sides = {layouts.speaker_of(word) for word in signs.values()}
    if len(signs) < len(found) or not {"customer", "agent"} <= sides:
        return "", {}
    return cell[: found[0].start()].rstrip(_OPENS), signs


def _is_sign(character: str) -> bool:
    return unicodedata.category(character) in ("So", "Sm") and character not in _NO_SIGNS


def _in_words(sheet: RawSheet, place: tuple[int, int], heading: str, signs: Signs) -> Iterator[Row]:
    """The sheet's rows; below the `place` of the legend, lines that begin with a sign say who."""
    ordered = sorted(signs, key=len, reverse=True)
    begins = re.compile(rf"^[ \t]*({'|'.join(map(re.escape, ordered))})\ufe0f?[ \t]*", re.MULTILINE)
    at, only = place
    for index, row in enumerate(sheet.rows):
        if index == at and heading:
            yield (*row[:only], heading, *row[only + 1 :])
        elif index <= at:
            yield row
        else:
            yield tuple(
                _with_words(cell, begins, signs) if only in (-1, column) else cell
                for column, cell in enumerate(row)
            )


def _with_words(cell: str, begins: re.Pattern[str], signs: Signs) -> str:
    """A cell with a word for each sign at the beginning of its lines."""
    if not begins.match(cell):
        return cell
    alone = signs.get(cell.strip().rstrip("\ufe0f"))
    return alone or begins.sub(lambda match: f"{signs[match[1]]}: ", cell)
