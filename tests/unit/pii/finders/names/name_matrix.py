"""Sentences about people, and about none, crossed from frames and words: the same for a seed.

The frames hold places for words: `R: N` is every form's label before every kind of name.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

_FILE = Path(__file__).with_name("name_matrix.txt")
_HEADING = re.compile(r"\[([a-z]+\.[a-z_]+)\]")
# After a final consonant, after another sound.
_PARTICLES = {
    "이/가": ("이", "가"),
    "은/는": ("은", "는"),
    "을/를": ("을", "를"),
    "과/와": ("과", "와"),
    "이랑/랑": ("이랑", "랑"),
    "이요/요": ("이요", "요"),
    "이고/고요": ("이고", "고요"),
    "(이)에요/예요": ("이에요", "예요"),
    "(이)": ("이", ""),
    "(으)": ("으", ""),
}
_PLACES = "[NMRTK]+(?![A-Za-z])"
_PIECES = re.compile(f"({'|'.join(map(re.escape, _PARTICLES))}|(?<![A-Za-z]){_PLACES})")
_FIRST_SYLLABLE, _FINALS, _RIEUL = ord("가"), 28, 8


class Sentence(NamedTuple):
    """A sentence with the turns before it, its kind, and the names in it."""

    text: str
    previous: tuple[str, ...]
    kind: str
    shape: str
    names: tuple[str, ...]


def sentences_with_names(seed: int, of_each: int) -> Iterator[Sentence]:
    """Every frame with names of every shape, `of_each` times each."""
    random, lists = Random(seed), _lists()
    shapes = {head: words for head, words in lists.items() if head.startswith("names.")}
    for kind, frames in lists.items():
        for frame in frames if kind.startswith("frames.") else ():
            for shape, names in shapes.items():
                for _ in range(of_each):
                    first, second = random.sample(names, 2)
                    words = {"N": first, "M": second, **_draw(random)}
                    here = tuple(words[place] for place in "NM" if place in _places(frame))
                    yield _sentence(frame, words, kind, shape.partition(".")[2], here)


def sentences_without(seed: int, of_each: int) -> Iterator[Sentence]:
    """Every mirrored frame with words that are no names, `of_each` times each."""
    random, lists = Random(seed), _lists()
    for kind, frames in lists.items():
        for frame in frames if kind.startswith("kept.") else ():
            for _ in range(of_each if _places(frame) else 1):
                first, second = random.sample(lists["words.shops"], 2)
                words = {"N": first, "M": second, **_draw(random)}
                yield _sentence(frame, words, kind, "", ())


def frames(of: str) -> list[str]:
    """The frames of one kind: `frames` or `kept`."""
    return [one for head, here in _lists().items() if head.startswith(f"{of}.") for one in here]


def _draw(random: Random) -> dict[str, str]:
    lists = _lists()
    return {
        place: random.choice(lists[f"words.{name}"])
        for place, name in (("R", "roles"), ("T", "titles"), ("K", "relations"))
    }


def _places(frame: str) -> set[str]:
    return {place for piece in _PIECES.findall(frame) for place in piece if place in "NMRTK"}


def _sentence(
    frame: str, words: dict[str, str], kind: str, shape: str, names: tuple[str, ...]
) -> Sentence:
    *previous, text = _filled(frame, words).replace("님님", "님").split("|")
    return Sentence(text, tuple(previous), kind.partition(".")[2], shape, names)


def _filled(frame: str, words: dict[str, str]) -> str:
    """The frame with words in its places, and the particles that fit them."""
    text = ""
    for piece in _PIECES.split(frame):
        if piece in _PARTICLES:
            final = (ord(text[-1]) - _FIRST_SYLLABLE) % _FINALS if "가" <= text[-1] <= "힣" else 0
            closed = final != 0 and not (piece == "(으)" and final == _RIEUL)
            text += _PARTICLES[piece][0 if closed else 1]
        elif re.fullmatch(_PLACES, piece):
            text += "".join(words[place] for place in piece)
        else:
            text += piece
    return text


@cache
def _lists() -> dict[str, list[str]]:
    """Lines of each list of frames, and words of each list of words and of names."""
    lists: dict[str, list[str]] = {}
    heading = ""
    for line in _FILE.read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        if match := _HEADING.fullmatch(line):
            heading = match[1]
            lists[heading] = []
        elif heading.startswith("words."):
            lists[heading] += line.split()
        elif heading.startswith("names."):
            lists[heading] += line.split(" / ")
        else:
            lists[heading].append(line)
    return lists
