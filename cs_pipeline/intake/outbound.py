"""Calls that the company makes: there the agent asks, and what customers reply is no question.

통화  | 방향 | 화자   | 내용
C2    | OB   | 상담사 | 방문 서비스는 어떠셨어요?
C2    | OB   | 고객   | 네, 괜찮았어요
C2    | OB   | 상담사 | 추천하실 의향은 몇 점이세요?
"""

import re
from collections.abc import Sequence

from cs_pipeline.intake.openings import opens_only
from cs_pipeline.intake.said import Turn
from cs_pipeline.intake.sheets.callers import DIRECTION, OUT
from cs_pipeline.intake.sheets.cells import cell_at, label_of
from cs_pipeline.intake.sheets.header import Header
from cs_pipeline.questions import asks

# In a callback the agent asks what it is about: what the customer states then is what was asked.
_OFFERS = re.compile(
    "(?:불편|궁금)(?!.{0,12}(?:없|었|해결|풀))|도와|(?:어떤|무슨) (?:문제|일|문의|내용|증상)"
)


class Outbound:
    """The column of a table that says which way its calls went."""

    def __init__(self, header: Header) -> None:
        taken = (header.first, header.second)
        labels = header.labels[-1] if header.tells == "role" else ()
        self._columns = [
            at for at, one in enumerate(labels) if at not in taken and DIRECTION.fullmatch(one)
        ]

    def without_replies(self, turns: Sequence[Turn]) -> Sequence[Turn]:
        """The turns of a call; of one that went out, without words of replies to questions."""
        if not turns or not any(self._all_out(turns, at) for at in self._columns):
            return turns
        asked = False
        for turn in turns:
            if turn.speaker == "agent":
                offers = opens_only(turn.text) or _OFFERS.search(turn.text)
                asked = asks(turn.text) and not offers
            elif turn.speaker == "customer" and asked and not asks(turn.text):
                turn.text = ""
        return turns

    def _all_out(self, turns: Sequence[Turn], column: int) -> bool:
        """Whether each row says so; ways of single messages turn about."""
        return all(OUT.fullmatch(label_of(cell_at(turn.original, column))) for turn in turns)
