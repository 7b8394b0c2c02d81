"""Full names in quotes, behind numbers, and of those who pay, take and are asked after.

`'빙지율'이라고 적혀 있어요`, `010-1234-5678 국다은`, `옥주희 3만 원 입금했어요`, `어윤태가 누구예요`, `3학년 2반 팽수지`. Words stand at
these places as well, so that a name has to have the make of one.
"""

from cs_pipeline.pii.finders.names.certain import ENDS, IS
from cs_pipeline.pii.finders.names.persons import is_person
from cs_pipeline.pii.finders.names.registered import Beside

_VALUE = "(?<![가-힣a-z@*_]) (?P<value> [가-힣]{3,4} )"
_QUOTED = r"""
    ['"‘“] (?P<value> [가-힣]{3,4} ) ['"’”] \s? (?: 이?라[고는] | 이?래 | 씨 | 님 | 고객 | 으?로 \s )      # '빙지율'이라고 적혀 있어요
"""
_BEHIND_PHONE = rf"""
    01[016-9] [-.\s]? \d{{3,4}} [-.\s]? \d{{4}} [\s,/]{{1,3}} {_VALUE} (?= {ENDS} )           # 010-1234-5678 국다은
"""
_NUMBERED = r"\d{4} \s (?P<value> [가-힣]{3,4} ) (?= 입니다 | 이?[에예]요 | 인데요 )"  # 학번 20210148 국다은입니다
_PAID = rf"""
    {_VALUE} (?: 님? 이?[이가] )? \s (?: [\d,.만천백십]{{1,9}} \s? 원 \s )? 입금 (?= 했 | 하[였고] | 합니 | \s? 완료 | 됐 )  # 옥주희 3만 원 입금했어요
"""
_PAYER = rf"입금 \s? (?: 했 [가-힣]{{1,3}} | 완료 | 함 ) [\s,.!]{{1,2}} {_VALUE} (?= {ENDS} )"  # 입금했어요 옥주희
_SOUGHT = (
    rf"{_VALUE} (?: (?: [은는] | 이?[이가] ) \s 누구 | 이?라고 \s 아[세시] )"  # 어윤태가 누구예요
)
_TOOK = rf"{_VALUE} 님? 이?[이가] \s (?: 수령했 | 받았[다대] | 서명했 | 사인했 | 대신 )"  # 어윤태가 수령했다고 떠요
_OF_CLASS = rf"\d 반 \s (?P<value> [가-힣]{{3,4}} ) (?= {ENDS} | {IS} | \s (?: 엄마 | 아빠 | 학생 | 결석 | 지각 | 조퇴 ) )"
_SIGNED = rf"감사합니다 [.!~]? \s {_VALUE} (?= \s? [.]? \s? \Z )"  # 감사합니다. 팽수지


RULES = (
    Beside(("'", '"', "’", "”"), _QUOTED, is_person),
    Beside(("01",), _BEHIND_PHONE, is_person),
    Beside(("입니다", "예요", "에요", "인데"), _NUMBERED, is_person),
    Beside(("입금했", "입금하", "입금합", "입금완료", "입금 완료", "입금됐"), _PAID, is_person),
    Beside(("입금했", "입금 했", "입금완료", "입금 완료", "입금함"), _PAYER, is_person),
    Beside(("누구", " 아세", " 아시"), _SOUGHT, is_person),
    Beside((" 수령했", " 받았", " 서명했", " 사인했"), _TOOK, is_person),
    Beside(("반 ",), _OF_CLASS, is_person),
    Beside(("감사합니다",), _SIGNED, is_person),
)
