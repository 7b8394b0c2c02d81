"""Lists of conversations by their first question and last answer, and how much lies between."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from cs_pipeline.intake.sheets.cells import cell_at

Row = tuple[str, ...]

_FIRST = re.compile("최초|처음|^첫|first|initial|opening")
_LAST = re.compile("최종|마지막|last|final|latest|closing")
_MESSAGES = "(?:메시지|메세지|발화|댓글|코멘트|대화턴|턴|messages?|comments?|turns?)"
_COUNT = "(?:수|건수|개수|횟수|갯수|count)"
_NUMBER = re.compile(r"\s*(\d{1,4})\s*(?:건|개|회)?\s*")
_COUNTED = (
    (0, re.compile(f"(?:재문의|추가문의|reopen(?:ed)?|followups?){_COUNT}")),
    (
        1,
        re.compile(
            f"(?:고객|회원|문의자|customer|user|client|requester)s?{_MESSAGES}{_COUNT}"
            "|numberof(?:customer|user|client|requester)(?:messages?|comments?)"
        ),
    ),
    (2, re.compile(f"(?:전체|총|total)?{_MESSAGES}{_COUNT}|numberof(?:messages?|comments?)")),
)
"""How many there are where nothing but the first question and its answer was written."""


class MessageCounts(NamedTuple):
    """Columns that count messages, and the most of each that leave no doubt."""

    columns: tuple[tuple[int, int], ...]

    def speaks_against(self, row: Row) -> bool:
        """Whether more was written than one question and its answer."""
        for column, most in self.columns:
            number = _NUMBER.fullmatch(cell_at(row, column))
            if number is not None and int(number[1]) > most:
                return True
        return False


def message_counts(labels: Sequence[str], pair: tuple[int, int]) -> MessageCounts | None:
    """The columns of counts beside a first question and a last answer, as their headings say."""
    if not (_FIRST.search(labels[pair[0]]) and _LAST.search(labels[pair[1]])):
        return None
    columns = tuple(
        (column, most)
        for column, label in enumerate(labels)
        for most, names in _COUNTED
        if column not in pair and names.fullmatch(label)
    )
    return MessageCounts(columns) if columns else None
