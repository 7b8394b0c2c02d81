"""A model that knows a few rows by heart."""

import copy
from collections.abc import Sequence

import torch
from transformers import PreTrainedModel, PreTrainedTokenizerFast

from cs_pipeline.training.rows.encoding import ExampleEncoder
from cs_pipeline.training.rows.packing import RowCollator, pack
from cs_pipeline.training.rows.prompt_template import Turns
from tests.unit.training.reference_loss import answer_nats


def learned_by_heart(
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerFast,
    rows: Sequence[Turns],
    *,
    max_tokens: int = 128,
    row_tokens: int = 256,
    learning_rate: float = 5e-3,
    steps: int = 60,
) -> PreTrainedModel:
    """A copy of `model` after so many steps on all `rows`, without any loop of ours."""
    learner = copy.deepcopy(model).train()
    batch = RowCollator(3)(pack(ExampleEncoder(tokenizer, max_tokens).encode(rows), row_tokens))
    labels = batch.pop("labels")
    optimizer = torch.optim.AdamW(learner.parameters(), lr=learning_rate)
    torch.manual_seed(0)
    for _ in range(steps):
        answer_nats(learner(**batch, use_cache=False).logits, labels).backward()
        torch.nn.utils.clip_grad_norm_(learner.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
    return learner.eval()
