"""Addresses: parts that stand side by side are read as one chain, then the chain is judged.

A part by itself (`강남구`, `3층`) is a place or a shop floor. What makes a chain an address is that
it gets down to a lot, a building or a flat, or that the words around it say that somebody lives
there or wants something sent there.
"""

from collections.abc import Iterator
from typing import NamedTuple

from cs_pipeline.pii.finders.addresses.parts import FIRST, GAP, PLACES, UNITS, following
from cs_pipeline.pii.finders.addresses.words import COUNTRY_HOUSES, HOUSES, OFFICES, TOWARDS
from cs_pipeline.pii.rules import Found, compiled

_MOST_PARTS = 14
_MOST_OF_A_KIND = 2
_BEFORE, _AFTER = 45, 20

_ASKED = r"""
    (?: (?<!메일)(?<!메일\s)(?<!ip\s)(?<!url\s)(?<!이지\s)(?<!이트\s)(?<!웹\s) 주소 (?![록창])  # 주소는
    | 배송지 | 수령지 | 배달지 | 도착지 | 수거지 | 설치지 | 사시는 | 사는\s?곳 | 거주 | 자택            # 배송지는
    | 어디 (?: [로에세신예이인시야] | \s?사 ) | 동\s?,?\s?호수? | 동이?랑\s?호 | 호수            # 어디로 보내 드릴까요
    | 몇\s?[동호] | (?:어느|무슨)\s?동 | 집[은이] | (?:우리|저희|제|내|옆|윗|아랫|앞|뒷)\s?집 | (?:우리|저희|저)는 (?=\s) | 댁[이은]          # 몇 동이세요
    | (?:보내실|받으실|받는|받을|보낼)\s?곳 | (?:설치|방문)\s?장소                             # 받으실 곳은
    | 누르 (?: 고 | 시고 | 신\s?다음 | 면 )                                            # 현관 비번 누르고 1503호로요
    | 이사\s?[온한간]\s?곳 | 도로명 | 지번 | 번지수 | address )                           # 이사 온 곳이
    (?P<gap> [^#]{0,40} ) \Z
"""
_ASKED_FLAT = r"""
    (?: (?: 동\s?,?\s?호 | 몇\s?[동호] | 동이?랑\s?호 | (?:상세|나머지)\s?주소 ) [^#\d]{0,40}  # 동 호수요
    | (?<!url\s)(?<!ip\s)(?<!메일\s) (?:주소|배송지) [은는이:\s]{0,4} ) \Z            # 주소: 101-1203
"""
# A dong alone is also how names end: 홍길동.
_ASKED_TOWN = r"""
    (?! [^#]* (?: 사람|이름|성함|성명|[령취주]인|전화|연락|고객명|님 ) )                        # 받으실 분 성함은 홍길동
    [^\d#]{0,30}? [:은는이가\n] [^\d#\n]{0,10}                                  # 주소는 역삼동
"""
_LIVES = r"""
    \s? (?: 이?[에예]?요 | 이?에 | 에 | 으?로 | 이고 | 인데 | 에서 | 이거든요 )? [\s,]{0,2}    # …에, …으로
    (?: 살아 | 살고 | 살거 | 삽니다 | 사는 | 사세 | 거주 | (?:좀\s)?(?:보내|부쳐)               # …에 살아요
    | (?:배송|배달) (?! \s? (?:되|가능|비|얼마|지역|돼|안) ) | 가져다 | 갖다 | 놔 | 놓 | 두고 | 두시  # …로 배송해 주세요
    | 받을 | 받고 | 이사 (?! \s?짐?센터 ) | 문\s?앞 | 현관 | 경비실                         # …에서 받을게요
    | 앞에\s?[놔놓두배] | 주소 | 배송지 | 집이 )                                         # … 앞에 놔 주세요
"""
_PUBLIC = r"""
    (?: (?: 본사|본점|매장|지점|직영점|대리점|영업점|센터|쇼룸|전시장|사옥|사무소|행사장|예식장|식당             # 매장 주소는
        |카페|호텔|병원|가게|점포|팝업|스토어|공장|지사|[가-힣](?<!맹)점 )                         # 카페는
      (?: [의은는이가]? \s? (?:주소|위치|소재지|약도) | [은는] \s | \s?: )                  # 매장의 위치
    | 오시는\s?길 | 찾아\s?오시 | 소재지 )                                             # 오시는 길
    (?P<gap> [^#]{0,25} ) \Z
"""
_OWN = r"제\s | (?:저희|우리)\s?집 | 집[은이] | 고객님 | 배송지 | 아니라 | 말고 | 보내"
_ASKED_BACK = r"\s? (?: 이?세요 | 이?신가 | 인가 | 이?시[죠지] | 인지 )"
_OFFICE_AFTER = rf"\s? [가-힣]{{0,3}} \s? {OFFICES}"
_NAMED_HOUSE = r"[가-힣]{2} (?:빌딩|오피스텔|빌라|맨션|고시원|고시텔|원룸텔)"
_BELOW_GROUND = r"반지하 | 옥탑 | 지층"
# 21호 is a shade or a ring size, 302호 a flat.
_FAR_UP = r"\d{3} | [백천] | 지하 | b\d | [일이삼사오육칠팔구][공영일이삼사오육칠팔구]{2,3}\s?호"
_PRECISE = r"- | 번지 | 다시 | 대시"
_BRANCHED = r"대로 | 길 | \d\s?가"


class _Part(NamedTuple):
    kind: str
    start: int
    end: int


def find(text: str) -> Iterator[Found]:
    """Findings in normalised text."""
    first, position = compiled(FIRST), 0
    while match := first.search(text, position):
        kind = str(match.lastgroup).rstrip("0123456789")
        parts = _read_on(text, _Part(kind, *match.span()))
        if _is_address(text, parts):
            end = _with_parenthesis(text, parts[0].start, parts[-1].end)
            yield Found(parts[0].start, end, "ADDRESS", 0.85, f"address.{parts[-1].kind}")
            position = end
        else:
            position = parts[0].end


def chain_at(text: str, start: int) -> tuple[int, frozenset[str]] | None:
    """Where the parts that begin at `start` end, and their kinds, whether an address or not."""
    match = compiled(FIRST).match(text, start)
    if match is None:
        return None
    parts = _read_on(text, _Part(str(match.lastgroup).rstrip("0123456789"), *match.span()))
    return parts[-1].end, frozenset(part.kind for part in parts)


def _read_on(text: str, first: _Part) -> list[_Part]:
    """The chain of parts that starts with `first`."""
    parts = [first]
    gap = compiled(GAP)
    while len(parts) < _MOST_PARTS:
        beside = gap.match(text, parts[-1].end)
        part = _next_part(text, parts[-1], beside.end() if beside else parts[-1].end)
        if part is None or sum(part.kind == one.kind for one in parts) == _MOST_OF_A_KIND:
            break
        parts.append(part)
    while parts[-1].kind == "unknown" or (len(parts) > 1 and _is_asked_back(text, parts[-1])):
        parts.pop()
    return parts


def _is_asked_back(text: str, part: _Part) -> bool:
    """`아파트세요?`: a house that nobody named."""
    if part.kind != "building" or not compiled(_ASKED_BACK).match(text, part.end):
        return False
    return compiled(HOUSES).fullmatch(text, part.start, part.end) is not None


def _next_part(text: str, last: _Part, beside: int) -> _Part | None:
    places = [beside]
    if last.kind in ("block", "floor") or "(" in text[last.end : beside]:
        places.append(last.end)  # 101동 1203, (역삼동): separators are part of these
    for place in places:
        for kind, pattern in following(last.kind):
            if match := pattern.match(text, place):
                return _Part(kind, place, match.end())
    return None


def _with_parenthesis(text: str, start: int, end: int) -> int:
    """`end`, moved over a parenthesis that closes one opened inside the address."""
    opened = text.count("(", start, end) > text.count(")", start, end)
    return end + 1 if opened and text[end : end + 1] == ")" else end


def _is_address(text: str, parts: list[_Part]) -> bool:
    start, end = parts[0].start, parts[-1].end
    before, after = text[max(0, start - _BEFORE) : start], text[end : end + _AFTER]
    told = {part.kind: text[part.start : part.end] for part in parts}
    if told.keys() <= {"region", "city", "short", "postcode"} or _is_public(before):
        return False
    if _is_asked_back(text, parts[-1]):
        return False
    if parts[-1].kind == "road" and compiled(TOWARDS).fullmatch(told["road"]):
        return False
    return (
        _has_flat(told, text[start:end])
        or _has_number(told)
        or _is_in_the_country(told)
        or _is_asked_for(before, text[start:end], after, told)
        or _is_home(after, told)
    )


def _is_public(before: str) -> bool:
    public = compiled(_PUBLIC).search(before)
    return public is not None and not compiled(_OWN).search(public["gap"])


def _has_number(told: dict[str, str]) -> bool:
    """A lot or building number that cannot be a count."""
    if "lot" not in told:
        return False
    if told.keys() & (UNITS | {"region", "city", "short", "building", "maker", "paren"}):
        return True
    if "road" in told:
        return "town" in told or bool(compiled(_BRANCHED).search(told["road"]))
    return bool(compiled(_PRECISE).search(told["lot"]))


def _is_in_the_country(told: dict[str, str]) -> bool:
    """Where a village has no numbers: `후평1리 마을회관 옆`."""
    if "landmark" not in told or not told.keys() & {"region", "city", "short"}:
        return False
    village = told.get("town", "").endswith("리")
    return village or compiled(COUNTRY_HOUSES + r"\Z").search(told["landmark"]) is not None


def _has_flat(told: dict[str, str], address: str) -> bool:
    """A flat in a block, in a house with a name, or in a town."""
    flat = told.keys() & {"block", "flat", "pair"}
    place = told.keys() & PLACES
    if "block" in told and len(flat) > 1:
        return True
    if "building" in told:
        named = compiled(_NAMED_HOUSE).search(told["building"])
        return bool(flat or "town" in told or ("floor" in told and (place or named)))
    if "maker" in told and (place or compiled(HOUSES).search(told["maker"])):
        return bool(flat or "town" in told)
    if "/" in told.get("pair", "") and "lot" not in told and "building" not in told:
        return False  # 256/512
    if told.keys() & {"complex", "unknown", "maker"}:
        high = "block" in told or compiled(_FAR_UP).search(told.get("flat", ""))
        return "pair" in told or bool(place and high)
    below = compiled(_BELOW_GROUND).match(address)
    return bool(flat and (below or "town" in told or ("road" in told and place)))


def _is_asked_for(before: str, address: str, after: str, told: dict[str, str]) -> bool:
    """The words before it, or the question above, ask for an address."""
    kinds = set(told)
    if compiled(_OFFICE_AFTER).match(after):
        return False
    if kinds in ({"pair"}, {"floor"}):
        return compiled(_ASKED_FLAT).search(before) is not None
    asked = compiled(_ASKED).search(before)
    if asked is None or kinds == {"road"}:
        return False
    if kinds == {"flat"}:
        return compiled(_FAR_UP).search(address) is not None
    return kinds != {"town"} or compiled(_ASKED_TOWN).fullmatch(asked["gap"]) is not None


def _is_home(after: str, told: dict[str, str]) -> bool:
    """Somebody lives there or gets something there."""
    if told.keys() == {"flat"} and not compiled(_FAR_UP).search(told["flat"]):
        return False
    near = told.keys() & {"town", "road", "building", "maker"}
    place = near and told.keys() & {"region", "city", "short"}
    exact = told.keys() & {"block", "flat", "lot"}
    return bool(place or exact) and compiled(_LIVES).match(after) is not None
