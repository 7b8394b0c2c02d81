"""Chats of a messenger in which one answers whoever asks, and is called so: a host, or an office.

[나무늘보] [오전 9:02] 모임 장소가 어디예요?
[방장_책수] [오전 9:05] 역 8번 출구 앞 카페 2층입니다.
[곰곰] [오전 10:04] 회비는 얼마인가요?
[방장_책수] [오전 10:07] 만 원입니다.

늘봄유치원 행정실 님과 카카오톡 대화
[하람맘] [오전 9:02] 내일도 버스 타나요?
[늘봄유치원 행정실] [오전 9:05] 네, 8시에 타시면 됩니다.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, groupby, pairwise

from cs_pipeline.intake.chat_partners import may_ask, place_of
from cs_pipeline.intake.said import Heard
from cs_pipeline.intake.sheets.speakers import Speaker
from cs_pipeline.intake.swapped_sides import serves
from cs_pipeline.questions import asks, asks_as_customer

_HOST = re.compile(
    r"(?:^|[\s_/(\[|·-])(?:부?방장|관리자|운영자|주인장|쥔장|사장님?|점장님?|원장님?|대표님?|호스트|host|admin)"
    r"(?:$|[\s_/)\]|·-])",
    re.IGNORECASE,
)
_OF_TRADE = re.compile(
    # what suppliers and staff ask
    r"보낼까요|드릴까요|(?:결제|입금|송금|대금|정산)[은는]? 언제 (?:해|되|들어)"
    r"|세금\s?계산서|납품|발주|월급|급여|시급|출근|근무표"
)
_LEAST_TURNS, _LEAST_GUESTS = 4, 3
_MANY_ASK, _FEW_ASK, _FEW_ASK_BACK = 0.4, 0.2, 0.1
_CLEARLY_MORE = 3


def hosted_sides(conversations: Mapping[str, Sequence[Heard]]) -> Mapping[str, Speaker]:
    """Who each of the unknown speakers is; {} unless one side answers whoever asks.

    It is that of the agents who are known, or of the one of several who is called a host. Guests
    ask, the host does not, and no guest writes below another one who waits for an answer.
    """
    said: dict[str, list[str]] = defaultdict(list)
    known: set[str | None] = set()
    for turn in chain.from_iterable(conversations.values()):
        said[turn.unnamed].append(turn.text)
        known |= {turn.speaker} if turn.unnamed == "" else set()
    hosts = [""] if "" in said else [name for name in said if _HOST.search(name)]
    guests = [name for name in said if name not in hosts]
    if len(hosts) != 1 or not guests or known - {"agent", "bot"} or not all(map(may_ask, guests)):
        return {}
    [host] = hosts
    several = "agent" in known or len(guests) >= _LEAST_GUESTS
    asked = [text for name in guests for text in said[name]]
    if not several or min(len(asked), len(said[host])) < _LEAST_TURNS:
        return {}
    if _share(asked) < _MANY_ASK or _share(said[host]) > _FEW_ASK:
        return {}
    if any(_guests_meet(turns, host) for turns in conversations.values()):
        return {}
    sides: dict[str, Speaker] = dict.fromkeys(guests, "customer")
    return sides if host == "" else {**sides, host: "agent"}


def office_sides(
    conversations: Mapping[str, Sequence[Heard]], title_of: Callable[[Sequence[Heard]], str]
) -> Mapping[str, Speaker]:
    """Who each of the unknown speakers is, where in each chat a place's office answers somebody.

    Or its owner does. The title names one of the two, or the place. {} where the place asks itself,
    or is asked for orders or money: it is a customer then, or has one of its own people there.
    """
    said: dict[str, list[str]] = defaultdict(list)
    chats: dict[str, set[str]] = defaultdict(set)
    for turns in conversations.values():
        known = [turn for turn in turns if turn.unnamed or turn.speaker != "bot"]
        chats[title_of(turns)] |= {turn.unnamed for turn in known}
        for turn in known:
            said[turn.unnamed].append(turn.text)
    offices = [name for name in said if place_of(name)]
    guests = [name for name in said if name not in offices]
    if len(offices) != 1 or not guests or "" in said or not all(map(may_ask, guests)):
        return {}
    [office] = offices
    between = all(
        len(both) == 2 and office in both and (title in both or title.startswith(place_of(office)))
        for title, both in chats.items()
    )
    asked = [text for name in guests for text in said[name]]
    if not between or any(map(_OF_TRADE.search, asked)) or not are_served(asked, said[office]):
        return {}
    return {**dict.fromkeys(guests, "customer"), office: "agent"}


def are_served(asked: Sequence[str], told: Sequence[str]) -> bool:
    """Whether some people ask as customers do, and others tell them what they may do."""
    return are_answered(asked, told, _MANY_ASK) and (
        _share(told, serves) > _CLEARLY_MORE * _share(asked, serves)
    )


def are_answered(asked: Sequence[str], told: Sequence[str], least: float) -> bool:
    """Whether at least such a share of texts asks as customers do, and hardly any of the others."""
    as_customers = _share(asked, asks_as_customer)
    return (
        min(len(asked), len(told)) >= _LEAST_TURNS
        and as_customers >= least
        and _share(asked) - as_customers <= _FEW_ASK_BACK
        and _share(told) <= _FEW_ASK
        and _share(asked, serves) <= _share(told, serves)
    )


def _share(texts: Iterable[str], does: Callable[[str], bool] = asks) -> float:
    """Share of the texts that ask."""
    words = [text for text in texts if text]
    return sum(map(does, words)) / max(1, len(words))


def _guests_meet(turns: Sequence[Heard], host: str) -> bool:
    """Whether a guest writes below another one."""
    names = [name for name, _ in groupby(turn.unnamed for turn in turns)]
    return any(host not in both for both in pairwise(names))
