"""One spelling for what people type in many ways, with a map back to the original text.

Detection reads the normalised text; replacement happens on the original, so that text outside
spans is never changed.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

_DASHES = "‐‑‒–—―−⁃﹘﹣－˗⸺⸻➖─━ー一ㅡ"
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

_PLAIN = re.compile(r"[\n -~가-힣ㄱ-ㅠ]*")
_CLUSTER = re.compile(r"[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?|.", re.DOTALL)

_SPOKEN_DIGITS = str.maketrans("공영빵일이삼사오육륙칠팔구", "0001234566789")
_SPOKEN_JOINT = r"[ .,/~\n-]{0,2}(?:(?:에|의|다시|대시|하이픈)[ .,/~\n-]{0,2})?"
_SPOKEN_RUN = re.compile(
    rf"[공영빵일이삼사오육륙칠팔구](?:{_SPOKEN_JOINT}[공영빵일이삼사오육륙칠팔구]){{6,}}"
    r"|(?<![가-힣\d])[공영빵]일[공영빵일육륙칠팔구](?=[ .,/~\n-]{0,2}\d{3})"
)
_COPULA = re.compile(r"[에요고구라며랑나니야었였지네란면거]")
_SPOKEN_SEPARATOR = re.compile(r"[가-힣]")


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


def normalize(text: str) -> Normalized:
    """Fold width, digit styles, Hangul composition, invisible characters, separators, number words.

    Number words become digits only in a run of seven or more (`공일공 일이삼사 오육칠팔`), or as a
    mobile prefix before digits (`공일공-1234-5678`).
    """
    if _PLAIN.fullmatch(text):
        return Normalized(_spoken_to_digits(text), range(len(text) + 1))
    pieces: list[str] = []
    offsets: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        piece = _CHARACTERS[cluster.group()]
        pieces.append(piece)
        offsets.extend([cluster.start()] * len(piece))
    offsets.append(len(text))
    return Normalized(_spoken_to_digits("".join(pieces)), offsets)


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
    return "".join(map(_normal_part, unicodedata.normalize("NFKC", cluster)))


def _normal_part(character: str) -> str:
    if character in _SEPARATORS:
        return _SEPARATORS[character]
    if unicodedata.category(character) in _INVISIBLE_CATEGORIES:
        return ""
    return " " if character.isspace() else character


def _spoken_to_digits(text: str) -> str:
    """Same length as `text`, so that offsets stay valid."""
    return _SPOKEN_RUN.sub(_digits_of_run, text)


def _digits_of_run(match: re.Match[str]) -> str:
    run = match.group()
    tail = ""
    if run.endswith("이") and _COPULA.match(match.string, match.end()):
        run, tail = run[:-1], "이"  # 오육칠팔이에요: the last word is the copula, no two
    return _SPOKEN_SEPARATOR.sub("-", run.translate(_SPOKEN_DIGITS)) + tail
