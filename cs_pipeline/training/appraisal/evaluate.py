"""What a model is worth on rows: its answer loss, row by row, and its answers to questions.

The loss is total nats over scored tokens: it does not depend on how rows were batched or padded.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.errors import BaseModelError
from cs_pipeline.language import Words
from cs_pipeline.records import ChampionScore, GenerationMeasures, Score
from cs_pipeline.training.appraisal import wording
from cs_pipeline.training.appraisal.answer_measures import measure_answers
from cs_pipeline.training.appraisal.generation import (
    GeneratedAnswer,
    answer_room,
    generate_answers,
)
from cs_pipeline.training.appraisal.row_scores import RowScores
from cs_pipeline.training.models.base_model import load_model, load_tokenizer, tokenizer_sha256
from cs_pipeline.training.models.inference import (
    in_fitting_passes,
    inferring,
    longest_example,
    pad_token_id,
)
from cs_pipeline.training.rows.encoding import Example, ExampleEncoder
from cs_pipeline.training.rows.packing import Row, RowCollator, rows_for
from cs_pipeline.training.rows.prompt_template import Turns

if TYPE_CHECKING:
    import numpy as np
    import torch
    from numpy.typing import NDArray
    from transformers import PreTrainedModel, PreTrainedTokenizerFast

_log = logging.getLogger(__name__)

_FORWARD_TOKENS = 4096


@dataclass(frozen=True, slots=True, eq=False)
class ModelMeasures:
    """One model on validation rows; `answers` and `generation` are about the rows it was asked."""

    rows: RowScores
    answers: tuple[GeneratedAnswer, ...]
    generation: GenerationMeasures | None


def score_examples(
    model: "PreTrainedModel",
    tokenizer: "PreTrainedTokenizerFast",
    rows: Sequence[Turns],
    *,
    max_example_tokens: int,
    batch_tokens: int,
) -> RowScores:
    """Answer loss of each row, worked out in the precision of `model`.

    Args:
        model: Left in the mode (training or evaluation) in which it was.
        tokenizer: The model's own.
        rows: Masked text: question and answer, after the exchanges before them.
        max_example_tokens: Longer rows are cut as `ExampleEncoder` does.
        batch_tokens: Tokens of one forward pass at most; changes speed and memory, not the scores.
    """
    import numpy as np

    encoder = ExampleEncoder(tokenizer, longest_example(model, max_example_tokens))
    examples = encoder.encode(rows)
    packed = rows_for(model, examples, batch_tokens)
    collate = RowCollator(pad_token_id(tokenizer))
    index_of = {id(example): index for index, example in enumerate(examples)}
    scored_tokens = np.array([_scored(example) for example in examples], dtype=np.int64)
    nats = np.zeros(len(examples))
    passes = _passes(packed, min(batch_tokens, _FORWARD_TOKENS))
    with inferring(model):
        for chunk, lost in in_fitting_passes(passes, lambda few: _token_nats(model, collate(few))):
            order = np.array([index_of[id(example)] for row in chunk for example in row])
            owners = np.repeat(order, scored_tokens[order])
            np.add.at(nats, owners, lost)
    characters = np.array([example.characters for example in examples], dtype=np.int64)
    unknown = np.array([_unknown(example, tokenizer) for example in examples], dtype=np.int64)
    return RowScores(nats, scored_tokens, characters, unknown)


def score_rows(
    model: "PreTrainedModel",
    tokenizer: "PreTrainedTokenizerFast",
    rows: Sequence[Turns],
    *,
    max_example_tokens: int,
    batch_tokens: int,
) -> Score:
    """Answer loss on all `rows`: the total of `score_examples`."""
    return score_examples(
        model, tokenizer, rows, max_example_tokens=max_example_tokens, batch_tokens=batch_tokens
    ).total()


def measure_model(
    model: "PreTrainedModel",
    tokenizer: "PreTrainedTokenizerFast",
    rows: Sequence[Turns],
    asked: Sequence[int],
    *,
    max_example_tokens: int,
    batch_tokens: int,
) -> ModelMeasures:
    """Score a model on all `rows` and let it answer the questions of those whose index is `asked`.

    Other arguments are those of `score_examples`.
    """
    scores = score_examples(
        model, tokenizer, rows, max_example_tokens=max_example_tokens, batch_tokens=batch_tokens
    )
    questions, contexts = (
        [rows[index][-2] for index in asked],
        [rows[index][:-2] for index in asked],
    )
    answers = generate_answers(model, tokenizer, questions, contexts=contexts)
    generation = measure_answers(
        answers,
        [rows[index][-1] for index in asked],
        fits=(scores.scored_tokens[list(asked)] <= answer_room(model, tokenizer)).tolist(),
    )
    return ModelMeasures(scores, tuple(answers), generation)


def measure_champion(
    folder: Path,
    version_id: str,
    rows: Sequence[Turns],
    asked: Sequence[int],
    *,
    max_example_tokens: int,
    batch_tokens: int,
) -> tuple[ChampionScore, ModelMeasures | None]:
    """Measure the live model in `folder` like a candidate, loading it once.

    Returns:
        What goes into the result, and the measures behind it. For a model that cannot be loaded or
        run the former has only a `problem` and the latter is None; nothing is raised.
    """
    try:
        model, tokenizer = load_for_chat(folder)
        measures = measure_model(
            model,
            tokenizer,
            rows,
            asked,
            max_example_tokens=max_example_tokens,
            batch_tokens=batch_tokens,
        )
        identity = tokenizer_sha256(tokenizer)
    except Exception as error:
        problem = error.words if isinstance(error, BaseModelError) else _broken(version_id, error)
        return ChampionScore(version_id=version_id, problem=problem), None
    champion = ChampionScore(
        version_id=version_id,
        tokenizer_sha256=identity,
        score=measures.rows.total(),
        generation=measures.generation,
    )
    return champion, measures


def load_for_chat(folder: Path) -> "tuple[PreTrainedModel, PreTrainedTokenizerFast]":
    """Load a checkpoint and its tokenizer, with all load-time checks.

    Raises:
        BaseModelError: the folder holds no usable model.
    """
    return load_model(str(folder)), load_tokenizer(str(folder))


def _unknown(example: Example, tokenizer: "PreTrainedTokenizerFast") -> int:
    """Scored tokens that stand for what the tokenizer cannot spell."""
    return example.input_ids[example.answer_start :].count(tokenizer.unk_token_id)


def _scored(example: Example) -> int:
    return len(example.input_ids) - example.answer_start


def _token_nats(
    model: "PreTrainedModel", batch: dict[str, "torch.Tensor"]
) -> "NDArray[np.float64]":
    """Loss of each scored token of a batch, row by row: the examples in the order of the rows."""
    from torch.nn.functional import cross_entropy

    from cs_pipeline.training.models.scored_head import scored_logits

    labels = batch.pop("labels")  # on the CPU they cost no waiting for the GPU
    inputs = {name: values.to(model.device) for name, values in batch.items()}
    logits, targets = scored_logits(model, inputs, labels)
    nats = cross_entropy(logits.float(), targets, reduction="none")
    return nats.double().cpu().numpy()


def _broken(version_id: str, error: Exception) -> Words:
    kind = type(error).__name__
    _log.warning("The live model %s cannot be scored (%s).", version_id, kind)
    return wording.not_scored(version_id, kind)


def _passes(rows: Sequence[Row], most_tokens: int) -> Iterator[list[Row]]:
    """Rows of one forward pass: at most `most_tokens` with their padding, or one row."""
    chunk: list[Row] = []
    width = 0
    for row in rows:
        length = sum(len(example.input_ids) for example in row)
        width = max(width, length)
        if chunk and width * (len(chunk) + 1) > most_tokens:
            yield chunk
            chunk, width = [], length
        chunk.append(row)
    if chunk:
        yield chunk
