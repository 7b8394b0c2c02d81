"""Registration numbers of residents, foreigners and businesses.

Formats: Resident Registration Act rules (YYMMDD-SNNNNNN, no check digit since October 2020),
National Tax Service (3-2-5), court registry of companies (6-7).
"""

import re
from dataclasses import replace

from cs_pipeline.pii.finders.numbers.checksums import (
    after,
    before,
    digits_of,
    has_birth_date,
    has_brn_checksum,
    is_birth_date,
    is_goods,
    is_no_other_number,
    is_other_number,
    is_registration_run,
    value_of,
)
from cs_pipeline.pii.rules import Check, Rule, compiled, led

_GAP = r"[-./~_,:;|=+()*\s]"
_BIRTH_DATE = r"""
    (?<!\d) (?<!\d[.,]) (?P<century> 19 | 20 (?=[012]) )?
    (?P<date>
        \d [ ]? \d [ ]? \d [ ]? \d [ ]? \d [ ]? \d                          # 900101, 90 01 01
      | \d (?: [-.,][ ]? \d ){5}                                            # 9.0.0.1.0.1
      | \d\d (?P<sign>[-./]) \d\d (?P=sign) \d\d                            # 90.01.01
    )
"""
_SIX_MORE = r"""(?:
    [ ]?[-./][ ]? \d{6}                                                     # 900101-1-234567
  | (?: [ ]? \d ){6}                                                        # 900101-1 2 3 4 5 6 7
  | \d\d - \d{4}                                                            # 900101-123-4567
  | (?: [ ]?[-.,][ ]? \d ){6}                                               # 900101-1.2.3.4.5.6.7
)"""
# A birth date and a phone number side by side.
_NO_MOBILE = r"(?! 01[016-9] (?: [-.\s]? \d ){7,8} (?!\d) )"
_SEX = {"RRN": "[012349]", "FRN": "[5-8]"}
_OF_CENTURY = {"19": "1256", "20": "3478"}
_REGISTERED = r"""(?:
    주민 (?:등록)? (?:\s?번호)? | 민증 | 신분증 | 등록증                    # 주민등록번호
    | 외국인\s?(?:등록)?\s?번호 | 외국인\s?등록증 | 거소\s?(?:신고)?\s?번호 # 외국인 등록 번호
    | 등록\s?번호 | \brrn\b
)"""
_REGISTERED_TRIGGER = led(
    {"주": "민", "민": "증", "신": "분", "등": "록", "외": "국", "거": "소", "r": "rn"}
)
_BETWEEN = r"(?: [^\d\#\n] | [67]\s?자리 ){0,30} (?: \n (?: [^\d\#\n] ){0,16} )?"
_BACK = r"(?: 뒷 | 뒤에? ) \s? (?: 번호 | 자리 | (?: 일곱 | 7 ) \s? (?:자리|글자|개) )"
_REST_OF_OTHERS = "카드 | 계좌 | 통장 | 운?송장 | 주문 | 전화 | 휴대 | 핸드폰 | 폰 | 연락처 | 사업자 | 차량 | 번호판 | 증권 | 회원 | 등기"
_NO_COUNT = r"""
    (?! [\d*a-z] | [-.]\d
      | \s? (?: 차 | 호 | 번 | 개 | 건 | 회 | 층 | 동 | 부 | 편 | 권 | 판 | 버전 | 원 ) )
"""


def _rules(entity_type: str) -> tuple[Rule, ...]:
    """Both kinds of number differ in the digit that tells sex and century."""
    sex = _SEX[entity_type]
    all_hidden = "[*]{6,8}" if entity_type == "RRN" else "(?!)"

    def rule(how: str, score: float, pattern: str, check: Check | None = has_birth_date) -> Rule:
        return Rule(f"{entity_type.lower()}.{how}", entity_type, score, pattern, check)

    return (
        rule(
            "groups",
            0.97,
            rf"(?= [(\[\d] ) (?: [(\[] (?=\d{{6}}[)\]]) )? {_BIRTH_DATE} [)\]]? {_GAP}{{0,4}}"
            rf" (?<!\d) {_NO_MOBILE} [(\[]? (?P<sex>{sex}) {_SIX_MORE}"
            r" (?! \d | (?<=[ ]\d) [ ]\d[ ]\d )",
            _is_registration,
        ),
        rule(
            "run",
            0.87,
            rf"(?<!\d) (?P<value> (?P<date>\d{{6}}) {sex} \d{{6}} ) (?! \d | [-.]\d{{3}} )",
            is_registration_run,
        ),
        rule(
            "partly_hidden",
            0.9,
            rf"""{_BIRTH_DATE} (?: [-./~_\s]{{1,4}} | (?=\d?[*]{{5}}) )
            (?: {sex} (?=\d{{0,6}}[*]) [\d*]{{1,8}} | {all_hidden} ) (?!\d)""",
        ),
        rule(
            "front_and_sex",
            0.84,
            rf"{_BIRTH_DATE} [ ]? -{{1,2}} [ ]? (?! [09] ) {sex} {_NO_COUNT}",
            _is_front_and_sex,
        ),
        rule(
            "front_hidden",
            0.85,
            r"(?<![\d*]) (?: [*]{6} | \d\d[*]{4} | \d{4}[*]{2} )"
            rf" [ ]?-[ ]? {sex} [\d*]{{6}} (?![\d*])",
            None,
        ),
        rule(
            "back",
            0.85,
            rf"{_BACK} {_BETWEEN} (?<!\d) (?P<value> {sex} (?: [ -]? [\d*] ){{6}} ) (?! [\d*] | -\d )",
            _is_back_of_registration,
        ),
    )


def _is_registration(match: re.Match[str]) -> bool:
    """A birth date; where it is told in eight digits, the century is that of the next digit."""
    if not has_birth_date(match) or _is_blank(match) or is_goods(match):
        return False
    century = match["century"]
    return not century or match["sex"] in _OF_CENTURY[century]


def _is_front_and_sex(match: re.Match[str]) -> bool:
    """A birth date and the digit after it; no lot, version or file of that day."""
    ahead = before(match)
    return (
        has_birth_date(match)
        and is_no_other_number(match)
        and not compiled(
            r"[a-z_/\\-] \Z | (?:제조|생산|입고|출고|유통|회의|보고서|차수|일자) [^\n]{0,12} \Z"
        ).search(ahead)
    )


def _is_back_of_registration(match: re.Match[str]) -> bool:
    start = match.start()
    if compiled(_REGISTERED).search(match.string, max(0, start - 60), start):
        return True
    if "*" in match["value"] or match["value"].endswith("000"):
        return False
    return _asks_for_seven(match) or _is_rest_of_registration(match)


def _is_rest_of_registration(match: re.Match[str]) -> bool:
    """`뒷자리만 말할게요 2074315`: only of these the rest has seven digits."""
    ahead = before(match, 60)
    return (
        not is_other_number(ahead)
        and compiled(_REST_OF_OTHERS).search(ahead) is None
        and compiled(r"\s? [원개건명p]").match(after(match, 3)) is None
    )


def _asks_for_seven(match: re.Match[str]) -> bool:
    return compiled(r"(?:일곱|7)\s?(?:자리|글자)").search(match[0]) is not None


def _names_foreigner(match: re.Match[str]) -> bool:
    words = before(match, 60)
    return "외국인" in words or "거소" in words


def _names_resident(match: re.Match[str]) -> bool:
    return not _names_foreigner(match) and not _is_blank(match)


def _is_blank(match: re.Match[str]) -> bool:
    """A form to fill in: 000000-0000000."""
    return set(digits_of(value_of(match))) <= {"0"}


def _has_lost_zero(match: re.Match[str]) -> bool:
    """A birth date once the zeros are back that a spreadsheet took, and words that say so."""
    front = match["lost"].rjust(6, "0")
    around = f"{before(match, 60)} {after(match, 40)}"
    return (
        is_birth_date(front)
        and compiled(_LOST_ZERO).search(around) is not None
        and is_no_other_number(match)
    )


# Beside the word even a date that no calendar knows counts: people mistype.
_NAMED = rf"""
    {_REGISTERED} {_BETWEEN} (?<!\d)
    (?P<value> \d{{6}} {_GAP}{{0,4}} [\d*]{{7}} | \d{{6}} {_GAP}{{1,4}} \d [\d*]{{4,7}} ) (?![\d*])
"""
_NAMED_FRONT = rf"""
    {_REGISTERED} {_BETWEEN} (?<!\d)
    (?P<value> \d{{6}} [-\s]{{1,3}} [1-8] ) (?! [\d*] | [-.]\d | \s? [개건월일년원] )
"""

_LOST_ZERO = r"주민 | 민증 | 등록\s?번호 | (?:앞|맨)\s?(?:에|자리)?[ ]?(?:0|영|공)(?!\d)"
_WITHOUT_ZERO = r"""
    (?<![\d.,*-]) (?P<value> (?P<lost> \d{4,5} ) [-\s]{0,2} [1-8] \d{6} )   # 50101-3123456
    (?! [\d*] | [-.,]\d | \s?원 )
"""
_FRONT_SEVEN = rf"""
    (?: {_REGISTERED} | 생년월일 ) [^\d\#\n]{{0,8}} (?: 7 | 일곱 ) \s? 자리  # 주민번호 앞 일곱 자리
    [^\d\#\n]{{0,24}} (?: \n [^\d\n]{{0,20}} )?
    (?<!\d) (?P<value> (?P<date> \d{{6}} ) [1-8] ) (?! [\d*] | [-.,]\d | \s?원 )
"""
# `앞에 880412이고요 뒤에는 1로 시작하는데`; the words between may be one sign by now.
_FRONT_AND_FIRST = r"""
    (?: 앞 (?: 에는? | 자리 [는가]? | [이은] )? [ :]{1,2} | (?= \d{6} [- ]{1,2} [1-8] \s? 로 \s? 시작 ) ) (?<!\d)
    (?P<value> (?P<date> \d{6} ) (?: 이?고요? | 이?구요 | 이?요 | 인데 )? [\s,-]{1,2} (?: 뒤에?[는가]? \s? | 뒷자리[는가]? \s? )? [1-8] )
    (?: \s? 로 \s? 시작 | 이?고요? | 이?구요 | 이?요 | \s? [*] | \s? 다음 )
"""
# `뒤 첫 자리는 육이요?`, `뒤에 첫 글자만 1이에요`
_FIRST_OF_BACK = r"""
    (?: 뒤에? | 뒷 \s? (?: 번호 | 자리 )? ) [은는의]? \s? (?: 맨\s? )? 첫 \s? (?: 번째 )? \s? (?: 자리 | 글자 | 숫자 )? [은는이가만]? \s
    (?P<value> [1-8일이삼사오육칠팔] ) (?= 이?요 | 이?[에예]요 | 입니다 | 이?시죠 | 이?신가 | 번이 | \s? 맞 | 이?고 )
"""
_FRONT_BEFORE_BACK = r"""
    앞 (?: 에는? | 자리 [는가]? | [이은] )? [ :]{1,2} (?<!\d) (?P<value> (?P<date> \d{6} ) )
    (?= (?: 이?고요? | 이?구요 | 이?요 | 인데 )? [\s,]{1,2} (?: 뒤 | 뒷자리 ) )          # 앞에는 880412이고 뒤에 첫자리만 1이요
"""
# `8804121074까지 쳤는데 주민번호 칸이 안 넘어가요`
_CUT = r"""
    (?<![\d-]) (?P<value> (?P<date> \d{6} ) -? [1-8] \d{0,5} ) (?= \s? 까지 [^\d\n\#]{0,40} (?: 주민 | 민증 | 등록번호 ) )
"""
_TOLD = r"(?: [\d공영일이삼사오육륙칠팔구십] [ ]? ){1,4}"
_TOLD_DATE = rf"""
    (?<![가-힣\d]) (?: (?:천|19|20) [ ]? )?                                 # 팔오년 이월 십삼일생
    {_TOLD} 년 (?:도|생)? [ ]? (?: {_TOLD} | 유 | 시 ) 월 [ ]? {_TOLD} [일1] (?:생)?
    [^\d\#\n]{{0,16}} (?<!\d) [1-8] (?: [ -]? \d ){{6}} (?! \d | [-.,]\d | \s?원 )
"""

_BRN_GROUPS = r"""
    (?<!\d) (?<![\d#][-.])
    \d{3} [ ]?[-./_~\s][ \n]? [\d*]{2} [ ]?[-./_~\s][ \n]? [\d*]{5}         # 123-45-67890
    (?! [\d*] | -[\d#] | \s?[원개] )
"""
_BUSINESS = r"(?: 사업자 | 사업장\s?번호 | 등록\s?번호 | business | 지출\s?증빙(?:용)? )"
_BRN_NAMED = rf"""
    {_BUSINESS} [^\d\#\n]{{0,24}} (?: \n [^\d\#\n]{{0,16}} )? (?<!\d)
    (?P<value> \d (?: [-./_,:\s]{{0,3}} [\d*] ){{9}} ) (?! [\d*] | -\d )
"""
_BRN_FOR_RECEIPT = r"""
    (?<![\d,.-]) (?P<value> (?!10) [1-9]\d{9} ) (?! \d | [-.,]\d )         # 3148109927 지출증빙으로요
    (?: 으?로 | 번호로 | [ ] (?= 현금 ) | \s? (?: 이\s?번호 | 이거 | 이걸 | 여기 ) 으?로 | 이?고요? | 인데 )? [\s,]{0,2} (?: 현금 \s? 영수증 [ ] )?
    (?: 지출\s?증빙 | (?:세금\s?|전자\s?)?계산서 | 부가 (?: 세 | \s?가치세 ) (?! \s? (?: 포함 | 별도 | 제외 | 미포함 ) ) | 사업자 | 종소세 | 종합소득세 )  # … 이 번호로 부가세 신고
"""
_COMPANY = r"법인 [^\d\#\n]{0,24} (?: \n [^\d\#\n]{0,16} )? (?<!\d) (?P<value> \d{6} [-.\s]{0,3} \d{7} ) (?!\d)"


def _is_business(match: re.Match[str]) -> bool:
    """Some digits are told, and neither an order number's word nor plain spaces speak against it."""
    value = value_of(match)
    return len(digits_of(value)) > 4 and is_no_other_number(match)


_PEOPLE = (*_rules("RRN"), *_rules("FRN"))
_HIDING = ("partly_hidden", "front_hidden")

RULES_HIDDEN = tuple(rule for rule in _PEOPLE if rule.name.endswith(_HIDING))
"""Numbers of which a part is hidden by `*`."""

RULES_FRONT = tuple(rule for rule in _PEOPLE if rule.name.endswith("front_and_sex"))
"""Birth date and one digit."""

RULES_BY_CUE = (
    *(replace(rule, trigger="[뒤뒷]") for rule in _PEOPLE if rule.name.endswith("back")),
    Rule("rrn.front_seven", "RRN", 0.87, _FRONT_SEVEN, has_birth_date, r"(?: 7 | 일곱 ) \s? 자리"),
    Rule("rrn.named_front", "RRN", 0.87, _NAMED_FRONT, _names_resident, _REGISTERED_TRIGGER),
    Rule("frn.named_front", "FRN", 0.87, _NAMED_FRONT, _names_foreigner, _REGISTERED_TRIGGER),
)
"""Parts that the words before them name."""

RULES_TOLD = (Rule("rrn.told_date", "RRN", 0.8, _TOLD_DATE),)
"""A date of birth as it is spoken, and seven digits."""

RULES_BUSINESS = (
    Rule("rrn.without_zero", "RRN", 0.94, _WITHOUT_ZERO, _has_lost_zero),
    Rule("brn.groups", "BRN", 0.85, _BRN_GROUPS, _is_business),
    Rule("brn.named", "BRN", 0.93, _BRN_NAMED),
    Rule(
        "brn.for_receipt",
        "BRN",
        0.9,
        _BRN_FOR_RECEIPT,
        is_no_other_number,
        led({"증": "빙", "계": "산서", "부": "가", "사": "업자", "종": "[소합]"}),
    ),
    Rule(
        "brn.run",
        "BRN",
        0.7,
        r"(?<![\d,.-]) [1-9]\d{9} (?! \d | [-.,]\d | \s?원 )",
        has_brn_checksum,
    ),
)
"""Ten digits."""

FIRST_OF_BACK = Rule("rrn.first_of_back", "RRN", 0.7, _FIRST_OF_BACK, None, "첫")
"""One digit, which may be a word."""

RULES_IN_PARTS = (
    Rule(
        "rrn.front_and_first",
        "RRN",
        0.87,
        _FRONT_AND_FIRST,
        has_birth_date,
        led({"앞": "", "시": "작"}),
    ),
    Rule("rrn.front_before_back", "RRN", 0.86, _FRONT_BEFORE_BACK, has_birth_date, "앞"),
    Rule("rrn.cut", "RRN", 0.8, _CUT, has_birth_date, "까지"),
)
"""The front of a number, and numbers that break off."""

RULES = (
    *(rule for rule in _PEOPLE if not rule.name.endswith((*_HIDING, "front_and_sex", "back"))),
    Rule("rrn.named", "RRN", 0.8, _NAMED, _names_resident, _REGISTERED_TRIGGER),
    # Surer than `등록번호` for a member's number.
    Rule("frn.named", "FRN", 0.94, _NAMED, _names_foreigner, _REGISTERED_TRIGGER),
    Rule("brn.company", "BRN", 0.98, _COMPANY, None, "법인"),
)
"""Whole numbers of thirteen digits, some of which may be hidden."""
