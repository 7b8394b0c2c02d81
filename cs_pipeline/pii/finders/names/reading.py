"""Read the name at a place where the words before it have promised one."""

import re
import string
from collections.abc import Iterator
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from cs_pipeline.pii.finders.names import cues, foreign, latin
from cs_pipeline.pii.finders.names.plausible import (
    CENSUS_SURNAMES,
    LONGEST,
    begins_with_word,
    is_everyday,
    is_plausible,
    looks_like_name,
)
from cs_pipeline.pii.finders.names.shape import (
    ALL_SURNAMES,
    SURNAMES,
    Shape,
    begins_with_noun,
    first_syllables,
    has_final,
    is_given,
    is_given_only,
    is_word,
    is_word_with,
    may_end_in_particle,
    shape_of,
)
from cs_pipeline.pii.rules import compiled

SPACED = r"""
    (?P<a>[가-힣]) [ ,./_-]{1,3} (?P<b>[가-힣]) [ ,./_-]{1,3} (?P<c>[가-힣])
  | (?P<d>[가-힣]) [ ]{1,2} (?P<e>[가-힣]{2})
  | (?P<f>[가-힣]{2}) [ ]{1,2} (?P<g>[가-힣]{1,2})
"""
"""A name with its syllables apart; the groups hold them."""
MARKS = "*○●〇◯□■△▲☆★◎×"
HIDDEN = rf"""
    [{ALL_SURNAMES}] (?: [{MARKS}]{{1,3}} | [?]{{2,3}} | [?] (?=[가-힣])
    | [oxㅇ0]{{1,3}} (?![a-z0-9]) ) [가-힣]? (?!\d)
  | [{SURNAMES}] [가-힣] [{MARKS}]{{1,2}} (?!\d)
  | [*○●〇◯□]{{1,2}} [가-힣]{{2}}
"""
"""A name of which some syllables are hidden already."""

_DELIMITED = re.compile(r"\s{0,2}(?:[,./()|:;!?~\n\[\]\d#-]|$)")
_ALONE_IN_FIELD = re.compile(
    rf"[{SURNAMES}][가-힣]{{2}}(?<![자님인용중점권일품값가비료별방고액음])"
    r"(?=\s{0,2}(?:[,./()|;!?\n\[\]\d#-]|$)|입니다|이에요|님)"
)
_CONTRACTED = re.compile(r"[가-힣]{3}(?=데[요여용]?(?![가-힣])|니다|니당|데)")
_VERBAL = "예어아해여려져워와"  # 나비예요, 오셨어요
_OF_VERBS = ("여", "였")
_SHORT = 2
_FINALS = {4, 17}  # ㄴ of 인데요, ㅂ of 입니다


class Trust(IntEnum):
    """How firmly the words before a place promise a name there."""

    BESIDE = 1
    SAID = 2
    NAMED = 3
    FIELD = 4


class Read(NamedTuple):
    """A name that ends before `end`."""

    end: int
    score: float
    kind: str


def read_name(text: str, start: int, trust: Trust) -> Read | None:
    """The name at `start`, or None if what stands there is none as far as `trust` carries."""
    if text[start : start + 1] not in openings():
        return None
    for kind, read in _READERS.items():
        for end, score in read(text, start, trust):
            return Read(end, score, kind)
    return None


@cache
def openings() -> frozenset[str]:
    """Characters that a name may begin with."""
    first = {start[0] for start in foreign.starts()}
    return frozenset(first.union(CENSUS_SURNAMES, first_syllables(), MARKS, string.ascii_letters))


def tail_at(text: str, position: int) -> str | None:
    """What follows a name at `position`: a group of `cues.TAIL`, or None for a longer word."""
    tail = compiled(cues.TAIL).match(text, position)
    if tail is None or (tail["copula"] and _is_verb(text, position)):
        return None
    return tail.lastgroup


def _is_verb(text: str, position: int) -> bool:
    """`우승하여`, `표현하였다`: an everyday word before it, with what makes a verb of it."""
    if text[position - 1] != "하" or text[position : position + 1] not in _OF_VERBS:
        return False
    return begins_with_word(text[max(0, position - 3) : position - 1])


def contracted_end(text: str, start: int) -> int | None:
    """End of a name whose last syllable took in the copula (`김민순데요`), or None."""
    match = _CONTRACTED.match(text, start)
    if not match:
        return None
    name = match.group()
    if is_everyday(text[start : start + 4]):
        return None  # 한가운데
    final = (ord(name[2]) - 0xAC00) % 28
    bare = name[:2] + chr(ord(name[2]) - final)
    if final not in _FINALS or bare[2] in "이일하되예" or is_word_with(bare, bare[2]):
        return None
    return match.end() if shape_of(bare) >= Shape.PLAUSIBLE else None


def given_end(text: str, start: int) -> int | None:
    """End of the given name of two syllables at `start`, which 이 and a particle may follow."""
    end = start + 2
    with_i = has_final(text[end - 1]) and text[end : end + 1] == "이"
    return end if tail_at(text, end) or (with_i and tail_at(text, end + 1)) else None


def hidden_end(match: re.Match[str]) -> int:
    """End of a hidden name without the 님 or particle that reads like its last syllable."""
    text, end = match.string, match.end()
    if text[end - 1] in MARKS + "oOxXㅇ0" or tail_at(text, end - 1) != "called":
        return end if tail_at(text, end) or text[end - 1] in MARKS else end - 1
    return end - 1


def _hidden(text: str, start: int, trust: Trust) -> Iterator[tuple[int, float]]:
    if match := compiled(HIDDEN).match(text, start):
        end = hidden_end(match)
        if tail_at(text, end) or text[end - 1] in MARKS:
            yield end, 0.85


def _full(text: str, start: int, trust: Trust) -> Iterator[tuple[int, float]]:
    for length in (4, 3, 2):
        name = text[start : start + length]
        shape = shape_of(name) if len(name) == length and name.isalpha() else Shape.NONE
        tail = tail_at(text, start + length) if shape else None
        if length == _SHORT and text.startswith("이", start + length):
            tail = None if _DELIMITED.match(text, start + length + 1) else tail  # 채송이
        if tail == "end" and not _DELIMITED.match(text, start + length):
            tail = "particle"
        if tail and _is_believed(name, shape, tail, trust):
            yield start + length, 0.85 + 0.05 * (shape - Shape.LIKELY) + 0.02 * min(trust, 3)
    if end := contracted_end(text, start):
        yield end, 0.8
    field = _ALONE_IN_FIELD.match(text, start) if trust is Trust.FIELD else None
    if field and not is_word(field.group()) and not is_everyday(field.group()):
        yield field.end(), 0.7


def _is_believed(name: str, shape: Shape, tail: str, trust: Trust) -> bool:
    """A shape that stands in a field, or that what follows bears out as far as it needs it."""
    if trust is Trust.FIELD:
        return shape > Shape.POSSIBLE or tail != "particle" or len(name) == 2
    if tail == "copula" and (
        is_word_with(name, "이예") or (name[2:] == "이" and is_everyday(name[:2]))
    ):
        return False
    if shape is Shape.LIKELY:
        doubtful = may_end_in_particle(name) and tail in ("end", "particle")
        return not doubtful or (trust is Trust.NAMED and tail == "end")
    if shape is Shape.PLAUSIBLE:
        return tail != "particle"
    return _is_believed_if_told(name, shape, tail, trust)


def _is_believed_if_told(name: str, shape: Shape, tail: str, trust: Trust) -> bool:
    """The same for shapes that prove little."""
    told = tail in ("called", "copula")
    if name[2:] in ("이", "예") and is_given_only(name[:2]):
        return False  # 민지예요: the last syllable belongs to what follows
    if shape is Shape.UNUSUAL:
        told = told and not begins_with_noun(name) and name[2] not in _VERBAL
        return told and trust is Trust.NAMED
    if len(name) == 3:
        return (trust is Trust.NAMED and tail != "particle") or (trust is Trust.SAID and told)
    return told or (tail == "end" and trust is Trust.NAMED)


def _given(text: str, start: int, trust: Trust) -> Iterator[tuple[int, float]]:
    given = trust > Trust.BESIDE and is_given_only(text[start : start + 2])
    if given and (end := given_end(text, start)) and not _goes_on(text, start):
        yield end, 0.75


def _goes_on(text: str, start: int) -> bool:
    """`용선아`: what calls somebody is the end of a full name."""
    return text[start + 2 : start + 3] == "아" and is_given(text[start + 1 : start + 3])


def _spaced(text: str, start: int, trust: Trust) -> Iterator[tuple[int, float]]:
    match = compiled(SPACED).match(text, start)
    if not match:
        return
    least = Shape.LIKELY if trust is Trust.BESIDE else Shape.PLAUSIBLE
    if shape_of("".join(filter(None, match.groups()))) >= least and tail_at(text, match.end()):
        yield match.end(), 0.8


def _plausible(text: str, start: int, trust: Trust) -> Iterator[tuple[int, float]]:
    """Any word that may be a name, in a field or behind a label that asks for one."""
    if trust < Trust.NAMED:
        return
    for length in range(LONGEST, 1, -1):
        name, end = text[start : start + length], start + length
        if len(name) < length or not is_plausible(name):
            continue
        tail = tail_at(text, end)
        if tail == "end" and not _DELIMITED.match(text, end):
            tail = "end" if len(name) > 2 and looks_like_name(name) else "particle"
        if tail in ("called", "copula", "owned", "end") and not _ends_like_word(name, tail):
            yield end, 0.7


def _ends_like_word(name: str, tail: str) -> bool:
    """`김이` before 에요: the last syllable belongs to what follows."""
    return tail == "copula" and name[-1] in "이예" and (len(name) == 2 or is_given_only(name[:2]))


_READERS = {
    "hidden": _hidden,
    "full": _full,
    "given": _given,
    "spaced": _spaced,
    "plausible": _plausible,
    "foreign": foreign.read,
    "latin": latin.read,
}
