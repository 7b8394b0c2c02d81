"""A person beside a date of long ago: sex, age, a relation, a paper, a name, a phone number."""

import re

from cs_pipeline.pii.finders.birth_dates.cues import OTHER_DAY, OTHER_NUMBER, around
from cs_pipeline.pii.finders.names.persons import is_person
from cs_pipeline.pii.finders.names.shape import Shape, shape_of
from cs_pipeline.pii.rules import VALUE, compiled

_SEX_AFTER = r"""
    [\s,/(]{0,2} (?: (?:이고|이구요|이며)\s )? (?:
      (?:남자|여자|남성|여성|남|여) (?! [가-힣] | \s?\d{1,2}\s?[가-힣] )
      | (?:남자|여자|남성|여성) (?: [예에이요고] | 입니다 | 로 (?![가-힣]) ) )
    | [\s,/|(-]{1,3} [mf] (?! [a-z\d] )
"""
_SELF_AFTER = r"""
    [\s,/)(]{1,3} (?: 본인 (?! \s? 인증 ) | (?:만\s?)?\d{1,2} \s? [세살] (?![가-힣]) )
    | [\s,]{1,2} (?: 어머니 | 아버지 | 어머님 | 아버님 | 엄마 | 아빠 | 할머니 | 할아버지 | 남편 | 아내 | 와이프 | 아들 | 딸 ) (?! 회 | [가-힣]{3} )
    | 이?[고구]요? \s (?: 이름 | 성함 | 성명 ) [은는이]?
    | 이?고?\s? 본인 \s? (?:입니다|이에요|맞)
"""
_FULL = 3
_NO_NAME = re.compile("[일날식자복]$")
_IS_OLD_RUN = re.compile(r"[4-9]\d{5}")
_IS_OLD_YEAR = re.compile(r"(?:19)?[4-9]\d(?!\d)")
_SPECIAL_DEED = "설립|창립|개업|오픈|개통|입사|퇴사|퇴직|졸업|결혼|제대|전역|입대|개봉|방송|데뷔|공연|사망|별세|준공|출시|취득|발행|제조|생산"
_DEED_AFTER = rf"[\s,)]{{0,3}} (?: 에 | 자 | 일 | 날 )? \s? (?: {OTHER_DAY} )"
_PAPERS_BEFORE = r"""
    (?: (?:호적|민증|주민등록증?|주민|신분증|등본|가족관계|여권|면허증?) \s?
        (?: 상(?:으?로|에)?[는은]? | 엔 | 에[는은]? | 에\s?나온\s?건 ) )
    [\s,:]{0,2} \Z
"""
# `면허 26-17-038291-52 99.02.14`
_LICENCE_BEFORE = re.compile(
    r"(?<!\d)\d\d-\d\d-\d{6}-\d\d(?:이[고며요])?[\s,/]{1,3}\Z|면허[^\n\d]{0,6}#{3,}[\s,/]{1,3}\Z"
)
# `김민수, 남, 880101`, `남편은 880101`
_PERSON_BEFORE = r"""
    (?<![가-힣]) (?:
      (?:남자|여자|남성|여성|남|여) \s?[,/|)]\s?
      | (?: 저희\s | 우리\s )? (?:
          본인|남편|신랑|아내|와이프|집사람|배우자|아들|딸|큰애|작은애|첫째|둘째|막내|엄마|아빠|어머니|아버지
          |아버님|어머님|시어머니|장모님|할머니|할아버지|동생|언니|누나|오빠|형
          |학생|쌍둥이|환아|신생아|계약자|피보험자|명의자|예금주|가입자|수익자|환자|수검자|수진자|보호자 )
        (?: \s?[은는이가:] | 은요 | 는요 )? [\s,:/(]{0,3}
    ) \Z
"""
_ROLE = r"""(?:
    예약자|수검자|수진자|환자|피보험자|계약자|가입자|대상자|회원|성명|성함|이름|고객명?|신청인|신청자|보호자|명의자?
    |양도인|양수인|매도인|매수인|임대인|임차인|대리인|예금주|접종자|탑승자|투숙객|수익자|세대주|자녀|환아|산모|아기|아이|따님|아드님|아들|딸|남편|아내|배우자|본인|수령인|담당
    |상속인|대표자?|동승자|운전자|투숙인
)"""
_NAME_BESIDE_BEFORE = rf"""
    (?: (?<![가-힣]) (?P<role> {_ROLE} ) [\s:은는이]{{1,3}} )?
    (?<![가-힣]) (?P<name> [가-힣]{{2,4}} ) (?: \s?(?:님|씨|고객님?|회원님?|환자분?) )?
    (?: 이?요 | 이?고요? | 입니다 | 이?[에예]요 )?
    (?: [\s,/|(]{{1,2}} (?: [mf] | [남여][자성]? ) )? [\s,/|(:]{{1,3}} \Z
"""
_CHILD_BEFORE = r"""
    (?<![가-힣]) (?: 환아 | 아들 | 딸 | 아기 | 아이 | 애 | 자녀 | 신생아 | 쌍둥이 | 첫째 | 둘째 | 막내 | 조카 | 손자 | 손녀 )
    (?: \s? (?: 이름 | 성함 ) )? [은는이가]? (?: [\s:]{1,2} (?P<name> [가-힣]{2,4} ) (?: 이?요 | 이?고요? | 입니다 | 이?[에예]요 )? )? [\s,/|(:]{1,3} \Z
"""
_CHILD_AFTER = r"""
    [\s,)]{0,3} (?: \Z | \n | 이?[요에예] | 입니다 | 생 | 출생 | 접종 | 예방 | 검진 | 등록 | 보험 | 여권 | [가-힣]{3}(?:이?요|입니다|이?[에예]요) | [/|] | 01[016-9] )
"""
_IN_BRACKETS = rf"(?<![가-힣]) {_ROLE} [ :은는이]{{1,3}} (?P<name> [가-힣]{{2,4}} ) \s? [(] \Z"
_NAME_BESIDE_AFTER = r"""
    [\s,/|)]{1,3} (?P<name> [가-힣]{3} ) (?= \s?[님씨] | 이?요 | 이[고에라]? | 입니 | [\s,/|.)] | \Z )
"""
_AND = r"(?: (?:이|이구)?[고요] | 이고요 | 이구요 | 구요 | 생 )?"
_NAME_BEFORE = rf"""
    (?: (?<![가-힣]) [가-힣]{{2,4}} (?:\s?[님씨])? (?: {_AND} | 입니다 ) | [#] ) [\s,/|.]{{1,3}} \Z
"""
_PHONE_AFTER = rf"""
    {_AND} [\s,/|]{{1,3}} (?: (?:전화|연락처|번호|핸드폰|폰|휴대폰)\S{{0,3}}\s? )?
    (?: 01[016-9][-. )]?\d{{3,4}} | [#] )
"""
_PHONE_BEFORE = rf"01[016-9][-. ]?\d{{3,4}}[-. ]?\d{{4}} {_AND} [\s,/|]{{1,3}} \Z"


def goes_with_a_person(match: re.Match[str]) -> bool:
    """Sex, age, a paper or a name beside it, or a name and a phone number around it."""
    before, after = around(match)
    if compiled(OTHER_NUMBER).search(before):
        return False
    if compiled(_SEX_AFTER).match(after) or compiled(_SELF_AFTER).match(after):
        return True
    # 770101 is not a day of a deed, 050302 may be one.
    if not _IS_OLD_RUN.fullmatch(match[VALUE]) and compiled(_DEED_AFTER).match(after):
        old = _IS_OLD_YEAR.match(match[VALUE]) and not re.match(
            rf"[\s,)]*(?:{_SPECIAL_DEED})", after
        )
        return bool(old) and _is_beside_a_name(before, after)
    if compiled(_PERSON_BEFORE).search(before) or compiled(_PAPERS_BEFORE).search(before):
        return True
    if _LICENCE_BEFORE.search(before):
        return True
    return _is_beside_a_name(before, after) or _is_beside_a_phone(before, after)


def is_of_a_child(match: re.Match[str]) -> bool:
    """`환아 서지오 21.03.14`, `아기 2026-09-01 출생`: a child's, of any year."""
    before, after = around(match)
    told = compiled(_CHILD_BEFORE).search(before)
    if told is None or not compiled(_CHILD_AFTER).match(after):
        return False
    return told["name"] is None or shape_of(told["name"]) >= Shape.POSSIBLE


def is_in_brackets_behind_a_person(match: re.Match[str]) -> bool:
    """`피보험자 공예린(2016-05-03)`: a child's, of any year."""
    before, after = around(match)
    told = compiled(_IN_BRACKETS).search(before) if after[:1] == ")" else None
    return told is not None and shape_of(told["name"]) >= Shape.PLAUSIBLE


def _is_beside_a_name(before: str, after: str) -> bool:
    """`조윤성 840602`, `예약자 유경석 (76.03.30)`, `840602 조윤성`."""
    told = compiled(_NAME_BESIDE_BEFORE).search(before)
    if told and shape_of(told["name"]) >= (Shape.POSSIBLE if told["role"] else Shape.PLAUSIBLE):
        return True
    if told and len(told["name"]) == _FULL and is_person(told["name"]):
        return True
    if told and told["role"] and len(told["name"]) == _FULL and not _NO_NAME.search(told["name"]):
        return compiled(OTHER_DAY).search(told["name"]) is None
    told = compiled(_NAME_BESIDE_AFTER).match(after)
    return told is not None and shape_of(told["name"]) >= Shape.LIKELY


def _is_beside_a_phone(before: str, after: str) -> bool:
    if compiled(_PHONE_AFTER).match(after):
        return compiled(_NAME_BEFORE).search(before) is not None
    alone = not after.strip(" .,)!~")[:1].isdigit()
    return alone and compiled(_PHONE_BEFORE).search(before) is not None
