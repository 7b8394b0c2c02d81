"""Several customers in a log that does not tell their conversations apart."""

from collections.abc import Sequence
from itertools import groupby

from cs_pipeline.intake.said import Turn
from cs_pipeline.intake.sheets.cell_kinds import names_somebody
from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.mailboxes import addresses_in

_LEAST_TURNS = 4


def are_mingled(turns: Sequence[Turn]) -> bool:
    """Whether a customer asks while another one waits, so that answers may be to either.

    One customer after the other is none of it. Customers are told by a column of names or addresses
    in which agents have others, or none.
    """
    said = [turn for turn in turns if turn.speaker != "bot"]
    first = next((turn.original for turn in said if turn.speaker == "customer"), ())
    columns = [column for column, cell in enumerate(first) if _is_somebody(cell)]
    return len(said) >= _LEAST_TURNS and any(_take_turns(said, column) for column in columns)


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
