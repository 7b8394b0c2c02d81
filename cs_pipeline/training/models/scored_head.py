"""The output head on the tokens that are scored, and on no others.

Only answer tokens count for the loss, and a head of 51,200 columns is a third of KoGPT2's
arithmetic and most of a step's memory. A hook picks the scored hidden states right before the
head, so that everything around it stays the model's own: wrappers for mixed precision and for
several processes, adapters, scales and caps on the logits.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

import torch
from accelerate.utils import extract_model_from_parallel, is_compiled_module
from torch import Tensor, nn

from cs_pipeline.training.rows.encoding import IGNORED_LABEL

_PROBE_TOKENS = 6
_PROBE_TOLERANCE = 1e-2
"""Room for bf16, whose results differ with the shape of a batch; a wrong head misses by more."""

_separable: "WeakKeyDictionary[nn.Module, bool]" = WeakKeyDictionary()


def scored_logits(
    model: nn.Module, inputs: Mapping[str, Tensor], labels: Tensor
) -> tuple[Tensor, Tensor]:
    """Next-token logits and targets where `labels` ask for them, row by row.

    A model whose head gives something else on chosen tokens (tried once on the model itself), and
    a compiled model, whose code is fixed, work out all logits first: slower, but the same result.

    Args:
        model: Causal language model, bare or wrapped for several processes.
        inputs: What its forward pass takes, without labels.
        labels: int64, shape (rows, tokens), not shifted; `IGNORED_LABEL` is not scored. On the
            CPU they spare the program from waiting for the GPU to count them.

    Returns:
        Logits of shape (scored, vocabulary) and int64 targets of shape (scored,). Gradients flow
        through the logits as through those of a full forward pass.
    """
    asked = labels != IGNORED_LABEL
    asked[:, 0] = False  # nothing stands before it
    next_tokens = asked.flatten().nonzero().squeeze(1)
    device = inputs["input_ids"].device
    targets = labels.flatten()[next_tokens].to(device, non_blocking=True)
    places = (next_tokens - 1).to(device, non_blocking=True)
    if _is_compiled(model) or not _head_is_separable(model):
        return _at(places, _logits(model, inputs)), targets
    with _head_sees(model, places):
        return _logits(model, inputs), targets


def _at(places: Tensor, values: Tensor) -> Tensor:
    """Chosen ones of `values`, shape (rows, tokens, ...); `places` count through all rows."""
    return values.flatten(0, 1).index_select(0, places)


def _logits(model: nn.Module, inputs: Mapping[str, Tensor]) -> Tensor:
    logits: Tensor = model(**inputs, use_cache=False).logits
    return logits


def _is_compiled(model: nn.Module) -> bool:
    """Whether any part is compiled: hooks added since would be passed over in silence."""
    return any(
        is_compiled_module(part) or part._compiled_call_impl is not None for part in model.modules()
    )


@contextmanager
def _head_sees(model: nn.Module, places: Tensor) -> Iterator[None]:
    """Let the head work on the hidden states at `places` only."""
    head = extract_model_from_parallel(model).get_output_embeddings()
    hook = head.register_forward_pre_hook(lambda _, inputs: (_at(places, inputs[0]), *inputs[1:]))
    try:
        yield
    finally:
        hook.remove()


def _head_is_separable(model: nn.Module) -> bool:
    core = extract_model_from_parallel(model)
    if core not in _separable:
        _separable[core] = _same_logits(core)
    return _separable[core]


def _same_logits(core: Any) -> bool:
    """Whether chosen tokens get the logits that they get among all, tried on `core` itself."""
    device = next(core.parameters()).device
    tokens = torch.arange(1, 2 * _PROBE_TOKENS + 1, device=device).view(2, -1)
    places = torch.arange(0, tokens.numel(), 3, device=device)
    training = core.training
    core.eval()
    try:
        with torch.no_grad():
            among_all = _at(places, _logits(core, {"input_ids": tokens}))
            with _head_sees(core, places):
                chosen = _logits(core, {"input_ids": tokens})
    except Exception:  # whatever a model does with fewer dimensions, the full way is still open
        return False
    finally:
        core.train(training)
    return chosen.shape == among_all.shape and torch.allclose(
        chosen.float(), among_all.float(), rtol=_PROBE_TOLERANCE, atol=_PROBE_TOLERANCE
    )
