"""Parts of names and short ones: given names alone, surnames with a title, two syllables."""

import re
from collections.abc import Iterator
from functools import cache

from cs_pipeline.pii.finders.names import cues, lists
from cs_pipeline.pii.finders.names.reading import given_end, tail_at
from cs_pipeline.pii.finders.names.shape import (
    SURNAMES,
    Shape,
    begins_with_noun,
    first_syllables,
    has_final,
    is_given,
    is_given_only,
    is_name_like,
    is_word_and_name,
    second_syllables,
    shape_of,
)
from cs_pipeline.pii.rules import Found, compiled

_BEFORE = 16
_START = cues.WORD_START

_TITLED = r"""
    [님씨고회과대팀차부주실매상교선원라] (?:
        (?<=[님씨])                         # 민수님, 민수 씨
      | 객 | 원 | 장 | 리 | 임 | 니저       # 김 과장, 박 대리, 최 매니저
      | 담 | 수 | 생 | [고구]\s             # 한 교수, 김 선생, 민수라고
    )
"""


def find_called(text: str) -> Iterator[Found]:
    """Short and unusual names, and surnames with a title, in normalised text; may overlap."""
    if compiled(_TITLED).search(text):
        yield from _short_names(text)
        yield from _unusual_names(text)
        yield from _lone_surnames(text)


_GIVEN_AFTER = r"""
    (?P<polite> \s?(?:씨(?![앗름])|님(?!프)|고객님|회원님) | \s(?:군|양)(?![가-힣]) )     # 민수 씨, 지민 양
  | (?P<vocative> [아야](?=[\s,.!?~]|\Z) )                                                # 민수야
  | (?P<pet> 이 (?:가|는|도|랑|한테|를|네|의|꺼|거|보고)(?![가-힣]) )                     # 지민이가
  | (?P<open> (?:네|랑|한테)(?![가-힣]) )                                                 # 민수네
  | (?P<told> 이?\s?(?:엄마|아빠|어머니|아버지|어머님|아버님|할머니|보호자|담임)          # 지민이 엄마
      | 맘(?=입|이|예|인|[^가-힣]|\Z)                                                     # 지민맘입니다
      | 이?\s(?:친구|언니|오빠|누나|동생|이모|삼촌)(?=[인예이입가는도])                   # 지민이 친구인데요
      | 이?라(?:고|구)\s?(?:합|해|하|불) )                                                # 지민이라고 해요
"""
_PERSON = re.compile(
    rf"(?:{cues.RELATIVE}(?:\s?이름이?)?|(?:우리|저희)(?:\s애)?"
    r"|(?:^|[\s,.])(?P<self>저는|전|제가|나는|난|저|나))\s$",
    re.VERBOSE,
)


def find_given(text: str) -> Iterator[Found]:
    """Given names without a surname, in normalised text."""
    for match in _given().finditer(text):
        if is_given(match.group()) and (score := _given_score(text, match)):
            yield Found(*match.span(), "NAME", score, "name.given")


def _given_score(text: str, match: re.Match[str]) -> float:
    name, (start, end) = match.group(), match.span()
    after = compiled(_GIVEN_AFTER).match(text, end)
    if after and after["polite"]:
        return _polite_score(name, after["polite"])
    if not is_given_only(name):
        return 0.0
    before = text[max(0, start - _BEFORE) : start]
    final = has_final(name[1])
    if after and after["vocative"]:
        fits = (after["vocative"] == "아") is final
        return 0.6 if fits and (not before or before[-1] in " ,.!?~\n") else 0.0
    if after and ((after["pet"] and final) or (after["open"] and not final) or after["told"]):
        return 0.65
    person = _PERSON.search(before) if given_end(text, start) else None
    return 0.65 if person and (not person["self"] or tail_at(text, end) == "copula") else 0.0


def _polite_score(name: str, polite: str) -> float:
    if is_word_and_name(name):
        return 0.55 if "씨" in polite and name != "마음" else 0.0
    return 0.75 if is_given_only(name) else 0.6


@cache
def _given() -> re.Pattern[str]:
    return re.compile(
        rf"[{first_syllables()}]{_START}[{second_syllables()}]"
        r"(?=\s?[씨님군양고회엄아어맘할보담친언오누동삼]|[야이라입예에인네랑한가는도요고임]|[^가-힣]|$)"
    )


_SHORT_AFTER = r"""
    \s?(?:고객님|회원님|님(?!프)|씨(?![앗름디])) | \s(?:고객|회원)(?:입|이|께|의|분|본)
  | \s?(?:상담[사원]|매니저|팀장|과장|대리(?!점|운)|원장|교수|선생님)(?:님)?(?![가-힣]{2})
  | 이?라(?:고|구)\s(?:합|해|하)
"""


def _short_names(text: str) -> Iterator[Found]:
    """Full names of two syllables before a word that only follows names."""
    for match in _short().finditer(text):
        if shape_of(match.group()) and compiled(_SHORT_AFTER).match(text, match.end()):
            yield Found(*match.span(), "NAME", 0.6, "name.short")


_JOB = "(?:상담[사원]|매니저|팀장|과장|대리(?!점|운|인)|원장|대표|교수|선생|기사|점장|실장|부장|차장|주임)"
_UNUSUAL = rf"""
    [{SURNAMES}] {_START} [가-힣]{{2}}
    (?= (?P<mister> \s?씨 (?![앗름디유]) ) | \s?님(?!프) | \s?(?:고객|회원)님
      | (?P<title> \s?{_JOB}(?:님|이|가|였|입|은|는|께|에게|한테|\s|\Z) ) | \s맞(?:는데|습니|아요|으)
      | (?P<called> 이라[고구]\s?(?:합|해|하|적|되|돼|저) ) )
"""
_NO_ENDINGS = frozenset(lists.SYLLABLES["unusual_name_ends"])


def _unusual_names(text: str) -> Iterator[Found]:
    """Full names that no list holds, before a word that only follows names."""
    for match in compiled(_UNUSUAL).finditer(text):
        name = match.group()
        shape = shape_of(name)
        told = match["mister"] or (match["called"] and not begins_with_noun(name))
        if shape is Shape.NONE or name[2] in _NO_ENDINGS:
            continue
        likely = is_name_like(name) and not (match["title"] and begins_with_noun(name))
        if shape > Shape.UNUSUAL or told or likely:
            yield Found(*match.span(), "NAME", 0.6, "name.unusual")


@cache
def _short() -> re.Pattern[str]:
    return re.compile(rf"[{SURNAMES}]{_START}[가-힣](?=\s?[고회님씨상매팀과대원교선]|라|이라)")


_SURE = frozenset(lists.SURNAMES["sure_before_titles"])
_NO_WORDS = frozenset(lists.SURNAMES["no_words"])
_UNLIKELY = "현부여총"
_RANK = r"(?:과장|대리(?!점|운전|인|석|구매|주문)|팀장|차장|부장|주임|실장|매니저)"
_WITHOUT_POLITE = r"(?:상담[사원]|교수|변호사|선생|쌤|원장|여사)"
_TITLE = rf"""(?:
    {_RANK} | {_WITHOUT_POLITE} | 기사 | 점장 | 소장 | 센터장 | 지점장 | 대표 | 이사 | 사장 | 회장
    | 본부장 | 간호사 | 사원 | 약사 | 코치 | 강사 | 작가 | 고객 | 회원
)"""
_WORDS = re.compile(
    "(?:지부장|정회원|전회원|신회원|문회원|서회원|조회원|조회장|주고객|전고객|신고객|공기사|정기사|전기사|진기사|장기사"
    "|조사원|주사원|상사원|공사원|민사원|서사원|허사원|여사원|남사원|공사장|유사장|변사장|나사장|오사장|노사장|여사장"
    "|고소장|공소장|노교수|명강사|정교수|조교수|나이사|공이사|배이사|이사장|차대표|하대표|안과장|문과장|성과장|주차장"
    "|원대리|김과장 드라마|김선생 김밥)"
)
_LONE = rf"""
    (?P<value>[{SURNAMES}피빈승예용경복태목형두감좌팽갈견옹묵봉]) {_START} (?P<gap>\s?) (?P<title>{_TITLE}) (?P<polite>님)?
    (?= 이?요 | 이[에고시신란라랑가셨었] | 네(?![가-힣]) | 댁 | \s말고 | [이가은는을를도의만과와께] | 한테 | 에게 | 입니 | 인데 | 예요
      | 으?로 | 하고 | 바[꿔꾸] | [,.!?~:)] | \s | \Z )
"""
_MISTER = rf"""
    (?P<value>[김박최강윤임정조장오한서권황송홍문배백허심]) {_START}
    씨 (?: 가 | 는 | 한테 | 에게 | 라는 | 라고 | 랑 | 이신 | 이고 | 네\s
      | \s(?:아저씨|아주머니|할머니|할아버지|고객) ) (?!문)
"""


def _lone_surnames(text: str) -> Iterator[Found]:
    for match in compiled(_LONE).finditer(text):
        if _is_lone_surname(match):
            score = 0.65 if match["polite"] else 0.55
            yield Found(*match.span("value"), "NAME", score, "name.title")
    for match in compiled(_MISTER).finditer(text):
        yield Found(*match.span("value"), "NAME", 0.55, "name.title")


def _is_lone_surname(match: re.Match[str]) -> bool:
    surname, title = match["value"], match["title"]
    spaced, polite = match["gap"] != "", match["polite"] is not None
    if not (spaced and polite) and _WORDS.match(
        surname + title + match.string[match.end() : match.end() + 4]
    ):
        return False
    is_rank = compiled(_RANK).fullmatch(title) is not None
    if surname in _SURE:
        strong = is_rank or compiled(_WITHOUT_POLITE).fullmatch(title) is not None
        return polite or (strong and not (spaced and surname in "오하나"))
    if (
        surname in _NO_WORDS
        and (is_rank or title == "사장")
        and (polite or title != "사장" or not spaced)
    ):
        return True
    if surname == "이":
        return (polite and (is_rank or not spaced)) or (is_rank and not spaced)
    if surname == "전":
        return is_rank and polite and not spaced
    return is_rank and polite and surname not in _UNLIKELY
