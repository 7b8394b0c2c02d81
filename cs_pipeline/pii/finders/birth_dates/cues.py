"""The words around a date that make it somebody's birthday, and those that make it something else.

Each check takes the match of a rule whose group `value` is the date.
"""

import re

from cs_pipeline.pii.rules import VALUE, compiled

_WINDOW = 48
_ASKED_WINDOW = 120
_GAP_BESIDE = 5

NOT_BORN = r"(?![년월신일산긴각겨기활명수선방물태크맥])"
"""After `생`: what does not go on as 생일, 생산, 생긴, 생활, 생수, 생크림."""
BORN_THEN = r"""(?:
    태어 | 출생(?!\s?신고) | 났[어습지소구네제응] | (?:쥐|소|호랑이|범|토끼|용|뱀|말|양|원숭이|닭|개|돼지)띠(?!\s?운세)
)"""
"""After a year: it is the year of a birth."""

# `일` and `이` before a spoken number may have been read as digits of it: 생년월12.
_CUE = r"""(?:
    생[년연]\s?월\s?[일1닐]2? | 생년 | 생월[일1] | 생[일1]2? | (?<!출)생신 | 태어난 | 태어났
    | 귀\s?빠진\s?날 | 출생(?!\s?(?:신고|증명)) | 몇\s?년도?\s?생
    | birth\s?-?day | birth | dob | d\.o\.b | born
    | (?: (?:주민|민증|외국인)\s?(?:등록)?\s?(?:번호)?\s? )? 앞에?\s? (?: 번호 | (?:[68육팔]|여섯|여덟)?\s?자리 )
    | 주민(?:등록)?\s?(?:번호|앞)
)"""
# `생일을 3월 5일에서 8월 5일로`
_PUT_RIGHT = r"\d[\d.\s/년월일-]{3,15} (?:에서|이?라고|으?로|이?\s?아니라|인데|말고|아니고)"
# `남편은 920506 저는`
_ANOTHER = r"""
    (?: \d{6}(?:\d\d)? | (?:\d\d)?\d\d[-./]\d{1,2}[-./]\d{1,2} | [공영일이삼사오육칠팔구]{6} ) (?!\d)
    [^\d#\n]{0,8} (?:저는|제가|제\s?꺼|본인|남편|아내|와이프|신랑|아들|딸|애|아이|째|막내|엄마|아빠|니|지|동생|배우자)
"""
# `1992년 4월 17일 맞으십니까`, and what the next line says to it
_READ_BACK = r"""
    (?:\d\d)?\d\d\s?년\s?\d{1,2}\s?월\s?\d{1,2}\s?일
    \s? (?: 이?시?죠 | 맞 | 이?신가 | 인가 | 로\s | 이?요 | 입니다 | 이?[에예]요 ) [^\d\n]{0,16} \n
"""
_NAMED_GAP = rf"(?: [^\d#] | [68]\s?자리 | {_PUT_RIGHT} | {_ANOTHER} | {_READ_BACK} ){{0,40}}"
_ASKED_ABOVE = rf"""
    {_CUE} (?P<gap>[^\n]{{0,60}}?)
    (?: [?] | 세요 | 부탁 | 시겠 | 나요 | 까요 | 주십 | 바랍 | 필요 | 주시 | ㄹ게요 | 할게요 ) [^\n]{{0,20}} \n
"""
_YEAR_ASKED_ABOVE = r"""
    (?: 몇\s?년도?\s?(?:생|에\s?태어) | 출생\s?[년연]도 | 태어난\s?(?:해|[년연]도) | 생년(?!월) )
    [^\n]{0,30} \n (?: [^\d\n]{0,12} ) \Z
"""
_OTHER_MATTER = r"""
    쿠폰|이벤트|축하|할인|혜택|주문|결제|예약(?!자)|배송|도착|가입|유효|만료|구매|방문|행사|선물|파티|케이크
    |케익|신고|기념|맞이|라서|이라(?!고)|이어서|때문|예\s?[:)]|예시|예를|포인트|적립|인증\s?번호|접수|개월|답례
    |문자|알림|오류|코드|잔치|상\s|카드|발급|만기|일정|날짜|계약|시작|부터|까지|전날|다음\s?날|전에|휴무
    |세일|특가|꽃|상품|버전|환불|반품
"""
OTHER_DAY = rf"""
    {_OTHER_MATTER} |설립|창립|개업|오픈|개점|생산|제조|구입|샀|개통|입사|퇴사|퇴직|졸업|결혼|제대|전역|입대
    |취득|발행|연식|출시|개봉|방송|데뷔|콘서트|공연|강연|세미나|경기|입금|설치|출고|발송|등록(?![되된돼했해])|사망|작고|별세|입주|준공
"""
OTHER_NUMBER = r"""
    (?: (?:주문|접수|예약)(?!자)|송장|코드|상품|모델|카드|계좌|쿠폰|인증|비밀|비번|번호|차량|우편|전화 )
    [^\d#\n]{0,8} \Z
"""
_BOUND_BY_TIME = r"""
    \s? (?: 까지(?!만) | 부터 | 이후 | 이전 | [~-]\s?\d
    | 에\s? (?: 주문|결제|배송|예약|받|도착|방문|구매|가입|신청|시킨|출고|보내
      |쓸|써|먹|하|가|갈|와|오|만나|쿠폰|소멸|만료 )
    | [이인]?\s? (?: 배송|도착|예약|결제|주문 ) )
"""
_BIRTHDAY = r"""
    (?: 생[년연]\s?월\s?[일1] | 생년월 | 생월일 | 생일자? | 생신 | 출생\s?일 | 태어난\s?날 | 귀\s?빠진\s?날 )
    (?! \s? (?: 쿠폰|이벤트|축하|할인|혜택|선물|파티|케이크|케익|기념|특가|상품|세일|포인트|카드
      |맞[이은]|날?에\s?맞 ) )
"""
_BORN_AFTER = rf"""
    \s? (?: 년도? )? (?: 에 | 날에? )?
      \s? (?: 태어 | 출생(?!\s?신고) | 생{NOT_BORN} | birth | born | 낳 | 귀\s?빠[진졌] )
    | (?: 이요|입니다|이에요|이[고구]?요|요 ) [\s,.]{{0,2}} (?: 생년월일 | 주민번호\s?앞자리 )
    | \s 생년월일 \s{{0,3}} (?: \n | \Z )
    | \s? (?: [이가은는로] | 날이 )? [\s,]{{0,2}}
      (?: 제|저의|내|우리|저희|애|아이|아기|본인|남편|아내|와이프|엄마|아빠|어머니|아버지|딸|아들
        |친구 )?
      \s? {_BIRTHDAY}
"""
_NAMED_LATER = rf"""
    (?P<gap> (?: [^\d\n?#] | {_ANOTHER} | \d{{6}} ){{0,36}}? )
    (?: {_BIRTHDAY} | (?:호적|민증|주민등록증?)\s?(?:상|[은는엔]|에는) | (?:제|내|본인)\s?앞\s?(?:자리|번호) | 주민(?:등록)?(?:번호)?\s?앞\s?(?:자리|번호) )
"""
_CALENDAR_AFTER = r"""
    \s? (?: 이?요 | 이?[에예]요 | 입니다 | 이고요? )? [\s,(]{0,3} [음양]력 (?! \s? \d )
"""
_NOT_A_PERSON = r"""
    \s? (?:된\s?)? (?: 나무|소나무|인삼|묘목|산삼|홍삼|더덕|도라지|장뇌|차량|자동차|모델|회사|기업
    |브랜드|제품 )
"""
_BIRTHDAY_BEFORE = r"""
    (?: 생[일1] (?: 은 | 이 | : | \s ){0,4} (?: [음양]력\s? )? | birthday [\s:is]{0,5} ) \Z
"""
_ALONE_BEFORE = r"""
    (?: \A | \n | [?!] \s | [요다][.,]? \s | (?: 아니고 | 말고 | 아니라 | 아뇨 | 아니 | 아니요 ) [\s,.]{1,3} )
    (?: [가-힣]{2,4} \s? : \s? )?
    (?: (?: 네 | 예 | 넵 | 아 | 어 | 음 | 그 | 저는 | 제가 | 전 | 나는 | 난 ) [\s,.~]{1,3} ){0,3} \Z
"""
_ASKED_WHEN = r"언제 | 며칠 | 날짜 | 몇\s?[년월일](?!\s?생)"
_ALONE_AFTER = r"""
    \s? (?: 이?요 | 이?[에예]요 | 입니[다더] | 입니당 | 이?고요? | 이?구요 | 이?여 | 이유 | 인데요? | 임 )?
    [\s.,!~)]{0,3} (?: \n | \Z )
    | 이?라고? \s? (?: 했 | 그랬 | 말했 | 말씀 | 불렀 ) [^\n]{0,8} [?]          # 84년 1월 2일이라 했나요?
"""


def around(match: re.Match[str]) -> tuple[str, str]:
    """A bounded stretch of text before and after the value."""
    start, end = match.span(VALUE)
    return match.string[max(0, start - _WINDOW) : start], match.string[end : end + _WINDOW]


def is_named(match: re.Match[str]) -> bool:
    """The words before or after call the date a birthday."""
    before, after = around(match)
    if "생" in match[VALUE]:
        return is_of_a_person(match)
    if compiled(_BORN_AFTER).match(after):
        return True
    cue = _nearest_cue(before)
    return cue is not None and not (
        compiled(_OTHER_MATTER).search(before, cue.end())
        or compiled(_BOUND_BY_TIME).match(after)
        or (cue[0][0] == "앞" and compiled(OTHER_NUMBER).search(before[: cue.start()]))
    )


def _nearest_cue(before: str) -> re.Match[str] | None:
    """The last word for a birthday, with nothing but words after it."""
    nearest = None
    for cue in compiled(_CUE).finditer(before):
        nearest = cue
    if nearest is None or not compiled(_NAMED_GAP).fullmatch(before, nearest.end()):
        return None
    return nearest


def is_asked_for(match: re.Match[str]) -> bool:
    """A line above asks for the birth date; other numbers may come before it in the answer."""
    start = match.start(VALUE)
    above = match.string[max(0, start - _ASKED_WINDOW) : start]
    asked = compiled(_ASKED_ABOVE).search(above) if "\n" in above else None
    if asked is None or compiled(_OTHER_MATTER).search(asked["gap"][:_GAP_BESIDE]):
        return False
    return not compiled(_OTHER_MATTER).search(above.rpartition("\n")[2])


def year_is_asked_for(match: re.Match[str]) -> bool:
    """A line above asks for the year of birth only."""
    start = match.start(VALUE)
    above = match.string[max(0, start - _WINDOW) : start]
    return "\n" in above and compiled(_YEAR_ASKED_ABOVE).search(above) is not None


def is_named_later(match: re.Match[str]) -> bool:
    """The sentence goes on to call it a birthday: `880101로 되어 있을 거예요 생년월일`."""
    later = compiled(_NAMED_LATER).match(around(match)[1])
    return later is not None and not compiled(OTHER_DAY).search(later["gap"])


def is_beside_a_calendar(match: re.Match[str]) -> bool:
    """`양력` or `음력` belongs to it."""
    if match[VALUE][1:2] == "력":
        return True
    return compiled(_CALENDAR_AFTER).match(around(match)[1]) is not None


def is_said_alone(match: re.Match[str]) -> bool:
    """It is all that is said, or what somebody puts right."""
    start, end = match.span(VALUE)
    before = match.string[max(0, start - _WINDOW) : start]
    alone = compiled(_ALONE_BEFORE).search(before) and compiled(_ALONE_AFTER).match(
        match.string, end
    )
    other = compiled(OTHER_DAY).search(before) or compiled(_ASKED_WHEN).search(before)
    return bool(alone) and not other


def is_named_or_asked_for(match: re.Match[str]) -> bool:
    """Called a birthday by the words beside it or by the question above."""
    return is_named(match) or is_asked_for(match)


def is_no_day_of_a_deed(match: re.Match[str]) -> bool:
    """Nothing beside it was done on that day (`오팔년 이월 삼일 창립`)."""
    before, after = around(match)
    before, deed = re.split("[?!\n]", before)[-1], compiled(OTHER_DAY)
    return not (deed.search(before) or deed.search(after) or compiled(_BOUND_BY_TIME).match(after))


def is_right_behind_birthday(match: re.Match[str]) -> bool:
    """`생일은` stands directly before it."""
    return compiled(_BIRTHDAY_BEFORE).search(around(match)[0]) is not None


def is_of_a_person(match: re.Match[str]) -> bool:
    """`88년생` is not a tree, root or car."""
    return compiled(_NOT_A_PERSON).match(around(match)[1]) is None
