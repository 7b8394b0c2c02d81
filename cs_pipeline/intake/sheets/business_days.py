"""Days of business that go on past midnight: what is said at 00:10 follows what was at 23:55."""

import re
from collections.abc import Sequence

from cs_pipeline.intake.sheets.body import Body
from cs_pipeline.intake.sheets.headings import Heading
from cs_pipeline.intake.sheets.moments import Moment

_BUSINESS_DAY = re.compile(
    "(?:영업|근무|운행|운영)(?:일|일자|날짜)|(?:business|working|operating|service)(?:day|date)"
)
_NIGHT, _DAWN, _EVENING = range(5), range(5, 8), range(20, 24)
_HOUR = 7
"""Where a moment of a day and a time of day has its hour."""


def goes_past_midnight(headings: Sequence[Heading], body: Body, times: Sequence[int]) -> bool:
    """Whether the first of two columns holds such days; nobody opens at dawn then.

    `times` are the columns of days and of times of day.
    """
    if len(times) != 2 or not any(map(_BUSINESS_DAY.fullmatch, headings[times[0]])):
        return False
    hours = {moment[0] for moment in body.moments(times[1])}
    return (
        not hours.isdisjoint(_NIGHT) and not hours.isdisjoint(_EVENING) and hours.isdisjoint(_DAWN)
    )


def next_morning(moment: Moment) -> Moment:
    """A moment of such a day; what is said at night comes last."""
    if len(moment) <= _HOUR or moment[_HOUR] not in _NIGHT:
        return moment
    return (*moment[:_HOUR], moment[_HOUR] + 24, *moment[_HOUR + 1 :])
