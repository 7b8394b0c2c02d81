"""Sheets that say who the speakers of each recording are, as another sheet calls them.

file          speaker      role
call_001.wav  SPEAKER_00   상담사
call_002.wav  SPEAKER_00   고객
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from cs_pipeline.intake.files.workbook import RawSheet
from cs_pipeline.intake.sheets.body import sample_of
from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.head_rows import head_rows
from cs_pipeline.intake.sheets.headings import candidates
from cs_pipeline.intake.sheets.layouts import Layouts
from cs_pipeline.intake.sheets.speakers import plain_role
from cs_pipeline.packed_lists import PackedList, items_from

Row = tuple[str, ...]

_HEAD_ROWS, _MOST_ROWS, _LONGEST_CELL, _LEAST_ROWS = 5, 20_000, 80, 2


class _List(NamedTuple):
    """The labels of the columns that a speaker is known by, the speaker's last, and the roles."""

    labels: tuple[str, ...]
    role: str
    roles: Mapping[Row, str]


def with_listed_speakers(sheets: Sequence[RawSheet], layouts: Layouts) -> Sequence[RawSheet]:
    """The sheets with roles for speakers, where one of several sheets lists these."""
    if len(sheets) < 2:
        return sheets
    found = [one for sheet in sheets if (one := _listed(sheet, layouts))]
    if len(found) != 1:
        return sheets
    return [_named(sheet, found[0]) for sheet in sheets]


def _listed(sheet: RawSheet, layouts: Layouts) -> _List | None:
    """The speakers that a sheet of nothing else lists."""
    if not _LEAST_ROWS < len(sheet.rows) <= _MOST_ROWS:
        return None
    for index, labels in head_rows(sheet.rows, _HEAD_ROWS):
        sample = sample_of(sheet.rows, index + 1)
        role = next(
            (at for at, label in enumerate(labels) if _are_roles(sample, at, layouts)), None
        )
        if role is not None and _are_short(sample):
            below = [one for one in items_from(sheet.rows, index + 1) if any(one)]
            whole = _are_roles(below, role, layouts) and _are_short(below)
            return _list_of(labels, role, below, layouts) if whole else None
    return None


def _are_short(rows: Sequence[Row]) -> bool:
    return all(len(cell) <= _LONGEST_CELL for row in rows for cell in row)


def _are_roles(rows: Sequence[Row], column: int, layouts: Layouts) -> bool:
    cells = {cell_at(row, column).strip() for row in rows}
    sides = {layouts.speaker_of(cell) for cell in cells}
    return all(map(plain_role, cells)) and {"customer", "agent"} <= sides


def _list_of(
    labels: Sequence[str], role: int, rows: Sequence[Row], layouts: Layouts
) -> _List | None:
    """The list, if the speaker, or that and the conversation, stands once for each role."""
    headings, known = [(label,) for label in labels], layouts.headings
    speakers = candidates(headings, known.speaker) + candidates(headings, known.maybe_speaker)
    speaker = next((one.column for one in speakers if one.column != role), None)
    if speaker is None:
        return None
    others = [at for at, label in enumerate(labels) if label and at not in (role, speaker)]
    for columns in ((speaker,), *((other, speaker) for other in others)):
        told: dict[Row, set[str]] = {}
        for row in rows:
            key = tuple(cell_at(row, column).strip() for column in columns)
            told.setdefault(key, set()).add(cell_at(row, role).strip())
        if all(len(one) == 1 for one in told.values()):
            roles = {key: next(iter(one)) for key, one in told.items()}
            return _List(tuple(labels[column] for column in columns), labels[role], roles)
    return None


def _named(sheet: RawSheet, known: _List) -> RawSheet:
    """The sheet with roles, if it has those columns and none of the roles'."""
    for index, labels in head_rows(sheet.rows, _HEAD_ROWS):
        if known.role not in labels and set(known.labels) <= set(labels):
            columns = [labels.index(label) for label in known.labels]
            return replace(sheet, rows=PackedList(_in_roles(sheet, index, columns, known.roles)))
    return sheet


def _in_roles(
    sheet: RawSheet, index: int, columns: Sequence[int], roles: Mapping[Row, str]
) -> Iterator[Row]:
    for at, row in enumerate(sheet.rows):
        key = tuple(cell_at(row, column).strip() for column in columns)
        role = roles.get(key) if at > index else None
        yield (*row[: columns[-1]], role, *row[columns[-1] + 1 :]) if role else row
