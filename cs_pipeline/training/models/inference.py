"""Running a model without training it: how long its inputs may be, its padding, its mode."""

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from cs_pipeline.errors import GpuMemoryError
from cs_pipeline.training.models import wording

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerFast


_log = logging.getLogger(__name__)

Item = TypeVar("Item")
Made = TypeVar("Made")


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


def in_fitting_passes(
    passes: Iterable[list[Item]], work: Callable[[list[Item]], Made]
) -> Iterator[tuple[list[Item], Made]]:
    """What `work` makes of each pass, in their order; one that is too large is done in halves.

    Args:
        passes: Items of each pass, none empty.
        work: Runs a model on the items of one pass.

    Raises:
        GpuMemoryError: there is no room for a single item.
    """
    import torch

    waiting = deque(passes)
    while waiting:
        items = waiting.popleft()
        try:
            made = work(items)
        except torch.OutOfMemoryError as error:
            if len(items) == 1:
                raise out_of_memory() from error
            made = None
        if made is None:  # after the error is gone, which holds on to the memory
            half = len(items) // 2
            waiting.extendleft([items[half:], items[:half]])
            if torch.cuda.is_available():
                torch.cuda.empty_cache()
            _log.warning("GPU memory ran out; going on with %d at once", half)
        else:
            yield items, made


def out_of_memory() -> GpuMemoryError:
    """What to do when the passes cannot be made smaller any more."""
    return wording.gpu_memory()
