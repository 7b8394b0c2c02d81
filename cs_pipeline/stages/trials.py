"""What a person needs to try things out: synthetic exports, a tiny base model, masking by hand."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Literal

from cs_pipeline.stages.installation import Installation

_EXCHANGES_TO_LEARN_WORDS_FROM = 3000


def mask_lines(installation: Installation, lines: Iterable[str]) -> Iterator[str]:
    """Each line masked as a turn of a conversation would be, without its line end.

    Raises:
        SettingsError: a masking rule or model of the settings cannot be used.
    """
    from cs_pipeline.pii import mask_text

    detector = installation.detector
    for line in lines:
        yield mask_text(line.rstrip("\n"), detector=detector)


def write_sample_export(
    out: Path, *, rows: int, seed: int, layout: Literal["qa", "turns"], truth: Path | None = None
) -> None:
    """Write a synthetic export with planted fictitious personal data; `truth` lists it (JSONL)."""
    from cs_pipeline.samples.workbook import write_sample_export as write

    write(out, rows=rows, seed=seed, layout=layout, truth=truth)


def make_base(corpus: Path | None, out: Path, *, vocab_size: int, seed: int) -> None:
    """Make a tiny KoGPT2-shaped base model from sentences.

    Args:
        corpus: UTF-8 text of one sentence per line; none: masked fictitious conversations.
        out: Folder to write.
        vocab_size: Tokens of the vocabulary.
        seed: Seed of the weights, and of the conversations.
    """
    from cs_pipeline.training.models.tiny_base import make_base as make

    if corpus is None:
        make(_sentences(seed), out, vocab_size=vocab_size, seed=seed)
        return
    with corpus.open(encoding="utf-8") as lines:
        make((line.strip() for line in lines), out, vocab_size=vocab_size, seed=seed)


def _sentences(seed: int) -> Iterator[str]:
    from cs_pipeline.pii import mask_text
    from cs_pipeline.samples.conversations import draw_conversations

    drawn = draw_conversations(Random(seed), _EXCHANGES_TO_LEARN_WORDS_FROM)  # noqa: S311
    for conversation in drawn:
        for exchange in conversation:
            for side in (exchange.question, exchange.answer):
                yield mask_text(" ".join(part.text for part in side))
