"""A process that masks the parts of an export that another one hands to it.

Standard input holds, pickled one after the other, the masker and then lists of exchanges, each with
the places of those to keep; standard output a `MaskedPart` for each list, or the name of the error that ended it. Both are pipes.
"""

import pickle
import sys
from dataclasses import replace
from functools import lru_cache

from cs_pipeline.pii.conversations import ConversationMasker
from cs_pipeline.pii.detector import rule_findings
from cs_pipeline.pii.masked_parts import MaskedPart

_TEXTS_REMEMBERED = 50_000


def remembering(masker: ConversationMasker) -> ConversationMasker:
    """The same masker, which looks at a text that stands there again, such as a macro, only once.

    It holds those texts: it is to be dropped when an export is done.
    """
    findings = lru_cache(_TEXTS_REMEMBERED)(rule_findings)
    return replace(masker, detector=replace(masker.detector, findings=findings))


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
