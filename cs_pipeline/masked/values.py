"""What makes a masked value recognisable: one spelling for the ways in which it is written."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate

from cs_pipeline.masked.placeholders import PLACEHOLDER

_TELL_NOBODY = frozenset({"NAME", "ADDRESS", "DOB", "OTP", "CARD_AUTH"})
_NUMERIC = frozenset({"PHONE", "RRN", "FRN", "BRN", "CARD", "ACCOUNT", "DRIVER"})
_COUNTRY_CODE = "82"
_LEAST_CHARACTERS = 6
_LONGEST_CHARACTERS = 80
# From nine digits on a number is looked for inside longer runs too; fewer meet by chance.
_LEAST_INSIDE, _LONGEST_INSIDE = 9, 20
_ATOM = re.compile(r"[0-9a-z]+|[가-힣]+|@")
_NOT_ATOM = re.compile(r"[^0-9a-z가-힣@]+")
_NOT_DIGIT = re.compile(r"[^0-9]+")
_TELLING_ATOM = re.compile(r"[0-9@]")
_TELLING = re.compile(r"[0-9]|.@.")
_GAP = 3
_ATOMS_OF_A_VALUE = 12
_BREAK = "#" * (_GAP + 1)
_DIGIT_RUN = re.compile(rf"[0-9](?:[^0-9a-z가-힣@]{{0,{_GAP}}}[0-9])*")
_AMOUNT = re.compile(r"(?<![0-9,])[1-9][0-9]{0,2}(?:,[0-9]{3})+(?!,?[0-9])")
_NUMBER_WORDS = dict(zip("공영빵일이삼사오육륙칠팔구둘셋넷", "0001234566789234", strict=True))
_NUMBER_WORDS |= {"하나": "1", "다섯": "5", "여섯": "6", "일곱": "7", "여덟": "8", "아홉": "9"}
_NUMBER_WORD = re.compile("|".join(sorted(_NUMBER_WORDS, key=len, reverse=True)))
# What a text without any of these shows is no value: all that tells has a digit, an `@`, or as many
# number words in a row as a value has characters.
_MAY_TELL = re.compile(
    rf"[0-9@]|(?:(?:{_NUMBER_WORD.pattern})[^0-9a-z가-힣@]{{0,{_GAP}}}){{{_LEAST_CHARACTERS}}}"
)
_LONG_PREFIX, _SHORT_PREFIX = (10, 3), (8, 2)


def normal_form(text: str) -> str:
    """One spelling for the ways in which a value is written.

    NFKC and casefold, nothing but letters, digits and `@`; of a number not its leading zero, which
    spreadsheets lose.
    """
    return _plain(_NOT_ATOM.sub("", _folded(text)))


def recognisable(entity_type: str, value: str) -> str | None:
    """The normal form of a masked value, None if meeting it again would say nothing.

    Args:
        entity_type: a key of `PLACEHOLDERS`.
        value: as it stood in the text, number words already turned into digits.
    """
    if entity_type in _TELL_NOBODY:
        return None
    if entity_type in _NUMERIC:
        value = _NOT_DIGIT.sub("", _folded(value))
    plain = normal_form(value)
    if entity_type == "PHONE" and plain.startswith(_COUNTRY_CODE) and len(plain) > _LEAST_INSIDE:
        plain = _plain(plain.removeprefix(_COUNTRY_CODE))
    return plain if _is_telling(plain) else None


def candidates(text: str) -> set[str]:
    """Normal form of every string in `text` that could be a masked value.

    Words and groups of digits that stand together, any nine digits and more of a longer run, and
    both again with number words read as digits. Placeholders and amounts (`129,000`) are none.
    """
    folded = _AMOUNT.sub(_BREAK, _folded(PLACEHOLDER.sub(_BREAK, text)))
    if not _MAY_TELL.search(folded):
        return set()
    spoken = _NUMBER_WORD.sub(lambda word: _NUMBER_WORDS[word[0]], folded)
    found = set(_words_together(folded))
    for writing in {folded, spoken}:
        for run in _DIGIT_RUN.finditer(writing):
            found.update(_numbers_in(_NOT_DIGIT.sub("", run[0])))
    return {plain for plain in map(_plain, found) if _is_telling(plain)}


def first_digits(entity_type: str, plain: str, value: str) -> str | None:
    """The first digits of a number that is long enough for them to say nothing."""
    if not plain.isdecimal():
        return None
    # A phone number is written with its zero even where a spreadsheet or a country code took it.
    written = f"0{plain}" if entity_type == "PHONE" else _NOT_DIGIT.sub("", _folded(value))
    for least, length in (_LONG_PREFIX, _SHORT_PREFIX):
        if len(plain) >= least:
            return written[:length]
    return None


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().replace("골뱅이", "@")


def _plain(joined: str) -> str:
    joined = joined.strip("@")
    return joined.removeprefix("0") if joined.isdecimal() else joined


def _is_telling(plain: str) -> bool:
    return len(plain) >= _LEAST_CHARACTERS and _TELLING.search(plain) is not None


def _words_together(text: str) -> Iterator[str]:
    """Words that stand together and of which one has a digit or an `@`; others tell nothing."""
    atoms = list(_ATOM.finditer(text))
    telling = [place for place, atom in enumerate(atoms) if _TELLING_ATOM.search(atom[0])]
    for first, opening in enumerate(atoms):
        last = first + _ATOMS_OF_A_VALUE
        next_telling = bisect_left(telling, first)
        if next_telling == len(telling) or telling[next_telling] >= last:
            continue
        end = opening.start()
        group = []
        for atom in atoms[first:last]:
            if atom.start() - end > _GAP:
                break
            group.append(atom[0])
            end = atom.end()
        yield from (one for one in accumulate(group) if len(one) <= _LONGEST_CHARACTERS)


def _numbers_in(digits: str) -> Iterator[str]:
    yield digits
    for start in range(len(digits) - _LEAST_INSIDE + 1):
        last = min(start + _LONGEST_INSIDE, len(digits))
        yield from (digits[start:end] for end in range(start + _LEAST_INSIDE, last + 1))
