"""Whether a word has the make of a person's name, and is nothing else.

Between `plausible`, which trusts the dictionary, and `conceivable`, which trusts the cue: for places
where other words stand as well (`… 점장님`, `… 말고`). Given names alone count, and less usual
syllables do (`우종팔`, `구본석`).
"""

from functools import cache

from cs_pipeline.pii.finders.names import lists
from cs_pipeline.pii.finders.names.conceivable import (
    THINGS,
    is_conceivable,
    is_listed_foreign,
    is_word_name,
)
from cs_pipeline.pii.finders.names.foreign import NAMES as FOREIGN
from cs_pipeline.pii.finders.names.foreign import is_composed
from cs_pipeline.pii.finders.names.plausible import (
    SURE_SURNAMES,
    ends_like_word,
    is_census_surname,
    is_everyday,
    is_plausible,
    is_refused,
    looks_like_name,
)
from cs_pipeline.pii.finders.names.shape import (
    LONG_SURNAMES,
    begins_with_noun,
    is_given,
    is_given_only,
    is_name_like,
    is_word,
)

_SHORTEST, _USUAL = 2, 3
_LEAST_APART = 5
"""Characters of the shortest name in several words."""
_FOREIGN = FOREIGN - THINGS
"""Foreign names that things are hardly called by."""
_FIRST = frozenset((*lists.SYLLABLES["first"], *lists.SYLLABLES["further_first"]))
_SECOND = frozenset((*lists.SYLLABLES["second"], *lists.SYLLABLES["further_second"]))
_NAME_ENDS = frozenset("섭엽훈혁숙빈율욱윤환민")
"""Ends of given names, and hardly ever of words."""
_BEHIND_NOUNS = _NAME_ENDS - {"민"} | frozenset("희택람룡규결필")
"""Those that hardly any word has behind a noun (`여운택`, `마루희`)."""
_WORD_SURNAMES = frozenset("전한유조양손")
"""Surnames that a word after them may belong to as well (`전하나`, `한마음`)."""


def is_person(name: str) -> bool:
    """A word, or several of a foreign name, that has the make of a name whatever its surname."""
    if " " in name:
        return len(name) >= _LEAST_APART and is_conceivable(name)
    if is_refused(name) or name in _customers():
        return False
    if len(name) == _SHORTEST:
        return is_given_only(name) or (name[1] not in "이가들" and is_plausible(name))
    if name in _FOREIGN or is_listed_foreign(name) or is_composed(name):
        return True
    return _has_surname(name) and not is_everyday(name) and not is_word(name)


def is_thing_and_given(name: str) -> bool:
    """A given name that things are called by as well (`현미`, `보라`)."""
    return is_given_only(name) and is_word_name(name)


def may_be_given(given: str) -> bool:
    """Two syllables of given names, the less usual ones among them."""
    return len(given) == _SHORTEST and given[0] in _FIRST and given[1] in _SECOND


def _has_surname(name: str) -> bool:
    """A Korean surname, and behind it what a given name is made of."""
    if name[:2] in LONG_SURNAMES:
        return is_plausible(name) or is_given(name[2:]) or may_be_given(name[2:])
    if len(name) > _USUAL:
        return is_plausible(name) and not name.endswith(("들이", "들은"))
    return _has_usual_make(name)


def _has_usual_make(name: str) -> bool:
    """A surname of the census and two syllables of a given name."""
    given = name[1:]
    if ends_like_word(name):
        return False
    if is_word_name(name) and _is_surname_before_word(name[0], given):
        return True
    if not is_plausible(name):
        return name[2] in _NAME_ENDS and is_census_surname(name[0]) and is_name_like(name)
    if is_given(given):
        return True
    if begins_with_noun(name):
        return name[2] in _BEHIND_NOUNS and not is_everyday(given)
    likely = may_be_given(given) and not is_everyday(given) and name[2] != "점"  # 홍대점
    return likely or looks_like_name(name)


def _is_surname_before_word(surname: str, given: str) -> bool:
    """Not one that a word after it may belong to (`전하나`), unless it is hardly a word (`전도담`)."""
    if surname in _WORD_SURNAMES:
        return surname == "전" and not (is_everyday(given) or begins_with_noun(given))
    return surname in SURE_SURNAMES


@cache
def _customers() -> frozenset[str]:
    """What comes before a customer and is no name."""
    return frozenset(lists.WORD_NAMES["customers"])
