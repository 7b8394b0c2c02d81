"""Words before a sign: what stands there is read only where a search for the sign has led.

`호민아 고객님`: 고객 is searched for, as it is rarer than the beginning of a word.
"""

import re
import string
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from cs_pipeline.pii.finders.names.conceivable import LONGEST_FOREIGN
from cs_pipeline.pii.rules import any_of, compiled

_BETWEEN = " ,/"
_MOST_BETWEEN = 2
_SHORTEST = 2
_WITHIN = frozenset("@*_" + string.ascii_letters)
_BEFORE_SIGN = "이으"


class Behind(NamedTuple):
    """A name that `accepts` takes for one, and that `tail` follows, which begins with one of `words`.

    Before the word may stand a space, and what joins it to the name: 이라는, 으로.
    """

    words: tuple[str, ...]
    tail: str
    accepts: Callable[[str], bool]

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Start and end of names before one of the words."""
        tail = compiled(self.tail)
        for sign in _pattern_of(self.words).finditer(text):
            for start, end in words_before(text, sign.start()):
                if tail.match(text, end) and self.accepts(text[start:end]):
                    yield start, end


@cache
def _pattern_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(any_of(words))


def words_before(text: str, sign: int) -> Iterator[tuple[int, int]]:
    """Start and end of the word before `sign`, and of the same without a last 이 or 으."""
    end = sign
    while end > 0 and end > sign - _MOST_BETWEEN and text[end - 1] in _BETWEEN:
        end -= 1
    start = end
    while start > 0 and end - start <= LONGEST_FOREIGN + 1 and "가" <= text[start - 1] <= "힣":
        start -= 1
    if start and text[start - 1] in _WITHIN:
        return
    if _SHORTEST <= end - start <= LONGEST_FOREIGN:
        yield start, end
    if (
        end - start > _SHORTEST
        and text[end - 1] in _BEFORE_SIGN
        and end - start <= LONGEST_FOREIGN + 1
    ):
        yield start, end - 1
