"""Full names in answers to what asks about a person, and for no name.

`운전하실 분도 동일하실까요?` — `아뇨 남편이 해요 추성호고 면허 17-…`; `동승자 있으세요?` — `친구 한 명이요 빙가람`. Anything else
may be answered as well, so that a name has to have the make of one, in full.
"""

import re
from collections.abc import Iterator

from cs_pipeline.pii.finders.names import certain
from cs_pipeline.pii.finders.names.foreign import NAMES as FOREIGN
from cs_pipeline.pii.finders.names.persons import is_person
from cs_pipeline.pii.finders.names.plausible import begins_with_word, is_everyday
from cs_pipeline.pii.finders.names.shape import is_given, is_given_only
from cs_pipeline.pii.rules import compiled, led

_DOES = (
    "운전 | 동승 | 동행 | 동반 | 결제 | 명의 | 예약 | 주문 | 신청 | 계약 | 가입 | 입금 | 송금 | 수령 | 수취 | 추천 | 소개 | 이용"
    "| 사용 | 탑승 | 투숙 | 방문 | 발송 | 대표 | 세입 | 보험 | 수익 | 보증 | 구매 | 판매 | 보호 | 임대 | 임차 | 대리"
)
_DOER = f"(?<= (?: {_DOES} ) . )"
_OWNER = "(?<= 예금주 | 세대주 )"
_SOMEBODY = r"(?: (?<= [실신는던한자사느] . ) | (?<= [실신는던한자사느] \s . ) )"
_LINE_END = r"(?: [?] | [요까죠데] \W{0,2} \Z )"
_ABOUT = rf"""
    (?: [자인] {_DOER} | 주 {_OWNER} | 분 {_SOMEBODY} | 본인 ) [^\n]{{0,20}} {_LINE_END}       # 동승자 있으세요, 운전하실 분도
  | (?: 전해 | 바꿔 ) \s? 드 [^\n]{{0,8}} {_LINE_END}                           # 어디시라고 전해드릴까요
  | 님 \s? (?: 맞 | 이[세시요] ) [^\n]{{0,8}} {_LINE_END}                         # 김민아 님 맞으세요
"""
SIGN = compiled(
    led(
        {
            "자인": _DOER,
            "주": _OWNER,
            "분": _SOMEBODY,
            "본": r"인 \s? [맞이되명]",
            "전": r"해 \s? 드",
            "바": r"꿔 \s? 드",
            "님": r"\s? (?: 맞 | 이[세시요] )",
        }
    )
)
"""What every line holds that asks about a person."""
_OTHER = re.compile(
    "주소|어디|어떤|무슨|무엇|뭘|색상|사이즈|번호|연락처|언제|몇|얼마|제품|상품|메뉴|방법|이유"
)
_FULL = 3
_MOST_ASKED, _MOST_ANSWERED = 120, 60
# `네 올가요`
_FIRST = re.compile(
    "(?:(?:네|예|아뇨|아니요|그)[, ]{1,2})?([가-힣]{2})(?:이?요(?![가-힣])|이?[에예]요|입니다|이?고요)"
)
_WORD = re.compile("(?<![가-힣])[가-힣]{3}")
_DETAIL = r"""
    \s (?: 생일 | 생년 | 주민 | 연락처 | 번호 | 전화 | 휴대폰 | 핸드폰 | 카드 | 면허 | 여권 | 계좌 | 01[016-9] | \d{6} | \d{2,4} [.년-]
      | 앞으로 | 부탁 | 맞 | 본인 )                                             # 태점순 카드 뒷자리
"""
TAIL = rf"""
    이?요 (?![가-힣]) | 이?[에예]요 | 입니다 | (?<! [하되대시라] ) 이?고 (?![가-힣]) | 이?고요 (?![가-힣]) | 이구요 | 인데 | 이?라[고던니] | 이?라서 | 이?[었였][나고던] | (?<! [주오하가보] ) 이?세요
  | 이십?니 | 으?로 \s? (?: 요 (?![가-힣]) | 했 | 하[였면려] | 해 | 되 | 돼 | 예약 | 주문 | 가입 | 등록 | 입금 | 부탁 | 바[꿔꾸] | 조회 | 보냈 | 찍 | 찾 )
  | \s? (?: 씨 | 님 | 고객 | 회원 ) | {certain.ENDS} | {_DETAIL}
"""
"""What follows a name in an answer."""
_VERBAL = frozenset("하되나지주오대니라림후")


def asks(line: str) -> bool:
    """The line asks about a person, or says that one is another than was told."""
    if len(line) > _MOST_ASKED or not compiled(_ABOUT).search(line):
        return False
    return "전해" in line or not _OTHER.search(line)


def names_in(line: str) -> Iterator[tuple[int, int]]:
    """Start and end of the full names in a line that may answer."""
    if len(line) > _MOST_ANSWERED:
        return
    if (first := _FIRST.match(line)) and _is_given_to(first[1]):
        yield first.span(1)
    for word in _WORD.finditer(line):
        if end := certain.read(line, word.start(), TAIL, _is_full):
            yield word.start(), end


def _is_given_to(name: str) -> bool:
    return is_given_only(name) or (name in FOREIGN and not is_everyday(name))


def _is_full(name: str) -> bool:
    """No verb (`용서하`고), and no words that a name stands behind (`생각이 안나`)."""
    if len(name) < _FULL or " " in name or not is_person(name):
        return False
    return name[-1] not in _VERBAL or (is_given(name[1:]) and not begins_with_word(name))
