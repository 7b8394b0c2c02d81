"""Values that are known to be personal, found again however they are written.

An export's own columns and user sheets name people, and what was found for sure in one turn of a
conversation may stand in another without a word beside it that gives it away.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from cs_pipeline.pii.normalize import normalize
from cs_pipeline.pii.rules import Found
from cs_pipeline.records import KnownValue

KNOWN_VALUE = "known.value"
SCORE = 0.99
_SURE = 0.8
_LEAST_DIGITS = 6
PHONE_TAIL = 8  # subscriber digits; what stands before them is often left out
_LONG_NAME = 3  # Hangul syllables from which a name is not an everyday word by chance
_FEW_OPENINGS = 16
_SEPARATORS = r"[\s.,/()_~:-]"
_DIGITS = re.compile(rf"\d+(?:{_SEPARATORS}{{1,3}}\d+){{0,12}}")
_NOT_DIGITS = re.compile(r"\D+")
_WORD = re.compile(r"[0-9a-z가-힣][0-9a-z가-힣_.@+-]*")
_HANGUL = re.compile(r"[가-힣]+")
_LATIN_TAIL = re.compile(r"(?![0-9a-z])")


class KnownValues:
    """An index of known values; looking a text up takes the same time however many there are.

    Numbers of six digits and more match as digits, whatever separates them, with or without a
    leading zero; for phone numbers the last eight digits are enough. Words match whole, letter
    case aside; Hangul may be followed by a particle. Names of one syllable and shorter numbers are
    left out: they tell nobody apart.

    Args:
        values: what is known.
        beside: a further index to look into, such as that of the whole export.
    """

    def __init__(
        self, values: Iterable[KnownValue] = (), beside: "KnownValues | None" = None
    ) -> None:
        self._beside = beside
        self._numbers: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._phrases: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for known in values:
            self._add(known.entity_type, normalize(known.value).text.casefold().strip())
        self._name_lengths = sorted({len(name) for name in self._names}, reverse=True)
        self._opening_lengths = sorted({len(opening) for opening in self._phrases}, reverse=True)

    def __bool__(self) -> bool:
        return bool(self._numbers or self._names or self._phrases or self._beside)

    def _add(self, entity_type: str, value: str) -> None:
        digits = _NOT_DIGITS.sub("", value)
        if not re.search("[a-z가-힣@]", value):
            if len(digits) < _LEAST_DIGITS:
                return
            plain = digits.lstrip("0")  # a leading zero is lost in Excel, or was lost there
            written = {digits, plain, f"0{plain}"}
            if entity_type == "PHONE":
                written.add(digits[-PHONE_TAIL:])
            self._numbers |= {one: entity_type for one in written if len(one) >= _LEAST_DIGITS}
        elif _HANGUL.fullmatch(name := value.replace(" ", "")) and entity_type == "NAME":
            if len(name) > 1:
                self._names[name] = entity_type
            if len(name) >= _LONG_NAME:
                for spaced in (f"{name[0]} {name[1:]}", " ".join(name)):
                    self._phrases[name[0]].append((spaced, entity_type))
        elif (first := _WORD.search(value)) and len(value) > 2:
            self._phrases[first.group()].append((value, entity_type))

    def find(self, text: str) -> Iterator[Found]:
        """Where normalised `text` holds a value; findings may overlap."""
        if self._numbers:
            for run in _DIGITS.finditer(text):
                yield from self._find_numbers(run)
        folded = text.casefold()
        if len(folded) == len(text):  # else the offsets would be another text's
            if self._names:
                yield from self._find_names(folded)
            if self._phrases and self._may_hold_phrase(folded):
                yield from self._find_phrases(folded)
        if self._beside is not None:
            yield from self._beside.find(text)

    def _find_numbers(self, run: re.Match[str]) -> Iterator[Found]:
        groups = list(re.finditer(r"\d+", run.group()))
        digits = "".join(group.group() for group in groups)
        edges = list(accumulate((len(group.group()) for group in groups), initial=0))
        for first, start in enumerate(edges[:-1]):
            for last, end in enumerate(edges[first + 1 :], start=first):
                entity_type = self._numbers.get(digits[start:end])
                if entity_type:
                    left, right = groups[first].start(), groups[last].end()
                    yield self._found(run.start() + left, run.start() + right, entity_type)

    def _find_names(self, text: str) -> Iterator[Found]:
        for run in _HANGUL.finditer(text):
            word, start = run.group(), run.start()
            for at in range(len(word) - 1):
                for length in self._name_lengths:
                    if at + length > len(word) or (at > 0 and length < _LONG_NAME):
                        continue
                    if entity_type := self._names.get(word[at : at + length]):
                        yield self._found(start + at, start + at + length, entity_type)

    def _may_hold_phrase(self, text: str) -> bool:
        """False when a quick look for each opening, while they are few, finds none."""
        few = len(self._phrases) <= _FEW_OPENINGS
        return not few or any(opening in text for opening in self._phrases)

    def _find_phrases(self, text: str) -> Iterator[Found]:
        for word in _WORD.finditer(text):
            start = word.start()
            for length in self._opening_lengths:
                for value, entity_type in self._phrases.get(text[start : start + length], ()):
                    end = start + len(value)
                    if text.startswith(value, start) and _LATIN_TAIL.match(text, end):
                        yield self._found(start, end, entity_type)

    def _found(self, start: int, end: int, entity_type: str) -> Found:
        return Found(start, end, entity_type, SCORE, KNOWN_VALUE)


def names_to_find_again(text: str, found: Sequence[Found]) -> list[KnownValue]:
    """Names that are sure at one place of `text` and stand at another one too."""
    names = {
        text[one.start : one.end]
        for one in found
        if one.entity_type == "NAME" and one.score >= _SURE and one.end - one.start >= _LONG_NAME
    }
    return [KnownValue("NAME", name) for name in sorted(names) if text.count(name) > 1]
