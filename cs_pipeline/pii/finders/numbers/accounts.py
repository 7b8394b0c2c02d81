"""Bank accounts: formats as printed by the banks, and digits that a bank or the word names."""

import re

from cs_pipeline.pii.finders.numbers.checksums import (
    after,
    before,
    digits_of,
    is_other_number,
    value_of,
)
from cs_pipeline.pii.rules import Rule, compiled, led

_ALONE = r"(?<!\d) (?<![\d#][-.])"
_ENDS = r"(?! [\d*] | -[\d#] )"
_DIGITS = range(10, 17)

_LONG = r"\d[\d .,\-_/*\n]{9}"
_NAMED = rf"""
    (?= {_LONG} ) {_ALONE} (?P<value>
    (?: \d{{1,6}} (?: (?: \s?[-._/]\s? | \n ) [\d*]{{1,8}} ){{1,4}}             # 110-123-456789
      | \d{{7,8}} \s?-\s? \d{{4,8}}                                             # 1002345-123456
      | (?: \d{{10,16}}                                                         # 110123456789
        | (?! \d{{5,6}}00[ ] | \d+[ ]+\d+00(?!\d) )                             # 1250000 3400000, 금액
          \d{{7,8}} [ ]{{1,2}} \d{{4,8}}                                        # 1002345 123456
        | \d{{2,6}} (?: [ .\n]{{1,2}} [\d*]{{1,9}} ){{1,4}}                     # 110 123 456789
        | (?<! \d[ ] ) \d (?: [ -]{{1,3}} \d ){{9,15}} (?! [ ]\d )              # 1 1 0 1 2 3 4 5 6 7 8 9
        | \d{{2,6}} (?: [-\s]{{1,2}} [\d*]{{1,8}} ){{1,4}}                      # 110- 123 ******
        | (?! \d+00, ) \d{{3,6}} (?: ,[ ]{{1,2}} [\d*]{{2,9}} ){{1,4}}           # 110, 345, 678901
        )
      (?! \s? (?: [만천원개건] | 포인트 ) ) ) ) {_ENDS}
"""
# Group lengths that only accounts have; shared by several banks each.
_GROUPS = (
    (6, 2, 6),
    (3, 3, 6),
    (4, 3, 6),
    (3, 6, 5),
    (3, 4, 4, 2),
    (4, 2, 7),
    (3, 6, 2, 3),
    (3, 2, 6, 1),
    (3, 2, 6),
    (3, 2, 7),
    (4, 4, 4, 1),
    (6, 2, 5),
)
_UNNAMED = (
    rf"{_ALONE} (?= \d{{3,6}}[ ]?- ) (?: "
    + " | ".join("[ ]?-[ ]?".join(rf"\d{{{n}}}" for n in groups) for groups in _GROUPS)
    + f" ) {_ENDS}"
)

_BANK = r"""(?:
    (?: (?<![a-z])(?:kb|nh|ibk|sc|im|kdb|dgb|bnk|jb)(?![a-z])           # KB 110-123-456789
      | 국민 | 신한
      | 우리(?!\s?(?:집|가|는|도))                                      # 우리 집으로
      | 하나 | 외환 | 기업 | 농협 | 카카오 | 카뱅 | 토스 | 토뱅 | 케이 | k | 케뱅
      | 새마을\s?금고 | 새마을 | 새마을금 | mg | 신협 | 우체국 | 수협 | 제일 | 씨티 | 한국씨티
      | 산업 | 부산 | 대구 | 아이엠 | 광주 | 전북 | 경남 | 제주 | 산림조합 | 산림 | sbi | ok | 웰컴
      | 상호 | 단위농협 | 축협 | 저축                                   # 상호저축은행
      | 국은 | 신은 | 기은 | 우은                                       # 국은 123456-78-901234
      | 증권 )
    \s? (?:저축)? \s? (?: 은행 | 뱅크 | bank | 증권 )?
    (?! \s? (?: 카드 | 택배 | 등기 | 소포 | 체크 | 페이 ) )             # 국민카드, 우체국 택배
)"""
_PARTICLE = r"""(?:
    으?로 | 에 | 은 | 는 | 이 | 가 | 의 | 꺼 | 거                       # 국민은행으로
    | 이고요? | 고요? | 이구요 | 인데요? | 이요 | 요 | 이에요 | 예요 | 입니다  # 국민은행이고요
    | 계좌 | 통장 | 번호                                                # 국민은행 계좌번호
)"""
_ACCOUNT_WORD = (
    r"(?: 계좌 | 입금 | 송금 | 이체 | 통장 | 은행 | 뱅크 | 예금주 | 환불\s?받을 | 환급 | account )"
)
_NAME_BETWEEN = r"(?: [가-힣]{2,4} [\s,:/()\]]{1,3} )"
# The words that name the number are those right before it: no other number, placeholder or end of
# a sentence may stand between, but for the end of a question.
_NAMED_BEFORE = rf"""
    (?: {_ACCOUNT_WORD} (?P<gap>                                        # 환불받을 계좌 알려 주세요\n네
          [^\d\#.?!\n]{{0,24}} (?: \n [^\d\#.?!\n]{{0,16}} ){{0,2}}
        | [^\d\#\n]{{0,24}} \n [^\d\#\n]{{0,16}} )
      | (?<![가-힣]) {_BANK} (?: [\s:(\]\[/,>-]{{0,3}} {_PARTICLE} ){{0,3}}
        [\s:(\]\[/,>.-]{{0,4}} {_NAME_BETWEEN}?                         # 신한은행으로 김민수
      | (?<![가-힣]) {_BANK} (?: 인데요? | 이?고요? | 이?구요 | 이?요 ) [\s,.]{{1,2}} (?: 계좌 )? (?<![가-힣]) 번호 [^\d\#\n]{{0,12}}                          # 농협인데 번호가 좀 길어요
    ) \Z
"""
# `국민은행 회원 492302-04-118836`: the bank is surer than a word between.
_BANK_BEFORE = rf"""
    (?<![가-힣]) {_BANK} (?: (?<=은행) | (?<=뱅크) | (?<=bank) )
    (?: [\s:(,/-]{{1,3}} (?! 카드 | 전화 | 연락처 | 고객센터 ) [가-힣]{{1,5}} )? [\s:(,/-]{{1,3}} \Z
"""
_NAMED_AFTER = rf"""
    (?: {_PARTICLE} (?: [\s,.] | (?=입금|송금|이체) ) )? [\s(\[,/:.-]{{0,4}} {_NAME_BETWEEN}?
    (?: (?: (?<=\s) | (?<=,) ) (?: 이게 | 이거 | 요게 | 여기 | 이 | 그 | 요 | 저 | 제 | 제가 | 내 | 위 | 해당 ) \s? (?: (?: 새 | 바뀐 | 변경된 | 월급 | 급여 | 주거래 ) \s? )? (?= 계좌 | 통장 ) )?
    (?: {_BANK} | 예금주 | 계좌 | 통장 | (?:으로|로)?\s?(?:입금|송금|이체|환불)
      | (?: 이걸?로 | 이거로 | 이쪽으로 | (?: 여기 | 거기 ) 로 (?: \s [가-힣]{{1,6}} (?=\s) ){{0,2}} | 이\s?번호로 | 으?로 ) \s?  # 이걸로 출금해 주세요
        (?: 입금 | 출금 | 송금 | 이체 | 환불 | 환급 | 넣[어었] | 부쳤 | 부쳐 | 쏴 | 빠지게 | 자동이체 )
      | 에서 \s (?: [가-힣]{{1,6}} \s )? (?: 빠지 | 빠져 | 빠졌 | 나가 | 나갔 | 인출 | 출금 | 이체 | 자동이체 )   # 110 284 993 017에서 빠지게
      | \s? 이거 [^\d\n\#]{{0,12}} {_BANK} (?= 이?[요에예] | 은행 | 입니다 | 인데 | 거 ) )
"""
# `받아 적으세요 110 482 773190`: digits that are read out.
_READ_OUT = r"""
    (?: 불러 \s? (?: 드릴|줄|볼 ) | 부를게 | 부르겠 | 읽어 \s? (?: 드릴|볼 ) | 적으세요 | 받아\s?적 | 앞에서부터 | 처음부터 )
    [^\d\#]{0,24} (?<!\d) (?P<value> \d{2,6} (?: [ -] \d{2,8} ){2,4} ) (?! [\d*] | [-.,]\d | \s? [원개년월일명건호] )
"""
_BROKER = r"""(?:
    미래에셋 | 미래 | 키움 | 한투 | 한국투자 | 삼성 | 신한 | 한화 | 대신 | 교보 | 유안타 | 메리츠 | 나무 | 유진
    | 하이 | 현대차 | 이베스트 | 하나 | 토스 | 카카오 (?:페이)? | 신영 | 부국 | kb | nh | db | ls | sk | bnk
)"""
_SECURITIES = rf"""
    (?: (?<![가-힣]) {_BROKER} \s? (?: 투자 | 금융 | 금투 )? \s?
        (?: 증권 | (?=[ ]?\d|\s?cma) )                                  # 한국투자증권, 미래에셋 CMA
      | 증권 \s? (?: 사 \s? )? 계좌 | 주식 \s? 계좌 | 위탁 \s? 계좌     # 주식 계좌
      | (?<![a-z]) (?: cma | isa | irp ) (?![a-z]) )                    # ISA
    (?: [ ]? (?: cma | isa | irp | 위탁 | 계좌 | 번호 | 통장 ) ){{0,3}} (?: 은 | 는 | 이 | 가 | : | 에 )? [ ]{{0,2}}
    (?<!\d) (?<![\d#][-.])
    (?P<value>
        \d{{3}}-\d{{3,4}}-\d{{4}}-\d{{1,2}}                             # 123-4567-8901-0
      | \d{{3,5}}-\d{{2}}-\d{{6}}-\d                                    # 123-01-234567-8
      | (?! (?:19|20)\d\d-(?:19|20)\d\d )                               # 2024-2026, 기간
        \d{{3,4}}-\d{{4}} (?:-\d{{2}})?                                 # 1234-5678-01
      | \d{{3}}-\d{{4}}-\d{{4}}                                         # 123-4567-8901
      | \d{{6,8}}-\d{{2}} (?:-\d{{1,3}})?                               # 12345678-01
      | \d{{3}}-\d{{2}}-\d{{5,6}}                                       # 123-45-678901
      | \d{{10,12}}                                                     # 1234567801
    ) {_ENDS} (?! \s? (?: [만천원개건] | 포인트 ) )
"""
_DATE = re.compile(
    r"""(?:19|20)\d\d (?:
        [-./ ]{1,3} (?:0?[1-9]|1[0-2]) [-./ ]                           # 2026-11-
      | (?:0[1-9]|1[0-2]) (?:0[1-9]|[12]\d|3[01]) (?!\d)                # 20261122
    )""",
    re.VERBOSE,
)
_TOLL_FREE = re.compile(r"080\D{0,3}\d{3,4}\D{0,3}\d{4}|1[568]\d\d\D{0,3}\d{4}\D.*", re.DOTALL)
# `1000-2938-4471 아 아니 1000-2983-4471`: what the first one is called the second one is too.
_PUT_RIGHT = r"""
    (?<! [\d-] ) (?P<wrong> \d [\d -]{8,20} \d ) (?: 이?요 | 인데 )? [\s,.]{0,4} (?: (?: 아 | 어 ) [\s,.]{1,3} )?
    (?: 아니+ (?: 라 | 고 | 요 | 다 )? | 아뇨 | 말고 | 정정 ) [\s,.]{1,3} \Z
"""
_OTHER = r"""
    (?: 전화 | 연락처 | 휴대폰 | 핸드폰 | 주민 | 등록 | 사업자 | 카드 | 여권 | 면허 ) [^\d\#\n]{0,10} \Z
"""


def _is_named(match: re.Match[str]) -> bool:
    """10 to 16 digits that the words around them call an account."""
    if not _can_be_account(match):
        return False
    ahead, behind = before(match, 72), after(match, 36)
    wrong = compiled(_PUT_RIGHT).search(ahead)
    if wrong and _shape(wrong["wrong"]) == _shape(value_of(match)):
        ahead = ahead[: wrong.start()]
    if compiled(_BANK_BEFORE).search(ahead):
        return True
    if named := compiled(_NAMED_BEFORE).search(ahead):
        return not _is_other(named["gap"] or "")
    return compiled(_NAMED_AFTER).match(behind) is not None and not _is_other(ahead)


def _shape(number: str) -> str:
    """How a number is grouped."""
    return re.sub(r"\d", "0", number)


def _is_unnamed(match: re.Match[str]) -> bool:
    """An account format without such words; order, parcel and similar numbers are not taken."""
    if not _can_be_account(match):
        return False
    ahead = before(match)
    return compiled(_BANK_BEFORE).search(ahead) is not None or not _is_other(ahead)


def _is_other(text_before: str) -> bool:
    return is_other_number(text_before) or compiled(_OTHER).search(text_before) is not None


def _can_be_account(match: re.Match[str]) -> bool:
    value = value_of(match)
    shown = len(digits_of(value))
    return (
        shown + value.count("*") in _DIGITS
        and shown > 5
        and not _DATE.match(value)
        and not _TOLL_FREE.fullmatch(value)
    )


_PART = r"""
    (?: 계좌 | 통장 | 은행 ) [^\d\#\n]{0,14} (?: 뒷 | 뒤에? | 끝 | 마지막 ) \s?
    (?: 번호 | 자리 | (?: 네 | 4 | 다섯 | 5 | 여섯 | 6 ) \s? 자리 | [이은]? (?= [ ]? \d{4} ) )  # 계좌 뒤 네 자리, 계좌 끝이 1193
    [^\d\#\n]{0,16} (?: \n [^\d\#\n]{0,16} )?
    (?<!\d) (?P<value> \d{4,6} (?: [ -] \d{2,3} )? | \d{3} (?= 이?시[죠지] | \s? 맞 | 이?신가 | 이?[요에예] | 인데 ) )
    (?! [\d*] | [-.,]\d | \s? [원개년월일] )
"""

RULES = (
    Rule("account.named", "ACCOUNT", 0.88, _NAMED, _is_named, _LONG),
    Rule("account.format", "ACCOUNT", 0.6, _UNNAMED, _is_unnamed),
    Rule(
        "account.read_out",
        "ACCOUNT",
        0.55,
        _READ_OUT,
        _can_be_account,
        led(
            {
                "불": "러",
                "부": "[를르]",
                "읽": "어",
                "적": "으",
                "아": "[ ]?적",
                "앞": "에서",
                "처": "음부",
            }
        ),
    ),
)
"""Whole accounts."""

RULES_SECURITIES = (Rule("account.securities", "ACCOUNT", 0.9, _SECURITIES),)
"""Accounts with brokers, at least seven digits."""

RULES_BY_CUE = (Rule("account.part", "ACCOUNT", 0.7, _PART, None, "계좌 | 통장 | 은행"),)
"""A few digits that the words before them name."""
