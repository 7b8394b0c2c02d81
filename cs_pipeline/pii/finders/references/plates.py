"""Vehicle registration plates, whole or by their last four digits.

Source of the formats: the Ministry of Land's notice on registration plates (two or three digits, a
use letter, four digits; before 2004 with the region), military and diplomatic plates.
"""

import re
from collections.abc import Iterator
from itertools import chain

from cs_pipeline.pii.finders.references.shapes import REGION
from cs_pipeline.pii.named_values import (
    ANY_DIGIT,
    DIGIT,
    UNIT,
    WORD_END,
    Named,
    NamedValues,
    digits,
    value_of,
)
from cs_pipeline.pii.rules import Found, Rule, RuleSet, led

_LETTER = (
    "[가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주바사아자배하허호국합육해공]"
)
# Counters, particles and units that stand after a number in ordinary text.
_ALSO_WORDS = frozenset("주도구수조호자마보모무두로부배사해서고오소노국공육합")
_GAP = r"(?: [ ]? [-.,/] [ ]? | [ ] | \n )"
_LAST_FOUR = r"(?: \d [ ]? \d [ ]? \d [ ]? \d | [\d*○●x]{4} )"
_NO_COUNT = rf"(?! [\d*] | [-.:/][\d#] | {UNIT} | [ ]?번지 )"
_START = r"(?<! [\d#] ) (?<! [\d#][-.,:/] ) (?<! 제 ) (?<! 제[ ] ) (?<! [a-z] )"
_FULL = rf"""
    {_START} \d [ ]? \d (?: [ ]? \d )? {_GAP}? {_LETTER} 에? {_GAP}? {_LAST_FOUR} {_NO_COUNT}
"""
_OLD = rf"""
    (?<![가-힣]) {REGION}
      (?:시|도)? [ ]? \d [ ]? \d? {_GAP}? {_LETTER} {_GAP}? {_LAST_FOUR} {_NO_COUNT}
"""
_TENS = "[이삼사오육칠팔구]?십[일이삼사오육칠팔구]?"
_SPOKEN_FRONT = rf"""(?:
    [일이삼사오육칠팔구]?백 (?: {_TENS} | [일이삼사오육칠팔구] )? | {_TENS}
    | {DIGIT} (?: [ ]? {DIGIT} ){{1,2}}
)"""
_SPOKEN = rf"""
    (?<![가-힣\d]) (?: {REGION} [ ]? )? {_SPOKEN_FRONT} (?: 에 (?=[ ]) | [ ]그?\s?다음에? )? [ ]? {_LETTER} (?: 에 | [ ]그?\s?다음에?[는은]? | [ ]?뒤[가는에]? (?=[ ]) )? [ ,.]{{0,2}}
    {DIGIT} (?: [ ]? {DIGIT} ){{2}} [ ]? (?: {DIGIT} | 이 (?=요) ) {_NO_COUNT} (?: {WORD_END} | (?= 인[ ] ) )
"""
_SPOKEN_THOUSANDS = rf"""
    (?<![가-힣\d]) (?: {REGION} [ ]? )? {_SPOKEN_FRONT} [ ]? {_LETTER} (?: 에 )? [ ,.]{{0,2}}
    [이삼사오육칠팔구]?천 (?: [ ]? [이삼사오육칠팔구]?백 )? (?: [ ]? [이삼사오육칠팔구]?십 )?
      (?: [ ]? [일이삼사오육칠팔구] )?
    {_NO_COUNT} {WORD_END}
"""
_DIPLOMATIC = r"(?<![가-힣]) (?: 외교 | 영사 | 준외 | 준영 ) [ ]? \d{3} [- ]? \d{3} (?! \d | -\d )"
_MOTORCYCLE = rf"""
    (?<![가-힣]) {REGION} [ ]? [가-힣]{{2,4}} [ ]? [가나다라마바사아자차카타파하] [ ]?
    \d{{4}} {_NO_COUNT}
"""
# `임 1234`: a temporary permit.
# `차 허 5829 뒤에만 기억나요`
_END_OF_PLATE = rf"(?<![가-힣]) 차 (?: 량 | 번호 )? [는은가]? \s (?P<value> {_LETTER} [ ]? \d{{4}} ) (?! [대개원] ) {_NO_COUNT}"
_TEMPORARY = rf"(?<![가-힣]) (?: {REGION} [ ]? )? 임 [ -]? \d{{4}} {_NO_COUNT}"
# 오, 구, 육 and 공 between figures have become figures: `384오3669`, `38453669`.
_TURNED = rf"(?<![\d#]) \d{{2,3}} [0569] [ -]? \d{{4}} (?! \d | [-.,:/]\d | {UNIT} )"
_VEHICLE = re.compile(
    r"""
      차량 | 차\s?번호 | 번호판 | 자동차 | 주차                           # 35주 1234 주차 등록
    | 차\s?(?:뒷|끝|넘버) | 제\s?차                                       # 제 차 35주 1234
    | 승용 | 트럭 | 택시 | 버스 | 오토바이 | 이륜 | 렌터카 | 렌트         # 렌터카 38호 2910
 | 세[웠워우]       # 35무 1234 지하에 세웠어요
    | 사고 | 견인 | 정비                                                  # 35주 1234 사고 접수
    | 소나타 | 그랜저 | 아반떼 | 카니발 | 모닝 | 레이                     # 흰색 소나타 35주 1234
    | 쏘나타 | 투싼 | 싼타페 | 쏘렌토 | 스포티지 | 티볼리 | 셀토스 | 코나 | 스타렉스 | 포터 | 봉고 | 제네시스 | 말리부 | 스파크 | 벤츠 | 아우디 | 테슬라
    | 차[는은] | 차요                                                     # 차는 35모 1234
    | 차 \s (?: 가져 | 가지고 | 끌고 | 타고 | 몰고 | 빼 | 대 | 세 )          # 차 가져가요 35두 1234
    | 입차 | 출차 | 차주 | 차를 | 차가 | 상대\s?차 | 가해 | 피해\s?차     # 35주 1234 차가 막고 있어요
    | 과태료 | 하이패스 | 전기차 | 차종 | 방문 | 배달 | 견인 | 출차 | 입차 # 하이패스 12조 3456
    """,
    re.VERBOSE,
)
# 112나 1332로 신고: one public number or another.
_PUBLIC = re.compile(r"1[1-3]\d나[ ]1[1-3]\d\d\Z")
_VERSION = re.compile(
    r"""(?:
        아이폰 | 갤럭시 | 버전 | 모델 | 패드 | 워치 | ios | 윈도우?즈? | 시즌     # 아이폰 15도 1290달러
      | 제 | 총 | 모두                                                          # 총 12주 1500분
    ) \s? \Z""",
    re.IGNORECASE | re.VERBOSE,
)
_WINDOW = 40
_LEAST_FIGURES = 4


def _near_vehicle(match: re.Match[str]) -> bool:
    text = match.string
    around = text[max(0, match.start() - _WINDOW) : match.end() + _WINDOW // 2]
    return _VEHICLE.search(around) is not None


def _is_plate(match: re.Match[str]) -> bool:
    """No count of something: letters that are counters need a vehicle or a plate's spelling."""
    text = match.group()
    before = match.string[max(0, match.start() - 8) : match.start()]
    if len(re.findall(r"\d", text)) < _LEAST_FIGURES or _VERSION.search(before):
        return False
    if _PUBLIC.match(text) and not _near_vehicle(match):
        return False
    letter = re.findall(_LETTER, text)[0]
    joined = re.search(r"\d[가-힣]\d", text) is not None
    return letter not in _ALSO_WORDS or joined or _near_vehicle(match)


def _is_old_plate(match: re.Match[str]) -> bool:
    """One figure and a counter (`부산 2호 1234`) do not make a plate."""
    return re.search(r"\d[ ]?\d\D{0,3}[가-힣]", match.group()) is not None or _is_plate(match)


def _is_spoken_plate(match: re.Match[str]) -> bool:
    """Two number words at least, and no counter between them."""
    text = match.group()
    if len(re.findall("[공영빵일이삼사오육륙칠팔구십백]", text)) < 2:
        return False
    letters = re.findall(_LETTER, text)
    return any(letter not in _ALSO_WORDS for letter in letters) or _near_vehicle(match)


def _is_last_four(cue: re.Match[str], value: re.Match[str]) -> bool:
    """A year beside a car is its model year, unless it is called a number."""
    return not re.match(r"(?:19|20)\d\d\Z", value_of(value)) or "번호" in cue.group()


_CUE = (
    r"(?:"
    # 차량번호, 렌터카 등록번호, 택시 뒷번호, 주차 차량 넘버
    r" (?: 차량 | 자동차 | 승용차 | 오토바이 | 이륜차? | 차 | 렌터카 | 주차\s?차량 | 택시 | 버스 | 입차 | 출차 )"
    r" (?: \s?등록 )? \s?"
    r" (?: 번호판? | 넘버 | 뒷\s?번호 | 뒤\s?번호 | 뒷\s?자리 | 끝\s?자리 | 끝\s?번호"
    r" | 뒤\s?(?:네|4)\s?자리 | 번호\s?(?:뒷|끝)\s?자리 )"
    # 차번호 뒤 네자리, 번호판 끝자리
    r" (?: \s? (?: 뒷|뒤|끝|마지막 ) \s? (?:에\s?)? (?:네\s?|4\s?)? (?:자리|번호) )?"
    # 번호판이 이십삼 너 오육칠팔
    r" | 번호판 | 차번"
    r" )"
)
_PARKING = "(?: 주차 | 방문\\s?차량 | 입차 | 출차 ) (?: \\s? (?: 등록 | 정산 | 할인 | 차량 ) )?"
_PARKED = (
    rf"(?: {digits(4, 4)} (?= \s? (?: 등록 | 정산 | 할인 | 차량 | 이?요 | 입니 | 이에요 | 번 ) ) )"
)
# 번호판이 12허
_FRONT_TOLD = rf"""
    (?: 번호판 | 차량? \s? 번호 ) (?: 이 | 은 | 는 | 가 )? [\s:]{{1,2}} (?: 앞 (?:자리)? [이은는가]? \s )?
    (?P<value> {_START} \d{{2,3}} [ ]? {_LETTER} ) (?= (?: 에 | 이?요 | 이?[에예]요 | 이?고요? )? [\s.,]{{0,3}} (?: \n | \Z ) | 이?고 \s? [,]? \s? [뒤뒷끝] )
"""
# 차량번호요⏎육사에 버
_FRONT_ASKED = rf"""
    (?: 번호판 | 차량? \s? 번호 ) [^\d\n\#]{{0,20}} \n (?: (?: 네+ | 예 | 음+ | 어+ ) [\s,.]{{1,3}} )?
    (?P<value> (?<![가-힣\d]) (?: \d{{2,3}} | {_SPOKEN_FRONT} ) (?: 에 (?=[ ]) )? [ ]? {_LETTER} )
    (?= 에 (?![가-힣]) | 이?요 (?![가-힣]) | [,.] | [ ]? (?: \n | \Z ) )
"""
# 차량번호요⏎하 육일이팔이요
_END_ASKED = rf"""
    (?: 번호판 | 차량? \s? 번호 ) [^\d\n\#]{{0,20}} \n [^\n\d]{{0,16}}?
    (?P<value> (?<![가-힣]) {_LETTER} (?: 에 )? [ ]? {DIGIT} (?: [ ]? {DIGIT} ){{2}} [ ]? {ANY_DIGIT} )
    (?= 이?요 (?![가-힣]) | 이?[에예]요 | 입니다 | 인데 | [,.] | [ ]? (?: \n | \Z ) )
"""
# 뒷번호 4468 주차등록
_LAST_FOUR_PARKED = r"""
    (?: 뒷 | 뒤 | 끝 ) \s? (?: 번호 | (?:네|4)? \s? 자리 ) \s? (?: 가 | 는 | 은 | : )? \s?
    (?P<value> (?<!\d) \d{4} ) (?! \d | [-./:,]\d ) [^\d\n\#]{0,6}
    (?: 주차 | 입차 | 출차 | 정산 | 차량
      | 차 \s? (?: 등록 | 빼 | 뺄 )     # 끝자리 4471 차 빼주세요
    )
"""
_VALUE = rf"""(?: {_FULL} | {_OLD} | {_SPOKEN} | {_SPOKEN_THOUSANDS} | {_TEMPORARY} | {_TURNED}
    | {digits(4, 4)} )"""

_NAMED = NamedValues(
    triggers=(("(?-i: 차 | 번호판 | 오토바이 | 이륜 | 렌터카 | 택시 | 버스 )",),),
    kinds=(
        Named("plate.cue", "PLATE", 0.9, _CUE, _VALUE, _is_last_four, 30),
        Named("plate.parking", "PLATE", 0.7, _PARKING, _PARKED, _is_last_four, 8),
    ),
    others=(
        r"(?: 전화 | 휴대폰 | 핸드폰 | 폰 | 연락처 | 계좌 | 카드"
        # 연락할 번호는 …; 뒷번호 and 끝 번호 are a plate's
        r" | (?<![뒤뒷끝]) (?<![뒤뒷끝][ ]) 번호"
        r" | 주소 | 비밀 | 코드 | 차대 )"
    ),
)

_SHAPED = RuleSet(
    led(
        {
            "0-9공영빵일이삼사오육륙칠팔구십백": rf"(?: 에 (?=[ ]) )? {_GAP}? {_LETTER} 에? [ .,/\n-]{{0,3}}"
            " [\\d*○●x공영빵일이삼사오육륙칠팔구천]",
            "외": "교",
            "영": "사",
            "준": "[외영]",
            "임": r"[ -]? \d",
            "차": rf"(?: 량 | 번호 )? [는은가]? \s {_LETTER} [ ]? \d",
            "가나다라마바사아자차카타파하": r"[ ]? \d{4}",
            "뒤뒷끝": r"\s? (?: 번호 | [네4]? \s? 자리 ) \D{0,4} \d{4}",
        }
    ),
    (
        Rule("plate.full", "PLATE", 0.85, _FULL, _is_plate),
        Rule("plate.region", "PLATE", 0.9, _OLD, _is_old_plate),
        Rule("plate.diplomatic", "PLATE", 0.85, _DIPLOMATIC),
        Rule("plate.last_four_parked", "PLATE", 0.8, _LAST_FOUR_PARKED),
        Rule("plate.temporary", "PLATE", 0.85, _TEMPORARY, _near_vehicle),
        Rule("plate.end", "PLATE", 0.75, _END_OF_PLATE, None, "차"),
        Rule("plate.motorcycle", "PLATE", 0.85, _MOTORCYCLE, _near_vehicle),
        Rule("plate.spoken", "PLATE", 0.85, _SPOKEN, _is_spoken_plate),
        Rule("plate.spoken_thousands", "PLATE", 0.75, _SPOKEN_THOUSANDS, _near_vehicle),
    ),
)
_FRONT = Rule(
    "plate.front",
    "PLATE",
    0.8,
    _FRONT_TOLD,
    None,
    r"번호 판? [이은는가]? [\s:]{1,2} (?: 앞 [^\n\d]{0,4} )? \d{2,3}",
)


_AFTER_QUESTION = RuleSet(
    r"번호 [^\n]{0,24} \n",
    (
        Rule("plate.end_asked", "PLATE", 0.8, _END_ASKED),
        Rule("plate.front_asked", "PLATE", 0.8, _FRONT_ASKED),
    ),
)


def find(text: str) -> Iterator[Found]:
    """Findings in normalised text; they may overlap."""
    return chain(
        _NAMED.find(text),
        _SHAPED.find(text),
        _FRONT.find(text),
        _AFTER_QUESTION.find(text) if "\n" in text else (),
    )
