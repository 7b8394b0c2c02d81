"""Foreign names in Hangul."""

import re
from collections.abc import Iterator
from functools import cache

from cs_pipeline.pii import foreign_name_words, name_cues
from cs_pipeline.pii.name_shape import begins_with_noun
from cs_pipeline.pii.rules import Found, compiled

_HANGUL_WORD = re.compile(r"[가-힣]+")
_WORDS = re.compile(r"([가-힣][가-힣]?)[가-힣]*")
_JOINT = re.compile(r"[ .-]{1,2}")
_LAST_WORD = re.compile(
    r"[가-힣]{2,5}?(?=\s?(?:고객|님|씨)|입니다|이에요|예요|이?라고|\s?[,/()\n]|$)"
)
_CHINESE = "왕장리천황우주류양"
_SHORT_STARTS = frozenset("쩐팜레딘응")
_WORD_STARTS = frozenset(["하나", "하루", "사이", "아이", "이사", "수다", "다이", "크리", "나타"])
_MOST_WORDS = 4


@cache
def starts() -> frozenset[str]:
    """What a word of a text begins with that has work for `find`."""
    long = {name[:2] for name in _foreign_names() if len(name) > 1}
    return frozenset(long.union(_SHORT_STARTS) - _WORD_STARTS)


def find(text: str) -> Iterator[Found]:
    """Findings in normalised text; they may overlap."""
    for word in _WORDS.finditer(text):
        if word[1] not in starts():
            continue
        start = word.start()
        end, longest, words = _known_words(text, start)
        called = (longest > 1 or words > 2) and compiled(name_cues.CALLED).match(text, end)
        sure = longest > 3 or (words > 1 and longest > 2)
        if called or (sure and compiled(name_cues.COPULA).match(text, end)):
            yield Found(
                start, end, "NAME", 0.75 if words > 1 or longest > 2 else 0.6, "name.foreign"
            )


def read(text: str, start: int, trust: int) -> Iterator[tuple[int, float]]:
    """A foreign name in Hangul at `start`: words of the list, at least one of them not too short."""
    end, longest, words = _known_words(text, start)
    if longest > 1 or words > 2:
        yield end, 0.8 if words > 1 else 0.7


def _known_words(text: str, start: int) -> tuple[int, int, int]:
    """End, syllables of the longest and number of the listed words from `start` on.

    A last word may be missing in the list if it ends the phrase.
    """
    end, longest, words, position = start, 0, 0, start
    while words < _MOST_WORDS and (word := _HANGUL_WORD.match(text, position)):
        known = _listed_prefix(word.group(), text, position)
        if not known:
            last = _LAST_WORD.match(text, position)
            if longest > 1 and last and not begins_with_noun(last.group()):
                end, words = last.end(), words + 1
            break
        end, longest, words = position + known, max(longest, known), words + 1
        joint = _JOINT.match(text, end)
        if not joint:
            break
        position = joint.end()
    return end, longest, words


def _listed_prefix(word: str, text: str, start: int) -> int:
    for length in range(min(len(word), 6), 0, -1):
        listed = word[:length] in _foreign_names() or (
            word[0] in _CHINESE and length > 2 and word[1:length] in _foreign_names()
        )
        if listed and compiled(name_cues.TAIL).match(text, start + length):
            return length
    return 0


@cache
def _foreign_names() -> frozenset[str]:
    return frozenset(foreign_name_words.FOREIGN_NAMES.split())
