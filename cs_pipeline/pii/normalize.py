"""One spelling for what people type in many ways, with a map back to the original text.

Detection reads the normalised text; replacement happens on the original, so that text outside
spans is never changed.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from cs_pipeline.masked.placeholders import PLACEHOLDER
from cs_pipeline.pii.markup import undone
from cs_pipeline.pii.spoken import spoken_digits

_DASHES = "‐‑‒–—―−⁃﹘﹣－˗⸺⸻➖─━ーㅡ"
_DOTS = "·‧•∙⋅・･ㆍ。｡．․"
_SLASHES = "／⁄∕"
_LINE_BREAKS = "\r\n\v\f\x85\u2028\u2029"
_FILLERS = "\u115f\u1160\u3164"
_SEPARATORS = {
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(_DOTS, "."),
    **dict.fromkeys(_SLASHES, "/"),
    **dict.fromkeys(_LINE_BREAKS, "\n"),
    **dict.fromkeys(_FILLERS, ""),
}
_INVISIBLE_CATEGORIES = frozenset({"Cf", "Mn", "Me"})

# A turn is read by itself, and as one of the two above the next ones.
_TURNS_AT_HAND = 8

_PLAIN = re.compile(r"[\n -~가-힣ㄱ-ㅠ]*")
_CLUSTER = re.compile(r"[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?|.", re.DOTALL)

# 一 is a dash between digits, unless other numerals of its kind are there.
_ONE = "一"
_NUMERALS = re.compile("[〇零二三四五六七八九]")


@dataclass(frozen=True, slots=True)
class Normalized:
    """Normalised text; `offsets[i]` is where code point `i` came from in the original.

    `offsets` has one entry more than `text`: the length of the original.
    """

    text: str = field(repr=False)
    offsets: Sequence[int] = field(repr=False)

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Original code points behind the non-empty `text[start:end]`, whole characters only."""
        last = self.offsets[end - 1]
        while end < len(self.text) and self.offsets[end] == last:
            end += 1
        return self.offsets[start], self.offsets[end]


@lru_cache(maxsize=_TURNS_AT_HAND)
def normalize(text: str) -> Normalized:
    """Fold width, digit styles, Hangul composition, invisible characters, separators, number words.

    Number words become digits where they are a number (see `spoken`); a placeholder that stands
    in the text already becomes as many `#`.
    """
    if _PLAIN.fullmatch(text):
        return _folded(text, range(len(text) + 1))
    pieces: list[str] = []
    offsets: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        piece = _CHARACTERS[cluster.group()]
        pieces.append(piece)
        offsets.extend([cluster.start()] * len(piece))
    offsets.append(len(text))
    normal = "".join(pieces)
    if _ONE in normal and not _NUMERALS.search(normal):
        normal = normal.replace(_ONE, "-")
    return _folded(normal, offsets)


class _CharacterTable(dict[str, str]):
    """Normal form of each character, worked out when it is first seen."""

    def __missing__(self, cluster: str) -> str:
        self[cluster] = normal = _normal_form(cluster)
        return normal


_CHARACTERS = _CharacterTable()


def _normal_form(cluster: str) -> str:
    if len(cluster) > 1:
        return unicodedata.normalize("NFC", cluster)
    if cluster in _SEPARATORS:
        return _SEPARATORS[cluster]
    if "\u3130" < cluster < "\u318f":  # NFKC would turn ㅋ into a conjoining jamo
        return cluster
    digit = unicodedata.digit(cluster, None)
    if digit is not None:
        return str(digit)
    plain = "".join(map(_normal_part, unicodedata.normalize("NFKD", cluster)))
    return unicodedata.normalize("NFC", plain)


def _normal_part(character: str) -> str:
    if character in _SEPARATORS:
        return _SEPARATORS[character]
    if unicodedata.category(character) in _INVISIBLE_CATEGORIES:
        return ""
    return " " if character.isspace() else character


def _folded(text: str, offsets: Sequence[int]) -> Normalized:
    """Markup undone, placeholders and number words folded; a word becomes one digit."""
    text, offsets = undone(text, offsets)
    if "#@" in text:
        text = PLACEHOLDER.sub(lambda found: "#" * len(found[0]), text)
    digits = spoken_digits(text)
    if not digits:
        return Normalized(text, offsets)
    pieces: list[str] = []
    kept: list[int] = []
    position = 0
    for start, end, digit, _ in digits:
        pieces += [text[position:start], digit]
        kept += offsets[position : start + 1]
        position = end
    pieces.append(text[position:])
    kept += offsets[position:]
    return Normalized("".join(pieces), kept)
