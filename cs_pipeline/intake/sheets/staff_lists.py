"""Sheets that list a company's staff by name, beside a log in which names alone say who speaks.

상담원명단:  이름 | 입사일 | 조        메시지:  방번호 | 시각 | 이름 | 메시지
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from cs_pipeline.intake.files.workbook import RawSheet
from cs_pipeline.intake.sheets.cell_kinds import names_somebody
from cs_pipeline.intake.sheets.cells import cell_at, label_of
from cs_pipeline.intake.sheets.head_rows import head_rows
from cs_pipeline.intake.sheets.headings import candidates
from cs_pipeline.intake.sheets.layouts import Layouts
from cs_pipeline.packed_lists import PackedList, items_from

Row = tuple[str, ...]

_HEAD_ROWS, _MOST_STAFF, _LONGEST_CELL, _LEAST_ROOMS, _NEARLY_ALL = 5, 2000, 60, 3, 0.8
_STAFF = "상담(?:사|원|직원)|직원|담당자|매니저|agents?|staff|operators?"
_LISTS = re.compile(f"(?:{_STAFF})(?:명단|목록|명부|리스트|정보|list|roster)?")
_NAMES = re.compile(f"이름|성명|(?:{_STAFF})(?:명|이름|성명|name)|(?:full)?name")


def with_staff_told(sheets: Sequence[RawSheet], layouts: Layouts) -> Sequence[RawSheet]:
    """The sheets with a role in front of the names of those whom a sheet lists as staff.

    Only where nearly each conversation has one of them; one with several has customers who are
    called as somebody of the staff is, and stays as it is.
    """
    if len(sheets) < 2:
        return sheets
    staff = {name for sheet in sheets for name in _listed(sheet)}
    return [_told(sheet, staff, layouts) for sheet in sheets] if staff else sheets


def _listed(sheet: RawSheet) -> set[str]:
    """The names on a sheet that lists staff and holds nothing else."""
    if not _LISTS.fullmatch(label_of(sheet.name)) or len(sheet.rows) > _MOST_STAFF:
        return set()
    if any(len(cell) > _LONGEST_CELL for row in sheet.rows for cell in row):
        return set()
    for index, labels in head_rows(sheet.rows, _HEAD_ROWS):
        column = next((at for at, label in enumerate(labels) if _NAMES.fullmatch(label)), -1)
        if column >= 0:
            below = (cell_at(one, column).strip() for one in items_from(sheet.rows, index + 1))
            names = {name for name in below if name}
            return names if all(map(names_somebody, names)) else set()
    return set()


def _told(sheet: RawSheet, staff: set[str], layouts: Layouts) -> RawSheet:
    known = layouts.headings
    for index, labels in head_rows(sheet.rows, _HEAD_ROWS):
        headings = [(label,) for label in labels]
        room = next((at for at, one in enumerate(headings) if known.names_conversation(one)), -1)
        speakers = candidates(headings, known.speaker) or candidates(headings, known.maybe_speaker)
        if room < 0 or len(speakers) != 1 or not candidates(headings, known.text):
            continue
        who = speakers[0].column
        agents = _agents(sheet, index, room, who, staff)
        if agents:
            return replace(sheet, rows=PackedList(_in_roles(sheet, index, room, who, agents)))
    return sheet


def _agents(sheet: RawSheet, index: int, room: int, who: int, staff: set[str]) -> Mapping[str, str]:
    """The one of the staff in each conversation that has one; {} unless nearly each has."""
    rooms: dict[str, set[str]] = defaultdict(set)
    for row in items_from(sheet.rows, index + 1):
        if name := cell_at(row, who).strip():
            rooms[cell_at(row, room).strip()].add(name)
    ones = {one: names & staff for one, names in rooms.items()}
    agents = {one: next(iter(both)) for one, both in ones.items() if len(both) == 1}
    whole = len(rooms) >= _LEAST_ROOMS and len(agents) >= _NEARLY_ALL * len(rooms)
    return agents if whole and "" not in rooms else {}


def _in_roles(
    sheet: RawSheet, index: int, room: int, who: int, agents: Mapping[str, str]
) -> Iterator[Row]:
    for at, row in enumerate(sheet.rows):
        name = cell_at(row, who).strip()
        if at > index and name and agents.get(cell_at(row, room).strip()) == name:
            yield (*row[:who], f"상담사 {name}", *row[who + 1 :])
        else:
            yield row
