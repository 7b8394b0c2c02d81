"""How much a Hangul string looks like a Korean name, apart from where it stands."""

import re
from enum import IntEnum
from functools import cache

from cs_pipeline.pii.finders.names import lists

_FREQUENT = "".join(lists.SURNAMES["frequent"])
SURNAMES = _FREQUENT + "".join(lists.SURNAMES["common"])
"""Surnames of one syllable, the most frequent first."""
UNCOMMON = "".join(lists.SURNAMES["uncommon"])
"""Rarer ones that few everyday words begin with."""
RARE = "".join(lists.SURNAMES["rare"])
"""Rarer still: surnames only beside words that promise a name."""
ALL_SURNAMES = SURNAMES + UNCOMMON + RARE
LONG_SURNAMES = lists.SURNAMES["of_two_syllables"]
_SURNAMES = frozenset(ALL_SURNAMES)
_SINGLE = "".join(lists.SYLLABLES["given_names"])
"""Given names of one syllable."""
_FIRST = "".join(lists.SYLLABLES["first"])
_SECOND = "".join(lists.SYLLABLES["second"])
_FIRST_OR_SINGLE = frozenset(_FIRST + _SINGLE)
_SECOND_OR_SINGLE = frozenset(_SECOND + _SINGLE)
_PARTICLES = frozenset(lists.SYLLABLES["particles"])
_VERB_STEMS = frozenset(lists.SYLLABLES["verb_stems"])
_DIGITS = frozenset("공영빵일이삼사오육륙칠팔구")
_VERBS = re.compile("[하해][지나니서도면는여진야]|을지|기만")


class Shape(IntEnum):
    """How much a string looks like a full name."""

    NONE = 0
    UNUSUAL = 1
    POSSIBLE = 2
    PLAUSIBLE = 3
    LIKELY = 4


def shape_of(text: str) -> Shape:
    """The shape of two to four Hangul syllables taken as surname and given name."""
    if text[:2] in LONG_SURNAMES and (shape := _long_shape(text[2:])):
        return shape
    if len(text) == 3:
        return _usual_shape(text)
    if len(text) == 2:
        return _short_shape(text)
    return Shape.NONE


def _usual_shape(text: str) -> Shape:
    surname, given = text[0], text[1:]
    if text in _not_names() or surname not in _SURNAMES:
        return Shape.NONE
    if text[2] in "이예입" and is_given_only(text[:2]):
        return Shape.POSSIBLE  # 지은이, 민수예요
    if surname in _VERB_STEMS and _VERBS.fullmatch(given):
        return Shape.POSSIBLE
    if is_given(given):
        if surname in SURNAMES:
            return Shape.PLAUSIBLE if is_rare(text) else Shape.LIKELY
        return Shape.PLAUSIBLE if surname in UNCOMMON else Shape.POSSIBLE
    return _unlisted_shape(text)


def _unlisted_shape(text: str) -> Shape:
    """The shape where the given name is in no list: its syllables decide."""
    surname, first, second = text[0], text[1], text[2]
    if surname in SURNAMES and first in _FIRST and second in _SECOND:
        return Shape.UNUSUAL if begins_with_noun(text) else Shape.PLAUSIBLE
    if begins_with_noun(text):
        return Shape.NONE
    if first in _FIRST_OR_SINGLE and second in _SECOND_OR_SINGLE:
        return Shape.POSSIBLE
    return Shape.UNUSUAL if surname in _FREQUENT else Shape.NONE


def _long_shape(given: str) -> Shape:
    if len(given) == 2 and _DIGITS.issuperset(given):
        return Shape.NONE  # 사공칠일
    if len(given) == 2 and is_given(given):
        return Shape.LIKELY
    if (len(given) == 2 and given[1] in _SECOND) or (given and given in _SINGLE):
        return Shape.PLAUSIBLE
    return Shape.NONE


def _short_shape(text: str) -> Shape:
    if text[0] in SURNAMES and text[1] in _SINGLE and text not in _nouns():
        return Shape.POSSIBLE
    return Shape.NONE


def has_final(syllable: str) -> bool:
    """A Hangul syllable that ends in a consonant."""
    return (ord(syllable) - 0xAC00) % 28 != 0


def is_given(text: str) -> bool:
    """Two syllables that are in use as a given name."""
    return text in given_names()


def is_given_only(text: str) -> bool:
    """A given name of two syllables that is not an everyday word."""
    return text in given_names() and text not in _words_and_names() and text not in _nouns()


def is_word_and_name(text: str) -> bool:
    """A given name of two syllables that is an everyday word as well."""
    return text in _words_and_names()


def may_end_in_particle(text: str) -> bool:
    """An everyday word and a particle could be written the same (`이상은`)."""
    return text[:2] in _nouns() and text[2] in _PARTICLES


def is_word_with(text: str, particles: str) -> bool:
    """An everyday word and one of `particles`."""
    return text[:2] in _nouns() and text[2:] in particles


def begins_with_noun(text: str) -> bool:
    """An everyday word of two syllables comes first."""
    return text[:2] in _nouns()


def is_name_like(text: str) -> bool:
    """Syllables of given names follow the surname."""
    return text[1] in _FIRST_OR_SINGLE and text[2] in _SECOND_OR_SINGLE


def is_word(text: str) -> bool:
    """An everyday word of three syllables."""
    return text in _not_names()


def is_rare(text: str) -> bool:
    """More often a word, or somebody whom everybody talks about."""
    return text in _rarely_names() or text in _public_figures() or bool(_VERBS.fullmatch(text[1:]))


@cache
def first_syllables() -> str:
    """Syllables that begin a given name."""
    return "".join(sorted({*_FIRST, *(word[0] for word in given_names())}))


@cache
def second_syllables() -> str:
    """Syllables that end a given name."""
    return "".join(sorted({*_SECOND, *(word[1] for word in given_names())}))


@cache
def last_syllables() -> str:
    """Those, and what they become when ㄴ데요 or ㅂ니다 follows."""
    plain = second_syllables()
    joined = (chr(ord(one) + final) for one in plain if not has_final(one) for final in (4, 17))
    return "".join(sorted({*plain, *joined}))


@cache
def given_names() -> frozenset[str]:
    """Given names of two syllables."""
    return frozenset(lists.GIVEN_NAMES["given_names"])


@cache
def _words_and_names() -> frozenset[str]:
    return frozenset(lists.GIVEN_NAMES["also_words"])


@cache
def _nouns() -> frozenset[str]:
    return frozenset(lists.WORDS["two_syllables"])


@cache
def _not_names() -> frozenset[str]:
    people = (
        word
        for name in ("roles", "after_names", "polite_titles", "relations")
        for word in lists.LABELS[name]
        if len(word) == 3
    )
    return frozenset((*lists.WORDS["three_syllables"], *people))


@cache
def _rarely_names() -> frozenset[str]:
    return frozenset(lists.WORDS["seldom_names"])


@cache
def _public_figures() -> frozenset[str]:
    return frozenset(lists.WORDS["public_figures"])
