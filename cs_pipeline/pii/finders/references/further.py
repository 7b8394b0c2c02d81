"""Care-insurance numbers, wallets, vehicle identification, places on the globe, shops' orders.

Sources of the formats: National Health Insurance Service (L and ten digits), Bitcoin base58check and
BIP 173, Ethereum (0x and forty hex digits), ISO 3779 (seventeen signs without I, O, Q), WGS 84.
"""

import re
from collections.abc import Iterator

from cs_pipeline.pii.finders.references.shapes import AHEAD, REGION, is_plain
from cs_pipeline.pii.rules import Found, Rule, RuleSet, led

_END = r"(?! [0-9a-z] | -[\d\#] )"
_CARE = rf"(?<![0-9a-z]) (?P<value> l \d{{10}} (?: -\d{{3}} )? ) {_END}"
_CARE_NAMED = rf"""
    요양 \s? (?: 인정 | 보험 | 등급 )? \s? (?: 관리 | 인정 )? \s? 번호 [^\d\#\n]{{0,8}}
    (?P<value> l? [ -]? \d{{10}} (?: -\d{{3}} )? ) {_END}
"""
# 도시가스 4821039-44 명의변경
_OF_UTILITY = rf"""
    (?<![가-힣]) (?: 도시가스 | 가스 | 전기 | 수도 | 한전 | 난방 | 렌탈 | 정수기 | 인터넷 ) (?: \s? 요금 )? [\s:]{{1,2}}
    (?P<value> \d{{5,10}} (?: -\d{{1,3}} ){{1,2}} ) {_END} \s? (?: 명의 | 요금 | 자동이체 | 해지 | 이사 | 고지 | 납부 | 청구 | 이?[요에예] )
"""
# SK 4402 8817 365 스카이패스
_MILES = rf"""
    (?<![0-9a-z.-]) (?P<value> [a-z]{{2,3}} [ -]? \d{{3,4}} (?: [ -]? \d{{3,4}} ){{1,2}} ) {_END} {AHEAD}
    (?: 스카이\s?패스 | 아시아나\s?클럽 | 마일리지 | 멤버[십쉽] )
"""
_BITCOIN = r"(?<![0-9A-Za-z]) (?-i: [13] [1-9A-HJ-NP-Za-km-z]{25,34} ) (?![0-9A-Za-z])"
_SEGWIT = r"(?<![0-9a-z]) bc1 [02-9ac-hj-np-z]{25,62} (?![0-9a-z])"
_ETHEREUM = r"(?<![0-9a-z]) 0x [0-9a-f]{40} (?![0-9a-z])"
_TRON = r"(?<![0-9A-Za-z]) (?-i: T [1-9A-HJ-NP-Za-km-z]{33} ) (?![0-9A-Za-z])"
_VIN = r"""
    (?: 차대 \s? 번호 | (?<![a-z]) vin (?![a-z]) ) [^\n\#0-9a-z]{0,12}
    (?P<value> (?<![0-9a-z]) [0-9a-hj-npr-z]{17} (?![0-9a-z]) )
"""
_VIN_ALONE = r"""
    (?<![0-9A-Za-z])                                                        # KMHEC41BP9A123456
    (?-i: K[LMN][A-HJ-NPR-Z0-9] [A-HJ-NPR-Z0-9]{8} [A-HJ-NPR-Z] [A-HJ-NPR-Z0-9] \d{6} )
    (?![0-9A-Za-z])
"""
_LATITUDE, _LONGITUDE = r"3[3-9] [.] \d{3,12}", r"1(?:2[4-9]|3[0-2]) [.] \d{3,12}"
_PLACE = rf"""
      (?<![\d.]) {_LATITUDE} [°]? \s? n? \s?                                # 37.5665 경도 126.9780
      (?: , | / | \s | 경도 [\s:]{{0,3}} | lng [\s:]{{0,3}} | lon [\s:]{{0,3}} ){{1,4}}
      {_LONGITUDE} (?! \d | [.]\d )
    | (?<![\d.]) {_LONGITUDE} [°]? \s? e? \s?                               # 126.9780 위도 37.5665
      (?: , | / | \s | 위도 [\s:]{{0,3}} ){{1,4}} {_LATITUDE} (?! \d | [.]\d )
"""
_TEMPORARY = rf"""
    (?: 임시 \s? (?: 번호판? | 운행 (?: \s? (?:허가)? \s? 번호 )? )         # 임시번호판 임1234
      | 임판 ) \s? (?: 번호 )? [^\d\#\n가-힣]{{0,4}}
    (?P<value> (?: {REGION} [ ]? )? (?: 임 [ ]? )? \d{{4,6}} ) (?! \d | [-./:]\d | \s? [원개년월일] )
"""
_SHOP = r"""(?:
    옥션 | 지마켓 | g\s?마켓 | 11번가 | 십일번가 | 쿠팡 | 네이버 (?: \s? (?:쇼핑|페이|스토어) )? | 스마트\s?스토어 | 위메프 | 티몬 | 무신사 | 롯데온
    | 인터파크 | 오늘의\s?집 | 지그재그 | 에이블리 | 마켓\s?컬리 | 컬리 | 올리브영 | 카카오 \s? (?: 선물하기 | 톡딜 | 메이커스 ) | 배민 | 요기요
    | 아고다 | 부킹닷컴 | 야놀자 | 여기어때 | 에어비앤비 | 트립닷컴 | 호텔스닷컴 | 마이리얼트립 | 익스피디아
    | 알리 (?:익스프레스)? | 테무 | 쉬인 | 아마존 | 이베이 | (?<![a-z]) (?: ssg | gs\s?샵 | cj\s?온 )
)"""
_DEED = r"(?: (?:주문|구매|결제|예약|예매) (?:한|하신|번호|건|내역|서)? (?: 은 | 는 | 이 | 가 | : )? \s? (?:거|것)? )"
_SHOP_CODE = rf"""
    [\s:\#]{{0,3}} (?P<value> (?<![0-9a-z]) (?: [a-z]{{1,3}} -? \d{{8,18}} | \d{{3}}-\d{{7}}-\d{{7}}
      | [1-9] \d{{8,20}} | 20\d{{6}}-\d{{5,9}} | 20\d{{6}} [a-z0-9]{{4,14}} ) ) {_END}
    (?! \s? [원개] )
"""
_OF_SHOP = rf"{_SHOP} (?: 에서 | 꺼 | 건 | 의 )? \s?"


_BOOKED = r"""
    (?: 주문 | 예약 | 예매 | 숙소 | 항공권? | 호텔 | 바우처 | 티켓 | 체크인 | 확인 \s? (?:번호|코드) ) (?: \s? (?: 번호 | 코드 | 건 | 확인서? ) )?
    [은는이가]? [\s:]{0,3} (?P<value> (?<![0-9A-Za-z-]) (?-i: [A-Z0-9]{6,12} | [A-Z0-9]{3,6}-[A-Z0-9]{3,8} ) (?![0-9A-Za-z-]) )
"""
# UPS: 1Z and sixteen signs
_UPS = rf"(?<![0-9a-z]) 1z (?= (?: [ ]?[0-9a-z] ){{8}} (?: [ ]?\d ){{8}} ) (?: [ ]?[0-9a-z] ){{16}} {_END}"
# Ministry of the Interior: civil petitions (1AA-2611-0048217)
_PETITION = rf"(?<![0-9a-z-]) [12][a-z]{{2}} -? \d{{4}} -? \d{{6,7}} {_END}"
# Google Play, Airbnb
_OF_PLAY = rf"(?<![0-9a-z]) gpa [. ]{{0,2}} \d{{4}} (?: - \d{{4}} ){{2}} - \d{{5}} (?: [.]{{2}} \d{{1,3}} )? {_END}"
_OF_AIRBNB = r"""
    (?: 에어비앤비 | airbnb | 숙소 | 예약 ) [^\n\#]{0,12}?
    (?P<value> (?<![0-9A-Za-z]) (?-i: HM (?= [A-Z]{0,7} \d ) [A-Z0-9]{8} ) (?![0-9A-Za-z]) )
"""
# 셋톱박스 밑에 SKB0447182WQ
_ON_DEVICE = r"""
    (?: (?: 셋톱 (?:박스)? | 공유기 | 모뎀 | 정수기 | 공기청정기 | 비데 | 단말기 | 기기 | 본체 | 노트북 | 냉장고 | 세탁기 | 에어컨 )
        [가-힣\s]{0,6} (?: 밑 | 밑면 | 뒤 | 뒷면 | 바닥 | 옆 | 옆면 | 아래 | 안쪽 | 스티커 | 라벨 )
        (?: 에 | 에는 | 에\s적힌 | 에\s있는 | 이 | 은 )? [^\n\#0-9a-z]{0,12}
      | (?: 애플\s?워치 | 아이패드 | 아이폰 | 에어팟 | 맥북 ) \s )              # 애플워치 GY6X4471LQ2M
    (?P<value> (?<![0-9A-Za-z-]) (?-i: [A-Z0-9]{10,20} ) (?![0-9A-Za-z-]) )
"""
_LONG = r"[0-9A-Za-z]{25}"
_LONG_CODE = r"\d (?: \d{7} | \d\d-\d{7} )"


_RUN = re.compile(r"\d+|[A-Z]+")
_MODEL_RUNS = 3
_LEAST_SERIAL = 6


def _is_order(match: re.Match[str]) -> bool:
    return is_plain(match["value"]) and not match["value"].startswith("01")


def _is_mixed(match: re.Match[str]) -> bool:
    """Letters and figures by turns, as no model is named."""
    return len(_RUN.findall(match["value"])) > _MODEL_RUNS


def _is_serial(match: re.Match[str]) -> bool:
    """Six figures at least, and a letter."""
    return _LEAST_SERIAL <= sum(map(str.isdigit, match["value"])) < len(match["value"])


def _has_digit_and_letter(match: re.Match[str]) -> bool:
    """No word and no number of the same length."""
    value = match.group()
    letters = sum(sign.isalpha() for sign in value)
    return 3 < letters < len(value) - 1


_RULES = (
    Rule("member.care", "MEMBER_NO", 0.85, _CARE, None, led({"l": r"\d{10}"})),
    Rule("member.care_named", "MEMBER_NO", 0.86, _CARE_NAMED, None, "요양"),
    Rule("member.of_utility", "MEMBER_NO", 0.75, _OF_UTILITY, None, r"-\d (?<= \d{5}.. )"),
    Rule("account.bitcoin", "ACCOUNT", 0.9, _BITCOIN, _has_digit_and_letter, _LONG),
    Rule("account.segwit", "ACCOUNT", 0.9, _SEGWIT, _has_digit_and_letter, led({"b": "c1"})),
    Rule("account.ethereum", "ACCOUNT", 0.9, _ETHEREUM, None, "0x"),
    Rule("account.tron", "ACCOUNT", 0.9, _TRON, _has_digit_and_letter, _LONG),
    Rule("plate.vin_named", "PLATE", 0.9, _VIN, None, led({"차": "대", "v": "in"})),
    Rule("plate.vin", "PLATE", 0.85, _VIN_ALONE, None, r"(?-i: K[LMN][A-Z0-9] )"),
    Rule("address.coordinates", "ADDRESS", 0.85, _PLACE, None, r"\d[.]\d{3}"),
    Rule("order.of_play", "ORDER", 0.9, _OF_PLAY, None, led({"g": "pa"})),
    Rule("plate.temporary_named", "PLATE", 0.85, _TEMPORARY, None, "임시 | 임판"),
    Rule("order.booked", "ORDER", 0.84, _BOOKED, _is_mixed, r"(?-i: [A-Z] \d{1,8} [A-Z] )"),
    Rule("order.of_shop", "ORDER", 0.9, _OF_SHOP + _DEED + _SHOP_CODE, _is_order, _LONG_CODE),
    Rule("order.beside_shop", "ORDER", 0.84, _OF_SHOP + _SHOP_CODE, _is_order, _LONG_CODE),
)
_BY_FIGURE = RuleSet(
    r"[12] (?-i: [A-Za-z]{2} -? \d{4} | [zZ] [ ]? [0-9A-Za-z]{3} )",
    (
        Rule("tracking.ups", "TRACKING", 0.9, _UPS),
        Rule("order.petition", "ORDER", 0.85, _PETITION),
    ),
)
_OF_CAPITALS = RuleSet(
    r"(?-i: [A-Z] (?: [A-Z0-9] | (?<= [0-9]. ) ) )",
    (
        Rule("member.miles", "MEMBER_NO", 0.9, _MILES),
        Rule("order.of_airbnb", "ORDER", 0.85, _OF_AIRBNB, None, r"(?-i: HM [A-Z0-9]{8} )"),
        Rule("device.on_it", "DEVICE_ID", 0.8, _ON_DEVICE, _is_serial, r"(?-i: [A-Z0-9]{10} )"),
    ),
)


def find(text: str) -> Iterator[Found]:
    """Findings in normalised text; they may overlap."""
    yield from _BY_FIGURE.find(text)
    yield from _OF_CAPITALS.find(text)
    for rule in _RULES:
        yield from rule.find(text)
