"""Names of people.

Full names (`김민수 고객님`), given and short ones (`민수야`), surnames with a title (`김 팀장`), names
that are hidden, spaced or spelt out (`김*수`, `김 민 수`), foreign ones in Hangul, and names in Latin
letters. A name is told by its shape (surname, given name) and by the words beside it.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from cs_pipeline.pii.finders.names import (
    again,
    beside,
    certain,
    cued,
    cues,
    foreign,
    full,
    labels,
    latin,
    lone,
    parts,
    placed,
    roles,
    spelling,
    strong,
)
from cs_pipeline.pii.finders.names.reading import MARKS
from cs_pipeline.pii.finders.names.shape import LONG_SURNAMES, SURNAMES, given_names
from cs_pipeline.pii.rules import Found

# A title, a hidden syllable or Latin letters; a set of characters leads, which makes it fast.
_SIGNS = re.compile(
    rf"[A-Za-z0{MARKS}ㅇ님씨고회과대팀차부주실매상교선원라]"
    rf"(?:(?<=[{MARKS}ㅇ님씨])|(?<=[A-Za-z])[A-Za-z]|(?<=[가-힣][oOxX0])"
    r"|객|원|장|리|임|니저|담|수|생|[고구]\s)"
)
_BY_SIGN = (
    (_SIGNS, (parts.find_called, spelling.find_hidden, latin.find)),
    (cued.SIGNS, (cued.find,)),
    (spelling.HONOURED_SIGN, (spelling.find_honoured,)),
    (strong.SIGNS, (strong.find,)),
    (foreign.INSIDE, (foreign.find_composed,)),
    (foreign.BY_SOUND, (foreign.find_by_sound,)),
)


def find(text: str) -> Iterator[Found]:
    """Findings in normalised text; they may overlap."""
    found = list(_find(text))
    yield from found
    if found:
        yield from strong.find_second(text, found)
        yield from strong.find_first(text, found)
        yield from again.find(text, found)


def _find(text: str) -> Iterator[Found]:
    """Names one by one.

    Most texts name nobody: what their words begin with tells which rules have work to do.
    """
    yield from full.find(text)
    bits_of = _bits_by_head()
    work = 0
    for head in bits_of.keys() & cues.WORD_HEADS.findall(text):
        work |= bits_of[head]
    for rule in _rules_of(work):
        yield from rule(text)
    yield from certain.find(text)
    yield from placed.find(text)
    yield from roles.find(text)
    yield from lone.find(text)
    for sign, rules in _BY_SIGN:
        if sign.search(text):
            for rule in rules:
                yield from rule(text)


@cache
def _bits_by_head() -> dict[str, int]:
    """What words begin with, and bit N for each rule N of `_by_head` that has work then."""
    bits: dict[str, int] = defaultdict(int)
    for number, (_, heads) in enumerate(_by_head()):
        for head in heads:
            bits[head] |= 1 << number
    return dict(bits)


@cache
def _rules_of(work: int) -> tuple[Callable[[str], Iterable[Found]], ...]:
    """The rules of `_by_head` whose bits are set."""
    return tuple(rule for number, (rule, _) in enumerate(_by_head()) if work >> number & 1)


@cache
def _by_head() -> tuple[tuple[Callable[[str], Iterable[Found]], frozenset[str]], ...]:
    """Rules, and what at least one word begins with in every text that they find something in."""
    surnames = frozenset((*SURNAMES, *LONG_SURNAMES))
    spelt = {surname + after for surname in SURNAMES for after in "에씨자"}
    return (
        (labels.find_labelled, cues.LABEL_STARTS.heads),
        (labels.find_asked, cues.LABEL_STARTS.heads | {"누구"}),
        (parts.find_given, given_names()),
        (full.find_rare, full.rare_starts()),
        (spelling.find_spaced, surnames),
        (spelling.find_spelt, surnames | spelt | {"할", "성은", "성이"}),
        (beside.find_titled, cues.TITLE_STARTS.heads),
        (foreign.find, foreign.starts()),
        (foreign.find_composed, foreign.composed_starts()),
        (cued.find_labelled, cues.LABEL_STARTS.heads | cued.LABEL_HEADS),
        (cued.find_introduced, cued.SELF_HEADS),
    )
