"""Codes, card proofs and logins that are told by what stands around them, not by a word before."""

from collections.abc import Iterator
from itertools import chain

from cs_pipeline.pii.finders.credentials.checks import (
    is_card_expiry_after,
    is_hangul_handle,
    is_otp_before_cue,
    is_seen_code,
)
from cs_pipeline.pii.named_values import DIGIT, TURNED_COPULA, UNIT
from cs_pipeline.pii.rules import Found, Rule, RuleSet, led

_MONTH_WORD = "(?:[공영][일이삼사오육칠팔구]|십[일이]?|[일이삼사오유육칠팔구시])"
EXPIRY_VALUE = rf"""
    (?<! [\d#] ) (?<! \d[-./] ) (?:
        (?:20)?\d\d \s? 년 (?:도)? [\s/]{{0,2}} \d{{1,2}} \s? 월               # 2028년 11월
      | \d{{1,2}} \s? 월 (?:에)? [\s/]{{0,2}} (?:20)?\d\d (?: \s? 년 )?        # 11월 28년
      | (?:이천|20)? [이삼]십 [일이삼사오육칠팔구]? \s? 년 \s? {_MONTH_WORD} \s? 월         # 이천이십팔년 십일월
      | \d{{1,2}} (?: [ ]? [-./,] [ ]? | [ ] | [ ]?(?:에|슬래시)[ ]? ) (?:20)?\d\d  # 11/28
      | (?: 0[1-9] | 1[0-2] ) (?:20)? \d\d | [2-4]\d (?: 0[1-9] | 1[0-2] )  # 1128, 2811
      | 20\d\d [ ]? [-./] [ ]? (?: 0?[1-9] | 1[0-2] )                       # 2028-11
      | (?: 이공 | 20 )? {DIGIT}{{2}} \s? 년 \s? (?: {_MONTH_WORD} | \d{{1,2}} ) \s? 월  # 이공이팔년 십일월
      | {_MONTH_WORD} \s? 월 (?: 에 | 이고 )? \s? (?: 이공 | 20 | 이천 )? (?: [이삼]십 [일이삼사오육칠팔구]? | {DIGIT}{{2}} ) (?: \s? 년 )?  # 공오월에 이팔년
      | {DIGIT}{{2}} [ ,]{{1,3}} [이삼]십 (?: [일이삼사오육칠팔구] (?! [요에예] ) )?       # 공구 이십칠
      | {DIGIT} {DIGIT} [ ]?(?:에|다시|슬래시|/)[ ]? [이삼23] [ ]? [0-9공영빵일이삼사오육칠팔구]  # 공구에 이칠
      | {DIGIT} {DIGIT} (?: [ ,/]{{0,3}} | [ ]?(?:에|다시|슬래시)[ ]? ) {DIGIT} {DIGIT}  # 공구 이칠
    ) (?! \d | [-./]\d | [ ]?\d{{1,2}}\s?일 | \s?일(?![거것껄이요]) | \s?(?:개월|원|개|시) | 년 )
"""
"""A card's month and year, in figures or words."""

_CARD = r"""
    (?<![\d-]) [2-69] \d{3} [ -]? (?: \d{4} [ -]? \d{4} [ -]? \d{4} | \d{6} [ -]? \d{5} ) (?!\d)
"""
_EXPIRY_AFTER_CARD = rf"""
    {_CARD} (?! [^\d\n]{{0,14}} (?: 계좌 | 금액 | 결제일 | 승인 | 원 ) ) [^\d\n\#]{{0,14}} \n?
      [^\d\n\#]{{0,6}}
    (?P<value> (?: 0?[1-9] | 1[0-2] ) [ ]? [/.-] [ ]? (?:20)?[2-4]\d        # 4518-1234-5678-9012 11/28
      | (?:20)?[2-4]\d \s? 년 \s? (?: 0?[1-9] | 1[0-2] ) \s? 월 (?= \s? (?: 까지 | 이?[요에예] | 만료 | \n | \Z ) )  # 4518123456789012 28년 11월까지요
      | (?: 0[1-9] | 1[0-2] ) [2-4]\d (?= \s? (?: 까지 | 이?[요고구에예] | , | / | \n | \Z )  # 4518123456789012 1128 이에요
      | [ ]\d{{3}}(?!\d) ) )
    (?! \d | [-/.]\d | \s?(?:원|개|시|일) )
"""
_CODE_AFTER_EXPIRY = rf"""
    {_CARD} [^\d\n\#]{{0,14}}
    (?: 0?[1-9] | 1[0-2] ) [ ]? [/.-]? [ ]? (?:20)?[2-4]\d [ ,/.이고요랑]{{1,5}}  # 11/28이고 123
    (?P<value> \d{{3}} ) (?! \d | [-/.,]\d | {UNIT} )
"""
_EXPIRY_BEFORE_CUE = rf"""
    (?P<value> {EXPIRY_VALUE} ) [^\d\n\#]{{0,14}} (?: 카드 \s? )?             # 11/28이 카드
    (?: 유효 \s? (?: 기간 | 기한 | 일자? ) | 만료 )                                   # 유효기간
"""
# 039 172 왔어요 인증
_ARRIVED = rf"""
    (?<![0-9a-z]) (?<! \d[-. ] )
    (?P<value> [a-z]-\d{{4,8}} | \d{{3}}[ -]\d{{3}} | \d\d[ -]\d\d[ -]\d\d  # G-123456, 039 172
      | \d{{4,8}} ) (?! [\d-] | {UNIT} )                                    # 482910
    \s? (?: 이?라고 | 라는 | 이라는 | 이래 | 이렇게 | 요래 | 이[고구] | 가 | 이 | 으로 | 로 | 이?요 | 이거 )? [ .,]{{0,2}}  # …라고
    (?: 문자 | 카톡 | 메일 | 톡 | 핸드폰 | 폰 | 방금 | 지금 | 이렇게 ){{0,2}} (?:으?로|에)? \s?  # 문자로
    (?: 왔 | 옴 | 와요 | 오네 | 오는데 | 받았 | 받은 | 떴 | 떠요 | 뜨네 | 뜸 | 뜨는데 | 나왔 | 나와   # 왔어요
      | 나오는 | 찍혀 | 찍혔 | 적혀 | 써있 | 날아왔 | 날라왔 | 넣었 | 입력 | 쳤 | 눌렀 )            # 찍혀 있는데
    [^\n\d\#]{{0,18}} (?: 인증 (?![서샷]) | 오티피 | 본인\s?확인 | (?<![a-z])otp )     # 인증번호로
"""
_GOOGLE_BEFORE = r"""
    (?<![0-9a-z]) (?P<value> g-\d{6} ) (?! [\d-] ) [^\n\d\#]{0,30} (?: 구글 | google | 코드 | 인증 )  # G-384711 이게 구글 인증코드
"""
# 에이알에스로 들리는 인증코드 말씀해 주세요\n고객: 칠칠이요
_BRIEF_ANSWER = rf"""
    (?: (?<![a-z]) ars | 에이알에스 | 에2알에스 | 전화 | 화면 | 두\s?자리 | 2\s?자리 ) [^\n\#]{{0,16}}  # ARS로 들리는
    (?: 승인 | 인증 | 확인 ) \s? (?: 번호 | 코드 | 숫자 ) [^\n\d\#]{{0,24}} \n [ ]?     # 인증번호 불러 주세요
    (?: [가-힣a-z\[(]{{1,6}} [\])]? [ ]? : [ ]? )? (?: (?: 네+ | 예+ | 넵 | 어+ | 음+ | 잠시만요 ) [ .,]{{1,3}} ){{0,2}}  # 고객: 네,
    (?P<value> (?<!\d) {DIGIT} [ ]? {DIGIT} )
    (?= \s? (?: 이?요 | 입니다 | 이?[에예]요 | 이라고 | 번이?[요에] | 나[와오] ) | [ .]{{0,2}} (?: \n | \Z ) )  # 칠칠이요
"""
_GOOGLE = r"(?: 구글 | google ) [^\n\d\#]{0,12} (?P<value> (?<![0-9a-z]) g-\d{6} ) (?! [\d-] )"
_BRIEF_OTP = rf"""
    (?: (?<![a-z]) ars | 에이알에스 | 전화 | 보[2이]는\s?ars | 화면 ) \s? (?: 로 | 에 )? \s?  # 화면에
    (?: 승인 | 인증 | 본인\s?인증 | 확인 ) \s? (?: 번호 | 코드 | 숫자 | (?= 두\s?자리 | 2\s?자리 ) )                     # 인증번호
    (?: \s? (?: 는 | 가 | 은 | 이 | 두\s?자리 | 2\s?자리 | : | 으?로 ) ){{0,3}} \s?    # 는 두 자리
    (?P<value> (?<!\d) {DIGIT} [ ]? {DIGIT} ) (?! [ ]?\d | [-./:,]\d | {UNIT} | [ ]?[개초단번] )
"""
# 문자로 여섯 자리 왔는데 482936 이거 맞나요
_SEEN = r"""
    (?: 문자 (?: 로 | 에 )? | [톡폰앱] (?: 으?로 | 에 ) | 화면 에? | 에서 (?= \s? 온 ) ) (?P<of> [^\d\n\#]{0,10}
      (?: 자리 | 숫자 | 번호 | 코드 ) [^\d\n\#]{0,10} ) (?<![\d#-]) (?P<value> \d{6} | \d{3}[ -]\d{3} ) (?! [\d*-] | [.,:]\d )
    (?= \s? (?: 이거 | 이걸 | 요거 | 맞 | 입력 | 눌 | 쳤 | 넣 | 떠 | 뜨 | 떴 | 왔 | 와 | 나왔 | 나와 | 찍 | 이?라고 | 이?[요에예] | 인데 | 이?네요 | 이래 | 누르 ) )
"""
# 문자 왔네요 902317, 방금 온 거 902317이에요
_ARRIVED_FIRST = rf"""
    (?: 문자 | 방금 ) \s? [가로은]? \s? (?: 왔 | 온 | 떴 | 뜬 ) [가-힣]{{0,3}} \s? (?: 거 | 건 | 게 )? [은는이가]? [\s:,.]{{1,2}}
    (?P<value> (?! 20[0-3]\d ) (?<!\d) \d{{6}} ) (?! [\d*-] | [.,:]\d | {UNIT} )
"""
# 문자로 48210 왔어요
_SENT = rf"""
    (?: 문자 | 카톡 | 알림톡 | 톡 ) (?: 으?로 | 에 )? \s (?P<value> (?! 20[0-3]\d (?!\d) | 1[568]\d\d (?!\d) ) (?<!\d) \d{{5,6}} ) (?! [\d*-] | [.,:]\d | {UNIT} )
    (?: 이?라고 | 이렇게 )? \s? (?: 왔 | 와서 | 떴 | 찍혀\s?왔 )
"""
# 네 047 어 119
_IN_HALVES = rf"""
    (?: 인증 \s? (?: 번호 | 코드 | 숫자 ) | 오티피 | (?<![a-z])otp ) [^\d\#]{{0,24}} (?<!\d)  # 인증번호가
    (?P<value> {DIGIT}{{3}} (?: 이?[고구]요? | 에 | 이?요 )? [ ,.]{{1,3}}          # 047이고
      (?: (?: 음+ | 어+ | 그 | 저 | 네 | 그리고 | 그다음에? | 다음에? | 다시 ) [ ,.]{{1,3}} ){{0,2}}  # 음 그다음에
      {DIGIT}{{3}} ) (?: (?! \d | [-.,:]\d | {UNIT} ) | (?= {TURNED_COPULA} ) )
"""
# 아이디가 lovecat***로 시작하는 … 네 lovecat112
_TOLD_IN_FULL = r"""
    (?<![a-z0-9]) (?P<head> [a-z] [a-z0-9._-]{1,12} ) [*]{2,8} [^\n]{0,40} \n [^\na-z]{0,16}  # lovecat*** 로 시작하는 거요
    (?P<value> (?P=head) [a-z0-9._-]{1,16} ) (?! [a-z0-9@] )                # lovecat112
"""


_CARD_RUN = r"\d{4} [ -]? (?: \d{4} [ -]? \d{4} | \d{6} )"
_OF_FIGURES = RuleSet(
    r"\d (?<! \d\d ) \d\d (?: \d [ -]? (?: \d{4} [ -]? \d{4} | \d{6} ) | [ -]? \d{3} (?! [\d-] ) )",
    (
        Rule("card.expiry_after_number", "CARD_AUTH", 0.85, _EXPIRY_AFTER_CARD, None, _CARD_RUN),
        Rule("card.code_after_number", "CARD_AUTH", 0.85, _CODE_AFTER_EXPIRY, None, _CARD_RUN),
        Rule(
            "otp.seen",
            "OTP",
            0.8,
            _SEEN,
            is_seen_code,
            led({"문": "자", "톡폰앱": "[으로에]", "화": "면", "서": "[ ]?온"}),
        ),
        Rule("otp.sent", "OTP", 0.75, _SENT, None, led({"문": "자", "톡": ""})),
        Rule("otp.arrived_first", "OTP", 0.78, _ARRIVED_FIRST, None, led({"문": "자", "방": "금"})),
    ),
)
_EXPIRIES = RuleSet(
    "(?-i: 유효 | 만료 )",
    (
        Rule(
            "card.expiry_before_cue",
            "CARD_AUTH",
            0.85,
            _EXPIRY_BEFORE_CUE,
            is_card_expiry_after,
            r"[\d월년십공영빵일이삼사오육칠팔구] [^\d\n\#]{0,14} (?: 유효 | 만료 )",
        ),
    ),
)
_NAMES_OTP = led({"인": "증", "오": "티피", "본": r"인 \s? 확인", "o": "tp"})
_NAMES_PHONE = led({"전": "화", "화": "면", "에": "이알에스", "보": "[2이]는", "a": "rs"})
_CODES = RuleSet(
    r"(?-i: [인승오본확구oOgG] (?: (?<=[인본]) (?:증|인) | (?<=승) 인 | (?<=오) 티피 | (?<=확) 인 | (?<=구) 글"
    r" | (?<=[oO]) (?i: tp ) | (?<=[gG]) (?: (?i: oogle ) | -\d ) ) )",
    (
        Rule("otp.arrived", "OTP", 0.85, _ARRIVED, is_otp_before_cue, _NAMES_OTP),
        Rule("otp.google", "OTP", 0.85, _GOOGLE, None, r"(?-i: [gG] ) -\d"),
        Rule("otp.google_before", "OTP", 0.85, _GOOGLE_BEFORE, None, r"(?-i: [gG] ) -\d"),
        Rule("otp.brief_answer", "OTP", 0.85, _BRIEF_ANSWER, None, r"\n"),
        Rule("otp.brief", "OTP", 0.85, _BRIEF_OTP, None, _NAMES_PHONE),
        Rule("otp.in_halves", "OTP", 0.85, _IN_HALVES, None, _NAMES_OTP),
    ),
)
_HIDDEN = RuleSet(r"[*]{2}", (Rule("login.told_in_full", "LOGIN_ID", 0.8, _TOLD_IN_FULL),))
_IN_HANGUL = RuleSet(
    "(?-i: 아이디 | 계정 )",
    (
        Rule(
            "login.hangul",
            "LOGIN_ID",
            0.7,
            r"(?: 아이디 | 계정 ) (?: 는 | 은 | 가 | 이 | : )? [ ]{1,2} (?P<value> [가-힣]{3,8}? )"
            r" (?= 이?[에예]요 | 이?요 (?![가-힣]) | 입니다 | 이고요? | 이?라고\s?[합해하] )",
            is_hangul_handle,
        ),
    ),
)


def find_in_hangul(text: str) -> Iterator[Found]:
    """Login ids that are Hangul words."""
    return _IN_HANGUL.find(text)


def find(text: str) -> Iterator[Found]:
    """Findings in normalised text; they may overlap."""
    return chain(
        _OF_FIGURES.find(text), _EXPIRIES.find(text), _CODES.find(text), _HIDDEN.find(text)
    )
