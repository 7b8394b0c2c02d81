"""Names alone for speakers: agents' names come again in many conversations, customers' do not."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import islice

from cs_pipeline.intake.introductions import introduces, is_numbered
from cs_pipeline.intake.ordering import ASKS
from cs_pipeline.intake.said import Heard
from cs_pipeline.intake.sheets.speakers import Speaker, is_desk

_LEAST_CONVERSATIONS, _LEAST_OF_ONE = 5, 3
_MOST_OF_ONE_CUSTOMER = 1 / 3
_LOOKED_AT, _CLEARLY = 300, 4
_BOTH = ["agent", "customer"]
_DESK = re.compile("데스크|관리|운영|desk", re.IGNORECASE)
_LETTER = re.compile(r"\s?(?:[A-Z]|\d{1,2})$")
"""At the end of names that people who do the same work share: 도우미A and 도우미B."""
_NOBODY = re.compile(
    r"팀|부서|센터|지점|본사|데스크|봇|시스템|알림|자동|관리|운영|bot|system|team|center|desk|auto|admin",
    re.IGNORECASE,
)


def recurring_sides(conversations: Mapping[str, Sequence[Heard]]) -> Mapping[str, Speaker]:
    """Who each of the unknown speakers is; {} unless every conversation fits and says the same.

    In each, a name that speaks in three conversations or more (or in two, and differs from such a
    name by its last letter) talks with one that speaks in no other one. Or agents who are known
    talk with one stranger each, and nobody else, in all of them. Customers ask then; where the
    names that come again do, it is their conversations with agents.
    """
    names = {part: {turn.unnamed for turn in turns} for part, turns in conversations.items()}
    times = Counter(name for both in names.values() for name in both if name)
    called = [_DESK.sub("", name) if _serves(name, names.values()) else name for name in times]
    if len(conversations) < _LEAST_CONVERSATIONS or any(
        is_numbered(name) or _NOBODY.search(name) for name in called
    ):
        return {}
    if all("" not in both for both in names.values()):
        sides = _by_recurrence(names, times)
    else:
        sides = _beside_agents(conversations, names, times)
    return sides if sides and _customers_ask(conversations, sides) else {}


def _by_recurrence(
    names: Mapping[str, set[str]], times: Mapping[str, int]
) -> Mapping[str, Speaker]:
    often = {_LETTER.sub("", name) for name, count in times.items() if count >= _LEAST_OF_ONE}
    sides: dict[str, Speaker] = {
        name: "agent" if count > 1 and _LETTER.sub("", name) in often else "customer"
        for name, count in times.items()
    }
    fit = all(sorted(sides[name] for name in both) == _BOTH for both in names.values())
    once = all(times[name] == 1 for name, side in sides.items() if side == "customer")
    return sides if fit and once else {}


def _serves(name: str, conversations: Collection[set[str]]) -> bool:
    """Whether a name is that of the one desk that takes part in all conversations."""
    return is_desk(name) and all(name in both for both in conversations)


def _beside_agents(
    conversations: Mapping[str, Sequence[Heard]],
    names: Mapping[str, set[str]],
    times: Mapping[str, int],
) -> Mapping[str, Speaker]:
    known = {turn.speaker for turns in conversations.values() for turn in turns if not turn.unnamed}
    fit = all(len(both) == len(_BOTH) and "" in both for both in names.values())
    if not fit or known - {"bot"} != {"agent"}:
        return {}
    if max(times.values()) > max(1, _MOST_OF_ONE_CUSTOMER * len(names)):
        return {}
    return dict.fromkeys(times, "customer")


def _customers_ask(
    conversations: Mapping[str, Sequence[Heard]], sides: Mapping[str, Speaker]
) -> bool:
    """Whether they ask more than agents do, nearly wherever that can be told."""
    more = less = 0
    for turns in islice(conversations.values(), _LOOKED_AT):
        said: dict[Speaker, list[str]] = defaultdict(list)
        for turn in turns:
            said[sides.get(turn.unnamed, turn.speaker)].append(turn.text)
        if any(map(introduces, said["customer"])):
            return False
        asked, told = (
            sum(ASKS.search(text) is not None for text in said[side]) / max(1, len(said[side]))
            for side in ("customer", "agent")
        )
        more, less = more + (asked > told), less + (asked < told)
    return more > _CLEARLY * less and 2 * more >= min(len(conversations), _LOOKED_AT)
