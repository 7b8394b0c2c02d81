"""Tickets that somebody else opened than the customer: what they ask is an agent's note."""

import re
from collections import defaultdict
from collections.abc import Sequence

from cs_pipeline.intake.sheets.cells import cell_at

Row = tuple[str, ...]

_REQUESTER = re.compile(
    "(?:요청자|문의자|신청자|고객|회원|민원인)(?:명|이름|성명)?|(?:requester|customer|client|contact)(?:name)?"
)
_OPENER = re.compile(
    "(?:티켓)?(?:작성자|등록자|생성자|접수자|제출자|최초등록자)(?:명|이름)?"
    "|(?:submitter|creator|author|reporter)(?:name)?|(?:submitted|created|opened|entered)by"
)
_AGENT = re.compile(
    r"상담[원사]|직원|관리자|매니저|담당자|운영자|\b(?:agent|staff|admin|operator|support)\b",
    re.IGNORECASE,
)
_LEAST_ROWS, _MOSTLY = 8, 0.6


class Openers:
    """Who opened tickets, in a table in which most customers opened their own."""

    def __init__(self, requester: int, opener: int, for_several: set[str]) -> None:
        self._requester, self._opener, self._for_several = requester, opener, for_several

    def speaks_against(self, row: Row) -> bool:
        """Whether an agent opened the row's ticket, by their name or as they did for others."""
        requester, opener = (
            cell_at(row, column).strip() for column in (self._requester, self._opener)
        )
        if not (requester and opener) or requester == opener:
            return False
        return opener in self._for_several or _AGENT.search(opener) is not None


def openers(labels: Sequence[str], rows: Sequence[Row], pair: tuple[int, int]) -> Openers | None:
    """Who opened the tickets, where most customers did and the headings tell.

    Args:
        labels: the headings.
        rows: (a sample of) the rows below them.
        pair: the columns of questions and of answers.
    """
    columns = []
    for names in (_REQUESTER, _OPENER):
        named = [
            one for one, label in enumerate(labels) if one not in pair and names.fullmatch(label)
        ]
        if len(named) != 1:
            return None
        columns += named
    both = [
        people
        for row in rows
        if all(people := [cell_at(row, column).strip() for column in columns])
    ]
    own = sum(one == other for one, other in both)
    if own < max(_LEAST_ROWS, _MOSTLY * len(both)):
        return None
    opened = defaultdict(set)
    for whose, by in both:
        opened[by].add(whose)
    requester, opener = columns
    return Openers(requester, opener, {by for by, several in opened.items() if len(several) > 1})
