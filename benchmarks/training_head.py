"""What the output head on scored tokens only brings."""

import random
import statistics
import time
from pathlib import Path
from typing import Any

import torch
from torch.nn.functional import cross_entropy
from training_runs import Rows
from transformers import GPT2Config, GPT2LMHeadModel

from cs_pipeline.training.models.base_model import KOGPT2_VOCABULARY, load_model, load_tokenizer
from cs_pipeline.training.models.inference import pad_token_id
from cs_pipeline.training.models.scored_head import scored_logits
from cs_pipeline.training.rows.encoding import IGNORED_LABEL, ExampleEncoder
from cs_pipeline.training.rows.packing import RowCollator, pack

_ROW_TOKENS = 128
_ROWS = 8
_REPEAT = 9


def head_seconds(base: Path, rows: Rows, device: str) -> list[dict[str, Any]]:
    """Forward and backward of 8 packed rows of 128 tokens, by base model and by kind of head."""
    tokenizer = load_tokenizer(str(base))
    examples = ExampleEncoder(tokenizer, _ROW_TOKENS).encode(rows)
    random.Random(1).shuffle(examples)
    packed = pack(examples, _ROW_TOKENS)[:_ROWS]
    batch = {
        name: values.to(device)
        for name, values in RowCollator(pad_token_id(tokenizer))(packed).items()
    }
    mid_size = GPT2Config(vocab_size=KOGPT2_VOCABULARY, n_embd=256, n_layer=4, n_head=4)
    models = {"the base": load_model(str(base), device=device)}
    models["4 x 256, vocabulary 51,200"] = GPT2LMHeadModel(mid_size).to(device)
    return [{"model": name} | _compare_heads(model, batch) for name, model in models.items()]


def _compare_heads(model: Any, batch: dict[str, torch.Tensor]) -> dict[str, float]:
    inputs = {name: values for name, values in batch.items() if name != "labels"}
    labels = batch["labels"]

    def full() -> torch.Tensor:
        logits, targets = model(**inputs, use_cache=False).logits[:, :-1], labels[:, 1:]
        wanted = targets != IGNORED_LABEL
        return cross_entropy(logits[wanted].float(), targets[wanted], reduction="sum")

    def scored() -> torch.Tensor:
        logits, targets = scored_logits(model, inputs, labels)
        return cross_entropy(logits.float(), targets, reduction="sum")

    model.train()
    times: dict[Any, list[float]] = {full: [], scored: []}
    for _ in range(_REPEAT):  # in turns, so that other load on the machine falls on both
        for way, seconds in times.items():
            started = time.perf_counter()
            way().backward()
            if torch.cuda.is_available():
                torch.cuda.synchronize()
            seconds.append(time.perf_counter() - started)
    medians = [statistics.median(seconds[1:]) for seconds in times.values()]
    return {
        "full_seconds": medians[0],
        "scored_seconds": medians[1],
        "scored_share": float((labels != IGNORED_LABEL).float().mean()),
    }
