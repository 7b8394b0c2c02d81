"""Names that the turns of a conversation give away together.

A question for a name holds until it is answered or something else is asked for: after `보내시는 분
성함은요?`, `익명으로 하면 안 돼요?`, `접수에는 필요합니다` the turn `호민아` is a name, and so is `Dmitri Pak`
after `name please`. A name that one turn tells for sure is found in the other ones as well.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cs_pipeline.pii.finders.names import again, certain, cues, foreign, latin, who
from cs_pipeline.pii.finders.names import find as find_names
from cs_pipeline.pii.finders.names.conceivable import is_answer, is_known, is_told_with_copula
from cs_pipeline.pii.finders.names.persons import is_person
from cs_pipeline.pii.finders.names.plausible import (
    CENSUS_SURNAMES,
    is_census_surname,
    is_everyday,
    is_refused,
)
from cs_pipeline.pii.finders.names.shape import begins_with_noun, is_given, is_given_only, is_word
from cs_pipeline.pii.named_values import LETTER_NAME
from cs_pipeline.pii.normalize import Normalized
from cs_pipeline.pii.rules import Found, compiled, led
from cs_pipeline.records import PiiSpan

_NAME = r"""
    성함 | 존함 | 이름 | 성명 | 실명 | 본명 | 예금주 | 수령인 | 명의자 | 예약자 | 입금자 | 명단 | 누구 | 누가 | 명 (?<= [자인주문글권]명 )
  | (?<![a-z]) name (?![a-z]) | 스펠링 | 철자 | spelling | spell (?![a-z])
"""
_ASKS = rf"""
    (?: {_NAME} ) [^\n]{{0,40}}? (?:
        [?]                                                                 # 성함이 어떻게 되세요?
      | (?: 요 | 까 | 죠 | 주시 | 부탁 | 주세요 | 할게요 | 드릴게요         # 이름 말씀해 주세요
          | 필요 | 확인 | please | 은 | 는 ) [^\n]{{0,8}} \Z                # name please
      | \Z )                                                                # 예약자 성함
  | (?: may | can | could ) \s [^\n]{{0,16}} name                           # May I have your name
  | (?<![가-힣]) 성 (?: [이은] | 씨 [가는] ) [^\n]{{0,14}} (?: [?] | [요까죠] \Z )         # 성씨가 어떻게 되세요?
  | (?: 예약 | 주문 | 신청 | 계약 | 가입 | 보호 | 수령 | 담당 | 운전 | 동승 | 탑승 | 대표 | 입금 | 대리 | 수취 ) [자인] 명? 님? [은는이] 요? \W{{0,2}} \Z  # 예약자는요?
  | (?: 사람 (?<= [는을실신낸한]\s사람 ) | 분 (?<= [는을실신낸한]\s분 ) ) [은이]? 요? \W{{0,2}} \Z                                                # 받는 사람은요?
  | (?: 뭐라고 | 누구로 | 누구라고 ) \s? (?: 찍 | 뜨 | 떠 | 떴 | 나오 | 나와 | 적 | 돼 | 되어 | 표시 ) [^\n]{{0,14}} (?: [?] | [요까죠] \Z )   # 뭐라고 찍혔어요
  | (?: 첫 | 끝 | 가운데 | 마지막 | 앞 | 뒷 ) \s? 글자 [^\n]{{0,14}} (?: [?] | [요까죠] \Z )                                             # 첫 글자가 뭐예요?
  | 씨 (?<= [가-힣]\s씨 ) (?: 예요 | 세요 | 인가요 | 신가요 | 이세요 ) [?]? \s{{0,2}} \Z                                                       # 금 씨예요?
  | (?: 어느 | 어떤 ) \s (?: 기사 | 상담 | 매니저 | 선생 | 직원 | 담당 | 분 ) [^\n]{{0,24}} (?: [?] | [요까죠] \Z )  # 어느 기사님이 오셨죠?
"""
_LAST = r"[은는이]? 요? \W{0,2} (?: \n | \Z )"
_ASKS_SIGN = compiled(
    led(
        {
            "성": "[함명은이씨]",
            "존": "함",
            "이": "름",
            "실본": "명",
            "예": "금주 | 약자",
            "수": "령인",
            "명": "의자 | 단",
            "입": "금자",
            "누": "[구가]",
            "스": "펠링",
            "철": "자",
            "글": "[자명]",
            "씨": "[예세인신이]",
            "뭐": "라고",
            "어": r"[느떤] \s",
            "n": "ame",
            "s": "pell",
            "자인": f"명 | 님? {_LAST}",
            "주문권": "명",
            "람": f"(?<= 사람 ) {_LAST}",
            "분": _LAST,
        }
    )
)
_THINGS = r"""
    (?: 상품 | 제품 | 가게 | 매장 | 회사 | 업체 | 은행 | 지점 | 카드 | 앱 | 파일 | 사이트 | 메뉴 | 강아지
      | 고양이 | 모델 | 쿠폰 | 게임 | 와이파이 | 도메인
      | 아파트 | 건물 | 빌라 | 빌딩 | 오피스텔 | 단지 | 동네 | 호텔                          # 아파트 이름이 뭐예요?
      | 학교 | 병원 | 상호 | 브랜드 | 서비스 | 요금제
    ) \s? (?: 의\s )? (?: 이름 | 성명 )                                     # 강아지 이름이 뭐예요?
"""
_OTHER = r"""(?:
    번호 | 주소 | 생년 | 생일 | 연락처 | 전화 | 계좌 | 은행 | 비밀 | 이메일
  | 몇 | 언제 | 얼마 | 어디 | 무엇 | 무슨 | 어떤 | 날짜 | 사이즈 | 색상 | 금액
) [^\n]{0,40} (?:
    [?] | [요까죠]\W{0,2}\Z                                                 # 연락처는 어떻게 되세요
  | 주세요 | 부탁                                                           # 주소도 불러 주세요
)"""
_FILLERS = r"""
    (?: \[? (?: 고객 | 손님 | 상담[사원] | 나 | [AQ문답] ) 님? \s? [:\]] \s? )?     # 고객님: 호민아
    (?: (?: 네+ | 넵 | 넹 | 예 | 아 | 어 | 음 | 그                          # 네, 호민아
        | 아니요? | 아뇨 | 저는 | 전 | 저요? | 나[는도]? | 제가             # 저는 호민아
        | 제\s(?:이름|성함)은 | 이름은 | 성함은                             # 제 이름은 호민아
        | 본인(?:이고요?|이에요|입니다)? | 그게 | 저기 | 잠시만요 )         # 본인이고요, 호민아
      (?= [\s,.~!?] ) [\s,.~!?]{1,3} ){0,4}
"""
_TAIL = rf"{certain.IS} | 으?로요 (?![가-힣]) | {certain.ENDS} | \s (?: 이요 | 고객 | 님 | 씨 | 이렇게 | 두\s?명 | [두세네]\s?글자 | \d{{3}} )"
# `차 민 주`, `탁 이 나 탁구 할 때 탁이요`
_APART = rf"""
    (?! 둘 \s 다 \s ) (?P<value> [가-힣] (?: [ ,.!~]{{1,2}} [가-힣] ){{1,3}} ) (?! [ ] [가-힣] (?: [ ] | \Z ) )
    (?= {certain.IS} | [!~]? {certain.ENDS} | \s [가-힣]{{2,6}} \s? 할 \s? 때 | \s [두세네]\s?글자 )
"""
# `씨 에이치 오 아이 띄고 에스 유 에이`
_IS_PLAIN = r"이?요 (?![가-힣]) | 이?[에예]요 | 입니다 | 이?고요? | 인데 | 이?라고 | 이?[었였][나고] | 이십?니"
# `경도훈 노이수 편소미 세 명이에요`
_ROW = rf"""
    (?P<value> [가-힣]{{3}} (?: [ ,/·]{{1,2}} [가-힣]{{3}} ){{1,7}} )
    (?= {certain.IS} | {certain.ENDS} | \s? (?: 이렇게 \s )? (?: [두세네\d] | 다섯 | 여섯 ) \s? (?: 명 | 분 | 사람 ) )
"""
_LETTERS = rf"(?<![가-힣a-z0-9]) {LETTER_NAME} (?: [ ,./-]{{0,3}} (?: (?: 띄고 | 스페이스 | 다음 ) [ ]? )? {LETTER_NAME} ){{2,40}} (?! [가-힣] (?<! [요이예입] ) )"
_SURNAME = rf"(?P<value> [{CENSUS_SURNAMES}] (?<! [저누내그아어네음] ) ) 씨? (?! [?] ) (?= {certain.IS} | {certain.ENDS} )"
_FULL_WORD = re.compile("[가-힣]{3}")
_WORD = re.compile("(?<![가-힣])[가-힣]{2}")
_LATER_TAIL = rf"{_IS_PLAIN} | [이가] \s | \s? (?: 씨 | 님 | 고객 ) | {certain.ENDS}"
_SPELLS = re.compile("스펠|철자|[sS]pell|SPELL|영문|영어|로마자|알파벳")
_PET = re.compile("강아지|고양이|반려|상품|제품")
_CLAUSE = re.compile(r"[.!?;~,…]+ ")
_KIN = rf"(?<![가-힣]) (?: {cues.RELATIVE} | 신랑 | 신부 | 환자 | 학생 | 보호자 | 대표 | 담당 ) (?: 님 | 분 )? (?: 이?요 | 이?고요? | (?P<said> [은는이가]요? ) )? [,]? \s"
_KIN_TAIL = rf"""
    {certain.IS} | {certain.ENDS} | \s (?: 신부 | 신랑 | 그리고 | {cues.RELATIVE}
      | 생일 | 생년 | 주민 | 연락처 | 번호 | 전화 | 여권 | 면허 | 01[016-9] | \d{{6}} )           # 처남이요 용재하 생일은
"""
_TITLE = (
    rf"\s? {cues.TITLE} 님? (?= {certain.IS} | {certain.ENDS} | [이가] \s | 인[가지] | 이?[었였] )"
)
# `빈우진으로 했을 거예요`
_DONE = r"""
    (?: 님 | 씨 )? 으?로 \s? (?: 했 | 하[였면려] | 해 | 되 | 돼 | 예약 | 예매 | 주문 | 가입 | 등록 | 입금 | 부탁 | 바[꿔꾸] | 조회 | 신청 | 보내 | 받 )
  | 이?[였일었] | 이?라[고구] \s? (?: 하 | 해 | 합 | 되 | 돼 | 적 ) | 이라는 | 이?란
"""
# `국지연 ㅎㅎ`, `국지연 구요`, `국지연 본인이요`
_MORE = r"\s? 구요 | \s (?: [ㅎㅋㅠ] | 본인 | 오[전후] \s | 아니면 | 입니다만 | 번호 | 연락처 | 생년 | 생일 | 카드 | 주소 )"
_MOST_LINES = 6
_MOST_ABOUT = 2
_MOST_ANSWER = 60
_MOST_TURNS_ABOVE = 6
_LATIN = re.compile(
    r"[A-Z][A-Za-z'-]{0,20}(?:[ ,/]{1,2}[A-Z][A-Za-z'.-]{0,20}){0,3}(?![A-Za-z0-9@])"
)
_FIGURES = re.compile(r"\d")
_MAYBE_NAME = re.compile("[가-힣][ ,.]{0,2}[가-힣]|[A-Z]")
_SHORT, _FULL = 2, 3
_NAMED = 3  # of `reading.Trust`: one capitalised word may be anything


class _Line(NamedTuple):
    """A line of a turn: which turn, where it begins in it, and what it says."""

    turn: int
    start: int
    text: str


def find(
    turns: Sequence[Normalized], found: Sequence[Sequence[PiiSpan]] = (), *, only_last: bool = False
) -> list[list[PiiSpan]]:
    """Names by turn; offsets are those of the turn as it was written.

    Args:
        turns: what was said, in order and in normal form.
        found: what is known to be in each turn already; its names may be said again.
        only_last: leave out the names in turns before the last one.
    """
    spans: list[list[PiiSpan]] = [[] for _ in turns]
    if only_last and not _MAYBE_NAME.search(turns[-1].text):
        return spans
    told = list(_answers(turns))
    for turn, one in told:
        spans[turn].append(_span(turns[turn], one))
    names = {turns[turn].text[one.start : one.end] for turn, one in told}
    names.update(_names_above(turns) if only_last else _names_found(turns, found))
    if names:
        for turn in range(len(turns) - 1 if only_last else 0, len(turns)):
            for one in again.mentions(turns[turn].text, names):
                spans[turn].append(_span(turns[turn], one))
    return spans


def _span(turn: Normalized, one: Found) -> PiiSpan:
    start, end = turn.original_span(one.start, one.end)
    return PiiSpan(start, end, one.entity_type, one.score, one.rule)


def _names_found(turns: Sequence[Normalized], found: Sequence[Sequence[PiiSpan]]) -> set[str]:
    """Names that are known to be in the turns for sure."""
    return {
        _text_at(turn, span)
        for turn, spans in zip(turns, found, strict=True)
        for span in spans
        if span.entity_type == "NAME" and span.score >= again.LEAST
    }


def _text_at(turn: Normalized, span: PiiSpan) -> str:
    """What a span of the turn as it was written holds in normal form."""
    first, last = (bisect_left(turn.offsets, at) for at in (span.start, span.end))
    return turn.text[first:last]


def _names_above(turns: Sequence[Normalized]) -> set[str]:
    """Names that the turns before the last one show for sure."""
    last = turns[-1].text
    return {
        name
        for turn in turns[-1 - _MOST_TURNS_ABOVE : -1]
        for one in find_names(turn.text)
        if one.score >= again.LEAST
        for name in [turn.text[one.start : one.end]]
        if name[-2:] in last
    }


def _answers(turns: Sequence[Normalized]) -> Iterator[tuple[int, Found]]:
    """Turn and place of names in lines that answer a question for one."""
    if not any(_ASKS_SIGN.search(turn.text) or who.SIGN.search(turn.text) for turn in turns):
        return
    left, about, spells = 0, 0, False
    for line in _lines(turns):
        read = list(_names_in(line.text, spells=spells)) if left else []
        if (left or about > 0) and not read:
            read = list(who.names_in(line.text))
        for start, end in read:
            yield line.turn, Found(line.start + start, line.start + end, "NAME", 0.75, "name.told")
        if read:
            left = max(left - 3, 1)
        left = _left(line.text, left)
        about = _MOST_ABOUT if who.SIGN.search(line.text) and who.asks(line.text) else about - 1
        spells = bool(left) and ((left < _MOST_LINES and spells) or bool(_SPELLS.search(line.text)))


def _lines(turns: Sequence[Normalized]) -> Iterator[_Line]:
    for turn, normal in enumerate(turns):
        start = 0
        for text in normal.text.split("\n"):
            yield _Line(turn, start, text)
            start += len(text) + 1


def _left(line: str, left: int) -> int:
    """For how many lines more a name may answer."""
    if len(line) <= 2 * _MOST_ANSWER and _ASKS_SIGN.search(line) and _asks(line):
        return _MOST_LINES
    if not left or compiled(_OTHER).search(line):
        return 0
    return left - 1


def _asks(line: str) -> bool:
    return bool(compiled(_ASKS).search(line)) and not compiled(_THINGS).search(line)


def _names_in(line: str, *, spells: bool) -> Iterator[tuple[int, int]]:
    """Where a line that is an answer tells names."""
    if len(line) > _MOST_ANSWER:
        return
    lead = compiled(_FILLERS).match(line)
    start = lead.end() if lead else 0
    if spells and (letters := list(_spelt(line))):
        yield from letters
        if letters[0][0] > start and (first := _first(line, start)):
            yield first
        return
    if run := _LATIN.match(line, start):
        if any(True for _ in latin.read(line, start, _NAMED)):
            yield run.span()
        return
    yield from _in_clauses(line, start)


def _spelt(line: str) -> Iterator[tuple[int, int]]:
    """Runs of letters' names; a flight (`VN0429`) or a number (`1345`) is none."""
    for run in compiled(_LETTERS).finditer(line):
        if not _FIGURES.search(run[0]):
            yield run.span()


def _in_clauses(line: str, start: int) -> Iterator[tuple[int, int]]:
    """Names that clauses begin with, that stand behind a relative, and that are sure anywhere."""
    yield from _in_row(line, start)
    for clause in (start, *(one.end() for one in _CLAUSE.finditer(line, start))):
        if clause >= start and (first := _first(line, clause)):
            yield first
            start = first[1]
    for kin in compiled(_KIN).finditer(line):
        accepts = _is_sure if kin["said"] else is_answer
        end = certain.read(line, kin.end(), _KIN_TAIL, accepts)
        if end := end or certain.read(line, kin.end(), certain.IS, _is_word_and_given):
            yield kin.end(), end
    for word in _WORD.finditer(line, start) if not _PET.search(line) else ():
        if end := certain.read(line, word.start(), _LATER_TAIL, _is_sure):
            yield word.start(), end


def _in_row(line: str, start: int) -> Iterator[tuple[int, int]]:
    """Full names that follow each other with nothing but signs between them."""
    row = compiled(_ROW).match(line, start)
    words = [word.span() for word in _FULL_WORD.finditer(row["value"])] if row else []
    if all(is_person(line[start + first : start + last]) for first, last in words):
        yield from ((start + first, start + last) for first, last in words)


def _first(line: str, start: int) -> tuple[int, int] | None:
    """The name that an answer begins with."""
    if apart := compiled(_APART).match(line, start):
        whole = re.sub("[ ,.!~]", "", apart["value"])
        return apart.span("value") if "몇" not in whole and is_answer(whole) else None
    if surname := compiled(_SURNAME).match(line, start):
        return surname.span("value")
    end = foreign.end_of_two(line, start) or certain.read(line, start, _TAIL, is_answer)
    end = end or certain.read(line, start, certain.IS, is_told_with_copula)
    end = end or certain.read(line, start, _DONE, is_person)
    end = end or certain.read(line, start, _TITLE, is_answer)
    end = end or certain.read(line, start, _MORE, _is_full_answer)
    end = end or certain.read(line, start, r"(?: 이?랑 | 하고 | [과와] ) \s", is_person)
    end = end or certain.read(line, start, certain.IS_IN_FULL, _is_unlisted)
    end = end or certain.read(line, start, certain.IS, _is_word_and_given)
    return (start, end) if end else None


def _is_full_answer(word: str) -> bool:
    return len(word) >= _FULL and is_answer(word)


def _is_unlisted(word: str) -> bool:
    """A surname and two syllables that are no noun."""
    if len(word) != _FULL or not is_census_surname(word[0]) or is_refused(word):
        return False
    return not (is_everyday(word) or is_word(word) or begins_with_noun(word))


def _is_word_and_given(word: str) -> bool:
    """`오미자`: a noun that is a surname and a given name as well."""
    if len(word) != _FULL or not is_census_surname(word[0]) or is_refused(word):
        return False
    if word[2] in "한할":
        return False  # 위대한
    return is_given(word[1:]) and not begins_with_noun(word)


def _is_sure(word: str) -> bool:
    if len(word) == _SHORT and word[1] in "예이":
        return is_given_only(word)  # 차는 두 대예요
    return is_person(word) or is_known(word) or (len(word) == _SHORT and is_given_only(word))
