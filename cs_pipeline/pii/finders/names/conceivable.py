"""Whether a word may be a name where hardly anything but a name can stand.

`plausible` trusts the dictionary; here the cue is so strong that a name may be a word as well
(`진달래`, `노을`, `황금성`). What people say in place of a name (`본인`, `법인`) is refused by list.
"""

from functools import cache

from cs_pipeline.pii.finders.names import foreign, lists
from cs_pipeline.pii.finders.names.plausible import (
    begins_with_word,
    is_census_surname,
    is_everyday,
    is_plausible,
    is_refused,
)
from cs_pipeline.pii.finders.names.shape import (
    LONG_SURNAMES,
    SURNAMES,
    begins_with_noun,
    has_final,
    is_given,
    is_given_only,
    is_name_like,
    is_word,
)

LONGEST_FOREIGN = 7
"""Syllables of the longest word of a foreign name."""

_SUFFIXES = frozenset(lists.SYLLABLES["word_suffixes"])
_VERB_ENDS = frozenset(lists.SYLLABLES["verb_ends"])
_NO_NAME_ENDS = _VERB_ENDS | frozenset("명님들점처쪽씨것거때건중째해하되")
_DOES = frozenset("하되해시한된할")  # 표시하고, 입력되고
_GIVEN_FIRST = frozenset("".join(lists.SYLLABLES["first"]) + "라로루리레류")
_GIVEN_SECOND = frozenset("".join(lists.SYLLABLES["second"]) + "라로루나담")
SPOKEN_SURNAMES = frozenset((*SURNAMES, "팍", "킴", "리", "초이", "송", "추", "초"))
"""Korean surnames as they stand behind a foreign given name."""
_FOREIGN_ENDS = frozenset("서자니만의도")
_FIRST_SYLLABLE, _FINALS = ord("가"), 28
_PAST = 20  # the final ㅆ
_VERBAL = frozenset("는은을잖려줘세냐네죠까습돼됐된할같똑")
"""Syllables of verb forms, and hardly ever of a foreign name."""
_SURE_SURNAMES = frozenset("김박최강조윤장임오권황송홍류문배백허심곽민엄리팍킴")
"""Surnames that are hardly ever the first syllable of a word behind an unknown one."""
_ADNOMINAL = frozenset("한할된은는")
_VERB_FORMS = frozenset("해여한할된은는")
_ASKS_FOR = ("주세", "하세", "보세", "드세", "두세", "되세")
_SHORTEST = 2
_SMALLEST_FOREIGN = 3
_MOST_KOREAN = 4
THINGS = frozenset(
    ("포스터", "라이트", "화이트", "브라운", "라이언", "파커", "캠벨", "토레스", "티파니")
)
"""Foreign names that things are called by as well."""


def is_conceivable(word: str) -> bool:
    """Two to four Hangul syllables, or a longer foreign name, that may be a name of any kind."""
    if " " in word:
        return _are_foreign(word.split(" "))
    if is_word_name(word):
        return True
    if is_refused(word) or _does_something(word):
        return False
    if is_given_only(word):
        return True
    return (
        is_plausible(word)
        or _is_conceivable_shape(word)
        or (len(word) >= _SMALLEST_FOREIGN and is_foreign(word))
    )


def is_word_name(word: str) -> bool:
    """A name that is a word as well (`노을`, `진달래`), or a surname and such a given name."""
    if word in _word_names():
        return True
    return len(word) == 3 and is_census_surname(word[0]) and word[1:] in _given()


def is_answer(word: str) -> bool:
    """The same where people say other things as well when they were asked for a name."""
    if " " in word or is_word_name(word):
        return is_conceivable(word)
    if is_given_only(word):
        return not is_refused(word)
    if is_everyday(word) or is_word(word) or is_refused(word) or word.endswith(_ASKS_FOR):
        return False
    if is_plausible(word) or _is_unlisted(word):
        return True
    return is_foreign(word) if len(word) >= _SMALLEST_FOREIGN else _is_conceivable_shape(word)


def is_any(word: str) -> bool:
    """Any word of two to four syllables that is not said in place of a name."""
    return _SHORTEST <= len(word) <= _MOST_KOREAN and " " not in word and not is_refused(word)


def is_verbal(word: str) -> bool:
    """A surname and a verb form (`신통해`), which stands before no form of 'is' if it is none."""
    is_full = len(word) == _SMALLEST_FOREIGN and is_census_surname(word[0])
    is_verb = is_everyday(word) or is_word(word) or is_refused(word)
    return is_full and word[2] in _VERB_FORMS and not is_verb


def is_told_with_copula(word: str) -> bool:
    """A word before a form of 'is' that words with such an end do not stand before (`마루한`이요)."""
    if (
        len(word) != _SMALLEST_FOREIGN
        or word[2] not in _ADNOMINAL
        or not is_census_surname(word[0])
    ):
        return False
    return not (is_everyday(word) or is_word(word) or is_refused(word))


def is_written(word: str) -> bool:
    """The same where no form of 'is' follows: nothing that may be a verb or a thing."""
    if " " in word or is_word_name(word) or is_listed_foreign(word):
        return is_conceivable(word)
    return (
        len(word) <= _MOST_KOREAN
        and not is_everyday(word)
        and is_answer(word)
        and (is_census_surname(word[0]) or word[:2] in LONG_SURNAMES or is_given(word))
    )


def is_known(word: str) -> bool:
    """A listed name: a foreign one, or one that is a word as well and hardly a word at such places."""
    return is_listed_foreign(word) or (is_word_name(word) and is_called(word))


def is_called(word: str) -> bool:
    """The same before words that others stand before as well: 고객님, 명의."""
    if word in _not_before_customers() or ends_like_customer(word):
        return False
    if is_everyday(word) or is_word(word) or is_refused(word):
        return word in _word_names()
    return is_word_name(word) or _is_unlisted(word)


def _is_unlisted(word: str) -> bool:
    """A surname and two syllables that end like no word (`황금성`)."""
    return (
        len(word) == 3
        and is_census_surname(word[0])
        and word[2] not in _SUFFIXES - {"이"}
        and word[2] not in _VERB_ENDS
    )


def ends_in_copula(word: str) -> bool:
    """The last syllable belongs to what follows (`노을이`고, `대로예`요, `비밀이`에요)."""
    if len(word) <= _SHORTEST:
        return False
    if len(word) > _SMALLEST_FOREIGN and word.endswith("이라"):
        return True
    if word[-1] == "라":
        return is_refused(word[:-1])  # 오류라고
    if word[-1] not in "이예에":
        return False
    bare = word[:-1]
    if is_refused(bare) or is_everyday(bare) or is_given(bare):
        return True
    is_short = word[-1] == "이" and not has_final(bare[-1])  # 연제이
    return not is_short and not is_given(word[-_SHORTEST:]) and is_conceivable(bare)


def ends_like_customer(word: str) -> bool:
    """`우수`, `신용카드`: what tells what kind of customer somebody is."""
    return any(word.endswith(kind) for kind in _customers() if len(kind) > 1 or word == kind)


def is_listed_foreign(word: str) -> bool:
    """A foreign name of the list, or two of them in one (`사토미나`)."""
    if len(word) < _SMALLEST_FOREIGN or word in THINGS or is_everyday(word):
        return False
    if word in foreign.NAMES:
        return True
    cuts = ((word[:at], word[at:]) for at in range(2, len(word) - 1))
    return any(
        first in foreign.NAMES and (last in foreign.NAMES or is_given(last)) and len(last) > 1
        for first, last in cuts
    )


def is_foreign(word: str) -> bool:
    """A foreign name of the list, or a word in which there is no everyday one."""
    if word in foreign.NAMES or is_listed_foreign(word):
        return True
    size = len(word)
    if not _SMALLEST_FOREIGN <= size <= LONGEST_FOREIGN or is_everyday(word) or is_refused(word):
        return False
    if word[-1] in _VERB_ENDS - _FOREIGN_ENDS or _is_verbal(word):
        return False
    pairs = (word[at : at + 2] for at in range(size - 1))
    return not any(map(begins_with_word, pairs))


def _is_verbal(word: str) -> bool:
    """A verb form (`틀렸어`), or a word of which one for data is a part (`생년월일도`)."""
    past = any((ord(one) - _FIRST_SYLLABLE) % _FINALS == _PAST for one in word)
    return past or not _VERBAL.isdisjoint(word) or is_refused(word[:4]) or is_refused(word[:3])


def is_foreign_given(given: str, surname: str) -> bool:
    """A given name that may stand before a Korean surname (`소피아 김`)."""
    if given in foreign.NAMES or is_given(given):
        return len(given) > 2 or not is_everyday(given)
    return surname in _SURE_SURNAMES and is_foreign(given)


def _is_conceivable_shape(word: str) -> bool:
    """Two to four syllables that no list of names holds."""
    size = len(word)
    if size == _SHORTEST:
        fits = word[0] in _GIVEN_FIRST and word[1] in _GIVEN_SECOND
        return not begins_with_word(word) and (fits or is_given(word) or word in foreign.NAMES)
    if word[:2] in LONG_SURNAMES:
        return size in (3, 4) and not is_everyday(word)
    if size != 3 or not is_census_surname(word[0]):
        return False
    if is_everyday(word) or is_word(word):
        return False
    return is_given(word[1:]) or is_name_like(word) or word[2] not in _NO_NAME_ENDS


def _does_something(word: str) -> bool:
    """`표시하`고, `입력되`고."""
    if len(word) <= _SHORTEST or word[-1] not in _DOES:
        return False
    return begins_with_word(word)


def _are_foreign(words: list[str]) -> bool:
    """`소피아 김`, `다나카 유이`: a listed name and more, or a given name before a Korean surname."""
    if any(is_refused(word) for word in words):
        return False
    listed = [word in foreign.NAMES for word in words]
    if words[-1] in SPOKEN_SURNAMES:
        return all(is_foreign_given(word, words[-1]) for word in words[:-1])
    if not any(one and len(word) > 1 for one, word in zip(listed, words, strict=True)):
        return False
    return all(
        one or (len(word) > 1 and not _may_be_word(word))
        for one, word in zip(listed, words, strict=True)
    )


def _may_be_word(word: str) -> bool:
    noun = is_everyday(word) or begins_with_noun(word[:2])
    return noun or word[-1] in _VERB_ENDS - _FOREIGN_ENDS


@cache
def _word_names() -> frozenset[str]:
    return frozenset((*lists.WORD_NAMES["given"], *lists.WORD_NAMES["full"]))


@cache
def _given() -> frozenset[str]:
    return frozenset(lists.WORD_NAMES["given"])


@cache
def _not_before_customers() -> frozenset[str]:
    return frozenset(lists.WORD_NAMES["not_before_customers"])


@cache
def _customers() -> tuple[str, ...]:
    return lists.WORD_NAMES["customers"]
