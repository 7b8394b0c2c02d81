"""Conversations of a log that are refused whole, and why."""

from collections.abc import Mapping, Sequence

from cs_pipeline.intake.chat_partners import others_than_customers
from cs_pipeline.intake.misfiled_replies import misfiled_in
from cs_pipeline.intake.ordering import Order, stand_apart
from cs_pipeline.intake.said import Heard
from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.header import Header
from cs_pipeline.intake.sheets.moments import tells_zone
from cs_pipeline.intake.sheets.threads import Thread
from cs_pipeline.intake.swapped_sides import are_swapped
from cs_pipeline.intake.turn_numbers import TurnNumbers
from cs_pipeline.intake.utterances import PART_BELOW
from cs_pipeline.intake.wording import (
    MINGLED,
    ORDER_UNCLEAR,
    REVERSED_ORDER,
    STAND_APART,
    SWAPPED_ROWS,
    VOID_ROW,
)
from cs_pipeline.intake.wording_slips import MISFILED, NO_CUSTOMER, OTHER_CUSTOMER, SWAPPED_TALK
from cs_pipeline.language import Words


class TalkRefusals:
    """Says of each conversation of a table whether its order and its sides can be told."""

    def __init__(
        self, header: Header, numbers: TurnNumbers, conversations: Mapping[str, Sequence[Heard]]
    ) -> None:
        self._header, self._numbers = header, numbers
        self._misfiled = misfiled_in(header, conversations)
        thread = header.thread
        by_customer = isinstance(thread, Thread) and thread.tells == "customer"
        partners = (part.partition(PART_BELOW)[0] for part in conversations if by_customer)
        self._others = others_than_customers(partners)

    def of(self, order: Order[Heard], part: str) -> tuple[str, Words | None] | None:
        """The reason to refuse a conversation, and words if the reason's own would not do."""
        if reason := self._why_unclear(order, part):
            return reason, None
        if part.partition(PART_BELOW)[0] in self._others:
            return VOID_ROW, NO_CUSTOMER
        if part in self._misfiled:
            return OTHER_CUSTOMER, MISFILED
        if self._header.thread is not None and are_swapped(order.conversations[part]):
            return SWAPPED_ROWS, SWAPPED_TALK
        return None

    def _why_unclear(self, order: Order[Heard], part: str) -> str:
        """Why it cannot be told which answers are to which of the conversation's questions."""
        if self._header.has_spoilt_ids or self._numbers.collide(part, order.conversations[part]):
            return MINGLED
        if self._header.thread is None and stand_apart(order.conversations[part]):
            return STAND_APART
        if order.reversed_table:
            return REVERSED_ORDER
        if part in order.one_side_first:
            return STAND_APART
        if self._header.mixes_zones and self._mixes_zones(order.conversations[part]):
            return ORDER_UNCLEAR
        return ORDER_UNCLEAR if part in order.unclear else ""

    def _mixes_zones(self, turns: Sequence[Heard]) -> bool:
        """Whether some of the turns say in which time zone they were said, and some do not."""
        column = self._header.times[0]
        return len({tells_zone(cell_at(turn.turn().original, column)) for turn in turns}) > 1
