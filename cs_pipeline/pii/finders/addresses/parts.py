"""What the parts of an address look like, and which part may follow which.

Kinds: `postcode`, `region` (서울시), `city` (강남구), `short` (분당), `town` (역삼동), `hamlet` (무갑골), `road`,
`lot` (a lot's or building's number), `paren` (`(역삼동, 우리빌딩)`), `building` (with `아파트` or a
brand), `maker` (현대), `complex` (무지개마을), `unknown` (a name right before a flat), `block`
(302동), `floor`, `flat` (1105호), `pair` (302-1105), `landmark` (마을회관 옆 파란대문집), `shop` (은하미용실
or 로얄빌 401, behind the number).
"""

from functools import cache
from re import Pattern

from cs_pipeline.pii.finders.addresses.words import (
    BRANDS,
    CITIES,
    COMPLEXES,
    COUNTRY_HOUSES,
    HOUSES,
    LANDMARKS,
    MAKERS,
    NO_BUILDING,
    NO_DONG,
    NO_DONG_INSIDE,
    NO_ROAD,
    OFFICES,
    REGIONS,
    SHOPS,
    SHORT,
)
from cs_pipeline.pii.rules import compiled

_NUMERAL = "[일이삼사오육륙칠팔구십백천영공]"
_SPOKEN = rf"{_NUMERAL} (?: \s?{_NUMERAL} ){{0,7}}"
_NUMBER = rf"(?: \d{{1,4}} | {_SPOKEN} )"
_COUNTED = r"""(?:
    \s? [만천백]? (?:                           # 3개, 5만원, 2천명
        원(?!룸)|개|건|명|회|번(?![지길])|일|월|년|시(?!티)|분|초|%|퍼센트|세트|살(?!고|아|았|던|면|거|구|려|지|다)|kg|g|km|m|cm|mm|ml|차|박|팀
        |장|벌|켤레|병|박스|포인트|호선|호점|호차|호기|송이|인분|인용|평|배(?![송달])|곳|도|가지|가게|군데|학년
        |학번|분기|세대
    ) (?! [가-힣]{2} )
    | \s? [만천]? \s? 원 (?!룸)                 # 3만 원
    | \s? [개건명] \s? [를만씩로이]             # 3개만 주세요
    | [시일] \s? (?:에|까지|부터|쯤)            # 3시까지
)"""
_NO_MORE = rf"(?! \d | [-.:/]\s?\d | ,\d{{3}} | {_COUNTED} )"
_PARTICLE_OR_END = r"""
    (?= [\s\d,.()/:?!~-] | \Z | 이?[요에예] | 입니 | 이[고구에며] | 인데 | 산\s?\d | 으?로
        | 이?라(?:니까|고|예|서) | 이?[여유](?![가-힣]) | 이우다 | 이?구먼 )
"""
_HAMLET = r"[가-힣]{1,5} (?:골|말|마을|부락|뜸|촌|터|재) (?= \s? (?:산\s?)? \d )"

_POSTCODE = r"""
    [(\[]? (?: 우\)? \s? )? (?: \d{5} | \d{3}-\d{3} ) [)\]]? (?= [\s,]{1,3} [가-힣] )
"""
_NAME_SYLLABLE = "[가-힣a-z&]"
_POSTCODE_LAST = r"\s? \( \s? (?: 우(?:편\s?번호)? \)? [:\s]{0,2} )? \d{5} \s? \)"
_TOWN = rf"""(?:
    [가-힣]{{1,5}}동 \s? \d \s? 가 (?! [가-힣] )                                    # 성수동 2가
    | (?!{NO_DONG_INSIDE}) [가-힣]{{1,6}} \d{{0,2}} [동읍면가리] {_PARTICLE_OR_END} # 역삼1동 123-4
    | (?!{NO_DONG_INSIDE}) [가-힣]{{1,5}}? (?: 동\s?\d가 | \d?[동읍면리] )          # 역삼동우리빌딩
    | [가-힣]{{2,4}} \s [동읍면리] (?= [\s\d] )                                     # 역삼 동 123-4
)"""
_TOWN_FIRST = rf"""(?!{NO_DONG}) [가-힣]{{1,5}} \d{{0,2}} (?:
    동\s?\d가                                                                       # 성수동2가
    | [동읍] (?=
        [\s\d,] | \Z | 이?요 | 이[고에구] | 입니 | 산\s?\d                          # 역삼동이요
        | {BRANDS} | [가-힣]{{1,8}}아파트 )                                         # 역삼동래미안
    | 면 (?= \s [가-힣]{{1,4}}리 \s?\d )                                            # 고삼면 월향리 12
)"""
# A look-ahead for the ending first: nearly no word has one.
_ROAD = rf"""(?= [가-힣]{{1,10}} \d{{0,2}} [로길] ) (?:
    [가-힣]{{1,4}}로 \s? \d{{1,2}} \s? 가 (?! \s?길 | [가-힣] (?<!동) )             # 을지로3가
    | (?!{NO_ROAD}) [가-힣]{{1,9}} \d{{0,2}} (?:대로|로|길) (?:
        \s? {_NUMBER} \s? [가나다라]? \s? (?:번\s?)? [가나다라안]? 길               # 테헤란로 12번길
        | (?= [\s\d,()] | \Z | {_NUMERAL} | 이?요 ) (?! \d{{1,2}}동 ) )             # 테헤란로 152
)"""
# Only behind a city.
_ROAD_INSIDE = rf"""(?:
    \d{{1,3}} (?: \. \d{{1,2}} )?                                                   # 3.15대로, 2공단로
      (?: 공단|산단|산업|공원|부두|함대|민주|의거|올림픽|엑스포|용사|주년기념|학생 )?
      [가-힣]{{0,2}}? (?:대로|로|길)
    | [가-힣]{{2,6}} \s (?:대로|로|길)                                              # 테헤란 로
) (?: \s? {_NUMBER} \s? (?:번\s?)? [가나다라]? 길 )? (?= \s? (?: \d | {_NUMERAL}{{2}} ) )"""
_LOT = rf"""(?:
    (?:산\s?)? [1-9]\d{{0,3}}                                                       # 산 12-3, 123다시4
      (?: \s? (?:-{{1,3}}|다시|대시|의|에) \s? \d{{1,4}} (?: \s?호 (?![가-힣]) )? )?
      (?: \s? 번지 | {_NO_MORE} )
    | (?:산\s?)? {_SPOKEN} (?: \s? (?:다시|대시|의|에|-) \s? {_SPOKEN} )? \s? 번지  # 백이십삼 다시 사 번지
    | {_NUMERAL}{{1,4}} \s? (?:다시|대시) \s? {_NUMERAL}{{1,4}}? {_PARTICLE_OR_END} # 일이삼 다시 사요
    | {_NUMERAL}{{0,6}} [십백천] 이 (?= 예?요 (?![가-힣]) )         # 백이십이요, whole or with its copula
    | {_NUMERAL}{{0,3}} [십백천] {_NUMERAL}{{0,5}}?                                 # 백이십삼에 사요
      (?: \s? (?:다시|의|에) \s? {_SPOKEN} )? {_PARTICLE_OR_END}
    | (?! 일일이 | 사이사 | 오이오 ) [일이삼사오육칠팔구] [일이삼사오육칠팔구공영]{{2,3}}?
      (?: \s? (?:다시|의|에) \s? {_SPOKEN} )? {_PARTICLE_OR_END}                    # 일이삼이요
)"""
_LOT_FIRST = rf"""
    (?<![-\d]) [1-9]\d{{0,3}} \s? 번지 (?= 이?요 | 이?[에예]요 | 입니다 )           # 123번지요
    | [1-9]\d{{1,3}} \s?-\s? \d{{1,4}} (?: \s? 번지                                 # 123-4번지
      | (?= [\s,]{{1,2}} [가-힣]{{0,8}} {HOUSES} [\s,]{{0,2}}                       # 123-4 우리빌라 지하
          (?: [a-z\d가나다라마바] | 지하 | 반지하 ) ) )
"""
_LANDMARK = rf"""(?:
    [가-힣]{{0,6}}? {LANDMARKS} \s? (?:에서\s|바로\s)?                              # 마을회관 바로 옆 파란대문집
      (?: 옆 | 앞 | 뒤 | 건너편? | 맞은편 | 위 | 아래 | 밑 | 근처 | 지나서? )
      (?: 에\s있는 | 에 | 쪽 )? (?: \s? (?: [가-힣]{{1,6}} \s )?? {COUNTRY_HOUSES} )?
      (?! [가-힣]{{0,2}}매장 )
    | [가-힣]{{0,6}}? {LANDMARKS} \s {COUNTRY_HOUSES}                               # 마을회관 파란대문집
    | (?! 주택 | 집 | 하우스 | 농장 | 축사 ) {COUNTRY_HOUSES}                       # 파란대문집
)"""
_SHOP = rf"{_NAME_SYLLABLE}{{0,8}}? {SHOPS} (?: \s? 내 (?![가-힣]) )?"
_POST_BOX = r"""
    (?: [가-힣]{2,6}우체국 \s? )? 사서함 \s? (?:제\s?)? \d{1,6} (?: \s?-\s?\d{1,5} )? (?: \s?호 )?
"""
_PAREN = r"\s? \( \s? [가-힣]{1,6}\d?[동리가읍면] (?: \s?, [^()\n#]{1,25} )? \s? \)"

_NAME = r"[가-힣a-z○◯●〇0-9&]"
_PHASE = r"(?: \s? \d{1,2} \s? (?:차|단지|블[록럭]) )?"
_UNIT_NEXT = rf"""
    (?! (?<=\d) \d ) (?= \s? ,? \s? (?:
        제?\s?\d{{1,4}}\s?동 | [가-힣a-z]동\s?\d | (?:지하|b)?\s?\d{{1,4}}\s?[층호]  # 302동, 가동 1, 지하 2층
        | {_NUMERAL}{{2,7}}\s?[동호] | \d{{1,4}}-\d{{2,4}} | \d{{1,4}}/\d{{3,4}}    # 백이동, 302-1105, 302/1105
    ) )
"""
_BRAND = rf"""
    {_NAME}{{0,10}}? {BRANDS} (?: [가-힣a-z]{{1,8}}? (?= \s?\d ) )? {_PHASE}
    (?: \s? (?:{HOUSES}|apt) )? {_PHASE} (?! 몰 | [가-힣]{{0,2}} \s? {OFFICES} )
"""
_MAKER = rf"""
    {_NAME}{{0,6}}? {MAKERS} (?: \s?[가-힣]{{1,6}} (?= \s? (?:{HOUSES}|\d) ) )? {_PHASE}
    (?: \s? {HOUSES} {_PHASE} | (?= \s?,?\s? \d{{1,4}} \s? (?: 동 | -\s?\d | /\s?\d{{3}} ) ) )
"""
_HOUSE = rf"""
    (?: (?!{NO_BUILDING}\s) {_NAME}{{1,12}}? \s? )? (?:\d{{1,2}}차\s?)? {HOUSES} {_PHASE}
"""
_COMPLEX = rf"""
    (?! {_NAME}{{0,8}} \s? {OFFICES} ) {_NAME}{{1,12}}? {COMPLEXES} {_PHASE}
    (?: {_UNIT_NEXT} | (?= \s {MAKERS} \s? (?: {HOUSES} \s? )? \d{{2,4}} \s? 동 ) )  # 신정마을 현대아파트 602동
"""
_UNKNOWN = rf"""
    (?= .{{1,24}}? (?: \d | {_NUMERAL}{{2}} ) )
    (?! {_NAME}{{0,8}} \s? {OFFICES} ) {_NAME}{{1,12}}? (?: \s {_NAME}{{1,8}}? )?? {_UNIT_NEXT}
"""

_BLOCK = rf"""(?: 제\s?)? (?:
    \d{{1,4}} \s? 동 (?! 주민|네|생|아리|물|기|안|시|작|일|\s?,?\s?호수 )           # 302동
    | (?: [a-z가나다라마바사] | 에이 | 비 | 씨 ) \s? 동 (?! [가-힣] )               # 가동, 에이동
    | {_NUMERAL}{{2,5}} \s? 동 (?= 이요 | 이에요 | 입니다 | [\s.,!~]{{0,3}} \Z )                         # 이백삼동이요
    | {_SPOKEN} \s? 동 (?=                                                          # 백이동에 천백오호
        (?:에|이랑|하고|의)? [\s,.]{{0,3}} (?: [어음그][\s,.~]{{1,3}} )?
        (?: (?:지하|b)?\s?{_NUMBER}\s?[층호] | \d{{3,4}}(?!\d) ) )
)"""
_FLOOR = rf"""(?:
    (?:지하|지상|b)? \s? (?: \d{{1,4}} | {_NUMERAL} (?: \s? {_NUMERAL} ){{0,2}} ) \s? 층  # 지하 1층, 십이 층
    | 반?지하\s?층 | 반지하 | 옥탑방? | 지층                                        # 반지하
    | 지하 (?= \s?\d{{2,3}}\s?호 )                                                  # 지하 101호
)"""
_BASEMENT = r"지하 (?= \s{0,2} (?: \Z | [\n,)] | 이?[요에예] | 입니 | 으?로 ) )"
_FLAT = rf"""(?:
    b \s? \d{{2,3}} (?! \d | \s?호 )                                                # B102
    | (?: 제\s?)? (?: (?:지하|b|비|[a-z]-?) \s? )?                                  # 1105호, 천백오호
      (?: \d{{1,5}} (?:-\d{{1,4}})? | {_SPOKEN} ) \s?
      호 실? (?! [선점차봉텔출환응감칭주객형전황박떡신랑반] | 기(?!에) | 수(?!요) )
)"""
_HOTLINE = r"""(?:
    1 (?: 5(?:22|33|44|66|77|88|99) | 6(?:00|44|61|66|70|88|99) | 8(?:00|11|33|55|66|77|99) )
    \s? -{1,3} \s? \d{4}
)"""
_PAIR = rf"""
    (?! {_HOTLINE} )                                                                # 1588-1234
    [a-z]? -? [1-9]\d{{0,3}} \s?-{{1,3}}\s? \d{{2,4}}                               # 302-1105
    (?: \s? 호 실? (?! [선점차] ) )? {_NO_MORE}
"""
# Counts and dates elsewhere.
_PAIR_INSIDE = rf"""(?:
    [1-9]\d{{0,3}} \s? (?:/|다시|대시|에|의) \s? \d{{3,4}} {_NO_MORE}               # 502/1103
    | {_SPOKEN} (?:다시|대시|에|의) \s? {_NUMERAL} (?: \s? {_NUMERAL} ){{0,7}}? {_PARTICLE_OR_END}  # 백오에 천이백삼
)"""
_NAME_AND_FLAT = rf"""
    (?! [가-힣]{{0,6}} (?:                                                          # 연락처 1234
        번호|연락처|전화|핸드폰|휴대폰|폰|비번|코드|우편|수량|금액|가격|건물번호|길이
    )\s )
    [가-힣a-z]{{2,10}} \s? \d{{3,4}} {_NO_MORE}                                     # 로얄빌 401
    (?= \s{{0,2}} (?:
        \Z | [\n,/)#] | 01[016-9] | 이?[요에예] | 입니 | 으?로 | 이[고구] ) )       # 로얄빌 401이요
"""
_FLAT_NUMBER = rf"(?<=동) [\s,]{{0,2}} \d{{3,4}} {_NO_MORE}"
_FLAT_ON_FLOOR = rf"(?<=층) [\s,]{{1,2}} \d{{3,4}} {_NO_MORE}"

PLACES = frozenset({"region", "city", "short", "town"})
UNITS = frozenset({"block", "floor", "flat", "pair"})
_NAMED = frozenset({"building", "maker", "complex", "unknown"})
_INSIDE = _NAMED | {"town", "hamlet", "road", "lot", "paren", "landmark"}
_BELOW_REGION = _INSIDE | {"city", "short"}
_ABOVE_TOWN = frozenset({"postcode", "region", "city", "short"})

# Pattern of each part and the kinds it may follow, in the order in which they are tried.
_PARTS = (
    ("region", REGIONS, frozenset({"postcode"})),
    ("city", CITIES, _ABOVE_TOWN),
    ("short", SHORT, _ABOVE_TOWN),
    ("block", _BLOCK, _BELOW_REGION),
    ("pair", _PAIR, _NAMED | {"lot", "paren"}),
    ("road", _ROAD, _ABOVE_TOWN | {"town"}),
    ("road", _ROAD_INSIDE, _ABOVE_TOWN | {"town"}),
    ("floor", _FLOOR, _INSIDE | UNITS),
    ("floor", _BASEMENT, frozenset({"lot"})),
    ("flat", _FLAT, _INSIDE | UNITS),
    ("pair", _FLAT_NUMBER, frozenset({"block"})),
    ("pair", _FLAT_ON_FLOOR, frozenset({"floor"})),
    ("pair", _PAIR_INSIDE, _NAMED | {"paren"}),
    ("lot", _LOT, frozenset({"town", "hamlet", "road", "paren"})),
    ("hamlet", _HAMLET, frozenset({"town"})),
    ("town", _TOWN, _ABOVE_TOWN | {"town"}),
    ("shop", _NAME_AND_FLAT, frozenset({"lot", "paren"})),
    ("building", _BRAND, _BELOW_REGION),
    ("maker", _MAKER, _BELOW_REGION),
    ("building", _HOUSE, _BELOW_REGION | {"floor"}),
    ("lot", _POST_BOX, PLACES),
    ("postcode", _POSTCODE_LAST, _INSIDE | UNITS),
    ("paren", _PAREN, UNITS | {"lot", "road", "building"}),
    ("unknown", _UNKNOWN, _BELOW_REGION - {"maker", "complex", "unknown"}),
    ("landmark", _LANDMARK, UNITS | {"town", "lot", "paren"}),
    ("shop", _SHOP, UNITS | {"lot", "paren"}),
)
_FIRST_PARTS = (
    ("postcode", _POSTCODE),
    ("region", REGIONS),
    ("city", CITIES),
    ("block", _BLOCK),
    ("short", SHORT),
    ("road", _ROAD),
    ("building", _BRAND),
    ("maker", _MAKER),
    ("town", _TOWN_FIRST),
    ("building", _HOUSE),
    ("complex", _COMPLEX),
    ("flat", _FLAT),
    ("lot", _LOT_FIRST),
    ("pair", _PAIR),
    ("pair", _PAIR_INSIDE),
    ("floor", _FLOOR),
)
# At the start of a word; a full name also right behind a particle: `주소는서울시강남구`.
_WORD_START = rf"""(?:
    (?<= [은는로가지에] ) (?= {REGIONS} \s? (?:{CITIES}|{SHORT})
      | {CITIES} [가-힣]{{1,5}}[동로길읍면]\d )
    | (?<! [가-힣a-z\d\#] ) (?<! \d- )
)"""
FIRST = (
    rf"{_WORD_START} (?:"
    + "|".join(f"(?: {part} ) (?P<{kind}{at}>)" for at, (kind, part) in enumerate(_FIRST_PARTS))
    + ")"
)
"""Any part that can begin an address; the last group is its kind and a number."""

GAP = r"""
    (?: (?: [이그]? (?:요|고요|구요|고|구|에요|예요|며) | 인데요? | 입니다 | 에 | 의 | 에\s있는 )
      (?= [\s,.] ) )?
    [\s,./()\[\]:~-]{0,4}
    (?: (?:어|음|그|저|아|네|예|에|으|뭐|거기|그게|저기|그러니까|그니까) [\s,.~]{1,4} ){0,2}
"""
"""What may stand between two parts: separators, a particle, a filler."""


@cache
def following(kind: str) -> tuple[tuple[str, Pattern[str]], ...]:
    """Kind and pattern of each part that may follow one of `kind`, in the order to try them."""
    return tuple((part, compiled(pattern)) for part, pattern, after in _PARTS if kind in after)
