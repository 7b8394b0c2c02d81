"""How well a run uses its device: model FLOP/s utilisation and GPU memory."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch
    from transformers import PreTrainedModel

_PEAK_FLOPS: tuple[tuple[str, float], ...] = (
    (r"GH200|H200(?! NVL)", 989.4e12),
    (r"H200 NVL", 835.5e12),
    (r"H100 PCIe", 756e12),
    (r"H100 NVL", 835e12),
    (r"H100", 989.4e12),
    (r"A100", 312e12),
    (r"A10", 125e12),
    (r"A10G", 70e12),
    (r"L40S", 362e12),
    (r"L4", 121e12),
    (r"T4", 65e12),
    (r"V100", 125e12),
)
"""Name of a GPU -> peak bf16 FLOP/s on dense matrices (T4, V100: fp16), by NVIDIA's data sheets.

Where a sheet gives the figure for 2:4 sparse matrices, half of it stands here.
"""


def model_flops_utilisation(
    model: "PreTrainedModel",
    *,
    tokens_per_second: float,
    row_tokens: int,
    device_name: str | None = None,
    processes: int = 1,
    scored_share: float = 1.0,
) -> float | None:
    """Share of the devices' peak arithmetic that training the model at this speed needs.

    After PaLM (arXiv:2204.02311, appendix B): a token costs 6 FLOPs a parameter and
    12 * layers * hidden size * row length for attention. The forward pass takes 2 of the 6, the
    gradients of activations 2, those of weights 2: frozen parameters save the last. Embeddings
    that are only looked up cost nothing. Work that a run repeats or wastes does not count, and
    the peak is that of bf16 in whatever precision the run was.

    Args:
        model: The one that was trained.
        tokens_per_second: Real tokens, over all processes.
        row_tokens: Length of a row, over which attention reaches.
        device_name: As CUDA tells it; None: the device that the model is on.
        processes: Devices of this kind.
        scored_share: Share of the tokens that go through the output head.

    Returns:
        None on a CPU and on GPUs whose peak is not known (slices of a GPU among them).
    """
    peak = _peak_flops(device_name or _gpu_name(model))
    if peak is None:
        return None
    config = model.config
    attention = 12 * config.num_hidden_layers * config.hidden_size * row_tokens
    flops: float = _weight_flops(model, scored_share) + attention
    return flops * tokens_per_second / (peak * processes)


def peak_gpu_bytes(device: "torch.device") -> int | None:
    """Most GPU memory held by tensors so far in this process; None on a CPU."""
    import torch

    return torch.cuda.max_memory_allocated(device) if device.type == "cuda" else None


def _gpu_name(model: "PreTrainedModel") -> str:
    import torch

    return torch.cuda.get_device_name(model.device) if model.device.type == "cuda" else ""


def _peak_flops(device_name: str) -> float | None:
    if "MIG" in device_name:  # a slice, whose share of the peak its name does not tell
        return None
    found = (
        flops for name, flops in _PEAK_FLOPS if re.search(rf"\b(?:{name})(?![0-9A-Z])", device_name)
    )
    return next(found, None)


def _weight_flops(model: "PreTrainedModel", scored_share: float) -> float:
    """FLOPs of one token in the model's weights, forward and backward."""
    from torch import nn

    head = model.get_output_embeddings()
    head_weight = None if head is None else head.weight
    looked_up = {
        id(part.weight)
        for part in model.modules()
        if isinstance(part, nn.Embedding) and part.weight is not head_weight
    }
    total = 0.0
    for weight in model.parameters():
        if id(weight) in looked_up:
            continue
        share = scored_share if weight is head_weight else 1.0
        total += weight.numel() * (6 if weight.requires_grad else 4) * share
    return total
