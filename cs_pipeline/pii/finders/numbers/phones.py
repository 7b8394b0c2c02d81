"""Phone numbers: mobile, landline, internet and safe numbers, and parts of them that were asked for.

Formats: numbering plan of the Korean Ministry of Science and ICT (area codes, 010/011/016-019,
050x, 070, +82). Public hotlines (15xx, 16xx, 18xx, 080, 1xx) are nobody's and stay.
"""

import re

from cs_pipeline.pii.finders.numbers.checksums import (
    before,
    digits_of,
    is_no_other_number,
    value_of,
)
from cs_pipeline.pii.rules import Rule, compiled, led

# Not the rest of a longer hyphenated number. A placeholder's `#` counts as a digit here, so that
# masking one number never makes its neighbour look different.
_ALONE = r"(?<!\d) (?<![\d#][-.])"

# One separator of a number broken into groups; `[ ]` and not `\s`, as these are VERBOSE patterns.
_SEPARATOR = r'[-./~_,:;|()*^=+"\'>\\\s]'
_GAP = rf"{_SEPARATOR}{{0,4}}"
_OPEN = r"(?: \( (?=[+]?\d{2,4}[ ]?\)) | \[ (?=[+]?\d{2,4}[ ]?\]) )?"
# A bare 82 needs a separator or the 10 of a mobile: 820116 is somebody's birthday.
_COUNTRY = rf"(?: (?:[+]|00)82 {_GAP} | 82 {_SEPARATOR}{{1,4}} )"

_MOBILE = rf"""
    (?<!\d) (?<!0[.]) {_OPEN} (?:
        (?: {_COUNTRY} (?: 0 {_GAP} )? | 82 (?=10) | 0 [ ]? ) 1 [ ]?        # +82 (0)10, 8210, 010
      | 0 {_SEPARATOR}{{1,2}} 1 {_SEPARATOR}{{1,2}}                         # 0-1-0
    ) [016789*] {_GAP} \]?
    (?: [\d*]{{3,4}} {_GAP} [\d*]{{4}} (?!\d)                               # 010-1234-5678
      | (?: [\d*] {_SEPARATOR}{{0,3}} ){{7}} [\d*] (?!\d)                   # 010 1 2 3 4 5 6 7 8
      | [\d*]{{3,4}} -{{1,2}} [\d*]{{3,5}} (?![-\d])                        # 010-1234-567
      | \d{{4}} [ ] \d{{3}} (?![-\d]) )                                     # 010 1234 567
"""
_LANDLINE = rf"""
    {_ALONE} {_OPEN} (?: {_COUNTRY} (?: 0 {_GAP} )? | 0 [ ]? )
    (?: 2 | 3[1-3] | 4[1-4] | 5[1-5] | 6[1-4]                               # 02, 031, 064
      | 70 | [35]0 [- ]? [2-9] ) {_GAP}                                     # 070, 0507
    [\d*]{{3,4}} {_GAP} [\d*]{{4}} (?!\d)
"""
_LANDLINE_SPELLED = (
    r"(?<!\d) (?<!\d[ ,.-]) 0 ([ ,.-]{1,2}) [2-7] (?: \1 \d ){7,10} (?! [ ,.-]{0,2} \d )"
)
# Excel drops the leading zero of a number: 01012345678 arrives as 1012345678.
_MOBILE_WITHOUT_ZERO = r"""
    (?<![\d.,-]) 1 (?: 0 (?: \d{8} | ([-./\s]) \d{4} \1 \d{4} )             # 1012345678, 10-1234-5678
      | [16-9] - \d{3,4} - \d{4} )                                          # 11-123-4567
    (?! \d | [-.,][\d#] | \s?(?:원|개|건|명|점|회|뷰|표|주|톤|달러|포인트|won|krw) )
"""
_INTERNATIONAL = r"(?<![\d+]) [+] (?!82) [1-9]\d{0,2} (?: [-.\s()]{0,2} \d ){8,12} (?!\d)"

# Dialled from here: 0086 138 1234 5678, 001 1 212 555 0189; `001`, `002` and `00700` are carriers.
_DIALLED_ABROAD = r"""
    (?<![\d.,-]) (?: 00 (?: [12] | [35678]\d{0,2} ) [- ] )? (?: (?<=[- ]) | 00 )
    (?: 1 [- ] \d{3} [- ] \d{3} [- ] \d{4}                                   # 1-212-555-0189
      | (?: 81 | 84 | 86 | 60 | 6[1-6] | 7 | 4[4-9] | 3[1-69] | 9[0-589] | 852 | 886 | 97[1-6] | 998 | 855 )
        [- ] \d{2,4} (?: [- ]? \d{3,4} ){2} (?: 2 (?=[ ]) )?                                # 86 138 1234 5678
    ) (?! \d | [-.,]\d | \s?원 )
"""

_WORDS = "[공영빵일이삼사오육륙칠팔구]"
_PHONE_WORD = r"""(?:
    휴대폰 | 핸드폰 | 핸[펀폰] | 전번 | 휴대전화 | 휴대\s?번호
    | (?<![가-힣]) 폰 (?=\s?번|\s?뒤|\s?뒷|\s?끝|은|는|[\s:])               # 폰 뒷번호
    | 전화(?!기) | 연락처 | 연락\s?번호 | 연락받을                          # 연락받을 번호
    | (?:제|내|본인)\s?번호 | 팩스 | fax | tel | phone | mobile | h\.?p\b | 010
)"""
_BETWEEN = r"(?: [^\d\#\n] ){0,24}"
_NEXT_LINE = r"(?: \n [^\d\#\n]{0,16} )?"
_UNIT = r"""
    (?! [\d*a-z] | [-.,:]\d
      | \s?(?:[원개년월일층호동위회건명분점대]|번대|만\s?원|천\s?원|시(?![가-힣])|포인트|%|won|krw) )
"""
_WITHOUT_FRONT = rf"""
    {_PHONE_WORD} {_BETWEEN} {_NEXT_LINE} (?<![\d#]) (?<![\d#][-.])
    (?P<value> \d{{4}} [-.\s]{{0,3}} \d{{4}} | [2-9]\d{{2}} [-.] \d{{4}} ) {_UNIT}  # 전화 1234-5678
"""
_PART = r"""(?:
    (?: 맨\s? )? (?: 뒤에? | 뒷 | 끝 | 마지막 | 가운데 | 중간
      | (?P<front> 앞 | (?= (?: 네 | 4 ) \s? 자리 ) ) ) \s?
    (?: (?: 전화 | 휴대폰 | 핸드폰 )? \s? 번호 (?: \s? (?:네|4)\s?(?:자리|개) )?    # 뒤 휴대폰 번호 네 자리
      | (?: 네 | 4 )\s?(?:자리|개|글자) (?: \s? 숫자 )?                     # 맨 끝 네 자리 숫자
      | 자리 | 숫자                                                         # 뒷자리
      | (?= [는은][ ] ) )                                                   # 뒤는 1234
)"""
_PART_ASKED = rf"""
    {_PART} {_BETWEEN} {_NEXT_LINE} (?<!\d) (?<!\d[-.,]) (?P<value> \d{{4}} | \d(?:[ ]\d){{3}} ) {_UNIT}
"""
# `가운데는 4827 끝은 1936이요`
_MIDDLE_AND_LAST = r"""
    (?: 가운데 | 중간 ) (?: \s? 번호 | \s? 자리 )? [는은이가]? [ ]? (?P<value> (?<!\d) \d{3,4} [ ] \d{4} ) (?! [\d*a-z] | [-.,:]\d | \s? [원개년월일] )
"""
# `뒷번호만 바뀌었어요 6274에서 6275로`; words between groups are one sign here.
_PART_CHANGED = rf"""
    {_PART} {_BETWEEN} (?<![\d.,-]) \d{{4}} (?: [ ] | \s? [이가]? \s? (?: 말고 | 아니고 | 아니라 ) [\s,]{{1,2}} )
    (?P<value> \d{{4}} ) (?= \s? (?: 으?로 | 이?요 | 이?[에예]요 | 입니다 ) )
"""
# `할머니 번호는 그대로 8846이죠?`
_STAYS = r"""
    (?<![가-힣]) 번호 [는가]? \s? (?: 그대로 | 혹시 | 여전히 | 아직 ) \s? (?P<value> (?<!\d) \d{4} )
    (?= 이?죠 | 이?[신시]가?[요죠] | \s? 맞 | 인가 | 로 \s )
"""
_ANSWER = r"""
    (?: (?<![가-힣]) | 전화\s? | 연락\s? | 통화\s?(?:가능한|가능하신)?\s? ) 번호
    [^\d\#\n]{0,24} \n [^\d\#\n]{0,16}                                      # 통화 가능한 번호요?\n네
    (?<![\d#]) (?P<value> [2-9]\d{3} [-.\s]{0,3} \d{4} ) (?! [\d*a-z] | [-.,:]\d | \s?[원개년월일건] )
"""
_FRONT_AFTER = r"""
    (?<![\d#]) (?<![\d#][-.]) (?P<value> [2-9]\d{3} [-.\s]{0,3} \d{4} )
    (?: 이?[에예]?요 | 입니다 )? [\s.,]{0,3}                                # 3841-2297 앞에는 010
    (?: 앞에?[는은]? | 앞[은이] | 공일공 | 010 ) [^\d\n]{0,6} (?: 010 | 공일공 | 빼고 | 붙 | 생략 )
"""
_NUMBER_TOLD = r"""
    (?<![가-힣]) 번호 (?: 가 | 는 | 은 | 도 | \s? 말고 )? [\s:]{1,3} (?: (?: 지금은? | 네 | 어 | 음 | 그 | 저 ) [\s,]{1,2} )?
    (?<![\d#]) (?P<value> [2-9]\d{3} [-.\s]{1,3} \d{4} ) (?! [\d*] | [-.,:/]\d )
    \s? (?: 맞 | 이?신가 | 이?시[죠지] | 인가요 | 인데요?                    # 번호가 4827에 1936 맞으세요
      | 이?요 | 이?[에예]요 | 입니다 | 이?고요? | 이?구요                    # 번호는 4827에 1936이요
      | 으?로 (?: 요 | \s? (?: 전화 | 연락 | 문자 | 통화 | 바꿔 | 변경 | 해 ) ) )                          # 번호 4827-1936으로 전화 주세요
"""
_LAST_READ_BACK = r"""
    (?: 문자 | 연락 | 전화 | 카톡 | 알림톡? ) \s? (?: 을 | 를 )? \s? (?: 받으실 | 받으시는 | 드릴 | 보내드릴 | 갈 )
    \s? (?: 휴대폰 | 핸드폰 | 전화 )? \s? 번호 [^\d\#\n]{0,20}
    (?<![\d#]) (?<![\d#][-.,]) (?P<value> \d{4} ) (?! [\d*] | [-.,:/]\d )
    \s? 번? \s? (?: 맞 | 이?신가 | 이?시[죠지] | 인가요 | 확인 )            # 문자 받으실 번호 1746 번 맞으시죠
"""
_CORRECTED = rf"""
    (?<!\d) 01[016789] {_GAP} (?: \d{{2,4}} | {_WORDS}{{2,4}} ) (?: {_GAP} \d{{4}} | {_GAP} \d{{1,3}} (?= [\s.,]{{0,6}} 아니[다라고]? [\s.,]{{1,4}} (?! 01 ) ) )? [\s.,]{{0,6}}
    (?: 아니+ (?:다|요|라|고)? | 아뇨 | 앗 | 정정 | 잘못 ) [\s.,]{{0,4}}
    (?: 01[016789] {_GAP} \d{{3,4}} {_GAP} \d{{4}}                          # 010-3841-2297 아니 010-3842-2297
      | (?! 01[016789] {_GAP} \d{{3,4}} {_GAP} \d ) \d{{3,4}} {_GAP} \d{{4}} # 010 3841 아니 3842 2297
      | (?<=\d\D)\d{{4}} ) (?!\d)
"""
# `010 30에 22가 아니고 3022 4815`; the particle may be a two by now.
_CORRECTED_BEGUN = rf"""
    (?<!\d) 01[016789] {_GAP} (?: \d{{2,4}} | \d (?= {_GAP} \d ) ) (?: {_GAP} \d{{1,4}} ){{0,2}} \s? [이가]? [\s.,]{{0,3}}
    (?: 아니+ [라고요]? | 말고요? ) [\s.,]{{1,4}} (?!01) \d{{3,4}} {_GAP} \d{{4}} (?!\d)
"""
_ECHOED = rf"""
    (?<!\d) 01[016789] {_GAP} (?: \n 01[016789] {_GAP} )?                   # 010\n010에 3841\n3841 2297
    (?P<echo>\d{{3,4}}) {_GAP} (?P=echo) {_GAP} \d{{4}} (?!\d)
"""
# `010 9492 0077 9492 0077이요`: told twice; `010 7731 어 잠깐만요 7721에 5903이요`: begun again
_TOLD_TWICE = rf"""
    (?<!\d) 01[016789] {_GAP} (?P<middle>\d{{3,4}}) (?:
        {_GAP} (?P<last>\d{{4}}) [^\d\n\#]{{1,12}} (?P=middle) {_GAP} (?P=last) (?!\d)
      | [ ] (?P<again> \d{{4}} ) [ ] \d{{4}} (?! \d | [ -]\d ) )
"""
# `010-5572-84.. 뒤가 지워졌네요`, `0105572까지 눌렀는데`
_BROKEN = r"""
    (?<!\d) (?<![\d\#][-.]) 01[016789] [-.\s]? \d{3,4} (?: [-.\s]? \d{1,3} )? (?= \s? 까지 | [.~]{2,} )
"""
# `3041로 끝나는 번호`, `5409로 시작하는 카드`
_ENDS = r"""
    (?<![\d\#]) (?<![\d\#][-.,]) (?P<value> (?! \d\d00 | 1[568]\d\d ) \d{4} (?: [ -]? \d\d )? ) \s? 번? (?: 으?로 | 에서 ) \s? (?: 끝나 | 시작하 ) 는 \s?
    (?: 번호 | 거 | 걸 | 건 | 휴대폰 | 핸드폰 | 전화 | 폰 | (?: 체크 | 신용 | [가-힣]{2} )? 카드 | 계좌 | 회원 | 고객 )
"""
# The rest comes in another turn: `엄마 폰으로 공일공에 사칠공공`.
_BEGUN = rf"""
    (?<!\d) (?<![\d\#][-.]) (?P<value> 01[016789] {_GAP} \d{{3,4}} ) (?P<end> 에 | 이?요 | 이?고요? | 하고 )? [\s.,~]{{0,3}} (?: \n | \Z )
"""
_EXTENSION = r"""
    내선 (?: \s? 번호 )? (?: 은 | 는 | 이 | 가 | 으로 )? [\s:]{0,3}
    (?P<value> (?<!\d) \d{3,5} (?! [\d*] | [-.,:/]\d )                   # 내선 4021
      | [일이삼사오육칠팔구]? [백천] [일이삼사오육칠팔구백십]{1,6} )        # 내선이 삼백십이
    (?! \s? [원개명분] )
"""
# Kinds of number of which somebody may want the last digits; the one named last counts.
_KIND = r"""
    (?P<phone> 휴대폰 | 핸드폰 | 핸[펀폰] | 전번 | 휴대전화 | 휴대 | 폰     # 휴대폰 뒤 네 자리
      | 전화 | 연락처 | (?:제|내|본인)\s?번호 | 010 )
    | 주민 | 민증 | 등록증 | 카드 | 계좌 | 통장                             # 카드 뒤 네 자리
    | 송장 | 주문(?!자) | 예약(?!자) | 차량 | 차\s?번호 | 쿠폰 | 상품권     # 차량 뒤 네 자리
    | 인증 | 비밀번호 | 비번 | 우편 | 여권 | 면허 | 사업자 | 시리얼 | 일련
    | 모델 | 바코드 | 접수 | 승인 | 회원 (?!님) | 고객\s?번호 | 코드 | 번호판 | 대기 | 영수증
"""

_HOTLINE = re.compile(r"1[568]\d\d[-.\s]{0,3}\d{4}")
_HOTLINE_AFTER_AREA = re.compile(
    r"""
    \D{0,3} 0?\d{1,3} \D{1,4}                                               # 02-1588-1234
    1 (?: 5(?:22|33|44|66|77|88|99) | 6(?:00|44|61|66|70|88|99) | 8(?:00|11|33|55|66|77|99) )
    \D{0,3} \d{4}
    """,
    re.VERBOSE,
)
_DATE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_HOURS = re.compile(r"(?:[01]\d|2[0-4])[0-5]0\D{1,3}(?:[01]\d|2[0-4])[0-5]0")
_YEARS = re.compile(r"(?:(?:19|20)\d\d\D{0,3}){2}")
_PATTERN_TALK = re.compile(r"\s?(?:형식|형태|양식|처럼|같은\s?형)")
_PHONE_NEAR = re.compile("폰|번호|전화|연락")
_LEAST_DIGITS = 5
_MOST_CHANGED = 2
# What these rules cannot do without.
_FRONT = rf"(?: 0 | 82 ) {_SEPARATOR}{{0,4}} (?: 0 {_SEPARATOR}{{0,4}} )?"
_NO_HOTLINE = r"\d (?<! [\d\#]. ) (?! (?<=1) [568] ) \d{2,3} [-.\s]{0,3} \d{4}"
_TOLD = r"번호 (?: [가는은도] | \s? 말고 )? [\s:]{1,3} [^\n]{0,6} [2-9]\d{3} [-.\s]{1,3} \d{4}"
_READ_BACK = r"번호 [^\d\#\n]{0,20} \d{4} \s? 번? \s? [맞이인확]"
_BROKEN_OFF = rf"01[016789] {_GAP} \d{{3,4}} [에이고요하\s.,~]{{0,6}} (?: \n | \Z )"
_PART_NAMED = "뒤 | 뒷 | 끝 | 마지막 | 가운데 | 중간 | 앞 | 네\\s?자리 | 4\\s?자리"
_NO_ZERO = r"1 (?: 0 [-./\s\d] | [16-9]- )"


def _is_shown(match: re.Match[str]) -> bool:
    """Enough of the number is told; it is not a pattern to fill in such as 010-0000-0000."""
    value = value_of(match)
    digits = digits_of(value)
    end = match.end()
    return (
        len(digits) >= _LEAST_DIGITS
        and not _HOTLINE_AFTER_AREA.fullmatch(value)
        and not (set(digits[3:]) <= {"0"} and _PATTERN_TALK.match(match.string, end, end + 10))
    )


def _begins_with_zeros(match: re.Match[str]) -> bool:
    """As dialled: `00` and the country, or a carrier's number first."""
    return match[0].startswith("00") and is_no_other_number(match)


def _is_told_again(match: re.Match[str]) -> bool:
    """The second group is the first one put right, or all of it is told twice."""
    if match["again"] is None:
        return True
    middle = match["middle"]
    changed: int = sum(a != b for a, b in zip(middle, match["again"], strict=False))
    return len(middle) == len(match["again"]) and changed <= _MOST_CHANGED


def _is_of_a_phone(match: re.Match[str]) -> bool:
    """Phones are spoken of before it, or it is said that the number goes on."""
    return match["end"] is not None or _PHONE_NEAR.search(before(match, 16)) is not None


def _is_number_without_front(match: re.Match[str]) -> bool:
    value = value_of(match)
    return (
        not _HOTLINE.fullmatch(value)
        and not _DATE.fullmatch(value)
        and not _YEARS.fullmatch(value)
        and not _HOURS.fullmatch(value)
        and is_no_other_number(match)
    )


def _is_part_of_phone(match: re.Match[str]) -> bool:
    """The words before ask for a part of a phone number, or of a number without a kind."""
    start = match.start()
    kinds = list(compiled(_KIND).finditer(match.string, max(0, start - 40), match.start("value")))
    if not kinds:
        return match.groupdict().get("front") is None
    return kinds[-1]["phone"] is not None


RULES = (
    Rule("phone.mobile", "PHONE", 0.95, _MOBILE, _is_shown, _FRONT + "1"),
    Rule("phone.landline", "PHONE", 0.9, _LANDLINE, _is_shown, _FRONT + "[2-7]"),
    Rule("phone.landline_spelled", "PHONE", 0.8, _LANDLINE_SPELLED, None, _FRONT + "[2-7]"),
    Rule("phone.without_zero", "PHONE", 0.8, _MOBILE_WITHOUT_ZERO, is_no_other_number, _NO_ZERO),
    Rule(
        "phone.to_call",  # 송장 above, but called up: surer than a parcel's number
        "PHONE",
        0.96,
        rf"(?: {_MOBILE_WITHOUT_ZERO} ) (?= \s? 으?로 \s? (?: 전화 | 연락 | 문자 | 통화 ) )",
        is_no_other_number,
        _NO_ZERO,
    ),
    Rule("phone.corrected", "PHONE", 0.9, _CORRECTED, None, "아니 | 아뇨 | 앗 | 정정 | 잘못"),
    Rule("phone.echoed", "PHONE", 0.96, _ECHOED, None, "01"),
    Rule("phone.told_twice", "PHONE", 0.96, _TOLD_TWICE, _is_told_again, "01"),
    Rule(
        "phone.front_in_brackets",
        "PHONE",
        0.9,
        r"(?<![\d\#]) (?<![\d\#][-.]) \d{3,4} [-.\s]{1,3} \d{4} \s? [(\[] 01[016789] [)\]]",
        None,
        r"[(\[]01",
    ),
    Rule("phone.front_after", "PHONE", 0.8, _FRONT_AFTER, None, "앞 | 공일공 | 010"),
    Rule("phone.begun", "PHONE", 0.75, _BEGUN, _is_of_a_phone, _BROKEN_OFF),
    Rule("phone.international", "PHONE", 0.8, _INTERNATIONAL, None, "[+]"),
    Rule("phone.dialled_abroad", "PHONE", 0.8, _DIALLED_ABROAD, _begins_with_zeros, r"00 [1-9]"),
)
"""Whole numbers, at least seven digits."""

RULES_BY_CUE = (
    Rule(
        "phone.without_front",
        "PHONE",
        0.8,
        _WITHOUT_FRONT,
        _is_number_without_front,
        _NO_HOTLINE,
    ),
    Rule("phone.told", "PHONE", 0.75, _NUMBER_TOLD, _is_number_without_front, _TOLD),
    Rule("phone.last_read_back", "PHONE", 0.75, _LAST_READ_BACK, None, _READ_BACK),
    Rule("phone.ends", "PHONE", 0.7, _ENDS, None, "끝나는 | 시작하는"),
    Rule("phone.extension", "PHONE", 0.75, _EXTENSION, None, "내선"),
    Rule("phone.answer", "PHONE", 0.75, _ANSWER, _is_number_without_front, r"\n"),
    Rule("phone.stays", "PHONE", 0.75, _STAYS, _is_part_of_phone, "그대로 | 혹시 | 여전히 | 아직"),
    Rule(
        "phone.part_changed",
        "PHONE",
        0.75,
        _PART_CHANGED,
        _is_part_of_phone,
        _PART_NAMED,
    ),
    Rule(
        "phone.part",
        "PHONE",
        0.75,
        _PART_ASKED,
        _is_part_of_phone,
        _PART_NAMED,
    ),
)
"""Parts, at least four digits."""

RULES_IN_PARTS = (
    Rule(
        "phone.corrected_begun", "PHONE", 0.9, _CORRECTED_BEGUN, None, led({"아": "니", "말": "고"})
    ),
    Rule("phone.broken", "PHONE", 0.75, _BROKEN, None, led({"까": "지", ".~": "[.~]"})),
    Rule(
        "phone.middle_and_last",
        "PHONE",
        0.75,
        _MIDDLE_AND_LAST,
        None,
        led({"가": "운데", "중": "간"}),
    ),
)
"""Numbers that break off, or of which the middle and the end are told."""
