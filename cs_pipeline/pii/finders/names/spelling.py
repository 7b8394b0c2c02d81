"""Full names that are not written in one piece: spaced, partly hidden, or spelt out."""

import re
from collections.abc import Iterator

from cs_pipeline.pii.finders.names import cues, lists
from cs_pipeline.pii.finders.names.reading import HIDDEN, MARKS, hidden_end, tail_at
from cs_pipeline.pii.finders.names.shape import (
    ALL_SURNAMES,
    LONG_SURNAMES,
    SURNAMES,
    Shape,
    first_syllables,
    is_given,
    is_given_only,
    shape_of,
)
from cs_pipeline.pii.rules import Found, compiled

_START = cues.WORD_START
_LONG = f"(?:{'|'.join(LONG_SURNAMES)})"

_SPACED = rf"""
    (?P<a>[{SURNAMES}]) {_START} [ ._-]{{1,2}} (?P<b>[가-힣]) [ ._-]{{0,2}} (?P<c>[가-힣])
    (?! [가-힣][ ][가-힣][ ] )
"""
_LONG_SPACED = rf"""
    {_LONG} (?<! [가-힣].. ) [ ] (?! {cues.TITLE} ) [가-힣]{{1,2}}
    (?= \s?(?:고객|회원|님|씨) | 입니 | 이[에요라] | 라고 | 예요 | 인데 | 으?로\s | \s? (?: \n | \Z ) )
"""
_SURE_LONG = frozenset(("남궁", "황보", "제갈", "독고"))
_SURE_SPACED = frozenset(lists.SURNAMES["sure_when_spaced"])


def find_spaced(text: str) -> Iterator[Found]:
    """Names with spaces between the syllables, or behind the surname, before a telling word."""
    for match in compiled(_SPACED).finditer(text):
        name = match["a"] + match["b"] + match["c"]
        if shape_of(name) < Shape.PLAUSIBLE:
            continue
        tail = tail_at(text, match.end())
        apart = match.end("b") < match.start("c")
        sure = match["a"] in _SURE_SPACED and is_given_only(name[1:])
        known = match["a"] not in "전나" and is_given_only(name[1:])
        if (tail == "called" and (known or apart)) or (tail == "copula" and (sure or apart)):
            yield Found(*match.span(), "NAME", 0.75, "name.spaced")
        elif tail and apart and match["a"] in _SURE_SPACED:
            yield Found(*match.span(), "NAME", 0.6, "name.spaced")
    for match in compiled(_LONG_SPACED).finditer(text):
        tail = tail_at(text, match.end())
        if tail in ("called", "copula", "owned") or text[match.start() :][:2] in _SURE_LONG:
            yield Found(*match.span(), "NAME", 0.75, "name.spaced")


_HIDDEN_ALONE = re.compile(
    rf"[김이박최정조윤장임한오서신권황송홍안유남궁]{{1,2}}(?:[{MARKS}]{{2}}|[{MARKS}][가-힣])"
    rf"|[가-힣]{{2}}[{MARKS}]"
)
_HIDDEN_BY_LETTER = re.compile("[김이박최정조윤장임한오서신권황송홍안유남][ᄋㅇoO]{1,2}[가-힣]?")
_HIDDEN = rf"""
    (?<![가-힣0-9a-z*]) (?: {HIDDEN} | (?:{"|".join(LONG_SURNAMES)}) [{MARKS}]{{1,2}} [가-힣]? )
"""


def find_hidden(text: str) -> Iterator[Found]:
    """Names of which marks hide a part, in normalised text."""
    for match in compiled(_HIDDEN).finditer(text):
        start, end = match.start(), hidden_end(match)
        name, tail = text[start:end], tail_at(text, end)
        if tail == "called":
            yield Found(start, end, "NAME", 0.8, "name.hidden")
        elif tail and (_is_hidden_alone(name) or _is_hidden_and_owned(name, tail)):
            yield Found(start, end, "NAME", 0.65, "name.hidden")


def _is_hidden_and_owned(name: str, tail: str) -> bool:
    """`김ㅇ수`로 떠요."""
    return tail == "owned" and _HIDDEN_BY_LETTER.fullmatch(name) is not None


def _is_hidden_alone(name: str) -> bool:
    """Not 주*의 or 강*추, which hide nobody."""
    if not _HIDDEN_ALONE.fullmatch(name):
        return False
    return name[1] in MARKS + first_syllables() and name[-1] not in "의추"


_SPELT = rf"""
    (?P<value> [{SURNAMES}] {_START} (?:\s?[씨자])? (?:
        에 [,\s]{{0,2}} (?P<first>[가-힣]) 자?에 [,\s]{{0,2}} (?P<second>[가-힣]) 자?
      | (?:에|이고|하고|요)? [,\s]{{1,2}} (?P<first_sign>[가-힣])\s?자 (?:에|이고|하고|요)? [,\s]{{0,2}}
        (?P<second_sign>[가-힣])\s?자
    ) )
    (?= [\s,.!?~] | 이?요 | 입니 | 이에 | 예요 | 이?십니 | 이?세요 | 이?신 | 를 | \Z )
"""
_SPLIT = rf"""
    (?: 성[은이]\s? (?P<value> {_LONG} | [{SURNAMES}] ) 씨? | (?P<mister>[{SURNAMES}]) {_START} 씨 )
    [가-힣]{{0,3}} [,\s]{{1,3}} 이름[은이] \s? (?: 외자 \s )?             # 성은 김, 이름은 민수
    (?P<given>
        [가-힣] (?=이[에예]요)                                              # 이름은 준이에요
      | [가-힣]{{2}} (?= 이?[에예요] | 입 | 이고 | 라 | [\s,.] | \Z | 이\s | 가\s | 인데 )  # 이름은 민수요
      | [가-힣](?!자)                                                       # 이름은 준
    )
"""
_AS_IN = r"(?<![가-힣])(?P<value>(?P<name>[가-힣]{3})\s?할\s?때\s?(?P<part>[가-힣]))(?![가-힣]{4})"


HONOURED_SIGN = re.compile("자 [가-힣] ?자")
# `예 자 병 자 수 자 쓰십니다`, `탁 병자 구자십니다`
_HONOURED = rf"""
    (?<![가-힣]) (?P<value> [{ALL_SURNAMES}] (?: \s? [자씨가] )? \s [가-힣] \s? 자 \s [가-힣] \s? 자 )
    (?= \s? (?: 를 | 쓰 | 이?십 | 이?세 | 이?시 | 이?신 | 이?[에예]요 | 입니 | 이?요 | 님
      | (?: 되시는 \s )? (?: 아버 | 어머 | 할아 | 할머 | 어르신 | 고객 ) ) )
"""


def find_honoured(text: str) -> Iterator[Found]:
    """Names of elders, whose syllables 자 sets apart, in normalised text."""
    for match in compiled(_HONOURED).finditer(text):
        yield Found(*match.span("value"), "NAME", 0.75, "name.spelt")


def find_spelt(text: str) -> Iterator[Found]:
    """Names told syllable by syllable, in normalised text; surname and given name may be apart."""
    for match in compiled(_SPELT).finditer(text):
        first, second = (
            match["first"] or match["first_sign"],
            match["second"] or match["second_sign"],
        )
        if is_given(first + second):
            yield Found(*match.span("value"), "NAME", 0.75, "name.spelt")
    for match in compiled(_SPLIT).finditer(text) if "이름" in text else ():
        surname = "value" if match["value"] else "mister"
        yield Found(*match.span(surname), "NAME", 0.8, "name.spelt")
        yield Found(*match.span("given"), "NAME", 0.8, "name.spelt")
    for match in compiled(_AS_IN).finditer(text) if "할" in text else ():
        if shape_of(match["name"]) >= Shape.PLAUSIBLE and match["part"] in match["name"]:
            yield Found(*match.span("value"), "NAME", 0.75, "name.spelt")
