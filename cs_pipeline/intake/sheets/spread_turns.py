"""Conversations spread over a row: 댓글1 작성자, 댓글1 내용, 댓글2 작성자, 댓글2 내용 and so on."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from cs_pipeline.intake.sheets.body import Body
from cs_pipeline.intake.sheets.cell_kinds import look_at
from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.headings import Heading
from cs_pipeline.intake.sheets.speakers import plain_role

_NUMBERED = re.compile(r"(\D*)(\d{1,3})(\D*)")
_MOSTLY, _MANY = 0.8, 0.5

TOLD = "toldspeaker"
"""Begins the headings of columns that say who speaks in turn, where the sheet says who begins."""

Spread = tuple[tuple[int, int], ...]
"""The columns of who speaks (-1: the customer) and of what is said, in order."""


def spread_turns(headings: Sequence[Heading], body: Body, pair: Sequence[int]) -> Spread:
    """The numbered pairs of columns with a role and a sentence; () where there are no two.

    `pair` are the two columns that would be read else, if any: a question in front of the others
    opens the conversation.
    """
    stems: dict[str, dict[int, int]] = defaultdict(dict)
    for column, heading in enumerate(headings):
        if match := _NUMBERED.fullmatch(heading[0]):
            stems[f"{match[1]}#{match[3]}"].setdefault(int(match[2]), column)
    several = {stem: columns for stem, columns in stems.items() if len(columns) > 1}
    speakers = [columns for columns in several.values() if _are_roles(columns, body)]
    texts = [columns for columns in several.values() if _are_said(columns, body)]
    if len(speakers) != 1 or len(texts) != 1:
        return ()
    who, said = speakers[0], texts[0]
    found = tuple((who[number], said[number]) for number in sorted(who.keys() & said.keys()))
    is_told = headings[found[0][0]][0].startswith(TOLD) if found else False
    if len(found) < 2 or (not is_told and _is_reversed(found, body)):
        return ()
    spread = {column for columns in found for column in columns}
    if not pair or set(pair) <= spread:
        return found
    first, second = pair
    return ((-1, first), *found) if second in spread and first not in spread else ()


def _cells(columns: Mapping[int, int], body: Body) -> list[str]:
    return [cell for column in columns.values() for cell in body.cells(column)]


def _are_roles(columns: Mapping[int, int], body: Body) -> bool:
    cells = _cells(columns, body)
    sides = {body.layouts.speaker_of(cell) for cell in set(cells)}
    plain = sum(map(plain_role, cells))
    return {"customer", "agent"} <= sides and plain >= _MOSTLY * len(cells)


def _are_said(columns: Mapping[int, int], body: Body) -> bool:
    return look_at(_cells(columns, body)).holds == "sentences"


def _is_reversed(spread: Spread, body: Body) -> bool:
    """Whether many conversations end with the customer and begin with the agent."""
    rows = [
        [
            body.layouts.speaker_of(cell_at(row, who))
            for who, said in spread
            if cell_at(row, said).strip()
        ]
        for row in body.rows
    ]
    several = [sides for sides in rows if len(sides) > 1]
    reversed_rows = sum(sides[0] == "agent" and sides[-1] == "customer" for sides in several)
    return reversed_rows > _MANY * len(several)
