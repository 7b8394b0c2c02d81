"""Several customers in a log that does not tell their conversations apart."""

from collections.abc import Collection, Sequence
from itertools import groupby

from cs_pipeline.intake.endings import closes
from cs_pipeline.intake.openings import opens_only
from cs_pipeline.intake.said import Turn
from cs_pipeline.intake.sheets.cell_kinds import names_somebody
from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.mailboxes import addresses_in

_LEAST_TURNS, _LEAST_CODES = 4, 3
_LEAST_WAITING, _OFTEN, _MOSTLY = 2, 0.1, 0.8


def are_mingled(turns: Sequence[Turn], taken: Collection[int]) -> bool:
    """Whether a customer asks while another one waits, so that answers may be to either.

    One customer after the other is none of it. Customers are told by a column of names or addresses
    in which agents have others, or none, and conversations by one of ids that both sides share.
    `taken` are the columns that are read for something else, such as times.
    """
    said = [turn for turn in turns if turn.speaker != "bot"]
    if len(said) < _LEAST_TURNS:
        return False
    first = next((turn.original for turn in said if turn.speaker == "customer"), ())
    filled = [column for column, cell in enumerate(first) if cell.strip() and column not in taken]
    return any(_answer_later(said, column) or _take_turns(said, column) for column in filled)


def _answer_later(said: Sequence[Turn], column: int) -> bool:
    """Whether the column's ids often go on with an answer only after others were heard.

    Nearly all of them begin with a customer and end with an agent, unlike what is said of rows,
    but for what an agent greets with and a customer thanks for.
    """
    ids = [cell_at(turn.original, column).strip() for turn in said]
    if not _LEAST_CODES <= len(set(ids)) <= len(said) / 2:
        return False
    talk = [(one, turn) for one, turn in zip(ids, said, strict=True) if not _is_courtesy(turn)]
    last, first = dict(talk), dict(reversed(talk))
    whole = sum(first[one].speaker == "customer" and last[one].speaker == "agent" for one in last)
    return whole >= _MOSTLY * len(last) and _waits(talk)


def _is_courtesy(turn: Turn) -> bool:
    """Whether an agent greets, or a customer thanks, and says nothing else."""
    return opens_only(turn.text) if turn.speaker == "agent" else closes(turn.text)


def _waits(talk: Sequence[tuple[str, Turn]]) -> bool:
    """Whether the answers of an id often stand below what others said since its question."""
    last: dict[str, int] = {}
    later = asked = 0
    for place, (one, turn) in enumerate(talk):
        before = last.get(one)
        if turn.speaker == "agent" and before is not None and talk[before][1].speaker == "customer":
            asked += 1
            later += before < place - 1
        last[one] = place
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
