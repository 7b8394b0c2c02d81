"""Whether a word may be a name where a strong cue promises one, whatever its shape.

Any surname of the census counts; everyday words, titles, verb forms and what they are made of do
not. Names of native words (`김하늘별`) and a Korean surname with a foreign given name (`김제시카`)
may be longer.
"""

import re
from functools import cache

from cs_pipeline.pii.finders.names import lists
from cs_pipeline.pii.finders.names.shape import (
    ALL_SURNAMES,
    LONG_SURNAMES,
    SURNAMES,
    Shape,
    begins_with_noun,
    is_given,
    is_given_only,
    is_name_like,
    is_word,
    second_syllables,
    shape_of,
)
from cs_pipeline.pii.word_lists import CompactWords

CENSUS_SURNAMES = ALL_SURNAMES + "".join(lists.SURNAMES["census"])
"""Surnames of one syllable."""

LONGEST = 6
"""Syllables of the longest name that is read."""

_HANGUL = re.compile(rf"[가-힣]{{2,{LONGEST}}}")
_CENSUS = frozenset(CENSUS_SURNAMES)
_SHORT = frozenset((*lists.SYLLABLES["given_names"], *lists.SYLLABLES["short_names"]))
_SUFFIXES = frozenset(lists.SYLLABLES["word_suffixes"])
_VERB_ENDS = frozenset(lists.SYLLABLES["verb_ends"])
_FOREIGN = frozenset(lists.FOREIGN_NAMES["hangul"])
SURE_SURNAMES = frozenset(lists.SURNAMES["sure_when_spaced"])
"""Surnames that are hardly anything else."""
_LEAST_FOREIGN = 2
_USUAL_SURNAMES = frozenset("김이박최강조윤임권황송홍")
_ENDS_OF_WORDS = _VERB_ENDS | {"동"}
_AFTER_NOUNS = frozenset("이예하되해은한인들만")
_LONG_TITLE = 2
_WEAK_STARTS = frozenset("이그저내제우")


def is_plausible(word: str) -> bool:
    """Two to six Hangul syllables that no everyday word is written with."""
    size = len(word)
    has_long_surname = word[:2] in LONG_SURNAMES and size in (3, 4)
    if not _HANGUL.fullmatch(word) or not (has_long_surname or word[0] in _CENSUS):
        return False
    if is_everyday(word) or is_word(word) or is_refused(word):
        return False
    if has_long_surname:
        return is_given_only(word[2:]) or not is_everyday(word[2:])
    if size == 2:
        return word[1] in _SHORT and not begins_with_noun(word)
    given = word[1:]
    if size == 3:
        return _is_plausible_given(word, given)
    return _is_native(given) or (given in _FOREIGN and len(given) >= _LEAST_FOREIGN)


def looks_like_name(word: str) -> bool:
    """A plausible word whose syllables are those of given names, or that is longer than most."""
    if len(word) != 3 or word[:2] in LONG_SURNAMES:
        return word[0] not in _WEAK_STARTS or len(word) > 2
    if is_given(word[1:]) or shape_of(word) >= Shape.PLAUSIBLE:
        return True
    if begins_with_noun(word):
        return False
    return is_name_like(word) or (word[0] in SURE_SURNAMES and word[2] in _last_syllables())


def ends_like_word(name: str) -> bool:
    """A surname and two syllables that are the end of a word at least as likely (`차별하`, `원하지`)."""
    given, noun = name[1:], is_everyday(name[:2])
    if is_given_only(given):
        if name[0] in _USUAL_SURNAMES and name[2] != "이":
            return False
        return (noun and name[2] in _AFTER_NOUNS) or (
            name[2] in _VERB_ENDS and name[0] not in SURNAMES
        )
    if noun and name[2] in _AFTER_NOUNS:
        return True
    return name[2] in _ENDS_OF_WORDS and not is_given(given)


def is_everyday(word: str) -> bool:
    """A word of the list of everyday words."""
    return word in _everyday()


def begins_with_word(word: str) -> bool:
    """An everyday word of two syllables comes first, of either list."""
    return begins_with_noun(word) or is_everyday(word[:2])


def _is_plausible_given(word: str, given: str) -> bool:
    """The two syllables behind a surname."""
    if word[2] in "이예" and not is_given(given):
        return False  # 서연이, 초코예요
    if word[2] == "이" and is_given_only(word[:2]):
        return False
    noun = begins_with_word(word)
    if is_given(given):
        return not (noun and word[2] in "이은도" and not is_given_only(given))
    if (noun and word[2] in _SUFFIXES) or (
        is_everyday(given) and (noun or word[0] not in SURE_SURNAMES)
    ):
        return False
    return word[2] not in _VERB_ENDS


def is_refused(word: str) -> bool:
    """What people say in place of a name: who they are to somebody, or that there is none."""
    return word in _refusals() or ends_in_title(word)


def is_census_surname(syllable: str) -> bool:
    """A surname of one syllable that the census counts."""
    return syllable in _CENSUS


def ends_in_title(word: str) -> bool:
    """`탁대리`, `최매니저`."""
    return any(word[-size:] in _titles() for size in range(1, len(word) + 1))


def _is_native(given: str) -> bool:
    """Made of native words that names are made of."""
    if not given:
        return True
    return any(given.startswith(part) and _is_native(given[len(part) :]) for part in _native())


@cache
def _last_syllables() -> frozenset[str]:
    return frozenset((*second_syllables(), *_SHORT)) - _SUFFIXES


@cache
def _titles() -> frozenset[str]:
    long = (word for word in lists.LABELS["after_names"] if len(word) > _LONG_TITLE)
    return frozenset((*lists.LABELS["titles"], *long))


@cache
def _native() -> tuple[str, ...]:
    return lists.SYLLABLES["native_parts"]


@cache
def _everyday() -> CompactWords:
    return lists.EVERYDAY_WORDS.compact("two_syllables", "three_syllables", "four_syllables")


@cache
def _refusals() -> frozenset[str]:
    people = (
        word.removesuffix("님")
        for name in ("roles", "senders", "after_names", "polite_titles", "relations")
        for word in lists.LABELS[name]
    )
    return frozenset((*lists.WORD_NAMES["refusals"], *lists.WORDS["people"], *people))
