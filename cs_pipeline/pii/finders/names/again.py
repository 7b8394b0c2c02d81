"""A name that was told, where it stands again: short, with another surname, or in passing.

`노을 명의인데 노을이가 쓸 거예요`, `이름이 대로고요 이대로입니다`, `성함은 구름이요 … 네 구름 두 글자`. What is
hardly ever anything else is found wherever it stands, what is a word as well only in company that
names have.
"""

import re
from collections.abc import Collection, Iterator
from itertools import pairwise

from cs_pipeline.pii.finders.names import cues
from cs_pipeline.pii.finders.names.conceivable import is_word_name
from cs_pipeline.pii.finders.names.plausible import is_census_surname, is_everyday
from cs_pipeline.pii.finders.names.shape import (
    LONG_SURNAMES,
    begins_with_noun,
    has_final,
    is_given_only,
    is_word,
)
from cs_pipeline.pii.rules import Found, compiled

LEAST = 0.7
"""Score from which a name is sure enough to be looked for again."""
_MOST_NAMES = 12
_PARTICLES = frozenset("가는은를을로도의")
_HANGUL = re.compile(r"[가-힣]{2,8}(?: [가-힣]{1,8}){0,2}")
_FULL = 3
_WITHIN = re.compile(r"[가-힣@*_]")
# Company that names have and words do not.
_COMPANY = rf"""(?:
    \s? (?: 님 (?!프) | 씨 (?! [앗름디유] ) | 고객님? | 회원님 | 명의 | 이름 | 성함         # 국지연 씨
      | 본인 | 앞으로 | 학생 | 어린이 )
    | \s? {cues.TITLE}                                                           # 국지연 주임이
    | 이? 라(?:고|구|는) \s? (?: [합해하했불적써쓰돼되] | 사람 | 이름 )     # 국지연이라는 사람
    | \s (?: [두세네] | [234] ) \s? 글자                                    # 국지연 세 글자
    | [은는이가] \s (?: 제 | 저희 | 우리 )? \s?                             # 국지연은 제 동생
      (?: 아들 | 딸 | 동생 | 남편 | 아내 | 와이프 | 이름 | 엄마 | 아빠 | 친구
        | 손[자녀] | 언니 | 누나 | 오빠 | 형 | 조카 )
)"""
_LINE_END = r"\s? [.,!?]? \s? (?: \n | \Z )"
_MOST_SPELT = 4
_SPELT = re.compile(r"(?<![가-힣])[가-힣][ ,.]{1,2}[가-힣](?![가-힣]{2})")
_PET = r"이 (?: 가 | 는 | 를 | 도 | 랑 | 한테 | 네 | 꺼 | 거 ) (?![가-힣])"
_ALONE = r"(?: (?:\A|\n) \s? (?: (?: 네네? | 예 | 아니요? | 아뇨 | 음 | 그 ) [\s,.!~]{1,3} ){0,2} )"
_ALONE_END = r"(?: 이?요 | 이?[에예]요 | 입니다 | 이?라고요 )? \s? [.,!?]? \s? (?: \n | \Z )"
_ALIKE = r"(?<![가-힣]) (?P<value> [가-힣]{3} ) (?= 이?라[고는] | 님 | 씨 | 이? \s 아니 | \s? 말고 | 으?로 \s )"


def find(text: str, found: Collection[Found]) -> Iterator[Found]:
    """Other mentions in normalised text of the names that were found in it for sure."""
    sure = [one for one in found if one.score >= LEAST]
    yield from mentions(text, {*(text[one.start : one.end] for one in sure), *_joined(text, sure)})


def _joined(text: str, found: list[Found]) -> Iterator[str]:
    """Surname and given name that were told apart (`성이 남궁이고 이름이 별이에요`)."""
    told = sorted(one for one in found if one.rule == "name.spelt")
    for first, second in pairwise(told):
        surname, given = text[first.start : first.end], text[second.start : second.end]
        if (is_census_surname(surname) or surname in LONG_SURNAMES) and len(given) < _FULL:
            yield surname + given


def mentions(text: str, names: Collection[str]) -> Iterator[Found]:
    """Where names that were told stand in normalised text, the places where they were among them."""
    hangul = sorted(name for name in names if _HANGUL.fullmatch(name))[:_MOST_NAMES]
    for name in hangul:
        yield from _mentions(text, name)
        if len(name) == _FULL and is_census_surname(name[0]):
            yield from _short(text, name[1:])
            yield from _alike(text, name)


def _mentions(text: str, name: str) -> Iterator[Found]:
    sure = not _is_word(name)
    for start in _places(text, name):
        end = start + len(name)
        if (sure and compiled(cues.TAIL).match(text, end)) or _has_company(text, start, name):
            yield Found(start, end, "NAME", LEAST, "name.again")
    if len(name) <= _MOST_SPELT and _SPELT.search(text):
        yield from _spelt(text, name)
    if len(name) < _FULL:
        yield from _with_surname(text, name)


def _spelt(text: str, name: str) -> Iterator[Found]:
    """Its syllables one by one: `탁 이 나`."""
    apart = "[ ,.]{1,2}".join(name)
    pattern = rf"(?<![ ][가-힣] )(?<![가-힣@*_]){apart}(?! [가-힣](?: |$))"
    for match in re.finditer(pattern, text):
        yield Found(*match.span(), "NAME", LEAST, "name.again")


def _places(text: str, name: str) -> Iterator[int]:
    """Where a name stands at the start of a word."""
    start = text.find(name)
    while start >= 0:
        if not _WITHIN.match(text, start - 1) or start == 0:
            yield start
        start = text.find(name, start + 1)


def _with_surname(text: str, given: str) -> Iterator[Found]:
    """The given name behind a surname that was not told."""
    at = text.find(given, 1)
    while at > 0:
        start = at - (2 if text[max(at - 2, 0) : at] in LONG_SURNAMES else 1)
        is_name = start < at - 1 or is_census_surname(text[start])
        is_name = is_name and not (start and _WITHIN.match(text, start - 1))
        end = at + len(given)
        if is_name and compiled(rf"{cues.CALLED}|{cues.COPULA}|{_LINE_END}").match(text, end):
            yield Found(start, end, "NAME", LEAST, "name.again")
        at = text.find(given, at + 1)


def _short(text: str, given: str) -> Iterator[Found]:
    """The given name alone."""
    for start in _places(text, given):
        if _has_company(text, start, given):
            yield Found(start, start + len(given), "NAME", LEAST, "name.again")


def _alike(text: str, name: str) -> Iterator[Found]:
    """`편승엽` beside `편승업`: written wrong, or somebody of the family."""
    for match in compiled(_ALIKE).finditer(text):
        other = match["value"]
        same = sum(a == b for a, b in zip(name, other, strict=True))
        if other[0] == name[0] and same == len(name) - 1 and _may_be_alike(other):
            yield Found(*match.span("value"), "NAME", LEAST, "name.again")


def _may_be_alike(other: str) -> bool:
    """Neither a word nor one and a particle (`황보가 아니라`)."""
    return other[-1] not in _PARTICLES and not is_everyday(other)


def _has_company(text: str, start: int, name: str) -> bool:
    end = start + len(name)
    if compiled(_COMPANY).match(text, end):
        return True
    if has_final(name[-1]) and compiled(_PET).match(text, end):
        return True
    alone = compiled(_ALONE).match(text, text.rfind("\n", 0, start) + 1)
    is_line = alone and alone.end() == start and compiled(_ALONE_END).match(text, end)
    return bool(is_line)


def _is_word(name: str) -> bool:
    """A word as well, so that more than its letters is needed."""
    if " " in name:
        return False
    if len(name) < _FULL:
        return not is_given_only(name)
    return is_everyday(name) or is_word(name) or is_word_name(name) or begins_with_noun(name)
