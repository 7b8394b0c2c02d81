"""Which of two numbered speakers is the agent: the one who says so when a call begins.

Speech recognition numbers voices, and the same number may be somebody else in the next call.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from cs_pipeline.intake.openings import opens_only
from cs_pipeline.intake.said import Heard
from cs_pipeline.intake.sheets.speakers import Speaker

Sides = Mapping[str, Speaker]
"""Who each of a call's two speakers is."""

_NUMBERED = re.compile(
    r"(?:(?:참석자|참가자|참여자|화자|발화자|스피커|채널|speaker|spk|spkr|voice|channel|ch)\s*[-_#]?\s*)?(?:\d{1,2}|[A-D])",
    re.IGNORECASE,
)
_INTRODUCES = re.compile(
    r"상담(?:사|원|직원)\s?[가-힣*]{2,4}\s?(?:입니다|이에요|예요|이라고 합니다)"
    r"|(?:고객센터|고객지원(?:팀|센터)|상담(?:팀|센터))\s?(?:입니다|이에요|예요)"
    r"|thank(?:s| you) for (?:calling|contacting)|this is \w+ (?:from|with|at) ",
    re.IGNORECASE,
)
_OFFERS = re.compile(r"도와 ?드릴까요|말씀해 ?주|일로 (?:연락|전화)|help|assist", re.IGNORECASE)
_BY_FILE = re.compile(r"SPEAKER_\d{2}")
_FIRST = 2


def is_numbered(spoken_by: str) -> bool:
    """Whether a speaker is called by a number or a letter alone."""
    return _NUMBERED.fullmatch(spoken_by.strip()) is not None


def introduces(text: str) -> bool:
    """Whether whoever says so is an agent."""
    offers = _OFFERS.search(text) is not None and opens_only(text)
    return offers or _INTRODUCES.search(text) is not None


def is_numbered_by_file(spoken_by: str) -> bool:
    """Whether a program gave the number that counts the voices of one recording (SPEAKER_00)."""
    return _BY_FILE.fullmatch(spoken_by.strip()) is not None


def introduced(turns: Sequence[Heard]) -> Sides:
    """Who the two numbered speakers of a call are; {} unless one of them introduces itself."""
    said: dict[str, list[str]] = defaultdict(list)
    for turn in turns:
        if not turn.unnamed or not is_numbered(turn.unnamed):
            return {}
        said[turn.unnamed].append(turn.text)
    ever = [one for one, texts in said.items() if any(map(introduces, texts))]
    if len(said) != 2 or len(ever) != 1:
        return {}
    [agent] = ever
    if not any(map(introduces, said[agent][:_FIRST])):
        return {}
    return {one: "agent" if one == agent else "customer" for one in said}


def turn_about(calls: Iterable[Sides]) -> bool:
    """Whether a number is an agent's in one call and a customer's in another one."""
    told = {pair for sides in calls for pair in sides.items()}
    return len(told) > len({one for one, _ in told})
