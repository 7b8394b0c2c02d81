r"""How a rule is written: a bounded pattern, an optional check of what it matched, and a name.

Rules read normalised text (see `normalize`). Every quantifier is bounded and every pattern starts
at an edge, so that matching is linear in the text. Edges are look-arounds on digits or letters:
`\b` fails beside Hangul (`010-1234-5678로`). Patterns are compiled when they are first used, so
that importing the package stays cheap.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

Check = Callable[[re.Match[str]], bool]
_Search = Callable[[str], re.Match[str] | None]

VALUE = "value"
"""Name of the group that holds the value where a pattern also matches the words around it."""

# What a pattern says after two spaces and a `#`; it is no part of it.
_EXAMPLE = re.compile("  # .*")
_HEAD = "(?<![가-힣])[가-힣]"
# The figure of `(?: 세 | 3 )`.
_FIGURE_HEAD = r"(?<=[|:]\s)\d"


class Found(NamedTuple):
    """A finding in normalised text: code points `start` (inclusive) to `end` (exclusive)."""

    start: int
    end: int
    entity_type: str
    score: float
    rule: str


@dataclass(frozen=True)
class Rule:
    """One way of writing one entity type.

    Args:
        name: what audits and run records call it, such as `phone.mobile`.
        entity_type: a key of `cs_pipeline.masked.placeholders.PLACEHOLDERS`.
        score: how sure a match is, in (0, 1].
        pattern: VERBOSE, IGNORECASE; the group `value`, if there is one, is what is found.
        check: sees the match and, in `match.string`, the text around it; False drops the match.
        trigger: a cheap pattern that any text with a match contains; empty: there is none.
    """

    name: str
    entity_type: str
    score: float
    pattern: str
    check: Check | None = None
    trigger: str = ""

    def find(self, text: str) -> Iterator[Found]:
        """Accepted matches from left to right; a rejected one does not hide what overlaps it."""
        trigger, search = self.searches
        if trigger(text) and (first := search(text)):
            yield from self.found_from(first)

    @cached_property
    def searches(self) -> tuple[_Search, _Search]:
        """For the trigger, which is the pattern itself if there is none, and for the pattern."""
        search = compiled(self.pattern).search
        return (compiled(self.trigger).search if self.trigger else search), search

    def found_from(self, first: re.Match[str]) -> Iterator[Found]:
        """What is accepted of `first` and the matches behind it."""
        regex, text = first.re, first.string
        value = VALUE if VALUE in regex.groupindex else 0
        match: re.Match[str] | None = first
        while match:
            if self.check is None or self.check(match):
                start, position = match.span(value)
                yield Found(start, position, self.entity_type, self.score, self.name)
            else:
                position = match.start() + 1
            match = regex.search(text, position)


@dataclass(frozen=True)
class RuleSet:
    """Rules that share a `trigger`: a cheap pattern that any text with a match contains."""

    trigger: str
    rules: tuple[Rule, ...]

    @cached_property
    def _search(self) -> _Search:
        return compiled(self.trigger).search

    @cached_property
    def _searches(self) -> tuple[tuple[_Search, _Search, Rule], ...]:
        return tuple((*rule.searches, rule) for rule in self.rules)

    def find(self, text: str) -> Iterator[Found]:
        """All findings of all rules; they may overlap."""
        if self._search(text):
            for trigger, search, rule in self._searches:
                if trigger(text) and (first := search(text)):
                    yield from rule.found_from(first)


def led(rests: Mapping[str, str]) -> str:
    """A pattern of alternatives that a search may skip along, for triggers.

    `re` skips to a set of characters that leads a pattern; alternatives that begin with sets or
    with letters of either case it tries at every place.

    Args:
        rests: what alternatives begin with, as in a set (`0-9`, `골`, `a`) -> pattern of the rest.
    """
    heads = "".join(rests)
    alternatives = (f"(?<= [{head}] ) (?: {rest} )" for head, rest in rests.items())
    return f"(?-i: [{heads}{heads.upper()}] ) (?: {' | '.join(alternatives)} )"


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first, that compares each character once.

    `일산서구` comes before `일산`, which it begins with.
    """
    rests: dict[str, set[str]] = defaultdict(set)
    for word in words:
        rests[word[:1]].add(word[1:])
    ends = "|" if rests.pop("", None) else ""
    branches = "|".join(re.escape(head) + any_of(some) for head, some in sorted(rests.items()))
    return f"(?:{branches}{ends})" if rests else ""


def heads(pattern: str) -> str:
    """A look-ahead at the characters that `pattern` may begin with, and some more: a quick way out.

    The pattern begins with words in Hangul or Latin letters, or with a figure of its own (`| 3`).
    """
    pattern = _EXAMPLE.sub("", pattern)
    latin = "A-Za-z" if compiled(r"(?<![\\?a-z])[a-z]").search(pattern) else ""
    begins = {*compiled(_HEAD).findall(pattern), *compiled(_FIGURE_HEAD).findall(pattern)}
    return f"(?=(?-i:[{latin}{''.join(sorted(begins))}]))"


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The compiled form of a VERBOSE, IGNORECASE pattern."""
    return re.compile(pattern, re.VERBOSE | re.IGNORECASE)
