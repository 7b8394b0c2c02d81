"""Parts of an address in the turns after a question for one: `봉천로`, `네 312번길이요`, `18요`."""

from collections.abc import Iterator, Sequence

from cs_pipeline.pii.dictation.lines import Line, Told
from cs_pipeline.pii.finders.addresses import chain_at
from cs_pipeline.pii.finders.addresses.words import (
    BRANDS,
    COMPLEXES,
    HOUSES,
    MAKERS,
)
from cs_pipeline.pii.normalize import Normalized
from cs_pipeline.pii.rules import compiled

_NAME = r"\s? (?: 이름 | 명칭 )"
_HOUSE_KINDS = "(?: 아파트 | 건물 | 빌라 | 빌딩 | 오피스텔 | 단지 )"
# Each alternative begins with a letter, which a search may skip to.
_ASKS = rf"""
    (?: 주소 | 도착지 | 출발지 | 목적지 | 배송지 | 수령지 | 배달지 | 설치지 | 도로명 | 번지 | 동\s?,?\s?호 | 몇\s?[동호] | 사시는 | 동\s?맞 | 호\s?맞  # 주소가 어떻게 되세요
      | 어디 \s? (?: 로 | 세요 | 신가요 | 사[세시] | 예요 | 이세요 )                        # 어디로 보내 드릴까요
      | 슨 (?<=무슨) \s? {_HOUSE_KINDS} | 느 (?<=어느) \s? {_HOUSE_KINDS}         # 무슨 아파트세요
      | 트 (?<=아파트) {_NAME} | 물 (?<=건물) {_NAME} | 라 (?<=빌라) {_NAME} | 딩 (?<=빌딩) {_NAME}  # 아파트 이름이요
      | 텔 (?<=피스텔) {_NAME} | 지 (?<=단지) {_NAME} )                            # 단지 이름이 뭐예요
    [^\n]{{0,30}}? (?: [?] | [요까죠] \W{{0,2}} \Z )
"""
# A question about something else ends it.
_OTHER = r"""
    (?: 성함 | 이름 | 연락처 | 전화 | 번호 | 카드 | 계좌 | 생년 | 인증 | 메일 | 비번 | 언제 | 얼마 | 수량 | 사이즈 | 색상  # 성함이 어떻게 되세요
      | 몇\s?(?:시|개|명|월|일|분|년|번) )                                           # 몇 개 드릴까요
    [^\n]{0,30}? (?: [?] | [요까죠] \W{0,2} \Z )
"""
_ASKS_HOUSE = rf"""
    (?: {_HOUSE_KINDS} {_NAME} | (?: 무슨 | 어느 ) \s? {_HOUSE_KINDS} ) [^\n]{{0,16}}? (?: [?] | [요까죠] \W{{0,2}} \Z )  # 건물 이름이 어떻게 되세요
"""
_NO_HOUSE = rf"""
    [^\n]{{0,12}} (?: 아니 | 없 | 모르 | 말고 ) | {HOUSES} \s? (?: 이?[요에예] | 입니다 | \W{{0,3}} \Z )  # 아파트 아니에요, 빌라예요
    | (?: 그냥 | 단독 | 일반 | 다세대 | 저희 | 우리 | 제 | 그 | 이 | 같은 | 무슨 | 어느 | 새 | 신축 ) \s  # 그냥 주택이에요
"""
_HOUSE = rf"""
    (?! {_NO_HOUSE} )
    (?P<value> (?: [가-힣a-z0-9&]{{1,10}} \s ){{0,2}} [가-힣a-z0-9&]{{1,10}}? )  # 푸른마을 대림
"""
_NAMES_HOUSE = rf"(?: {BRANDS} | {MAKERS} | {COMPLEXES} | {HOUSES} ) (?= \s | \d | \Z | 차 | 단지 )"
_BEFORE = r"(?: (?: 네+ | 예 | 아니+요? | 아뇨 | 어+ | 음+ | 그 | 저 ) [\s,.~]{1,3} ){0,2}"
_AFTER = r"""
    \s? (?: 이?요 | 이?[에예]요 | 입니다 | 이?고요 | 에 (?: [\s,.~]{1,3} (?: 어+ | 음+ | 그 ) )? | 맞[가-힣]{1,4} | 으?로 \s? (?:수정|변경|보내|배송|설치|방문)[가-힣]{0,6} )?  # …이요, …로 보내 주세요
    [\s.,~!?]{0,3} \Z
"""
_NUMERALS = "[일이삼사오육륙칠팔구십백천영공]{1,7}"
# Only behind a road or a town: `312번길 5`, `441-2`, `18`, `오백삼십이 다시 사번지 이백일호`.
_GOES_ON = rf"""
    \d{{1,4}} \s? (?:번\s?)? 길 (?: \s? \d{{1,4}} (?: \s?-\s? \d{{1,4}} )? )?  # 312번길 5
    | {_NUMERALS} (?: \s? (?: 다시 | 대시 | 의 | 에 ) \s? {_NUMERALS} )? \s? 번지   # 오백삼십이 다시 사번지
      (?: (?: 에 | 의 )? \s? (?: \d{{1,4}} | {_NUMERALS} ) \s? 호 )?           # 이백일호
    | \d{{1,4}} (?: \s?-\s? \d{{1,4}} )? (?: \s? 번지 )? (?! \d | \s? [동호층개원시월일년분명] )  # 441-2
"""
# Only right behind a question for such numbers: `삼십이요`, `삼 다시 천백일이요`.
_ASKS_NUMBERS = r"""
    (?: 번지 | 동\s?,?\s?호 | 몇\s?[동호] | 상세\s?주소 | 지번 | 건물\s?번호 ) [^\n]{0,20}? (?: [?] | [요까죠] \W{0,2} \Z )  # 번지수는요
"""
_NUMBER = rf"(?: \d{{1,4}} | {_NUMERALS} )"
_NUMBERS = rf"""
    {_NUMBER} (?: \s? 동 )? (?: \s? (?: 다시 | 대시 | 의 | 에 | - ) \s? {_NUMBER} )? (?: \s? (?: 번지 | 호 ) )?
    (?: (?<! [일이삼사오육칠팔구] 이 ) | (?! 요 ) )                                # 천백일이요
"""
_MOST_LINES_NUMBERS = 2
_AREAS = frozenset({"postcode", "region", "city", "short"})
_WITH_NUMBERS = frozenset({"road", "town", "hamlet"})
_MOST_LINES_HOUSE = 3
_MOST_LINES, _MOST_CHARACTERS = 12, 60


def may_ask(turns: Sequence[Normalized]) -> bool:
    """A quick look whether a turn may ask for an address."""
    return any(compiled(_ASKS).search(turn.text) for turn in turns[:-1])


def find(lines: Sequence[Line]) -> Iterator[Told]:
    """What is told of an address in lines that hold nothing else."""
    asked, on_road, house = -1, False, -1
    yield from _numbers(lines)
    for line in lines:
        if house >= 0 and line.number - house <= _MOST_LINES_HOUSE and (place := _house_in(line)):
            yield Told(line.number, *place, "ADDRESS", 0.75, "address.house_asked")
        asks = _asks(_ASKS, line)
        if asks and _asks(_ASKS_HOUSE, line):
            house = line.number
            continue
        if asked >= 0 and (line.number - asked > _MOST_LINES or _asks(_OTHER, line)):
            asked, on_road = -1, False
        if asked >= 0 and (part := _part_in(line, on_road)):
            start, end, kinds = part
            on_road = bool(kinds & _WITH_NUMBERS) and "lot" not in kinds
            if not kinds <= _AREAS:
                yield Told(line.number, start, end, "ADDRESS", 0.75, "address.in_turns")
        if asks:
            asked = line.number


def _numbers(lines: Sequence[Line]) -> Iterator[Told]:
    """Numbers of a lot, a block and a flat that are all of an answer."""
    asked = -1
    for line in lines:
        if asked >= 0 and line.number - asked <= _MOST_LINES_NUMBERS:
            before = compiled(_BEFORE).match(line.text)
            start = before.end() if before else 0
            match = compiled(_NUMBERS).match(line.text, start)
            if match and compiled(_AFTER).match(line.text, match.end()):
                yield Told(line.number, *match.span(), "ADDRESS", 0.75, "address.number_asked")
                asked = -1
        if _asks(_ASKS_NUMBERS, line):
            asked = line.number


def _asks(question: str, line: Line) -> bool:
    return len(line.text) <= 2 * _MOST_CHARACTERS and bool(compiled(question).search(line.text))


def _house_in(line: Line) -> tuple[int, int] | None:
    """A house's name that is all of a line: `푸른마을 대림`."""
    if len(line.text) > _MOST_CHARACTERS:
        return None
    before = compiled(_BEFORE).match(line.text)
    match = compiled(_HOUSE + _AFTER).match(line.text, before.end() if before else 0)
    named = match and compiled(_NAMES_HOUSE).search(match["value"])
    return match.span("value") if match and named else None


def _part_in(line: Line, on_road: bool) -> tuple[int, int, frozenset[str]] | None:
    """Start and end of parts of an address that are all of a line, and their kinds."""
    if len(line.text) > _MOST_CHARACTERS:
        return None
    before = compiled(_BEFORE).match(line.text)
    start = before.end() if before else 0
    part = chain_at(line.text, start)
    if part and compiled(_AFTER).match(line.text, part[0]):
        return start, *part
    number = compiled(_GOES_ON).match(line.text, start) if on_road else None
    if number and compiled(_AFTER).match(line.text, number.end()):
        return start, number.end(), frozenset({"lot" if "길" not in number[0] else "road"})
    return None
