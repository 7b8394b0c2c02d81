"""When a question was asked and when it was answered, where a table says both."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cs_pipeline.intake.sheets.body import Body
from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.headings import Heading, names_time
from cs_pipeline.intake.sheets.moments import Moment, moment_under_heading
from cs_pipeline.intake.sheets.roles import DAY_PARTS

_ASKED = re.compile("문의|질문|질의|접수|요청|인입|asked|inquir|request|received")
_REPLIED = re.compile("답변|회신|응답|답글|answer|repl|respon")
_DAY = 3
_MOST_EARLIER, _LEAST_ROWS = 0.1, 4


class PairTimes(NamedTuple):
    """The columns that say when a row's question was asked, and when it was answered."""

    question: int
    answer: int

    def stand_apart(self, rows: Iterable[tuple[str, ...]]) -> bool:
        """Whether so many answers are older than their questions that rows hold no pairs."""
        told = [self.earlier(row) for row in rows if all(cell_at(row, one).strip() for one in self)]
        return len(told) >= _LEAST_ROWS and sum(told) > _MOST_EARLIER * len(told)

    def earlier(self, row: tuple[str, ...]) -> bool:
        """Whether the row's answer is older than its question."""
        asked, replied = (moment_under_heading(cell_at(row, column)) for column in self)
        if asked is None or replied is None or {len(asked), len(replied)} != {DAY_PARTS}:
            return False
        if not any(asked[_DAY:]) or not any(replied[_DAY:]):  # one of them tells the day alone
            return replied[:_DAY] < asked[:_DAY]
        return replied < asked


def pair_times(
    headings: Sequence[Heading], body: Body, first: int, second: int
) -> PairTimes | None:
    """The two columns: by their headings, or of one name and beside question and answer."""
    times = [
        column
        for column, heading in enumerate(headings)
        if column not in (first, second)
        and any(map(names_time, heading))
        and _say_days(body.moments(column))
    ]
    asked = [one for one in times if any(map(_ASKED.search, headings[one]))]
    replied = [one for one in times if any(map(_REPLIED.search, headings[one]))]
    if len(asked) == len(replied) == 1 and asked != replied:
        return PairTimes(asked[0], replied[0])
    for step in (-1, 1):
        beside = (first + step, second + step)
        if times == sorted(beside) and headings[beside[0]] == headings[beside[1]]:
            return PairTimes(*beside)
    return None


def _say_days(moments: Sequence[Moment]) -> bool:
    return bool(moments) and all(len(moment) == DAY_PARTS for moment in moments)
