"""Calls whose speakers are who called and who was called, beside the direction of the call.

통화ID | 콜방향 | 화자   | 발화내용
A1     | OUT    | 발신자 | 콜백 신청하셔서 전화드렸습니다.      the agent
A2     | IN     | 발신자 | 배송은 언제 오나요?               the customer
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cs_pipeline.intake.files.workbook import RawSheet
from cs_pipeline.intake.sheets.body import sample_of
from cs_pipeline.intake.sheets.cells import cell_at, label_of
from cs_pipeline.intake.sheets.head_rows import head_rows
from cs_pipeline.intake.sheets.layouts import Layouts
from cs_pipeline.packed_lists import PackedList

Row = tuple[str, ...]

DIRECTION = re.compile(
    "(?:콜|통화|호|전화|call)?(?:방향|direction|구분|유형|type)|in_?out(?:bound)?|인아웃(?:바운드)?"
)
IN = re.compile(
    "ib|in(?:bound|coming)?(?:call)?|인(?:바운드|콜)(?:콜)?|(?:수신|착신)(?:콜|호|전화|통화)?"
)
OUT = re.compile(
    "ob|out(?:bound|going)?(?:call)?|아웃(?:바운드|콜)(?:콜)?|발신(?:콜|호|전화|통화)?"
)
_CALLER = re.compile("발신(?:자|측|인)|전화를?(?:한|건)(?:사람|쪽)|caller|calling(?:party)?")
_CALLED = re.compile(
    "(?:수|착)신(?:자|측|인)|전화를?받은(?:사람|쪽)|callee|called(?:party)?|receiver"
)


def with_callers_told(sheets: Sequence[RawSheet], _layouts: Layouts) -> Sequence[RawSheet]:
    """The sheets with customers and agents in the place of callers and those whom they called.

    Who calls in is the customer, and whom a call goes out to. Only where each row says both.
    """
    return [_told(sheet) for sheet in sheets]


def _told(sheet: RawSheet) -> RawSheet:
    for index, labels in head_rows(sheet.rows):
        for way, label in enumerate(labels):
            if DIRECTION.fullmatch(label) and (rows := sample_of(sheet.rows, index + 1)):
                for who in range(len(labels)):
                    if who != way and _tell(rows, way, who):
                        return replace(sheet, rows=PackedList(_in_roles(sheet, index, way, who)))
    return sheet


def _tell(rows: Sequence[Row], way: int, who: int) -> bool:
    """Whether the two columns hold nothing but directions, and callers and those called."""
    cells = [(label_of(cell_at(row, way)), label_of(cell_at(row, who))) for row in rows if any(row)]
    return (
        all(IN.fullmatch(one) or OUT.fullmatch(one) for one, _ in cells)
        and all(_CALLER.fullmatch(one) or _CALLED.fullmatch(one) for _, one in cells)
        and len({bool(_CALLER.fullmatch(one)) for _, one in cells}) > 1
    )


def _in_roles(sheet: RawSheet, index: int, way: int, who: int) -> Iterator[Row]:
    for at, row in enumerate(sheet.rows):
        one, speaker = label_of(cell_at(row, way)), label_of(cell_at(row, who))
        calls, called = _CALLER.fullmatch(speaker), _CALLED.fullmatch(speaker)
        comes, goes = IN.fullmatch(one), OUT.fullmatch(one)
        if at <= index or not (calls or called) or not (comes or goes):
            yield row
        else:
            role = "customer" if bool(calls) == bool(comes) else "agent"
            yield (*row[:who], role, *row[who + 1 :])
