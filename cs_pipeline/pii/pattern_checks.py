r"""What a regular expression from outside could do wrong, worked out before it is used.

`re` backtracks. Two repetitions that can take the same characters share them out in every possible
way before a search fails, and a repetition inside another one does so for each of its rounds:
`(\d+ ?)+x` needs hours for forty digits. `ways` bounds how many shares there are at one place of
a text, from the pattern alone.

A choice counts only where the next character does not decide it: `\d+-\d+` can be tried in one
way, `\d+\d+-` in many. The bound errs on the safe side.
"""

import re
from collections.abc import Iterable
from itertools import combinations
from re import _compiler, _parser  # type: ignore[attr-defined]
from typing import Any

MOST_WAYS = 5_000
"""Patterns that can be tried in more ways than this are refused."""
LONG = 64
"""A repetition of more rounds than this is long; none may stand inside another long one."""

_OPEN_END = 1_000  # ways of a repetition without an upper bound: the length of a long message
_ENDLESS = MOST_WAYS + 1
_FLAGS = re.IGNORECASE | re.DOTALL
_ONE_CHARACTER = {"LITERAL", "NOT_LITERAL", "ANY", "IN"}
_REPEATS = {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}
_SAMPLE = frozenset([*map(chr, range(256)), *"가각나님번힣ㄱㅎㅏㅣ\u3000一龥ぁァー０Ａ😀"])

Characters = frozenset[str]


def ways(pattern: str) -> int:
    """Ways in which `pattern` can be tried at one place of a text, at most `MOST_WAYS` + 1.

    A long repetition inside a long one counts as too many whatever it repeats.

    Raises:
        re.error: it is not a regular expression.
    """
    tree = _parser.parse(pattern)
    return _Analysis(tree).sequence(tree, frozenset())[0]


def can_be_empty(pattern: str) -> bool:
    """True when `pattern` may match without taking a character."""
    return bool(_parser.parse(pattern).getwidth()[0] == 0)


def is_always_filled(pattern: str, group: str) -> bool:
    """True when every match of `pattern` has at least one character in the named group."""
    tree = _parser.parse(pattern)
    return _fills(tree, tree.state.groupdict[group])


class _Analysis:
    """Walks a parsed pattern from its end, so that each part knows what can follow it."""

    def __init__(self, tree: Any) -> None:
        self._state = tree.state
        self._alphabet = _SAMPLE | _named_characters(tree)
        self._known: dict[str, Characters] = {}

    def sequence(self, items: Iterable[Any], follow: Characters) -> tuple[int, Characters]:
        """Ways of the items, and the characters that they, or else what follows, begin with."""
        total = 1
        for item in reversed(list(items)):
            count, follow = self._item(item, follow)
            total = min(total * count, _ENDLESS)
        return total, follow

    def _item(self, item: Any, follow: Characters) -> tuple[int, Characters]:
        kind, argument = str(item[0]), item[1]
        if kind in _ONE_CHARACTER:
            return 1, self._characters(item)
        if kind in _REPEATS:
            return self._repeat(kind, argument, follow)
        if kind == "BRANCH":
            return self._branch(argument[1], follow)
        if kind == "SUBPATTERN":
            return self.sequence(argument[3], follow)
        if kind == "ATOMIC_GROUP":
            return self.sequence(argument, frozenset())
        return self._without_width(kind, argument)

    def _without_width(self, kind: str, argument: Any) -> tuple[int, Characters]:
        """Look-arounds, edges and references: many leave open what the next character is."""
        if kind in {"ASSERT", "ASSERT_NOT"}:
            direction, body = argument
            count, first = self.sequence(body, frozenset())
            if kind == "ASSERT" and direction > 0 and body.getwidth()[0]:
                return count, first
            if kind == "ASSERT_NOT" and direction > 0 and _is_one_character(body):
                return count, self._alphabet - first
            return count, self._alphabet
        if kind == "GROUPREF_EXISTS":
            either = [part for part in argument[1:] if part is not None]
            return sum(self.sequence(part, self._alphabet)[0] for part in either), self._alphabet
        return 1, self._alphabet

    def _repeat(self, kind: str, argument: Any, follow: Characters) -> tuple[int, Characters]:
        least, most, body = argument
        first = self.sequence(body, frozenset())[1]
        nullable = body.getwidth()[0] == 0
        after = first | follow if least == 0 or nullable else first
        if kind == "POSSESSIVE_REPEAT":
            return self.sequence(body, frozenset())[0], after
        rounds = min(int(most), _OPEN_END)
        if rounds > LONG and _holds_long_repeat(body):
            return _ENDLESS, after
        # A round is followed by the next one, the last by what comes after.
        inner = self.sequence(body, after if nullable else first)[0] if rounds > 1 else 1
        last = self.sequence(body, first | follow if nullable else follow)[0]
        undecided = bool(first & follow) or (nullable and rounds > 1)
        counts = range(min(least, rounds), rounds + 1) if undecided else (rounds,)
        total = sum(inner ** (count - 1) * last if count else 1 for count in counts)
        return min(total, _ENDLESS), after

    def _branch(self, branches: Any, follow: Characters) -> tuple[int, Characters]:
        outcomes = [self.sequence(branch, follow) for branch in branches]
        firsts = [first for _, first in outcomes]
        decided = not any(one & other for one, other in combinations(firsts, 2))
        counts = [count for count, _ in outcomes]
        return max(counts) if decided else sum(counts), frozenset().union(*firsts)

    def _characters(self, item: Any) -> Characters:
        key = repr(item)
        if key not in self._known:
            one = _compiler.compile(_parser.SubPattern(self._state, [item]), _FLAGS)
            self._known[key] = frozenset(filter(one.fullmatch, self._alphabet))
        return self._known[key]


def _fills(items: Any, group: int) -> bool:
    return any(_item_fills(str(kind), argument, group) for kind, argument in items)


def _item_fills(kind: str, argument: Any, group: int) -> bool:
    if kind == "SUBPATTERN":
        number, _, _, body = argument
        return bool(body.getwidth()[0]) if number == group else _fills(body, group)
    if kind in _REPEATS:
        return argument[0] > 0 and _fills(argument[2], group)
    if kind == "ATOMIC_GROUP":
        return _fills(argument, group)
    # What a look-behind holds lies before the match: the search would find it for ever.
    return kind == "ASSERT" and argument[0] > 0 and _fills(argument[1], group)


def _is_one_character(tree: Any) -> bool:
    return len(tree) == 1 and str(tree[0][0]) in _ONE_CHARACTER


def _items(tree: Any) -> Iterable[Any]:
    """All (kind, argument) pairs of a parsed pattern, at any depth."""
    for part in tree:
        if isinstance(part, _parser.SubPattern | list | tuple):
            if isinstance(part, tuple) and len(part) == 2:
                yield part
            yield from _items(part)


def _holds_long_repeat(tree: Any) -> bool:
    return any(str(kind) in _REPEATS and argument[1] > LONG for kind, argument in _items(tree))


def _named_characters(tree: Any) -> Characters:
    """Characters that the pattern names, and the ends of its ranges, in either case."""
    named = set()
    for kind, argument in _items(tree):
        if str(kind) in {"LITERAL", "NOT_LITERAL"}:
            named.add(chr(argument))
        elif str(kind) == "RANGE":
            named.update(map(chr, argument))
    return frozenset(
        form for one in named for form in (one, one.lower(), one.upper()) if len(form) == 1
    )
