"""Where a conversation ends and the next one begins, in a log that does not tell them apart."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from cs_pipeline.intake.said import Turn
from cs_pipeline.intake.sheets.moments import Moment
from cs_pipeline.intake.sheets.roles import CLOCK_PARTS, DAY_PARTS

_LONGEST_THANKS = 40
_THANKS = re.compile(r"감사|고마|고맙|수고하|수고 많")
_UNDERSTOOD = re.compile(r"(?:네+|넵|예)[,.\s]*(?:알겠(?:습니다|어요)|확인했습니다)[.!~\s]*")
_WANTS = re.compile(r"\?|부탁|주세요|주실|싶|궁금|문의|까요|나요|는데")
_GREETS = re.compile(r".{0,20}(?:안녕하|반갑습니다|무엇을 도와|어떤 도움)")
_MANY_HOURS = 6


def conversations_in(turns: Sequence[Turn]) -> Iterator[Sequence[Turn]]:
    """The turns, parted where a conversation seems to be over and another one to begin.

    It is over when a customer has thanked, and an agent greets or the customer goes on to something
    else; and where hours pass, unless the answer comes then.
    """
    start = 0
    for place, (before, after) in enumerate(pairwise(turns), start=1):
        if _is_over(before, after):
            yield turns[start:place]
            start = place
    yield turns[start:]


def _is_over(before: Turn, after: Turn) -> bool:
    thanks = before.speaker == "customer" and closes(before.text)
    if thanks and (after.speaker == "customer" or _GREETS.match(after.text)):
        return True
    answered = before.speaker == "customer" and after.speaker == "agent" and not thanks
    return not answered and hours_between(before.moment, after.moment) >= _MANY_HOURS


def closes(text: str) -> bool:
    """Whether a customer thanks or has understood, and wants nothing more."""
    if len(text) > _LONGEST_THANKS or _WANTS.search(text):
        return False
    return _THANKS.search(text) is not None or _UNDERSTOOD.fullmatch(text) is not None


def hours_between(before: Moment | None, after: Moment | None) -> float:
    """About how many hours from one to the other; 0 where they do not tell a day."""
    hours = [_hours(moment) for moment in (before, after) if moment is not None]
    told = [one for one in hours if one is not None]
    return abs(told[1] - told[0]) if len(told) > 1 else 0.0


def _hours(moment: Moment) -> float | None:
    """Hours since the year 0, as if months had 31 days; None without a day."""
    if len(moment) == 1:
        return moment[0] / 3_600_000
    if len(moment) not in (DAY_PARTS, DAY_PARTS + CLOCK_PARTS):
        return None
    year, month, day = moment[:3]
    return ((12 * year + month) * 31 + day) * 24 + moment[-4] + moment[-3] / 60
