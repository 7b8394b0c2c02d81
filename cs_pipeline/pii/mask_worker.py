"""A process that masks the parts of an export that another one hands to it.

Standard input holds, pickled one after the other, the masker and then lists of exchanges, each with
the places of those to keep; standard output a `MaskedPart` for each list, or the name of the error that ended it. Both are pipes.
"""

import pickle
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace

from cs_pipeline.pii.conversations import ConversationMasker
from cs_pipeline.pii.masked_parts import MaskedPart
from cs_pipeline.pii.rules import Found

_TEXTS_REMEMBERED, _CHARACTERS_REMEMBERED = 50_000, 8_000_000


def remembering(masker: ConversationMasker) -> ConversationMasker:
    """The same masker, which looks at a text that stands there again, such as a macro, only once.

    It holds those texts: it is to be dropped when an export is done.
    """
    findings = _Remembered(masker.detector.findings)
    return replace(masker, detector=replace(masker.detector, findings=findings))


class _Remembered:
    """What the rules find in texts, the latest of which are remembered."""

    def __init__(self, findings: Callable[[Sequence[str]], Sequence[Sequence[Found]]]) -> None:
        self._findings = findings
        self._known: dict[str, Sequence[Found]] = {}
        self._characters = 0

    def __call__(self, texts: Sequence[str]) -> list[Sequence[Found]]:
        new = list(dict.fromkeys(text for text in texts if text not in self._known))
        self._characters += sum(map(len, new))
        if (
            len(self._known) + len(new) > _TEXTS_REMEMBERED
            or self._characters > _CHARACTERS_REMEMBERED
        ):
            self._known.clear()
            new = list(dict.fromkeys(texts))
            self._characters = sum(map(len, new))
        self._known.update(zip(new, self._findings(new), strict=True))
        return [self._known[text] for text in texts]


def main() -> None:
    """Mask until there is nothing more to read."""
    asked, told = sys.stdin.buffer, sys.stdout.buffer
    masker = remembering(pickle.load(asked))  # noqa: S301 - from the process that started this
    while True:
        try:
            rows, keep = pickle.load(asked)  # noqa: S301
        except EOFError:
            return
        answer: MaskedPart | str
        try:
            answer = masker.mask_part(rows, keep=keep)
        except Exception as error:  # it may quote what it failed on
            answer = type(error).__name__
        pickle.dump(answer, told, pickle.HIGHEST_PROTOCOL)
        told.flush()


if __name__ == "__main__":
    main()
