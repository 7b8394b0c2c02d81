"""What a person needs to try things out: synthetic exports, a tiny base model, masking by hand."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from cs_pipeline.stages.installation import Installation


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


def make_base(corpus: Path, out: Path, *, vocab_size: int, seed: int) -> None:
    """Make a tiny KoGPT2-shaped base model from a UTF-8 text of one sentence per line."""
    from cs_pipeline.training.models.tiny_base import make_base as make

    with corpus.open(encoding="utf-8") as lines:
        make((line.strip() for line in lines), out, vocab_size=vocab_size, seed=seed)
