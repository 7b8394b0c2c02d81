"""Calls that no column tells apart: by what a program says of them, and by numbered questions."""

import re
from collections.abc import Callable

from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.header import Header, Row
from cs_pipeline.intake.sheets.speakers import Speaker, number_of
from cs_pipeline.intake.sheets.threads import Thread
from cs_pipeline.intake.utterances import PART_BELOW

_SAYS_OVER = re.compile(
    # 상담이 종료되었습니다, 채팅 종료
    r"(?:상담|채팅|대화|통화|문의|세션)(?:방)?\s?(?:이|가|을|를)?\s?(?:자동\s?|정상\s?)?(?:종료|마감|끝)"
    r"|(?:chat|conversation|session|call)\s(?:has\s|was\s|is\s)?(?:been\s)?(?:ended|closed|over)",
    re.IGNORECASE,
)
_LONGEST_NOTE = 60


class Calls:
    """Names the call that each row of a table belongs to, row by row.

    A call is over where a program says so. `Q2` and `A2` belong together wherever they stand, until
    the numbers begin anew.
    """

    def __init__(self, header: Header, speaker_of: Callable[[str], Speaker | None]) -> None:
        self._header, self._speaker_of = header, speaker_of
        thread = header.thread
        by_card = isinstance(thread, Thread) and thread.tells == "cards"
        self._is_silent = header.tells == "column" or not (thread is None or by_card)
        self._over = self._asked = 0

    def part_of(self, conversation: str, row: Row) -> str:
        """The conversation, or the part of it that is the row's call."""
        if self._is_silent:
            return conversation
        label = cell_at(row, self._header.first).strip()
        speaker, number = self._speaker_of(label), number_of(label)
        if speaker == "bot":
            self._over += _says_over(cell_at(row, self._header.second).strip())
        if number and speaker == "customer":
            self._over += number < self._asked
            self._asked = number
        call = f"{self._over}:{number}" if number else f"{self._over or ''}"
        return f"{conversation}{PART_BELOW}{call}" if call else conversation


def _says_over(text: str) -> bool:
    return len(text) <= _LONGEST_NOTE and _SAYS_OVER.search(text) is not None
