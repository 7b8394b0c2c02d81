"""Addresses that are no chain of Korean parts: in English, post boxes, postcodes, barracks."""

import re

from cs_pipeline.pii.rules import Rule, compiled

_EN_ENDING = r"-[ ]? (?:daero|ro|gil|dong|gu|gun|si|do|eup|myeon|ri) (?![a-z])"
_EN_CITY = "(?:seoul|busan|daegu|incheon|gwangju|daejeon|ulsan|sejong|jeju)"
_EN_PART = rf"(?: [a-z]{{2,20}} (?: [ ]?\d{{1,3}}(?:beon)? )? | \d{{1,3}}(?:beon)? ) {_EN_ENDING}"
_EN_NUMBER = r"""
    (?: (?:apt|apartment|unit|room|rm|suite|flat|no|bldg|building|block|tower|floor)[.]?\s? )?  # Apt 101-1203
    \#? [a-z]?-?\d{1,5}(?:-\d{1,5})? (?: -?(?:ho|dong|f|fl|floor) )?
"""
_ENGLISH = rf"""
    (?<! [a-z\d\#-] )
    (?: {_EN_NUMBER} (?:,\s?|\s) (?: [a-z]{{2,15}} (?:\s[a-z]{{2,15}}){{0,2}} ,\s? )? ){{0,4}}  # 152, Gangnam Tower,
    (?: {_EN_CITY} ,?\s )? {_EN_PART}                                       # Seoul, Gangnam-gu
    (?: (?:,\s?|\s) (?:
        {_EN_PART} | {_EN_CITY} | (?:republic\sof\s|south\s)?korea | {_EN_NUMBER} (?![가-힣])  # Teheran-ro, Republic of Korea
    ) ){{0,7}} (?! [a-z\d] )
"""
_AMERICAN_UNIT = (
    r"(?: ,?\s (?: apt | unit | suite | ste | \# ) [.]? \s? [a-z\d-]{1,6} (?![a-z\d]) )"
)
_AMERICAN_CITY = r"""(?:
    ,\s? (?-i:[A-Z])[a-z.' -]{1,30}? ,?\s (?-i:[A-Z]{2}) (?![a-z]) (?: ,?\s? \d{5} (?: -\d{4} )? (?!\d) )?
)"""
# 1482 Maple Ridge Dr, Apt 3B, Fullerton, CA 92831
_AMERICAN = rf"""
    (?<! [a-z\d\#-] ) \d{{1,6}} (?: \s [nsew][.]? )?
    (?: \s (?-i: [A-Z][a-z.'-]{{1,20}} | \d{{1,3}}(?:st|nd|rd|th) ) ){{1,4}}? \s
    (?-i: St(?:reet)? | Ave(?:nue)? | Dr(?:ive)? | Rd | Road | Blvd | Boulevard | Ln | Lane | Ct | Court | Way | Pl(?:ace)?
      | Pkwy | Hwy | Cir(?:cle)? | Ter(?:race)? ) (?![a-z]) [.]?
    (?: {_AMERICAN_UNIT} {_AMERICAN_CITY}? | {_AMERICAN_CITY} )
"""
_EN_PLACE = rf"{_EN_ENDING} | {_EN_CITY} | korea"
_EN_STREET = r"[a-z]{4,} (?: \s?\d{1,3}(?:beon)? )? -\s?(?:daero|ro|gil) (?![a-z])"
_APARTMENT = r"(?<![a-z]) (?:apt|apartment)[.]?\s?(?:no[.]?\s?)?\#?\d{1,4}-\d{1,5} (?!\d)"
_POST_BOX = r"""
    (?: (?<![가-힣]) [가-힣]{2,8} \s? 우체국 \s? )? (?: 사서함 | p[.]?\s?o[.]?\s?box ) \s?  # 강남우체국 사서함 12호
      (?:제\s?)? \d{1,6} (?: \s?-\s?\d{1,5} )? (?: \s?호 )?
    | (?: (?:육군|해군|공군|해병대?) \s? )? (?:제\s?)? (?<!\d) \d{4} \s? 부대 (?! 찌개 | 볶음 )  # 육군 제1234 부대 2대대
      (?: \s \d{1,2}(?:대대|중대|소대) ){0,3}
"""
_POSTCODE_NAMED = r"""
    (?: 우편\s?번호 | zip (?:\s?code)? ) [은는이가:\s]{0,3} (?P<value> \d{5} | \d{3}-\d{3} )  # 우편번호는 06236
    (?! \d | -\d | [^\n\d]{0,16} (?: 지역 | 배송\s?(?:불가|되|가능|안) | 검색 ) )       # 우편번호 06236 지역 배송 안 되나요
"""


# `삼공이호 말고 삼공삼호요`: a ring is of two digits (`21호 말고 23호`).
_FLAT = r"(?: \d{3,4} | [공영일이삼사오육칠팔구]{3,4} | [일이삼사오육칠팔구]?[천백][일이삼사오육칠팔구십백]{1,6} ) \s? 호"
_NOT_THIS = r"가? \s? (?: 말고요? | 아니고요? | 아니라 ) [\s,]{1,3}"
_FLAT_WRONG = rf"(?<![가-힣\d-]) (?P<value> {_FLAT} ) (?= {_NOT_THIS} {_FLAT} (?! [가-힣] (?<! [요이예에로인] ) ) )"
_FLAT_RIGHT = (
    rf"(?<![가-힣\d-]) {_FLAT} {_NOT_THIS} (?P<value> {_FLAT} ) (?! [가-힣] (?<! [요이예에로인] ) )"
)


def _is_english(match: re.Match[str]) -> bool:
    """Two places, or a street with a number."""
    told = match.group()
    if len(compiled(_EN_PLACE).findall(told)) >= 2:
        return True
    return bool(compiled(_EN_STREET).search(told)) and any(map(str.isdigit, told))


RULES = (
    Rule("address.english", "ADDRESS", 0.85, _ENGLISH, _is_english),
    Rule("address.flat_wrong", "ADDRESS", 0.75, _FLAT_WRONG, None, "호가? \\s? (?: 말 | 아 )"),
    Rule("address.flat_right", "ADDRESS", 0.75, _FLAT_RIGHT, None, "호가? \\s? (?: 말 | 아 )"),
    Rule("address.american", "ADDRESS", 0.85, _AMERICAN),
    Rule("address.apartment", "ADDRESS", 0.7, _APARTMENT),
    Rule("address.post_box", "ADDRESS", 0.8, _POST_BOX),
    Rule("address.postcode", "ADDRESS", 0.8, _POSTCODE_NAMED),
)
