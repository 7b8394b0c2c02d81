"""Calls with their turns side by side, in a row that says who speaks first.

통화번호 | 첫 발화 | 발화1 | 발화2 | 발화3
C1       | 상담사  | 반갑습니다. | 언제 오나요? | 내일 도착합니다.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cs_pipeline.intake.files.workbook import RawSheet
from cs_pipeline.intake.sheets.body import sample_of
from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.head_rows import head_rows
from cs_pipeline.intake.sheets.layouts import Layouts
from cs_pipeline.intake.sheets.speakers import plain_role
from cs_pipeline.intake.sheets.spread_turns import TOLD
from cs_pipeline.packed_lists import PackedList

Row = tuple[str, ...]

_LEAST_TURNS = 3
_FIRST = re.compile(
    "(?:첫|첫번째|최초|선|먼저|시작)(?:발화|발언|화자|발화자|발언자|말한사람|말)(?:구분)?"
    "|(?:first|starting|opening)(?:speaker|turn|utterance|role)|start(?:s|ed)?by|whostarts?"
)
_TURN = re.compile(r"(?:발화|발언|대화|턴|말|turn|utterance|utt)(?:내용|text)?(\d{1,3})")
_CUSTOMER, _AGENT = "visitor", "advisor"
"""As no column is called."""


def with_turns_told(sheets: Sequence[RawSheet], layouts: Layouts) -> Sequence[RawSheet]:
    """The sheets with a column behind the others for who says each of the turns."""
    return [_told(sheet, layouts) for sheet in sheets]


def _told(sheet: RawSheet, layouts: Layouts) -> RawSheet:
    for index, labels in head_rows(sheet.rows):
        first = next((at for at, label in enumerate(labels) if _FIRST.fullmatch(label)), -1)
        turns = [at for at, label in enumerate(labels) if _TURN.fullmatch(label)]
        numbers = [int(match[1]) for label in labels if (match := _TURN.fullmatch(label))]
        if first < 0 or len(turns) < _LEAST_TURNS or numbers != list(range(1, len(turns) + 1)):
            continue
        cells = {cell_at(one, first).strip() for one in sample_of(sheet.rows, index + 1)} - {""}
        if {layouts.speaker_of(cell) for cell in cells} <= {"customer", "agent"} and all(
            map(plain_role, cells)
        ):
            rows = PackedList(_with_roles(sheet, index, first, turns, layouts))
            widths = {**sheet.widths, index: len(rows[index])} if sheet.widths else sheet.widths
            return replace(sheet, rows=rows, widths=widths)
    return sheet


def _with_roles(
    sheet: RawSheet, index: int, first: int, turns: Sequence[int], layouts: Layouts
) -> Iterator[Row]:
    width = max(map(len, sheet.rows))
    for at, row in enumerate(sheet.rows):
        if at < index or not any(row):
            yield row
        elif at == index:
            yield (*_wide(row, width), *(f"{TOLD}{n}" for n in range(1, len(turns) + 1)))
        else:
            speaker = layouts.speaker_of(cell_at(row, first).strip())
            yield (*_wide(row, width), *_roles(row, turns, speaker))


def _wide(row: Row, width: int) -> Row:
    return (*row, *[""] * (width - len(row)))


def _roles(row: Row, turns: Sequence[int], speaker: str | None) -> Iterator[str]:
    """Who says each of the turns, up to the first one that is missing."""
    sides = (_CUSTOMER, _AGENT) if speaker == "customer" else (_AGENT, _CUSTOMER)
    known = speaker is not None
    for n, column in enumerate(turns):
        known = known and bool(cell_at(row, column).strip())
        yield sides[n % 2] if known else ""
