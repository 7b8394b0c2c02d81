"""Running a model without training it: how long its inputs may be, its padding, its mode."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerFast


def longest_example(model: "PreTrainedModel", max_example_tokens: int) -> int:
    """`max_example_tokens`, or the model's number of positions when that is less."""
    positions = getattr(model.config, "max_position_embeddings", None)
    return min(max_example_tokens, positions or max_example_tokens)


def pad_token_id(tokenizer: "PreTrainedTokenizerFast") -> int:
    """The padding id; the end token's where a tokenizer has none (padding is never scored)."""
    pad: int | None = tokenizer.pad_token_id
    return int(tokenizer.eos_token_id) if pad is None else pad


@contextmanager
def inferring(model: "PreTrainedModel") -> Iterator[None]:
    """Neither dropout nor gradients; leaves the model in the mode in which it was."""
    import torch

    training = model.training
    model.eval()
    try:
        with torch.inference_mode():
            yield
    finally:
        model.train(training)
