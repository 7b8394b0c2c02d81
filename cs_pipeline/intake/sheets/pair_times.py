"""When a question was asked and when it was answered, where a table says both."""

import re
from collections.abc import Iterable, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from cs_pipeline.intake.sheets.body import Body
from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.further_headings import names_time
from cs_pipeline.intake.sheets.headings import Heading
from cs_pipeline.intake.sheets.moments import Moment, moment_under_heading
from cs_pipeline.intake.sheets.roles import DAY_PARTS

_ASKED = re.compile("문의|질문|질의|접수|요청|인입|asked|inquir|request|received")
# Or when somebody wrote down what was asked and answered, which the times tell.
_WRITTEN = re.compile("등록|작성|created|posted|submitted")
_REPLIED = re.compile("답변|회신|응답|답글|answer|repl|respon")
_WHEN = re.compile("(?:at|on|일)$")
_DAY = 3
_MOST_EARLIER, _MOST_LATE, _LEAST_ROWS = 0.1, 0.5, 4
_LEAST_FILLED, _FURTHER = 2, 5


class PairTimes(NamedTuple):
    """The columns that say when a row's question was asked, and when it was answered.

    `lists` says that questions and answers seem to be two lists side by side, each with its times:
    a row's two sides are no pair then.
    """

    question: int
    answer: int
    lists: bool = False

    def stand_apart(self, rows: Iterable[tuple[str, ...]]) -> bool:
        """Whether so many answers are older than their questions that rows hold no pairs.

        An answer that comes again with its time counts once. Rows among which answers of another
        period were pasted are not so.
        """
        told: list[bool] = []
        days: list[int] = []
        above = ""
        for row in rows:
            said = cell_at(row, self.answer).strip()
            if said != above and said and cell_at(row, self.question).strip():
                told.append(self.earlier(row))
                days.append(self._days(row))
            above = said
        many = len(told) >= _LEAST_ROWS and sum(told) > _MOST_EARLIER * len(told)
        return many and not _are_pasted(told, days)

    def _days(self, row: tuple[str, ...]) -> int:
        """How many days after its question the row's answer came; 0 where they do not tell."""
        asked, replied = (moment_under_heading(cell_at(row, one)) for one in self[:2])
        if asked is None or replied is None or {len(asked), len(replied)} != {DAY_PARTS}:
            return 0
        return _day(replied) - _day(asked)

    def filled_down(self, rows: Sequence[tuple[str, ...]], texts: int) -> bool:
        """Whether answers came again below, with their times, beside questions that are newer.

        Args:
            rows: (a sample of) the rows.
            texts: the column of answers.
        """
        below = (
            row
            for above, row in pairwise(rows)
            if self.is_same_answer(above, row, texts) and self.earlier(row)
        )
        return sum(1 for _ in islice(below, _LEAST_FILLED)) == _LEAST_FILLED

    def is_same_answer(self, above: tuple[str, ...], row: tuple[str, ...], texts: int) -> bool:
        """Whether a row repeats the answer above it, to the time of day, beside another moment."""
        if cell_at(above, texts) != cell_at(row, texts):
            return False  # quick, since every row asks
        said, asked = cell_at(row, self.answer), cell_at(row, self.question)
        alike = said == cell_at(above, self.answer) and asked != cell_at(above, self.question)
        return alike and any((moment_under_heading(said) or ())[_DAY:])

    def earlier(self, row: tuple[str, ...]) -> bool:
        """Whether the row's answer is older than its question."""
        asked, replied = (moment_under_heading(cell_at(row, one)) for one in self[:2])
        if asked is None or replied is None or {len(asked), len(replied)} != {DAY_PARTS}:
            return False
        if not any(asked[_DAY:]) or not any(replied[_DAY:]):  # one of them tells the day alone
            return replied[:_DAY] < asked[:_DAY]
        return replied < asked


def _are_pasted(earlier: Sequence[bool], days: Sequence[int]) -> bool:
    """Whether the answers that are older stand in one stretch and come from long before.

    So answers of another period look that were pasted over some of the rows. Each is further from
    its question than any of the others, which are most. Two lists side by side drift apart instead.
    """
    first, last = earlier.index(True), len(earlier) - 1 - earlier[::-1].index(True)
    if not all(earlier[first : last + 1]) or 2 * (last + 1 - first) > len(earlier):
        return False
    others = [abs(day) for day, late in zip(days, earlier, strict=True) if not late]
    pasted = [-day for day, late in zip(days, earlier, strict=True) if late]
    return min(pasted) > _FURTHER * (1 + max(others))


def _day(moment: Moment) -> int:
    """Days, about, with all months alike: also of the 31st of February."""
    year, month, day = moment[:_DAY]
    return (12 * year + month) * 31 + day


def pair_times(
    headings: Sequence[Heading], body: Body, first: int, second: int
) -> PairTimes | None:
    """The two columns: by their headings, or of one name and beside question and answer."""
    dated = [
        column
        for column, heading in enumerate(headings)
        if column not in (first, second)
        and any(names_time(label) or _WHEN.search(label) for label in heading)
        and _say_days(body.moments(column))
    ]
    times = [column for column in dated if any(map(names_time, headings[column]))]
    if found := _by_headings(headings, body, times) or _by_headings(headings, body, dated):
        return found
    for step in (-1, 1):
        beside = (first + step, second + step)
        if times == sorted(beside) and headings[beside[0]] == headings[beside[1]]:
            return PairTimes(*beside, lists=_are_lists(body.rows, beside, (first, second)))
    return None


def _by_headings(headings: Sequence[Heading], body: Body, times: Sequence[int]) -> PairTimes | None:
    """The one column that says when it was asked, or at least written down, and when answered."""
    replied = [one for one in times if any(map(_REPLIED.search, headings[one]))]
    others = [one for one in times if one not in replied]
    for names in (_ASKED, _WRITTEN):
        asked = [one for one in others if any(map(names.search, headings[one]))]
        if len(asked) == len(replied) == 1:
            found = PairTimes(asked[0], replied[0])
            late = sum(map(found.earlier, body.rows)) > _MOST_LATE * len(body.rows)
            return None if late and names is _WRITTEN else found
    return None


def _are_lists(
    rows: Sequence[tuple[str, ...]], times: tuple[int, int], texts: tuple[int, int]
) -> bool:
    """Whether one side ends above the other, and its times are behind those of the rows below.

    `times` and `texts` are the columns of questions and of answers. Where each row is a pair, most
    questions come after the answer above them.
    """
    sides = [[bool(cell_at(row, column).strip()) for row in rows] for column in texts]
    lengths = [sum(side) for side in sides]
    if lengths[0] == lengths[1] or any(side != sorted(side, reverse=True) for side in sides):
        return False
    moments = [
        [moment_under_heading(cell_at(row, column)) for row in rows[: min(lengths, default=0)]]
        for column in times
    ]
    told = [
        (replied, asked)
        for replied, asked in zip(moments[1], moments[0][1:], strict=False)
        if replied is not None and asked is not None
    ]
    late = sum(replied >= asked for replied, asked in told)
    return len(told) >= _LEAST_ROWS and late > _MOST_LATE * len(told)


def _say_days(moments: Sequence[Moment]) -> bool:
    return bool(moments) and all(len(moment) == DAY_PARTS for moment in moments)
