"""Encoded rows kept on disk, so that a dataset version is tokenised once.

An entry holds token ids of masked text, no text, in a folder that only its owner may enter.
"""

import hashlib
import json
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import tokenizers

from cs_pipeline.files import atomic_path, private_folder, sweep_unfinished
from cs_pipeline.masked import placeholders
from cs_pipeline.masked.placeholders import PLACEHOLDERS
from cs_pipeline.training.models.base_model import tokenizer_sha256
from cs_pipeline.training.rows import encoding, prompt_template, spelling
from cs_pipeline.training.rows.encoding import Example, ExampleEncoder
from cs_pipeline.training.rows.prompt_template import Turns

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

_log = logging.getLogger(__name__)

_KEPT_ENTRIES = 3
_PROBE_ROWS = [
    ("배송은 언제 오나요?", "이틀 안에 갑니다."),
    ("\n".join(PLACEHOLDERS.values()), "#@이름2#님, 곧 보내 드립니다.\n<usr> 감사합니다. " * 3),
]
"""What an encoder makes of these tells its template apart from others."""


def encode_cached(
    encoder: ExampleEncoder,
    tokenizer: "PreTrainedTokenizerFast",
    rows: Sequence[Turns],
    *,
    folder: Path | None,
    data_sha256: str,
    max_example_tokens: int,
) -> list[Example]:
    """`encoder.encode(rows)`, from `folder` where the same rows were encoded before.

    The key covers the rows, the tokenizer, the encoder's template and the code. A damaged entry
    is replaced; the entries not used for longest are removed. A folder that cannot be written to
    costs time, not the run.

    Args:
        encoder: Encodes what is not there.
        tokenizer: The one `encoder` works with.
        rows: Masked text: question and answer, after the exchanges before them.
        folder: Made, and closed to other users (0700); None: nothing is kept.
        data_sha256: Dataset version that the rows are from.
        max_example_tokens: Longest example that `encoder` makes, in tokens.
    """
    if folder is None:
        return encoder.encode(rows)
    key = _key(encoder, tokenizer, rows, data_sha256, max_example_tokens)
    entry = folder / f"{key}.npz"
    examples = _load(entry, len(rows))
    if examples is None:
        examples = encoder.encode(rows)
        try:
            _save(private_folder(folder) / entry.name, examples)
            _prune(folder)
        except OSError as error:
            _log.warning("Encoded rows are not kept in %s (%s).", folder, type(error).__name__)
    return examples


def _key(
    encoder: ExampleEncoder,
    tokenizer: "PreTrainedTokenizerFast",
    rows: Sequence[Turns],
    data_sha256: str,
    max_example_tokens: int,
) -> str:
    """Hex digest of all that the ids depend on.

    The rows are in it themselves: one dataset version holds two sets of them.
    """
    parts = [
        data_sha256,
        _rows_digest(rows),
        tokenizer_sha256(tokenizer),
        tokenizers.__version__,
        str([(one.input_ids, one.answer_start) for one in encoder.encode(_PROBE_ROWS)]),
        str(max_example_tokens),
        encoder.template,
        str(encoder.context_turns),
        *(_digest(path.read_bytes()) for path in _sources(encoder)),
    ]
    return _digest("\n".join(parts).encode())


def _sources(encoder: ExampleEncoder) -> list[Path]:
    own = sys.modules[type(encoder).__module__]
    modules = {encoding, prompt_template, spelling, placeholders, own}
    return sorted(Path(module.__file__) for module in modules if module.__file__)


def _rows_digest(rows: Sequence[Turns]) -> str:
    digest = hashlib.sha256()
    for row in rows:
        digest.update(json.dumps(row).encode())
    return digest.hexdigest()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _save(entry: Path, examples: Sequence[Example]) -> None:
    ids = [token for example in examples for token in example.input_ids]
    spans = [(len(one.input_ids), one.answer_start, one.characters) for one in examples]
    with atomic_path(entry) as temporary, temporary.open("wb") as stream:
        np.savez(
            stream,
            ids=np.array(ids, dtype=np.int32),
            spans=np.array(spans, dtype=np.int64).reshape(-1, 3),
        )


def _load(entry: Path, rows: int) -> list[Example] | None:
    """The examples kept in `entry`; None when it is missing or damaged (its parts carry sums)."""
    try:
        with np.load(entry, allow_pickle=False) as kept:
            ids, spans = kept["ids"].tolist(), kept["spans"].tolist()
        os.utime(entry)
    except FileNotFoundError:
        return None
    except Exception as error:  # whatever is wrong with it, the rows can be encoded again
        _log.warning("%s is damaged (%s); the rows are encoded anew.", entry, type(error).__name__)
        return None
    if len(spans) != rows or sum(length for length, _, _ in spans) != len(ids):
        return None
    examples, start = [], 0
    for length, answer_start, characters in spans:
        examples.append(Example(ids[start : start + length], answer_start, characters))
        start += length
    return examples


def _prune(folder: Path) -> None:
    entries = sorted(folder.glob("*.npz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for entry in entries[_KEPT_ENTRIES:]:
        entry.unlink(missing_ok=True)
    sweep_unfinished(folder)
