"""Numbers of orders, parcels, documents and devices that their shape gives away."""

import re
from collections.abc import Iterator
from itertools import chain

from cs_pipeline.pii.finders.numbers.checksums import digits_of, has_luhn_checksum
from cs_pipeline.pii.named_values import LATIN, SPOKEN_JOINT, TURNED_COPULA
from cs_pipeline.pii.rules import Found, Rule, RuleSet

REGION = r"""(?: 서울 | 부산 | 대구 | 인천 | 광주 | 대전 | 울산 | 세종
    | 경기 (?:남부|북부)? | 강원 | 충북 | 충남 | 전북 | 전남 | 경북 | 경남 | 제주 )"""
"""The regions that old plates and driving licences begin with."""

_HOTLINE = re.compile(
    r"""(?:
        1 (?: [56]\d\d | 8 (?: 0\d | (\d)\1 ) ) [-. ]? \d{4}    # 1588-1234, 1899-0000
      | 080 [-. ]? \d{3,4} [-. ]? \d{4}                        # 080-123-4567
    ) \Z""",
    re.VERBOSE,
)
_DATE = re.compile(
    r"""(?:
        (?:19|20)?\d\d [-./ ]{1,2} (?:0?[1-9]|1[0-2]) [-./ ]{1,2} (?:0?[1-9]|[12]\d|3[01])  # 26.11.22
      | (?:19|20)\d\d [-./] \d{1,2}                                                         # 2026-11
    ) \Z""",
    re.VERBOSE,
)
_PUBLIC_CODE = re.compile(
    r"""(?:
        (?!sn) [a-z]{2,4} - [a-z]? \d{3,4} [a-z]{0,3}       # 모델 WF-A1234KR
      | 0x [0-9a-f]+                                        # 오류 0x80070005
      | 880 \d{10} | 97[89] -? \d [-\d]{9,12}               # 바코드 8801234567890
      | v \d[\d.]*                                          # v10.2.1
      | [a-z] -? \d{3,4}                                    # 오류 E-104
    ) \Z""",
    re.IGNORECASE | re.VERBOSE,
)
_LEAST_ORDER_DIGITS = 6
_LEAST_BARE_ORDER = 10


def is_plain(code: str) -> bool:
    """Neither a public hotline nor a date nor the code of a product or an error."""
    return not (_HOTLINE.match(code) or _DATE.match(code) or _PUBLIC_CODE.match(code))


def _is_long_order(match: re.Match[str]) -> bool:
    return len(digits_of(match.group())) >= _LEAST_ORDER_DIGITS


def _is_long_number(match: re.Match[str]) -> bool:
    """No hotline and no date."""
    return len(digits_of(match["value"])) >= _LEAST_BARE_ORDER and is_plain(match["value"])


def _is_order(match: re.Match[str]) -> bool:
    return is_plain(match["value"]) and not match["value"].isalpha()


def _is_member(match: re.Match[str]) -> bool:
    return is_plain(match["value"])


def _is_no_phone(match: re.Match[str]) -> bool:
    return not match["value"].startswith("01")


def _is_no_date(match: re.Match[str]) -> bool:
    return re.match(rf"[a-z]20[12]\d{_MONTH_DAY}", match.group(), re.IGNORECASE) is None


def _has_hex_letter(match: re.Match[str]) -> bool:
    """`12-34-56-78-90-12` may be a lottery ticket."""
    return re.search("[a-f]", match.group(), re.IGNORECASE) is not None


_END = r"(?! [0-9a-z] | -[\d#] )"
_HEX_END = "(?! [:.-]?[0-9a-z] )"
_MONTH_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
# `20261122-0001234 이 주문 건`, `X7K2PQ 예약번호로 조회`
AHEAD = r"""
    \s? (?:번|이?요)? \s? (?: 이게 | 이거 | 이 | 가 | 으?로 | 라는 | 는 | 은 | , )? \s?
    (?: 제가? | 저의 )? \s?
"""
"""What may stand between a number and the word behind it that names it."""

_DATED_ORDER = rf"""
    (?<![0-9a-z.-]) 20[12]\d{_MONTH_DAY} (?: - \d{{5,8}} | - [a-z0-9]{{6,12}} | \d{{8,12}} ) {_END}
"""
_ORDER_BEFORE_CUE = rf"""
    (?<![0-9a-z.-])
    (?P<value> (?= [0-9a-z-]{{0,12}} \d ) [0-9a-z]{{6,20}}
      (?: -[0-9a-z]{{2,10}} ){{0,3}} ) {_END} {AHEAD}
    (?: 주문 | 예약 | 접수 | 결제 | 승인 | 티켓 | 예매 ) \s?
    (?: 번호 | 건 | 내역 | 조회 | 취소 | 확인 | 반품 | 교환 | 환불 )
"""
_ORDER_AFTER_DEED = rf"""
    (?: 주문 | 예약 | 접수 | 환불 | 반품 | 교환 | 티켓 | 예매 | 견적 | 결제 | 호텔 | 숙소 | 렌트 | 렌터카 ) (?:서|건)? \s?
    (?: 은 | 는 | 이 | : )? \s?
    (?P<value>
        [a-z]{{1,4}} - (?= [\d-]{{0,16}} \d{{3}} ) \d{{2,8}} (?: -[0-9a-z]{{1,8}} ){{1,3}}  # RF-20261120-11
      | [a-z]{{1,4}} \d{{2,6}} - \d{{4,8}}                                                   # M2611-88210
      | [a-z]{{1,4}} -? \d{{6,12}} (?: -\d{{2,6}} )?                                       # A20398112, RC261203-0174
    ) {_END}
"""
# More than a registration number of the same length.
_DATED_AND_NAMED = rf"""
    (?: 주문 | 오더 | 예약 | 접수 | 결제 | 구매 | 승인 | 예매 | 신청 ) (?:서|건|내역)? \s?
    (?: 번호 | 넘버 | 코드 ) [^\d\#]{{0,24}}
    (?P<value> 20[12]\d{_MONTH_DAY} - \d{{5,8}} ) {_END}
"""
_ORDER_IN_FIGURES = rf"""
    (?<![가-힣]) (?: 주문 | 예약 | 접수 | 예매 | 오더 ) (?:서|건)? \s?
    (?P<value>
        [1-9] \d{{3,7}} - \d{{4,8}} (?: -\d{{4,8}} )?   # 주문 6610-2231-9084
      | 20[12]\d{_MONTH_DAY} \d{{4,12}}                 # 주문 20260304998811
    ) {_END} \s?
    (?: 건 | 번
      | [전부]\S{{0,3}} \s? (?:취소|환불)               # 전부 취소
      | 취소 | 환불 | 반품 | 교환 | 조회 | 확인 | 배송
      | 언제 | 어떻게 | 이?[요에예]                     # 주문 66102231-9084 언제 와요
    )
"""
# 항공권 예약 QZ8M4T: six capitals and figures, no flight number
_PNR = rf"""
    (?: 항공권? | 예약 | 예매 | 발권 | 여정 | 탑승 | 티켓 | 숙소 | 호텔 ) (?: 건 | 은 | 는 )? [ :]{{1,2}}
    (?P<value> (?-i:
        (?= [A-Z]{{0,5}} \d ) (?= \d{{0,5}} [A-Z] )
        (?! [A-Z\d]{{2}} \d{{4}}                        # KE1234, 편명
          | [A-Z]{{3,5}} \d{{1,3}} (?!\d|[A-Z])         # GATE12, 탑승구
        ) [A-Z0-9]{{6}}
    ) ) {_END}
"""
_PARCEL_AFTER_WORD = rf"""
    (?: 배송 | 직구 | 배대지 | 물류 | 택배 ) [^\n\d\#a-z]{{0,8}}
    (?P<value> [a-z]{{2,5}} \d{{9,16}} [a-z]{{0,3}} ) {_END}
"""
_PASSPORT_BEFORE_CUE = rf"""
    (?<![0-9a-z-]) (?P<value> [a-z] (?= [a-z0-9]{{7,8}} (?![a-z0-9]) ) (?= (?: [a-z]? \d ){{5}} )
      [a-z0-9]{{7,8}} ) {AHEAD} (?: (?: 관용 | 외교 | 일반 | 전자 | 구 | 신 ) \s? )? (?: 여권 | 패스포트 | passport )
"""
_DRIVER_BEFORE_CUE = rf"""
    (?<![0-9-]) (?<! \d[ .] ) (?P<value> (?: 1[1-9] | 2[0-8] ) (?: [ .-]? \d ){{9}} \d ) {_END}
    (?! [ .-]?\d ) {AHEAD} (?:운전\s?)? 면허
"""
_POLICY = rf"""
    (?: 보험 \s? (?:증권|계약) | 증권 | 회원[권증]? | 멤버[십쉽] | 학생증 | 사원증 ) [ :은는이]{{1,3}}
    (?P<value> [a-z]{{1,4}} -? \d{{6,14}} (?: -\d{{1,6}} )? ) {_END}
"""
_PARCEL_BEFORE_CUE = rf"""
    (?<![0-9a-z]) (?<![0-9][-./]) (?P<value> (?: \d [ -]? ){{9,13}} \d ) (?! -?\d ) {AHEAD}
    \(? (?: (?: 지금 | 대체 | 도대체 ) \s )?
    (?: 문 \s? 앞 에? \s? (?: 없 | 안 | 두고 ) | 못 \s? 받 | 어디 \s? (?: 쯤 | 까지 ) \s? (?: 왔 | 와 | 오 | 있 | 이?[에예] | 인 ) | 배송 \s? (?: 완료 | 중 | 조회 | 출발 | 시작 | 지연 ) | 집하 | 간선 | 반송 | 운송장 | 송장 | 택배 | 등기 | (?:cj\s?)?대한통운 | 한진 | 로젠 | 롯데\s?택배 )
"""
_MEMBER_BEFORE_CUE = rf"""
    (?<![0-9a-z.-]) (?P<value> [a-z]{{0,4}} -? (?: \d{{5,16}} | \d{{4}} (?= -\d{{3}} ) ) (?: -\d{{2,8}} ){{0,3}} ) {_END} {AHEAD}
    (?: (?: 회원 | 고객 | 환자 | 멤버십 | 증권 | 계약 | 수험 | 포인트 | 수용가 | 납부 | 고지 ) \s? (?:카드\s?)? 번호  # 10293847 회원번호예요
      | 사번 | 학번 | 군번                                                                  # 20231234 학번이요
    )
"""
# What a word before it keeps from being a card or an account: `주문 4518 1234 5678 9012`.
_GAP_OF_WORD = r"""
    (?: \s? (?: 번호 | 넘버 | 코드 | 내역 | 건 | 서 | 카드 ) )?
    (?! [^\d\#\n]{0,12} (?: 전화 | 연락 | 카드 | 계좌 | 통장 ) )    # 주문한 카드 4518 1234 5678 9012
    [^\d\#\n.,?!]{0,10} (?<![\d#]) (?<![\d#][-.,:/])
    (?P<value> \d (?: [ -]{0,2} \d ){8,22} )
    (?! [-.,:/]?\d | \s? (?: 원 | 개 | 포인트 ) )                   # 승인 100000000원
"""
_LOOSELY_NAMED = {
    "ORDER": r"""(?:
        주문 | 예약 | 접수 | 승인 | 결제\s?번호 | 티켓 | 발권 | 인보이스 | 쿠폰 | 교환권 | 기프티콘 | 상품권
    )""",
    "TRACKING": r"(?: 운?송장 | 배송 | 등기 )",
    "MEMBER_NO": r"(?: 회원 | 포인트 | 증권 | 청구 | 고지 | 멤버십 )",
}
_DRIVER = rf"""
    (?<![0-9-])
    (?: (?: 1[1-9] | 2[0-8] ) ([-.]) \n? \d{{2}} \1 \n? [\d*]{{6}} \1 \n? [\d*]{{2}} (?![*])  # 11-12-123456-12
      | {REGION} [ -]? \d{{2}} (?: [ ]?-[ ]? | {SPOKEN_JOINT} ) \d{{6}}                        # 서울 05-123456-71
        (?: [ ]?-[ ]? | {SPOKEN_JOINT} ) \d{{2}}                                               # 서울 05 다시 123456 다시 71
      | {REGION} [ ] \d{{2}} [ ] \d{{6}} [ ] \d{{2}}                                            # 서울 05 123456 71
    ) {_END}
"""

_IN_FIGURES = RuleSet(
    r"\d{2} (?: [-. ]? \d ){2}",
    (
        Rule("order.dated", "ORDER", 0.75, _DATED_ORDER),
        Rule("order.dated_and_named", "ORDER", 0.98, _DATED_AND_NAMED),
        Rule("order.in_figures", "ORDER", 0.72, _ORDER_IN_FIGURES, _is_long_number),
        Rule("driver.before_cue", "DRIVER", 0.88, _DRIVER_BEFORE_CUE),
        Rule("driver.groups", "DRIVER", 0.88, _DRIVER),
        Rule(
            "device.imei",
            "DEVICE_ID",
            0.88,
            rf"(?<![0-9a-z-]) 35 (?: [- ]? \d ){{13}} {_END}",
            has_luhn_checksum,
        ),
        Rule(
            "device.iccid",
            "DEVICE_ID",
            0.9,
            rf"(?<![0-9a-z-]) 8982 (?: [ -]? \d ){{14,16}} f? {_END}",
        ),
        # eSIM (GSMA SGP.02): 32 digits, the first two those of telecommunication (ITU-T E.118).
        Rule(
            "device.eid",
            "DEVICE_ID",
            0.9,
            rf"(?<![0-9a-z-]) 89 (?: [ -]? \d ){{30}} {_END}",
            None,
            r"89 (?: [ -]? \d ){14}",
        ),
        Rule(
            "customs.spoken",
            "CUSTOMS",
            0.9,
            rf"(?<![가-힣]) 피 [ .:-]{{0,2}} (?: \d (?: {SPOKEN_JOINT} | [ .-]{{0,3}} | \n ) ){{11}}"
            rf" (?: \d | 이(?=[예에]요) ) (?: {_END} | (?= {TURNED_COPULA} ) )",
        ),
        Rule(
            "passport.spoken",  # 엠 2088에 4179로
            "PASSPORT",
            0.85,
            rf"(?<![가-힣a-z0-9]) (?: 엠 | 에스 | 알 ) [ ]? (?: \d (?: {SPOKEN_JOINT} | [ ]? ) ){{7}} \d (?: {_END} | (?= {TURNED_COPULA} ) )",
            None,
            r"[엠스알] [ ]? \d",
        ),
        Rule("tracking.before_cue", "TRACKING", 0.85, _PARCEL_BEFORE_CUE, _is_no_phone),
        Rule("member.before_cue", "MEMBER_NO", 0.8, _MEMBER_BEFORE_CUE, _is_member),
    ),
)
_VETOED = RuleSet(
    r"\d (?: [ -]{0,2} \d ){8}",
    tuple(
        Rule(f"{kind.lower()}.loosely_named", kind, 0.6, words + _GAP_OF_WORD, _is_long_number)
        for kind, words in _LOOSELY_NAMED.items()
    ),
)
_BEFORE_ORDER = RuleSet(
    "(?-i: 주문 | 예약 | 접수 | 결제 | 승인 | 티켓 | 예매 )",
    (Rule("order.before_cue", "ORDER", 0.8, _ORDER_BEFORE_CUE, _is_order, r"[0-9a-zA-Z]{6}"),),
)
_WITH_LETTERS = RuleSet(
    LATIN,
    (
        Rule(
            "order.prefixed",
            "ORDER",
            0.85,
            r"(?<![0-9a-z-])"
            r" (?: ord(?:er)? | rsvn? | book | bkg | tkt | pay | inv | clm | claim | req | res | (?: po | rma ) (?=[-\#]) )"
            r" [-_#]? (?= [a-z0-9-]{0,12} \d{3} ) [a-z0-9]{4,20} (?: [-_][a-z0-9]{1,12} ){0,4}"
            rf" {_END}",
            _is_long_order,
        ),
        Rule("order.after_deed", "ORDER", 0.75, _ORDER_AFTER_DEED),
        Rule("order.pnr", "ORDER", 0.75, _PNR),
        Rule("tracking.after_word", "TRACKING", 0.8, _PARCEL_AFTER_WORD),
        Rule("tracking.initials", "TRACKING", 0.85, rf"(?<![0-9a-z-]) cj -? \d{{10,13}} {_END}"),
        Rule("tracking.cainiao", "TRACKING", 0.8, rf"(?<![0-9a-z]) lp \d{{14}} {_END}"),
        Rule("passport.before_cue", "PASSPORT", 0.85, _PASSPORT_BEFORE_CUE),
        Rule("member.policy", "MEMBER_NO", 0.8, _POLICY),
        Rule(
            "tracking.postal",
            "TRACKING",
            0.85,
            r"(?<![0-9a-z]) [a-z]{2} [ ]? \d{3} [ ]? \d{3} [ ]? \d{3} [ ]?"
            rf" (?: kr | cn | us | jp | hk | sg | de | gb | tw | vn | th | fr | ca | au ) {_END}",
        ),
        Rule(
            "passport.shape",
            "PASSPORT",
            0.85,
            r"(?<![0-9a-z-])"
            rf" (?: m [ -]? \d{{8}} | [sr] \d{{8}} | [msrgd] \d{{3}} [a-z] \d{{4}} ) {_END}",
            _is_no_date,
        ),
        Rule(
            "customs.shape",
            "CUSTOMS",
            0.92,
            rf"(?<![0-9a-z]) p [ .:-]{{0,2}} (?: \d (?: [ .-]{{0,3}} | \n ) ){{11}} \d {_END}",
        ),
        Rule(
            "customs.look_alikes",  # P1900771O3045 with an O for a 0
            "CUSTOMS",
            0.88,
            rf"(?<![0-9a-z]) (?= p \d{{3}} [0-9oil]{{9}} {_END} ) p (?: \d{{2,12}} [oil] ){{1,3}} \d{{0,9}}",
        ),
        Rule(
            "customs.hidden",
            "CUSTOMS",
            0.85,
            r"(?<![0-9a-z]) (?= p [\d*]{12} (?![\d*a-z]) ) p \d{1,8} [*]{3,11} \d{0,8}",
        ),
        Rule(
            "device.uuid",
            "DEVICE_ID",
            0.9,
            rf"(?<![0-9a-z-]) [0-9a-f]{{8}} (?: -[0-9a-f]{{4}} ){{3}} -[0-9a-f]{{12}} {_END}",
        ),
        Rule(
            "device.mac",
            "DEVICE_ID",
            0.9,
            r"(?<![0-9a-z:.-]) [0-9a-f]{2} ([:. -]) (?: [0-9a-f]{2} \1 ){4} [0-9a-f]{2}"
            rf" {_HEX_END}",
            _has_hex_letter,
        ),
        Rule(
            "device.mac_dotted",
            "DEVICE_ID",
            0.88,
            rf"(?<![0-9a-z.]) (?: [0-9a-f]{{4}} [.] ){{2}} [0-9a-f]{{4}} {_HEX_END}",
            _has_hex_letter,
        ),
        Rule(
            "device.udid",
            "DEVICE_ID",
            0.88,
            rf"(?<![0-9a-z-]) 0000\d{{4}} - [0-9a-f]{{16}} {_END}",
        ),
    ),
)


def find(text: str) -> Iterator[Found]:
    """Findings in normalised text; they may overlap."""
    return chain(
        _IN_FIGURES.find(text),
        _VETOED.find(text),
        _BEFORE_ORDER.find(text),
        _WITH_LETTERS.find(text),
    )
