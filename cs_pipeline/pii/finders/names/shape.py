"""How much a Hangul string looks like a Korean name, apart from where it stands."""

import re
from enum import IntEnum
from functools import cache

from cs_pipeline.pii.finders.names import words as name_words

SURNAMES = (
    "김이박최정강조윤장임한오서신권황안송전홍유류고문양손배백허남심노하곽성차주우구민나진지엄채원천"
    "방공현함변염추여도소석선설마길연위표명기반왕금옥육인맹제모탁국"
)
"""Surnames of one syllable, the most frequent first."""
SELDOM_SURNAMES = "봉음어은편피빈승라예"
"""Rarer ones that few everyday words begin with."""
RARE_SURNAMES = SELDOM_SURNAMES + "용경사부가복태목형계두감호동온시범좌팽간상갈단견당화창옹리돈묵"
LONG_SURNAMES = (
    "남궁",
    "황보",
    "제갈",
    "선우",
    "독고",
    "사공",
    "서문",
    "동방",
    "어금",
    "망절",
    "강전",
)
_SINGLE = (
    "준현솔별훈진철건산율결찬빈린설봄웅혁환원호민영석선숙란미정은윤겸황구식범훤강단담슬승아연엽온완용욱"
    "유이일주지채태택하향헌협형홍화효후희신송수람열룡필균근기경규명성우재종중창천해혜숭익곤길률섭탁솜"
)
"""Given names of one syllable."""
_FIRST = (
    "가건경계광규근기길나다도동두명미민병보복봉상서석선성세소솔수순슬승시아애양연영예옥완용우원유윤은"
    "의이익인일재정종주준중지진찬창채철춘충태하학한해향현형혜호홍화효훈희"
)
_SECOND = (
    "건겸경규균근기길남덕란람래련례리린림만미민배범별복봉비빈상서석선섭성솔수숙순슬식아안애연열엽영예"
    "옥온완용우욱운웅원윤율은의이익인일임자재정종주준중지진찬창채철춘택필하학한헌혁현형혜호홍화환후훈희"
)
_SURNAMES = frozenset(SURNAMES + RARE_SURNAMES)
_FREQUENT = SURNAMES[:46]
_FIRST_OR_SINGLE = frozenset(_FIRST + _SINGLE)
_SECOND_OR_SINGLE = frozenset(_SECOND + _SINGLE)
_PARTICLES = "은이의인한지나서기아자해도만라진로과고하든합일"
_VERB_STEMS = "안한변반원전정통심권연남공주차제추함표현"
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
        return Shape.PLAUSIBLE if surname in SELDOM_SURNAMES else Shape.POSSIBLE
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
    """A given name of two syllables that is no everyday word."""
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
    return _pairs(name_words.GIVEN_NAMES)


@cache
def _nouns() -> frozenset[str]:
    return _pairs(name_words.NOUNS)


def _pairs(words: str) -> frozenset[str]:
    return frozenset(word[0] + second for word in words.split() for second in word[1:])


@cache
def _not_names() -> frozenset[str]:
    return frozenset(name_words.NOT_NAMES.split())


@cache
def _rarely_names() -> frozenset[str]:
    return frozenset(name_words.RARELY_NAMES.split())


@cache
def _words_and_names() -> frozenset[str]:
    return frozenset(name_words.WORDS_AND_NAMES.split())


@cache
def _public_figures() -> frozenset[str]:
    return frozenset(name_words.PUBLIC_FIGURES.split())
