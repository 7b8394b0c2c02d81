"""Names that hardly look like one, beside words that promise one: labels, pairs, lists."""

import re
from collections.abc import Iterator
from functools import cache

from cs_pipeline.pii.finders.names import certain, cues, lists
from cs_pipeline.pii.finders.names.plausible import CENSUS_SURNAMES, is_everyday, is_refused
from cs_pipeline.pii.finders.names.reading import tail_at
from cs_pipeline.pii.finders.names.shape import (
    ALL_SURNAMES,
    LONG_SURNAMES,
    Shape,
    begins_with_noun,
    is_given,
    is_given_only,
    is_name_like,
    is_rare,
    is_word,
    is_word_and_name,
    shape_of,
)
from cs_pipeline.pii.rules import Found, compiled, led

_LONG = "|".join(LONG_SURNAMES)
_LONG_HEADS = "".join(surname[0] for surname in LONG_SURNAMES)
_NAME = rf"(?: (?:{_LONG})[가-힣]{{1,2}} | [{ALL_SURNAMES}][가-힣]{{2}} )"
_SINGLE_GIVEN = "".join(
    sorted({*lists.SYLLABLES["given_names"], *lists.SYLLABLES["short_names"]} - {"자"})
)
_NEAR = 24
_WORD_ENDS = frozenset(lists.SYLLABLES["word_ends"])

SIGNS = compiled(
    led(
        {
            "아": "니[고라에]",
            "말": "고",
            "이": "름 | 한테 | 에게 | 보고",
            "성": r"함 | [은이] \s? [가-힣]{1,2} [이예요고씨]",
            "명": "의 | 단",
            "본": "명",
            "고": "객명",
            "외": "자",
            "댁": r"(?<= \s. )",
            ",/·": r"\s? [가-힣]{2}",
            "\n": "",
            "0-9": r"\d{5} | (?<=0) 1[016-9]",
            "에": r"서\s[가-힣]{3}으?로",
            "뜨": "는데",
            "나": "오는데",
            "있": "는데",
            "씨": "[고예이]",
        }
    )
)
LABEL_HEADS = frozenset(lists.LABELS["further_starts"])
"""What labels begin with here and nowhere else."""
SELF_HEADS = frozenset(("저", "전", "저는", "제가", "나는", "내가", "난"))
"""What words begin with by which people speak of themselves."""

_LABEL = r"""
    (?: 예금주 | 수령[인자] | 수취[인자] | 수하인 | 수신인 | 발송인 | 발신인 | 주문자 | 구매자 | 신청[자인]
      | 계약자 | 피보험자 | 수익자 | 명의[자인주] | 예약자 | 입금[자인] | 송금[자인] | 보증인 | 임차인 | 임대인
      | 작성자 | 가입자 | 소유[자주] | 보호자 | 대표(?:이사|자)? | 담당(?:자|의)? | 책임자 | 세대주 | 대리인 | 위임인
      | 양[도수][인자] | 운전자 | 차주 | 동[승반]자 | 동행[인자] | 탑승[자객] | 승객 | 참[석가]자 | 투숙객 | 방문[자객]
      | 상담[사원] | 접수자 | 신고[자인] | 피해자 | 환자 | 상속인 | 채무자 | 수임인 | 당첨자 | 유학생 | 집사람
      | 며느리 | 사위 | 남편 | 아내 | 와이프 | 신랑 | 아들 | 딸 | 손[자녀] | 조카 | 시어머니 | 장[모인] | 올케 | 형부
      | 처[남제] | 매[형부제] | 성함 | 본명 | 실명 | 명의[는가] )
"""
_LABELLED = rf"""
    (?<![가-힣]) {_LABEL} \s?(?:명|성명|성함|이름)? (?:[은는이가]|은요|이요)? \s{{0,2}} [:=]? \s{{0,2}} (?<![가-힣])
    (?P<value> {_NAME} )
    (?= (?P<told> {cues.CALLED} | 입니 | 이에요 | 이예요 | 예요 | 이고 | 고\s | 인데 | 이라 | 구요 | 고요 )
      | (?P<end> \s{{0,2}} (?: [,/()\n:;|.\d] | \Z | [a-z_]{{2}}
          | (?:면허|신분증|주민|생년|번호|전화|연락처|차량|여권|녹취|확인|동일|본인|등록|{_LABEL}|{cues.TITLE}) ) )
      | (?P<loose> \s | (?:이|가|는|은|이가|이는|로|으로|한테|이한테|에게|도|랑|이랑)(?![가-힣]) ) )
"""
_INTRODUCED = rf"""
    (?: ^ | (?<=[\s,.:]) ) (?:저는|제가|나는|내가|저|전|난) [,]? \s (?P<value> {_NAME} )
    (?= 입니다 | 인데[요용여] | 이에요 | 이예요 | 예요 | 이라고\s?[하합해] | 라고\s?[하합해] | 이거든요 | 고요 )
"""
_NUMBERED = rf"""
    (?<![가-힣]) (?P<value> {_NAME} ) \s{{0,2}} [,/(]? \s{{0,2}}
    (?! [^\n]{{0,24}} (?:형식|형태|양식) ) (?= \d{{6}}\s?-\s?[1-8*] | 01[016-9][-. ]?\d{{3,4}} )
"""
_OWNED = rf"""
    (?<![가-힣]) (?P<value> {_NAME} )
    (?= \s댁(?:[가-힣]?(?![가-힣])|으로|입|인|이|맞|에서)                   # 팽수영 댁으로
      | \s?(?:이름|성함)으로 | \s명의(?:로|의|인|예|자)                     # 팽수영 명의로
      | 이(?:한테|에게|보고)(?![가-힣]) | \s?고객명 )                       # 팽수영이한테
"""
_IS_A_NAME = rf"""
    (?<![가-힣]) (?P<value> {_NAME} )
    (?: 이?라고요? | 이?라는 | 이요 | 요 | 이에요 | 입니다 | [이가] )? [\s,.!~]{{1,3}}
    (?: [가-힣]{{1,6}}[\s,.]{{1,2}} ){{0,6}}?
    (?: (?:진짜|제|본|사람|실제)\s?(?:사람\s?)?이름                         # 국지연이요, 진짜 사람 이름이에요
        (?:이에요|입니다|이예요|맞|이라서|이거든|인데)
      | 본명(?:이에요|입니다|\s?맞) )                                       # 국지연 본명입니다
"""
_PAIR = rf"""
    (?P<first> [{ALL_SURNAMES}{_LONG_HEADS}] (?<![가-힣@].) [가-힣]{{2}} )
    (?: 씨 | 님 | \s?고객님 )? (?: 이 | 가 | 으로 | 로 | 은 | 는 )? \s?
    (?: 아니고요? | 아니라 | 말고 | 에서 | 아니에요 | 아닌                  # 국지연이 아니라 국지현이요
      | 뜨는데 | 나오는데 | 되어있는데 | 돼있는데 | 되어\s있는데 | 돼\s있는데  # 국지연으로 뜨는데
      | 라고\s?(?:뜨|나오|되어|돼)\s?(?:는데|있는데)? )                     # 국지연이라고 뜨는데
    [\s,.]{{0,3}} (?: (?:저는|제\s이름은|이름은|실제로?는?|원래는?|사실은?|제가) \s )?
    (?P<second> [가-힣]{{3}} )
    (?= 씨 | 님 | 이?[에예]요 | 이에 | 입니 | 이?거든 | 이?라고 | 인데 | 이고 | 이?요 | 으?로
      | [\s,.!?~] | \Z )
"""
_ASKED = re.compile("이름|성함|받는|보내는|고객|예금주|명의|입금자|예약자|수령인|주문자|계약자")
_GIVEN_PAIR = r"""
    (?: 이름[은이] | 성함은 ) \s? (?P<first> [가-힣]{2} ) (?: 이 | 가 )? \s?
    (?: 아니고 | 아니라 | 말고 ) [\s,]{1,2}                                 # 이름은 지연이 아니고 지현
    (?P<second> [가-힣]{2} ) (?= 이?[에예]요 | 입니 | 이?거든 | 인데 | 이?요 | [\s,.!?~] | \Z )
"""
_LISTED = r"""
    (?: (?P<head> (?:참[석가]자|동[승반]자|동행[인자]|탑승[자객]|투숙객|방문[자객]|예약자|일행|인원|신청자|수강생|명단)
          (?:\s?(?:명단|목록|이름|성함))? \s{0,2}[:\n]\s{0,2} ) | (?<![가-힣]) )
    (?P<items> (?: \d{1,2}[.)]\s? )? [가-힣]{2,4}
      (?: \s?(?: [,/·&+] | \n ) \s? (?: \d{1,2}[.)]\s? )? [가-힣]{2,4} ){1,11} )
    (?= \s?(?:\d\s?명|[둘셋넷]|두|세|네|이렇게|총|\Z|\n|[.!?]) | 입니 | 이에요 | 예요 | 이요 | 요 | \s?님 | 씨 )
"""
_ITEM = re.compile("[가-힣]{2,4}")
# `강 건이요 외자`, `외자예요, 이 슬`
_SINGLE = rf"""
    (?<![가-힣]) (?P<value> [{CENSUS_SURNAMES}] (?P<apart> [ ,.]{{1,2}} )? (?P<given> [{_SINGLE_GIVEN}] ) )
    (?= {certain.IS} | \s (?: 외자 | 이름은? \s 외자 | 이렇게 ) | \s? [,.)] | \s? \Z )
"""
# `이름은 외자로 훈이에요`
_SINGLE_ALONE = rf"""
    외자 (?: 로 | 고 | 이고 | 예요 | 라서 )? [\s,.]{{1,2}} (?P<value> [{_SINGLE_GIVEN}] ) (?= 이?[요에예] | 입니다 | 이?고 | \s? 자 | \s 하나 )
"""
# `마리요 성이 마씨예요`
_SURNAME_OF = rf"""
    (?<![가-힣]) (?P<value> (?P<surname> [{CENSUS_SURNAMES}] ) [가-힣]{{1,2}}? ) (?= {certain.IS} | [\s,.] )
    [^\n]{{0,24}} [\s,.] 성[은이] \s? (?P<again> (?P=surname) ) (?= 씨 | 이?[요에예고] | 입니다 | 자 | [\s,.] | \Z )
"""
_SURNAME_SAID = rf"""
    (?<![가-힣]) (?: 성[은이]\s? | (?:제가|저는|저|집사람이|남편이|신랑이)\s )
    (?P<value> [{ALL_SURNAMES}] ) (?= 씨?(?:이?고요|이?에요|예요|입니|이고|인데) | (?<= 성[은이]\s. ) \s? (?: [,.\n] | \Z ) )
    (?<= (?P<plain> [가-힣] ) )
"""
_GIVEN_FIRST = r"(?<![가-힣]) (?P<value> [가-힣]{2} ) (?=이?[요고]|이에요|이고요|예요) [가-힣]{1,3} [\s,.]{1,3} 성은\s"

_SIGNED = (
    ("name.number", _NUMBERED, re.compile(r"01[016-9]|\d{6}")),
    ("name.owned", _OWNED, re.compile(r"\s댁|이름|성함|명의|이한테|이에게|이보고|고객명")),
    ("name.said", _IS_A_NAME, re.compile("이름|본명")),
)
_PAIR_SIGNS = re.compile("아니|아닌|말고|에서|뜨|나오|되어|돼")
_GIVEN_PAIR_SIGNS = re.compile("이름[은이]|성함은")
_LIST_SIGNS = re.compile(r"[,/·&+\n]")
_SURNAME_OF_SIGNS = re.compile("성[은이] ?[가-힣][씨이예고요입자 ,.]")
_SURNAME_SIGNS = re.compile("성[은이]|씨")
_HIDDEN_SAID = rf"(?:^|\s)(?:저|전|저는|제가)\s(?P<value>[{ALL_SURNAMES}][oO0ㅇ]{{2}})(?=인데|입니|이에|예요|이고)"


def find(text: str) -> Iterator[Found]:
    """Findings that signs inside the text announce; they may overlap."""
    for rule, pattern, signs in _SIGNED:
        if signs.search(text):
            yield from _find(rule, pattern, text)
    yield from _pairs(text)
    yield from _lists(text)
    yield from _short_ones(text)


def find_labelled(text: str) -> Iterator[Found]:
    """Names behind words for people."""
    if compiled(_LABEL).search(text):
        yield from _find("name.labelled", _LABELLED, text)


def find_introduced(text: str) -> Iterator[Found]:
    """Names by which people call themselves."""
    yield from _find("name.introduced", _INTRODUCED, text)
    for match in compiled(_HIDDEN_SAID).finditer(text):
        yield Found(*match.span("value"), "NAME", 0.7, "name.hidden")
    yield from _short_ones(text)


def _find(rule: str, pattern: str, text: str) -> Iterator[Found]:
    for match in compiled(pattern).finditer(text):
        if _fits(rule, match):
            yield Found(*match.span("value"), "NAME", 0.7, rule)


def _is_credible(name: str) -> bool:
    """Nothing speaks against the word's being a full name."""
    if len(name) == 3 and is_given_only(name[:2]) and name[2] in "이예입":
        return False
    if is_word_and_name(name[1:]) and not is_word(name):
        return True
    return not (
        is_word(name)
        or name in _people()
        or name[-1] in _WORD_ENDS
        or (begins_with_noun(name) and not (is_name_like(name) and name[2] not in "이자수인지"))
    )


@cache
def _people() -> frozenset[str]:
    return frozenset(lists.WORDS["people"])


def _fits(rule: str, match: re.Match[str]) -> bool:
    name = match["value"]
    if rule == "name.said":
        return not is_given_only(name[1:]) or shape_of(name) > Shape.NONE
    unlikely = len(name) == 3 and begins_with_noun(name) and shape_of(name) < Shape.PLAUSIBLE
    if unlikely or not _is_credible(name):
        return False
    likely = shape_of(name) >= Shape.PLAUSIBLE or is_given(name[1:]) or is_word_and_name(name[1:])
    if rule == "name.labelled":
        return _fits_label(match, likely=likely)
    if rule == "name.introduced":
        return shape_of(name) > Shape.NONE and not begins_with_noun(name)
    return likely or (is_name_like(name) and not begins_with_noun(name))


def _fits_label(match: re.Match[str], *, likely: bool) -> bool:
    name = match["value"]
    if match["end"] is not None:
        return likely or is_name_like(name) or not begins_with_noun(name)
    if match["told"] is not None:
        if name[2:] == "이" and is_everyday(name[:2]):
            return False  # 부모이고요
        return likely or not begins_with_noun(name)
    return likely and not is_rare(name)


def _pairs(text: str) -> Iterator[Found]:
    """What was written wrong and what is right: `문가온 아니고 문가운이에요`."""
    for match in compiled(_PAIR).finditer(text) if _PAIR_SIGNS.search(text) else ():
        first, second = match["first"], match["second"]
        shared = sum(one == other for one, other in zip(first, second, strict=True))
        alike = shared == 2 and not (begins_with_noun(first) and first[:2] == second[:2])
        shapes = sorted((shape_of(first), shape_of(second)))
        asked = _ASKED.search(text, max(0, match.start() - 12), match.start())
        least = Shape.UNUSUAL if asked else Shape.PLAUSIBLE
        if (alike and shapes[1] >= least and first[0] in ALL_SURNAMES) or (
            first[0] == second[0] and shapes[0] >= Shape.PLAUSIBLE
        ):
            yield Found(*match.span("first"), "NAME", 0.7, "name.pair")
            yield Found(*match.span("second"), "NAME", 0.7, "name.pair")
    for match in compiled(_GIVEN_PAIR).finditer(text) if _GIVEN_PAIR_SIGNS.search(text) else ():
        if sum(a == b for a, b in zip(match["first"], match["second"], strict=True)) == 1:
            yield Found(*match.span("first"), "NAME", 0.7, "name.pair")
            yield Found(*match.span("second"), "NAME", 0.7, "name.pair")


def _lists(text: str) -> Iterator[Found]:
    for match in compiled(_LISTED).finditer(text) if _LIST_SIGNS.search(text) else ():
        items = [
            (match.start("items") + one.start(), match.start("items") + one.end())
            for one in _ITEM.finditer(match["items"])
        ]
        shapes = [shape_of(text[start:end]) for start, end in items]
        sure = sum(shape is Shape.LIKELY for shape in shapes)
        full = all(_may_be_listed(text[start:end]) for start, end in items)
        if full and sure and (match["head"] or sure * 2 >= len(items)):
            for start, end in items:
                yield Found(start, end, "NAME", 0.7, "name.listed")


def _may_be_listed(name: str) -> bool:
    if shape_of(name) > Shape.UNUSUAL:
        return True
    return len(name) == 3 and name[0] in ALL_SURNAMES and _is_credible(name)


def _short_ones(text: str) -> Iterator[Found]:
    """Given names of one syllable, and surnames and given names that are told apart."""
    yield from _single_ones(text)
    for match in compiled(_SURNAME_OF).finditer(text) if _SURNAME_OF_SIGNS.search(text) else ():
        if not is_refused(match["value"]):
            yield Found(*match.span("value"), "NAME", 0.7, "name.single")
            yield Found(*match.span("again"), "NAME", 0.7, "name.single")
    for match in compiled(_SURNAME_SAID).finditer(text) if _SURNAME_SIGNS.search(text) else ():
        cue = text[match.start() : match.start("value")]
        after = text[match.end("value") : match.end("value") + 1]
        if cue.startswith("성") or after == "씨":
            yield Found(*match.span("value"), "NAME", 0.7, "name.single")
    for match in compiled(_GIVEN_FIRST).finditer(text) if "성은" in text else ():
        if tail_at(text, match.end("value")) and is_given(match["value"]):
            yield Found(*match.span("value"), "NAME", 0.7, "name.single")


def _single_ones(text: str) -> Iterator[Found]:
    """Given names of one syllable, which people say they are."""
    said = text.find("외자")
    if said < 0:
        return
    for match in compiled(_SINGLE).finditer(text, max(0, said - _NEAR), said + _NEAR):
        if match["apart"] or not (match["given"] == "이" or is_refused(match["value"])):
            yield Found(*match.span("value"), "NAME", 0.75, "name.single")
    for match in compiled(_SINGLE_ALONE).finditer(text, said):
        yield Found(*match.span("value"), "NAME", 0.75, "name.single")
