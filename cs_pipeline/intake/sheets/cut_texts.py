"""Columns whose texts an export has cut at one length, in the middle of a sentence."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from cs_pipeline.sentence_ends import ends_sentence

_SHORTEST, _LEAST_CUT, _LEAST_WHOLE = 20, 3, 3
_MOSTLY_CUT, _MOSTLY, _NEARLY_ALL = 0.6, 0.8, 0.9
_DIGITS = re.compile(r"\d+")
_LEFT_OUT = re.compile(r"(?:\.{3}|…)\s*$")
_SIGN = re.compile(r"[.!?~^…)\]\"'”’]\s*$")
_FRAME = 12
_WHOLE_UNSIGNED = re.compile(
    # what texts end with, and no sign behind it: an address, a number, whoever wrote them
    r"(?:https?://|www\.)\S+$|\d[\d\s-]{5,}$|(?:상담사|상담원|담당자?|매니저)\s?[:：]?\s?[가-힣]{3}$"
)


class CutTexts(NamedTuple):
    """How many characters of a text were kept, and whether whole ones all end with a sign."""

    length: int
    signed: bool

    def breaks_off(self, cell: str) -> bool:
        """Whether a text was cut: a space at its end may have got lost since."""
        if not self.length - 1 <= len(cell) <= self.length:
            return False
        ended = _SIGN.search(cell) if self.signed else ends_sentence(cell)
        return not ended or _LEFT_OUT.search(cell) is not None


def cut_texts(cells: Sequence[str]) -> CutTexts | None:
    """What (a sample of) a column's texts tell of where they were cut; None: none was.

    Several of the longest break off then, all at one length, and nearly all shorter ones end as
    sentences do.
    """
    longest = max(map(len, cells), default=0)
    if longest < _SHORTEST:
        return None
    whole = [cell for cell in cells if len(cell) < longest - 1]
    # Answers that were dragged down are alike but for their numbers.
    alike = {_DIGITS.sub("", cell): cell for cell in cells if len(cell) == longest}.values()
    at_length = _without_frames([cell for cell in alike if not _WHOLE_UNSIGNED.search(cell)])
    if len(at_length) < _LEAST_CUT or len(whole) < _LEAST_WHOLE:
        return None
    ended, signed = sum(map(ends_sentence, whole)), sum(map(bool, map(_SIGN.search, whole)))
    found = CutTexts(longest, signed >= _NEARLY_ALL * len(whole))
    cut = sum(map(found.breaks_off, at_length))
    if ended < _MOSTLY * len(whole) or cut < max(_LEAST_CUT, _MOSTLY_CUT * len(at_length)):
        return None
    return found


def _without_frames(cells: Sequence[str]) -> Sequence[str]:
    """The texts that do not end as another one does, or have half in common with it.

    Those of a template differ by a name or a code. A greeting at the beginning says nothing.
    """
    half = len(cells[0]) // 2 if cells else 0
    frames = Counter(frame for cell in cells for frame in (cell[:half], cell[-_FRAME:]))
    return [cell for cell in cells if frames[cell[:half]] == frames[cell[-_FRAME:]] == 1]
