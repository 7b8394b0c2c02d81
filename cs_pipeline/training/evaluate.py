"""Answer loss of a model on rows, and its answers to questions.

The loss is total nats over scored tokens: it does not depend on how rows were batched or padded.
"""

import logging
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.errors import BaseModelError
from cs_pipeline.language import Words
from cs_pipeline.records import ChampionScore, Score
from cs_pipeline.training.base_model import load_model, load_tokenizer, tokenizer_sha256
from cs_pipeline.training.encoding import IGNORED_LABEL, ExampleEncoder
from cs_pipeline.training.packing import Row, RowCollator, row_length, rows_for

if TYPE_CHECKING:
    import torch
    from transformers import PreTrainedModel, PreTrainedTokenizerFast

_log = logging.getLogger(__name__)

_FORWARD_TOKENS = 4096
_REPEATED_TOKENS = 6


def longest_example(model: "PreTrainedModel", max_example_tokens: int) -> int:
    """`max_example_tokens`, or the model's number of positions when that is less."""
    positions = getattr(model.config, "max_position_embeddings", None)
    return min(max_example_tokens, positions or max_example_tokens)


def answer_nats(logits: "torch.Tensor", labels: "torch.Tensor") -> "torch.Tensor":
    """Summed loss over scored tokens, in nats.

    Args:
        logits: Shape (rows, tokens, vocabulary).
        labels: Shape (rows, tokens), not shifted; `IGNORED_LABEL` is not scored.

    Returns:
        A float32 scalar.
    """
    from torch.nn.functional import cross_entropy

    targets = labels[:, 1:]
    scored = targets != IGNORED_LABEL
    return cross_entropy(logits[:, :-1][scored].float(), targets[scored], reduction="sum")


def score_rows(
    model: "PreTrainedModel",
    tokenizer: "PreTrainedTokenizerFast",
    rows: Sequence[tuple[str, str]],
    *,
    max_example_tokens: int,
    batch_tokens: int,
) -> Score:
    """Answer loss on (question, answer) rows; zeros for no rows.

    Args:
        model: Left in the mode (training or evaluation) in which it was.
        tokenizer: The model's own.
        rows: Masked text.
        max_example_tokens: Longer rows are cut as `ExampleEncoder` does.
        batch_tokens: Tokens of one forward pass at most; changes speed and memory, not the score.
    """
    import torch

    encoder = ExampleEncoder(tokenizer, longest_example(model, max_example_tokens))
    examples = encoder.encode(rows)
    collate = RowCollator(pad_token_id(tokenizer))
    packed = rows_for(model, examples, batch_tokens)
    row_tokens = row_length(examples, batch_tokens)
    training = model.training
    model.eval()
    nats, scored_tokens = 0.0, 0
    with torch.inference_mode():
        for chunk in _chunks(packed, max(min(batch_tokens, _FORWARD_TOKENS) // row_tokens, 1)):
            batch = {name: values.to(model.device) for name, values in collate(chunk).items()}
            labels = batch.pop("labels")
            nats += answer_nats(model(**batch, use_cache=False).logits, labels).item()
            scored_tokens += int((labels != IGNORED_LABEL).sum())
    model.train(training)
    characters = sum(example.characters for example in examples)
    return Score(rows=len(rows), nats=nats, scored_tokens=scored_tokens, characters=characters)


def score_champion(
    folder: Path,
    version_id: str,
    rows: Sequence[tuple[str, str]],
    *,
    max_example_tokens: int,
    batch_tokens: int,
) -> ChampionScore:
    """Score the live model in `folder`; one that cannot be loaded or run gets a `problem`."""
    try:
        model, tokenizer = load_for_chat(folder)
        score = score_rows(
            model,
            tokenizer,
            rows,
            max_example_tokens=max_example_tokens,
            batch_tokens=batch_tokens,
        )
    except BaseModelError as error:
        return ChampionScore(version_id=version_id, problem=error.words)
    except Exception as error:
        kind = type(error).__name__
        _log.warning("The live model %s cannot be scored (%s).", version_id, kind)
        problem = Words(
            ko=f"운영 중인 모델 {version_id}을(를) 평가할 수 없습니다 ({kind}). "
            "모델 저장소의 파일을 확인하세요.",
            en=f"The live model {version_id} cannot be scored ({kind}). "
            "Check its files in the model store.",
        )
        return ChampionScore(version_id=version_id, problem=problem)
    return ChampionScore(
        version_id=version_id, tokenizer_sha256=tokenizer_sha256(tokenizer), score=score
    )


def load_for_chat(folder: Path) -> "tuple[PreTrainedModel, PreTrainedTokenizerFast]":
    """Load a checkpoint and its tokenizer, with all load-time checks.

    Raises:
        BaseModelError: the folder holds no usable model.
    """
    return load_model(str(folder)), load_tokenizer(str(folder))


def answer(
    model: "PreTrainedModel",
    tokenizer: "PreTrainedTokenizerFast",
    question: str,
    *,
    max_new_tokens: int = 64,
) -> str:
    """The model's most likely answer to one masked question; deterministic.

    Endless loops are cut by never repeating a run of six tokens.
    """
    import torch
    from transformers import GenerationConfig

    limit = longest_example(model, 2**31)
    encoder = ExampleEncoder(tokenizer, limit)
    prompt = torch.tensor(
        [encoder.prompt(question, max_tokens=max(limit - max_new_tokens, 1))], device=model.device
    )
    end = tokenizer.eos_token_id
    settings = GenerationConfig(
        do_sample=False,
        max_new_tokens=max_new_tokens,
        no_repeat_ngram_size=_REPEATED_TOKENS,
        suppress_tokens=sorted(encoder.hidden_ids - {end}) or None,
        eos_token_id=end,
        pad_token_id=pad_token_id(tokenizer),
    )
    with torch.inference_mode():
        output = model.generate(
            prompt, attention_mask=torch.ones_like(prompt), generation_config=settings
        )
    return encoder.decode(output[0, prompt.shape[1] :].tolist())


def pad_token_id(tokenizer: "PreTrainedTokenizerFast") -> int:
    """The padding id; the end token's where a tokenizer has none (padding is never scored)."""
    pad: int | None = tokenizer.pad_token_id
    return int(tokenizer.eos_token_id) if pad is None else pad


def _chunks(rows: Sequence[Row], size: int) -> Iterator[Sequence[Row]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))
