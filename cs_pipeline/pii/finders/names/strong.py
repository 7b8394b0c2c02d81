"""Names of any shape before words that follow hardly anything but names.

`탁재훈 고객님`, `빙현우라고 합니다`, `팽수영 명의로`, `국지연 010-…`, `염정아 남편인데요`. What is a name
here is told by `plausible`; the weaker the cue, the more the word has to look like one.
"""

import re
from collections.abc import Iterator

from cs_pipeline.pii.finders.names import cues
from cs_pipeline.pii.finders.names.plausible import (
    CENSUS_SURNAMES,
    ends_like_word,
    is_everyday,
    is_plausible,
    is_refused,
    looks_like_name,
)
from cs_pipeline.pii.finders.names.shape import (
    LONG_SURNAMES,
    begins_with_noun,
    is_given,
    second_syllables,
)
from cs_pipeline.pii.rules import Found, any_of, compiled

SIGNS = re.compile(
    any_of(
        (
            *("고객", "회원님", "씨", "님", "라고", "라구", "명의", "이름", "성함", "본인", "기사"),
            *(f"로{gap}{what}" for gap in " \n" for what in ("입", "송", "이체", "예", "보", "주")),
            *(f"01{digit}" for digit in "016789"),
            *("####", "인데", "입니다", "이에요", "예요"),
            *cues.FAMILY,
            *("아들", "딸", "배우자", "보호자", "모친", "부친"),
        )
    )
)
_SURE = r"""(?P<sure>
    \s? (?: 고객님 (?! \s?센터 ) | 회원님 )                                 # 탁재훈 고객님
    | \s 고객 (?= 입니다 | 이세요 | 이신가요 | 명의 | 께서 )                # 탁재훈 고객입니다
    | \s? (?<! [날솜글말] ) 씨 (?! [가-힣] (?<! [가는를은도와랑의께한이입요인였예고] ) ) (?! \s? [앗름디유] )  # 탁재훈 씨가
    | \s? 님 (?! [가-힣] (?<! [이은을의께도과만입맞으하한] ) | 프 )            # 탁재훈님이
    | \s? 이? 라(?:고|구) \s? (?:                                           # 빙현우라고 합니다
        합니다 | 해요 | 하는데 | 하고요? | 하구요 | 불러 | 합니당 | 하는 )
)"""
_FIRM = r"""(?P<firm>
    \s? (?: 명의 (?! 변경 | 이전 | 자 )                                     # 팽수영 명의로
      | (?: 이라는 | 라는 )? \s? 이름 으?로 | 성함 으?로                    # 팽수영이라는 이름으로
      | 본인 (?= 입니다 | 이에요 | 인데 | 맞 | 이고 | 명의 ) )              # 팽수영 본인입니다
    | 으?로 \s (?: 입금 | 송금 | 이체 | 예약 (?= 했 | 하 | 한 | 되 | 돼 )   # 팽수영으로 예약했는데
      | 보냈 | 주문 (?= 했 | 한 ) )                                         # 팽수영으로 주문한 거
    | \s? (?: (?:설치|배송|택배|방문|수리)\s?)? 기사 님?                    # 팽수영 배송기사님이
      (?= [이가은는께한도] | \s | \Z )
    | [\s,/(:]{1,3} (?: 01[016-9] [-.\s]? \d{3,4} | \#\#\#\#\#\# )          # 국지연 010-1234
    | \s? (?: 남편 | 아내 | 와이프 | 엄마 | 아빠 | 어머니 | 아버지 | 누나 | 언니 | 오빠 | 동생
        | 아들 | 딸 | 배우자 | 보호자 | 모친 | 부친 )                       # 염정아 남편인데요
      (?= 인데 | 입니다 | 이에요 | 예요 | 이고 | 되는\s?사람 | 됩니다 | 되는데 )
)"""
_WORD = rf"(?P<value> [{CENSUS_SURNAMES}] (?<! [가-힣a-z@*_]. ) [가-힣]{{1,5}}? )"
_BEFORE_CUE = rf"{_WORD} (?: {_SURE} | {_FIRM} )"
# `안녕하세요 국지연입니다`, at the start of what somebody says.
_GREETED = rf"""
    (?: \A | \n ) [^\n]{{0,4}}?
    (?: 안녕하세요 | 안녕하십니까 | 여보세요 | 수고하십니다 | 수고하세요 | 네
      | 저는 | 저 | 제가 | 전 ) [\s,.!~]{{1,3}}
    (?: 저는 \s | 저 \s )? {_WORD} (?= 입니다 | 이에요 | 예요 | 인데요 | 이라고 | 라고 )
"""
_PAIR = rf"""
    (?: \s? (?:씨|님|고객님) )?
    (?: [와과] | 이?랑 | 하고 | \s?[,·&/] | \s 및 | \s 그리고 ) \s {_WORD}  # 탁재훈 씨와 빙현우
    (?= \s? (?:씨|님|고객님|둘|두\s?명|셋|세\s?명)                          # 빙현우 씨
      | 입니다 | 이에요 | 예요 | 이요 | 이고 | 요 (?![가-힣])               # 빙현우입니다
      | \s?[,.\n] | \s?\Z | [은는이가] \s                                   # 빙현우가
      | \s (?: [둘셋넷두세네] | 이렇게 | 같이 | 함께 ) )                           # 빙현우 이렇게 두 명
"""
# People insist that an odd name is one.
_INSISTED = rf"""
    (?P<value> [{CENSUS_SURNAMES}] (?<! [가-힣a-z@*_]. ) [가-힣]{{2,4}}? )
    (?: 이?[에예]요 | 입니다 | 이?요 | 이?라고\s해요 | 이?라고 (?= \s 이름이 ) ) [\s,.!~]{{1,3}} (?:
        (?: 이름이 \s )? (?: [두세네]\s?글자 | [석넉두세네]\s자 ) (?: 이?[에예]요 | 입니다 | 요 | 맞 | 라 )  # 김태리나입니다 넉 자예요
      | 외자 (?: 이?[에예]요 | 입니다 | 요 ) | 본명 (?: 이?[에예]요 | 입니다 | 맞 )      # 장미라예요 본명 맞아요
      | (?: (?: 진짜 | 사람 | 실제 | 제 ) \s? )? 이름 (?: 이?[에예]요 | 입니다 | 맞 ) )  # 이방원이에요 진짜 이름이에요
"""
_INSISTED_ON = rf"""
    (?P<value> [{CENSUS_SURNAMES}] (?<! [가-힣a-z@*_]. ) [가-힣]{{1,3}} ) [\s,.!~]{{1,3}}
    (?: 이게 | 이거 | 그게 ) \s (?: 진짜 | 실제 | 정말 )? (?:로)? \s? (?: 제 | 사람 | 본명 | 내 ) \s? (?: 진짜 \s? )? (?: 이름 | 성함 )?
    (?= 이[라에고거] | 입 | 예요 | 인데 | 맞 )                                # 유기농 이게 진짜 제 이름이라
"""
_INSISTS = re.compile("[두세네] ?글자|[석넉두세네] 자|외자|본명|이름[이예입맞]")
_INSISTS_ON = re.compile("[이그][게거] (?:진짜|실제|정말)?로? ?(?:제|사람|본명|내)")
_BEFORE_SECOND = re.compile(
    rf"(?<![가-힣a-z@*_])(?P<value>[{CENSUS_SURNAMES}][가-힣]{{2}})(?:, |,|·|와 |과 |이?랑 |하고 )$"
)
_LONGEST_JOINED = 6
_SAMPLE = re.compile(r"[^\n]{0,24}(?:형식|형태|양식|예시)")


def find(text: str) -> Iterator[Found]:
    """Findings in normalised text; they may overlap."""
    for match in compiled(_BEFORE_CUE).finditer(text):
        name = match["value"]
        if not is_plausible(name):
            continue
        if match["sure"] == "님" and _is_other_word(name):
            continue
        if match["sure"] is not None and _may_be_called(name):
            yield Found(*match.span("value"), "NAME", 0.7, "name.called_so")
        elif looks_like_name(name) and not _SAMPLE.match(text, match.end()):
            yield Found(*match.span("value"), "NAME", 0.7, "name.firm_cue")
    yield from _find_insisted(text)
    for match in compiled(_GREETED).finditer(text):
        name = match["value"]
        if is_plausible(name) and looks_like_name(name):
            yield Found(*match.span("value"), "NAME", 0.7, "name.greeted")


def _find_insisted(text: str) -> Iterator[Found]:
    """Names that people say are names."""
    for match in compiled(_INSISTED).finditer(text) if _INSISTS.search(text) else ():
        if not (is_everyday(match["value"]) or is_refused(match["value"])):
            yield Found(*match.span("value"), "NAME", 0.7, "name.insisted")
    for match in compiled(_INSISTED_ON).finditer(text) if _INSISTS_ON.search(text) else ():
        if not is_refused(match["value"]):
            yield Found(*match.span("value"), "NAME", 0.7, "name.insisted")


def find_second(text: str, found: list[Found]) -> Iterator[Found]:
    """The name that `와`, `랑` or a comma adds to one that was found."""
    for one in found:
        end: int | None = one.end
        while end and (match := compiled(_PAIR).match(text, end)):
            name, end = match["value"], None
            if is_plausible(name) and looks_like_name(name):
                end = match.end("value")
                yield Found(*match.span("value"), "NAME", 0.7, "name.second")


def find_first(text: str, found: list[Found]) -> Iterator[Found]:
    """The name at the start of a word to which `와`, `랑` or a comma adds one that was found."""
    for one in found:
        if match := _BEFORE_SECOND.search(text, max(0, one.start - _LONGEST_JOINED), one.start):
            name = match["value"]
            if is_plausible(name) and looks_like_name(name) and not ends_like_word(name):
                yield Found(*match.span("value"), "NAME", 0.7, "name.second")


def _is_other_word(name: str) -> bool:
    """`전혀아님`, `진실누님`: the last syllable and 님 are a word."""
    return name[-1] in "누느" or (name[-1] == "아" and is_everyday(name[:-1]))


def _may_be_called(name: str) -> bool:
    """A short or noun-like word before 님 and 고객님 needs a given name's syllables."""
    if len(name) != 3 or name[:2] in LONG_SURNAMES:
        return True
    return is_given(name[1:]) or name[2] in second_syllables() or not begins_with_noun(name)
