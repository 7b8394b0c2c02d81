"""A base model that can read a little: KoGPT2's shape and some epochs of plain text.

The text are the sides of the training rows, each a line of its own in a seeded order, so that the
base has met the words and the answers, and never which answer belongs to which question.
"""

import random
from collections.abc import Sequence
from pathlib import Path

import torch
from training_runs import Rows, run_context
from transformers import GPT2Config, GPT2LMHeadModel, PreTrainedTokenizerFast

from cs_pipeline.recipes.recipe import Recipe
from cs_pipeline.records import Score
from cs_pipeline.training.loop.trainer import train_model
from cs_pipeline.training.models.base_model import (
    KOGPT2_VOCABULARY,
    load_model,
    load_tokenizer,
    save_model,
)
from cs_pipeline.training.models.tiny_base import make_base
from cs_pipeline.training.rows.encoding import Example

WIDTHS = {"mini": 64, "tiny": 128}
_TEXT = {"learning_rate": 3e-3, "batch_tokens": 1024, "keep_best": False}


def base_model(kind: str, train: Rows, folder: Path, *, text_epochs: int, device: str) -> Path:
    """A folder with the base.

    Args:
        kind: `mini` and `tiny` are two layers of 64 and 128, `kogpt2` is KoGPT2's size; all made
            here from random weights. Anything else is a folder, taken as it is.
        train: The training rows.
        folder: Where it is made.
        text_epochs: Passes over the plain text; 0: the weights stay random.
        device: To train it on.
    """
    if kind not in (*WIDTHS, "kogpt2"):
        return Path(kind)
    lines = [text for row in train for text in row]
    base = make_base(lines, folder / kind, width=WIDTHS.get(kind, 128))
    if kind == "kogpt2":
        torch.manual_seed(1)
        config = GPT2Config(vocab_size=KOGPT2_VOCABULARY)  # the rest of GPT-2's shape is KoGPT2's
        save_model(GPT2LMHeadModel(config), load_tokenizer(str(base)), base)
    if text_epochs:
        random.Random(1).shuffle(lines)
        _read(base, lines, folder, epochs=text_epochs, device=device)
    return base


def _read(base: Path, lines: Sequence[str], folder: Path, *, epochs: int, device: str) -> None:
    """Train the base on plain text: each token of a line from those before it."""
    model, tokenizer = load_model(str(base), device=device), load_tokenizer(str(base))
    train_model(
        model,
        tokenizer,
        _examples(tokenizer, lines),
        Recipe(base_model=str(base), epochs=epochs, **_TEXT),
        context=run_context(folder / "text"),
        evaluate=lambda: Score(rows=0, nats=0.0, scored_tokens=0, characters=0),
    )
    save_model(model, tokenizer, base)


def _examples(tokenizer: PreTrainedTokenizerFast, lines: Sequence[str]) -> list[Example]:
    encoded = tokenizer(list(lines), add_special_tokens=False)["input_ids"]
    return [
        Example([*ids, tokenizer.eos_token_id], answer_start=0, characters=len(line))
        for ids, line in zip(encoded, lines, strict=True)
        if ids
    ]
