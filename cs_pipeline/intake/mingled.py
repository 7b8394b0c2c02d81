"""Several customers in a log that does not tell their conversations apart."""

import re
from collections.abc import Sequence
from itertools import groupby

from cs_pipeline.intake.said import Turn
from cs_pipeline.intake.sheets.cell_kinds import names_somebody
from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.mailboxes import addresses_in

_LEAST_TURNS = 4
_CODE = re.compile(r"(?=[\w-]*\d)[\w-]{3,40}")
_LEAST_CODES, _LEAST_WAITING, _OFTEN = 2, 2, 0.1


def are_mingled(turns: Sequence[Turn]) -> bool:
    """Whether a customer asks while another one waits, so that answers may be to either.

    One customer after the other is none of it. Customers are told by a column of names or addresses
    in which agents have others, or none, and conversations by one of codes that both sides share.
    """
    said = [turn for turn in turns if turn.speaker != "bot"]
    first = next((turn.original for turn in said if turn.speaker == "customer"), ())
    names = [column for column, cell in enumerate(first) if _is_somebody(cell)]
    codes = [column for column, cell in enumerate(first) if _CODE.fullmatch(cell.strip())]
    return len(said) >= _LEAST_TURNS and (
        any(_take_turns(said, column) for column in names)
        or any(_answer_later(said, column) for column in codes)
    )


def _answer_later(said: Sequence[Turn], column: int) -> bool:
    """Whether the column's codes often go on with an answer only after others were heard."""
    cells = [cell_at(turn.original, column).strip() for turn in said]
    if not all(map(_CODE.fullmatch, set(cells))) or len(set(cells)) < _LEAST_CODES:
        return False
    last: dict[str, int] = {}
    later = asked = 0
    for place, (turn, code) in enumerate(zip(said, cells, strict=True)):
        before = last.get(code)
        if turn.speaker == "agent" and before is not None and said[before].speaker == "customer":
            asked += 1
            later += before < place - 1
        last[code] = place
    return later >= max(_LEAST_WAITING, _OFTEN * asked)


def _is_somebody(cell: str) -> bool:
    return bool(cell.strip()) and (names_somebody(cell) or bool(addresses_in(cell)))


def _take_turns(said: Sequence[Turn], column: int) -> bool:
    """Whether one of those whom the column names comes back, and two ask in a row."""
    asked = [cell_at(one.original, column).strip() for one in said if one.speaker == "customer"]
    replied = {cell_at(one.original, column).strip() for one in said if one.speaker == "agent"}
    blocks = [person for person, _ in groupby(asked)]
    several = len(set(blocks)) < len(blocks) and replied.isdisjoint(asked)
    if not several or not all(map(_is_somebody, set(asked))):
        return False
    waiting = (
        {cell_at(turn.original, column).strip() for turn in speech}
        for speaker, speech in groupby(said, key=lambda turn: turn.speaker)
        if speaker == "customer"
    )
    return any(len(people) > 1 for people in waiting)
