"""Surnames alone: with 씨, with a title, told by how they are written, or while one thinks.

`뇌 씨라던데`, `맹 기사님이었나`, `편 사장, 감 프로, 어 이사`, `최모 씨`, `경이요 서울 경 자`, `도… 뭐더라`.
Which surnames are words as well, and so need more beside them, is in the lists.
"""

import re
from collections.abc import Iterator

from cs_pipeline.pii.finders.names import lists
from cs_pipeline.pii.finders.names.plausible import CENSUS_SURNAMES
from cs_pipeline.pii.finders.names.shape import LONG_SURNAMES
from cs_pipeline.pii.rules import Found, compiled

_NO_WORDS = "".join(dict.fromkeys((*lists.SURNAMES["no_words"], *lists.SURNAMES["hardly_words"])))
_BEFORE_TITLES = "".join(set(_NO_WORDS) - {*lists.SURNAMES["words_before_titles"]})
_TITLE = r"""(?:
    사장 | 과장 | 대리 | 팀장 | 차장 | 부장 | 주임 | 실장 | 매니저 | 기사 | 반장 | 소장 | 점장 | 원장 | 이사 | 대표 | 프로
  | 교수 | 선생 | 쌤 | 간호사 | 변호사 | 약사 | 코치 | 강사 | 집사 | 권사 | 장로 | 목사 | 여사 | 주무관 | 계장 | 상담[사원]
  | 설계사 | 회장 | 총무 | 국장 | 센터장 | 지점장 | 본부장 | 담임 | 감독 | 딜러 | 직원 | 검사 | 형사 | 순경 | 경위
)"""
_TITLES = re.compile(re.sub(r"\s", "", _TITLE))
_START = "(?<![가-힣a-z0-9@*_])"
_MISTER = rf"""
    {_START} (?P<value> [{_NO_WORDS}] ) ['"’”]? \s? 씨                              # 뇌 씨라던데
    (?= [가는도를의와랑께한하] | 에게 | 이?라[고던는니서며] | 이[고에]? | 예?요 | 입니 | 인[데지] | 아[저니]
      | 네 \s | 였 | \s? [,.!?\n] | \s 아니 | \Z )
"""
_MOCKED = rf"{_START} (?P<value> [{CENSUS_SURNAMES}] (?<! [이그어] ) ) 모 \s? 씨 (?! [가-힣] (?<! [가는를도와의께한라로이] ) )"  # 최모 씨
_POLITE = rf"""
    {_START} (?P<value> [{_BEFORE_TITLES}] ) \s? (?: {_TITLE} 님 | 여사 )  # 석 반장님
    (?= 이?[요에예었였셨] | [이가은는을를도의만과와께네] | 한테 | 에게 | 이?라 | 입니 | 인데 | 으?로 | 하고
      | [,.!?~:)] | \s | \Z )
"""
_JOINT = r"(?: 이?랑 | 하고 | 과 | 와 | 이?[었였]나 | 인가 | 이?나 )? \s? [,·/]?"
_LISTED = rf"""
    {_START} [{CENSUS_SURNAMES}] \s? {_TITLE} 님? {_JOINT} \s{{1,2}}
    (?: [{CENSUS_SURNAMES}] \s? {_TITLE} 님? {_JOINT} \s{{0,2}} ){{1,5}}  # 편 사장, 감 프로
"""
_ONE_LISTED = rf"(?P<value> [{CENSUS_SURNAMES}] ) \s? {_TITLE}"
_WRITTEN = rf"""
    {_START} (?P<value> [{CENSUS_SURNAMES}] ) 씨? (?: 이?요 | 이?[에예]요 | 입니다 | 라고 )? [\s,.]{{1,2}}
    (?: [가-힣]{{1,4}} \s )? (?: [가-힣]{{1,4}} \s? 할 \s? 때 \s? (?P=value) (?![가-힣]) | (?<= \s ) (?P=value) \s? 자 (?![가-힣] (?<! [를로가예요] )) )
"""  # 경이요 서울 경 자
_SOUGHT = rf"""
    {_START} (?P<value> [{CENSUS_SURNAMES}] (?<! [이그저어아음내제은] ) ) [\s,.~…]{{1,4}}
    (?: 뭐였 | 뭐더 | 뭐시기 | 뭐라더 | 누구더 | 누구였 | 뭐지 )             # 도… 뭐더라
"""


_OF_TWO_SYLLABLES = rf"""
    (?P<value> [{"".join(name[0] for name in LONG_SURNAMES)}] (?<! [가-힣a-z0-9@*_]. )
      (?: {" | ".join(f"(?<= {name[0]} ) {name[1]}" for name in LONG_SURNAMES)} ) ) \s? (?: {_TITLE} 님? | 씨 )  # 황보 과장이
    (?= 이?[요에예었였셨] | [이가은는을를도의만과와께네] (?![가-힣]{{2}}) | 한테 | 에게 | 이?라 | 입니 | 인데 | 으?로 | 하고
      | [,.!?~:)] | \s | \Z )
"""


# The patterns, and what a text with a finding of each of them holds.
_PATTERNS = (
    (_MISTER, {"씨"}),
    (_MOCKED, {"모 씨", "모씨"}),
    (_POLITE, {"님", "여사"}),
    (_WRITTEN, {" 자", "할 때", "할때"}),
    (_SOUGHT, {"뭐", "누구"}),
)
_SIGNS = re.compile("씨|모 ?씨|님|여사|할 ?때|뭐|누구| 자")


def find(text: str) -> Iterator[Found]:
    """Findings in normalised text; they may overlap."""
    if said := set(_SIGNS.findall(text)):
        for pattern, words in _PATTERNS:
            if not said.isdisjoint(words):
                for match in compiled(pattern).finditer(text):
                    yield Found(*match.span("value"), "NAME", 0.7, "name.lone")
    titles = _TITLES.findall(text)
    for match in compiled(_OF_TWO_SYLLABLES).finditer(text) if titles or "씨" in said else ():
        yield Found(*match.span("value"), "NAME", 0.7, "name.lone")
    for run in compiled(_LISTED).finditer(text) if len(titles) > 1 else ():
        for match in compiled(_ONE_LISTED).finditer(text, *run.span()):
            yield Found(*match.span("value"), "NAME", 0.7, "name.lone")
