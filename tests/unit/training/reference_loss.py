"""The answer loss worked out the long way, from all logits: what the fast ways must agree with."""

import torch
from torch.nn.functional import cross_entropy

from cs_pipeline.training.rows.encoding import IGNORED_LABEL


def answer_nats(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Summed loss over scored tokens, in nats."""
    targets = labels[:, 1:]
    scored = targets != IGNORED_LABEL
    return cross_entropy(logits[:, :-1][scored].float(), targets[scored], reduction="sum")
