"""Payment cards, and what proves that one has them: expiry, CVC, the PIN's first digits.

Formats: ISO/IEC 7812 (length and check digit); 4-4-4-4, 4-6-5 (American Express), 4-6-4 (Diners).
"""

import re

from cs_pipeline.pii.finders.numbers.checksums import (
    after,
    before,
    digits_of,
    has_luhn_checksum,
    is_no_other_number,
    is_proven_card,
    value_of,
)
from cs_pipeline.pii.rules import Rule, compiled, led

_GAP = r"[-./~_,:;|=\s]{1,4}"
_GROUPS = rf"""
    (?<!\d) (?<![\d#][-.]) [\d*]{{4}} (?: {_GAP} [\d*]{{4}} ){{2}} {_GAP} [\d*]{{3,4}} (?! [\d*] )
"""
_WIDE_GROUPS = rf"""
    (?<!\d) (?<![\d#][-.]) [34569]\d{{3}}
    (?: {_GAP} \d{{8}} {_GAP} | \d{{4}} {_GAP} \d{{4}} ) \d{{4}} (?![\d-])
"""
_THREE_GROUPS = rf"(?<!\d) 3[0-9]\d{{2}} {_GAP} [\d*]{{6}} {_GAP} [\d*]{{4,5}} (?! [\d*] )"
_PAIRS = rf"""
    (?<!\d) (?<![\d#][-.]) (?<! \d{{4}}[-./~_,:;|=\s] ) [3-69]\d{{3}} {_GAP} (?:
        \d{{4}} {_GAP} \d{{4}} (?= {_GAP} \d\d {_GAP} )                     # 4518 1234 5678 90 12
      | \d{{4}} {_GAP} \d\d {_GAP} \d\d                                     # 4518 1234 56 78 9012
      | \d\d {_GAP} \d\d {_GAP} (?: \d{{4}} | \d\d {_GAP} \d\d )            # 4518 12 34 5678 9012
    )
    {_GAP} (?: \d{{4}} | \d\d {_GAP} \d\d ) (?! [-.,]?\d )
"""
_RUN = r"""
    (?<! [\d,.] ) (?:
        [2-69]\d{15}                                                        # 4518123456789012
      | 3[47]\d{13} | 3[0689]\d{12}                                         # 378212345678901 (American Express)
      | 4\d{12} | (?:62|4\d)\d{15,17}                                       # 6212345678901234567 (UnionPay)
    ) (?! \d | [.]\d | ,\d{3}(?!\d) )
"""
_HIDDEN_RUN = r"""
    (?<! [\d*] ) [3-69]\d{3} (?: [-\s]? [\d*] ){7} (?<=[*]) (?: [-\s]? [\d*] ){3,5} (?! [\d*] )
"""
# Bullets are dots in normalised text.
_DOTTED = r"""
    (?<![\d.]) [3-69]\d{3} [- ]?
    (?: \d{4} | \d{2}[.*]{2} | [.*]{4} ) [- ]? [.*]{4} [- ]?                # 4518-12**-****-9012
    (?: \d{4} | [.*]{4} ) (?! [\d.*] )
"""
_LOOSE = r"""
    (?<! \d ) (?<! \d[-./,] ) (?! \d{4}[-./_,\s]{1,2}\d{4}[-./_,\s] | \d{16} )
    [2-69] (?: [-./_,\s]{0,2} \d ){15} (?! \d | [-.,]\d )                   # 45181 23456 78901 2
"""
_NAMED = r"""
    카드 (?! \s? (?:비밀|비번|결제|승인|할부) ) [^\d\#\n]{0,20} (?: \n [^\d\#\n]{0,16} )? (?<!\d)
    (?P<value> \d{4} (?: [-./_,\s]{0,3} [\d*] ){10,12} ) (?! [\d*] | -\d )
"""
_PART = r"""
    (?<!기프트) (?<!선물) 카드 (?! \s?(?:비밀|비번) )
    (?P<gap> [^\d\#\n]{0,14} ) (?: 뒷 | 뒤 | 끝 | 앞 | 마지막 ) 에? \s?
    (?: 번호 | 자리 | (?: 네 | 4 | 여섯 | 6 | 여덟 | 8 ) \s? 자리 | 네개               # 카드 뒤 네 자리 9012
      | (?= (?:이|은|는|에|:)? [ ]? \d{4} (?!\d) ) )                        # 카드 끝이 9012
    [^\d\#\n]{0,16} (?: \n [^\d\#\n]{0,16} )? (?<!\d)
    (?P<value> \d (?: [ ] \d ){3} (?! [ ]\d ) | \d{4} [- ] \d{4} (?= \s? 까지 | \s? 만 (?![가-힣]) | \s? 이?고 | 이?[요에예] ) | \d{4} (?: [- ]? \d\d (?: [ ] \d{4} )? )? ) (?! [\d*] | [-.,]\d | \s? [원개년월일] )
"""
# The rest comes in another turn: `카드번호요 3560 2361 7750`.
_BEGUN = r"""
    카드 \s? 번호 [^\d\#\n]{0,8} (?<!\d) (?P<value> [3-69]\d{3} (?: [ -] \d{4} ){1,2} ) (?! [ -]?[\d*] )
"""
# `카드 끝번호 8460이랑 2942 중에`
_PART_LISTED = r"""
    (?: 뒷 | 뒤 | 끝 (?! 나 ) | 마지막 ) \s? (?: 번호 | 자리 | (?: 네 | 4 ) \s? 자리 )? [^\d\#\n]{0,8} (?<!\d) \d{4}
    (?: \s? (?: 이?랑 | 하고 | 와 | 과 | , | / | 이고 | 또는 | 아니면 | 번 ) \s? | [ ] ){1,2}
    (?P<value> \d{4} ) (?! [\d*] | [-.,]\d | \s? [원개년월일호동] )
"""

_MONTH, _YEAR = r"(?:1[0-2]|0?[1-9])", r"(?:20)?[2-4]\d"
_EXPIRY_VALUE = rf"""
      {_MONTH} \s? 월 [\s/]{{0,2}} {_YEAR} \s? 년?                          # 11월 28년
    | {_YEAR} \s? 년 [\s/]{{0,2}} {_MONTH} \s? 월?                          # 2028년 11월
    | \d{{1,2}} \s? 년 \s? \d{{1,2}} \s? 월                                 # 28년 11월
    | (?:0?[1-9]|1[0-2]|[2-4]\d) \s? [-./,\s] \s? (?:20)?\d\d               # 11/28
    | (?:0[1-9]|1[0-2])(?:20)?\d\d                                          # 1128
    | [2-4]\d(?:0[1-9]|1[0-2])                                              # 2811
"""
_EXPIRY = rf"""
    (?: 유효\s?(?:기간|기한|일자?|년월) | 유효(?=[는은\s:])                 # 유효기간은 11/28
      | 만료(?:일|년월)? | exp (?:[.]|iry)? (?:\s?date)? | good\s?thru )    # exp. 11/28
    (?: [^\d\#\n] ){{0,24}} (?: \n [^\d\#\n]{{0,16}} )?
    (?<!\d) (?P<value> {_EXPIRY_VALUE} ) (?! \d | \s?[-/.]\s?\d | \s?(?:일(?![가-힣])|까지|개|원) )
"""
_EXPIRY_AFTER_CARD = r"""
    (?: \d{4} [- ]? ){3} \d{3,4} [\s,/|(]{1,3}
    (?P<value> (?:0[1-9]|1[0-2]) \s? [-/. ]? \s? (?:20)?[2-4]\d ) (?! \d | [-/.]\d )
"""
_CODE_AFTER_EXPIRY = r"""
    (?: \d{4} [- ]? ){3} \d{3,4} [\s,/|(]{1,3} (?:0[1-9]|1[0-2]) \s? [-/. ]? \s? (?:20)?[2-4]\d
    [\s,/|]{1,3} (?P<value> \d{3} ) (?! \d | [-/.]\d | \s?[원개] )
"""
_CODE = r"""
    (?: (?<![a-z]) cv[cv]2? (?![a-z]) | 씨[브비]이?씨 | 시[브비]이?시       # CVC 123, 씨브이씨 123
      | 카드\s?뒷?면 (?:에)? | 보안\s?코드 | 카드\s?보안\s?번호             # 카드 뒷면에 123
      | 뒷면\s?(?:숫자)? | 카드\s?뒤(?:에)? \s? (?:세|3)\s?자리             # 카드 뒤 세 자리 123
    ) (?: [^\d\#\n] | [34]\s?자리 ){0,20} (?: \n [^\d\#\n]{0,16} )?
    (?: (?:0?[1-9]|1[0-2]) \s? [-/. ] \s? (?:20)?[2-4]\d [\s,/]{1,3} )?     # CVC, 유효기간 11/28 123
    (?<!\d) (?P<value> \d (?:[ ]?\d){2,3} ) (?! [\d*] | [-.,/]\d | \s?[원개자] )
"""
# `유효 02/31 뒤에 663`, `유효기간 공이 삼일 뒤 세 자리 육육삼`
_CODE_BESIDE_EXPIRY = rf"""
    (?: 유효 (?: \s? (?: 기간 | 기한 ) )? | 만료 (?: 일 )? | exp[.]? ) [은는이가]? [\s:]{{0,3}} {_MONTH} \s? [-/. ]? \s? (?:20)?[2-4]\d
    (?: 이?고요? | 이?구요 | 이?요 )? [\s,/]{{1,3}} (?: (?: 뒤에? | 뒷면에? | 뒷 | 뒤쪽 ) [은는이가]? \s? )? (?: (?: 세 | 3 ) \s? (?: 자리 | 글자 ) [은는이가]? \s? )?
    (?<!\d) (?P<value> \d{{3}} ) (?! [\d%p] | [-/.,]\d | \s? (?: [원개점일명장회] | 포인트 | 마일 ) )
"""
_CODE_WORD = led(
    {"c": "v[cv]", "씨시": "[브비]", "카": r"드 \s? 뒷? [면뒤]", "뒷": "면", "보": "안"}
)
_PIN = r"""
    (?: 비밀\s?번호 | 비번 | 패스워드 ) \s? (?: 는 | 은 )? \s?              # 비밀번호 앞 두 자리 12
    (?: 앞 | 뒤 | 뒷 | 처음 )? \s? (?: 두 | 2 | 둘 ) \s? (?: 자리 | 글자 | 개 | 숫자 )
    [^\d\#\n]{0,20} (?: \n [^\d\#\n]{0,16} )? (?<!\d)
    (?P<value> \d [ ]? \d [*]{0,2} ) (?! \d | [-.,/]\d | \s?[원개자] )
"""
_FULL_PIN = r"""
    카드 \s? (?: 의 \s? )? (?: 비밀\s?번호 | 비번 | 핀\s?번호 )
    [^\d\#\n]{0,12} (?: \n [^\d\#\n]{0,16} )? (?<!\d)
    (?P<value>
        \d (?: [ ]? \d ){3}                                                 # 카드 비밀번호 1 2 3 4
      | \d\d[*]{2}                                                          # 카드 비번 12**
    ) (?! \d | [-.,/]\d | \s?[원개자] )
"""

_OTHER_KIND = r"""
    기프트 | 선물 | 상품권 | 쿠폰 | 휴대폰 | 핸드폰 | 전화 | 연락처 | 주문 | 승인 | 계좌 | 주민 | 송장
"""
_SPELT = re.compile(r"[3-69](?:[ ,]{1,2}\d){15}")
_SIGNS = re.compile(r"[-./~_,:;|=\s]+")
_HOTLINE = re.compile(r"1[568]\d\d")
_DATE = re.compile(r"20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_MOST_HIDDEN = 12
_TIGHT = {"-", ".", "/", "~", "_"}
_YEAR_ALONE = re.compile(r"(?:19|20)\d\d")
# Other things have an expiry as well; the word named last before it decides.
_OF_CARD = r"""
    (?P<card> 카드(?!\s?(?:결제|할인)) | cv[cv] | 결제\s?수단               # 카드 유효기간 11/28
      | \d{4}[- ]?\d{4}[- ]?\d{4} )                                         # 4518-1234-5678-9012 유효기간 11/28
    | 쿠폰 | 포인트 | 적립 | 상품권 | 기프티콘 | 여권 | 면허                # 쿠폰 유효기간 11/28
    | 식품 | 유통 | 제품 | 소비 | 이용권 | 회원권 | 멤버십 | 약 | 인증서 | 티켓 | 바우처
    | 계약 | 보험 | 마일리지 | 행사 | 이벤트
"""
_OF_CARD_AFTER = r"cv[cv] | 카드 | 씨브이씨 | 비밀\s?번호 \s? 앞 | 비번 \s? 앞"


def _may_be_card(match: re.Match[str]) -> bool:
    """Proven by issuer, length and check digit, or called nothing else by the words before it."""
    return is_proven_card(digits_of(value_of(match))) or is_no_other_number(match)


def _is_card_in_groups(match: re.Match[str]) -> bool:
    """Four groups of four that are no years, hotlines side by side or list of round figures."""
    value = value_of(match)
    groups = _SIGNS.split(value)
    signs = set(_SIGNS.findall(value))
    if (
        all(_YEAR_ALONE.fullmatch(group) for group in groups)
        or (all(group.endswith("00") for group in groups) and not has_luhn_checksum(match))
        or _HOTLINE.fullmatch(groups[0])
        or value.count("*") > _MOST_HIDDEN
    ):
        return False
    if len(groups[-1]) < len(groups[0]):  # one digit was left out
        return signs == {"-"} and value[0] in "34569" and _may_be_card(match)
    # No card begins so; with bare spaces these are times, sizes or prices, unless called a card.
    if value[0] in "01" and (len(signs) > 1 or not signs <= _TIGHT) and "카드" not in before(match):
        return False
    return _may_be_card(match)


def _is_card_in_row(match: re.Match[str]) -> bool:
    """A check digit that fits or the length of a card, and no word for another number."""
    if _DATE.match(match[0]):
        return False
    return _may_be_card(match) and (has_luhn_checksum(match) or _is_like_card(match))


def _is_like_card(match: re.Match[str]) -> bool:
    """Sixteen digits of a card issuer's range: people mistype, and samples have no check digit."""
    value = value_of(match)
    return (len(value) == 16 and value[0] in "34569") or len(value) == 15


def _is_loose_card(match: re.Match[str]) -> bool:
    """Sixteen digits broken up anyhow with a fitting check digit, or each spelt by itself."""
    fits = has_luhn_checksum(match) or _SPELT.fullmatch(value_of(match))
    return bool(fits) and _may_be_card(match)


def _is_of_cards(match: re.Match[str]) -> bool:
    """Cards are spoken of right before or after."""
    return "카드" in before(match, 32) + after(match, 12)


def _is_part_of_card(match: re.Match[str]) -> bool:
    return not compiled(_OTHER_KIND).search(match["gap"])


def _is_expiry_of_card(match: re.Match[str]) -> bool:
    start, end = max(0, match.start() - 80), match.start("value")
    named = list(compiled(_OF_CARD).finditer(match.string, start, end))
    if named:
        return named[-1]["card"] is not None
    near = re.split(r"[.!?]", after(match, 40))[0]
    return compiled(_OF_CARD_AFTER).search(near) is not None or "#" in before(match, 80)


RULES = (
    Rule("card.groups", "CARD", 0.9, _GROUPS, _is_card_in_groups),
    Rule("card.wide_groups", "CARD", 0.8, _WIDE_GROUPS, _may_be_card),
    Rule("card.pairs", "CARD", 0.8, _PAIRS, _may_be_card),
    Rule("card.three_groups", "CARD", 0.9, _THREE_GROUPS, _may_be_card),
    Rule("card.run", "CARD", 0.85, _RUN, _is_card_in_row),
    Rule("card.loose", "CARD", 0.8, _LOOSE, _is_loose_card),
    Rule("card.named", "CARD", 0.85, _NAMED),
    Rule("card_auth.expiry_after_card", "CARD_AUTH", 0.9, _EXPIRY_AFTER_CARD),
    Rule("card_auth.code_after_expiry", "CARD_AUTH", 0.9, _CODE_AFTER_EXPIRY),
)
"""Whole cards, and what follows them at once."""

RULES_HIDDEN = (
    Rule("card.hidden", "CARD", 0.85, _HIDDEN_RUN, is_no_other_number),
    Rule("card.dotted", "CARD", 0.85, _DOTTED, is_no_other_number),
)
"""Cards of which a part is hidden by `*`."""

# `결제수단이 7468 카드에서 1706 카드로`
_BEFORE_WORD = r"""
    (?<![\d.,-]) (?P<value> (?! (?:19|20)\d\d | \d{2}00 ) \d{4} ) \s (?: 번 \s? )? 카드 (?= 에서 | 으?로 | 말고 | 이?[에예]요 | 입니다 | 맞 )
"""
# `카드 4330-2893까지는 보이는데`
_HALF_SEEN = r"카드 (?:\s?번호)? [가는]? \s (?P<value> (?<!\d) [3-69]\d{3} [ -] \d{4} ) (?= \s?까지 | \s?만\s )"

RULES_BY_WORD = (
    Rule("card.before_word", "CARD", 0.75, _BEFORE_WORD),
    Rule("card.half_seen", "CARD", 0.8, _HALF_SEEN),
)
"""Groups right beside `카드`."""

RULES_BY_CUE = (
    Rule("card.part", "CARD", 0.94, _PART, _is_part_of_card, "카드"),
    Rule("card.begun", "CARD", 0.95, _BEGUN, None, r"카드 \s? 번호"),
    Rule("card.part_listed", "CARD", 0.8, _PART_LISTED, _is_of_cards, "카드"),
    Rule(
        "card_auth.expiry",
        "CARD_AUTH",
        0.85,
        _EXPIRY,
        _is_expiry_of_card,
        led({"유": "효", "만": "료", "e": "xp", "t": "hru"}),
    ),
    Rule(
        "card_auth.beside_expiry",
        "CARD_AUTH",
        0.85,
        _CODE_BESIDE_EXPIRY,
        None,
        led({"유": "효", "만": "료", "e": "xp"}),
    ),
    Rule("card_auth.code", "CARD_AUTH", 0.85, _CODE, None, _CODE_WORD),
    Rule("card_auth.pin_part", "CARD_AUTH", 0.85, _PIN, None, "비밀 | 비번 | 패스"),
    Rule("card_auth.pin", "CARD_AUTH", 0.85, _FULL_PIN, None, "카드"),
)
"""A few digits that the words before them name."""
