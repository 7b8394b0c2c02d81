"""Whether the rows teach what customers are to hear, and whether they may judge a model.

A loss says how well a model writes answers like those in the data. It does not say that the answers
belong to their questions: a model trained on shuffled or canned answers beats the live model on
validation rows that were shuffled, too.
"""

import random
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

import numpy as np

from cs_pipeline.records import (
    ContentMeasures,
    PairedComparison,
    SliceMeasures,
    TrainingSlice,
    ValidationSlice,
)
from cs_pipeline.training.appraisal.evaluate import ModelMeasures, score_examples
from cs_pipeline.training.appraisal.paired import Groups, compare_means, compare_rows, groups_of
from cs_pipeline.training.appraisal.row_scores import RowScores
from cs_pipeline.training.rows.prompt_template import Turns

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from transformers import PreTrainedModel, PreTrainedTokenizerFast

    _Chosen = NDArray[np.bool_] | NDArray[np.int64] | slice

_FEWEST_ROWS = 20
"""Below, an interval says nothing about two models."""
_FEWEST_OF_AN_EXPORT = 10
"""Below, an interval says nothing about an export; what it is asked for is plain to see."""

_ALL = slice(None)

Rows = Sequence[Turns]


@dataclass(frozen=True, slots=True)
class Certainty:
    """How intervals are drawn: their confidence, and the seed of the draws."""

    confidence: float
    seed: int


def permuted_scores(
    model: "PreTrainedModel",
    tokenizer: "PreTrainedTokenizerFast",
    rows: Rows,
    slices: Sequence[ValidationSlice],
    *,
    seed: int,
    max_example_tokens: int,
    batch_tokens: int,
) -> RowScores:
    """The loss of each row's answer after the question of another row of the same export.

    Args:
        model: Left in the mode (training or evaluation) in which it was.
        tokenizer: The model's own.
        rows: Masked text: question and answer, after the exchanges before them.
        slices: Which rows come from one export; other rows change questions among all.
        seed: Of the choice of the other row.
        max_example_tokens: As for `score_examples`.
        batch_tokens: As for `score_examples`.
    """
    asked: list[Turns] = [row[:-1] for row in rows]
    for start, end in _spans(slices, len(rows)):
        order = random.Random(f"{seed}/{start}").sample(range(start, end), end - start)  # noqa: S311
        for here, there in pairwise([*order, *order[:1]]):
            asked[here] = rows[there][:-1]
    crossed = [(*turns, row[-1]) for turns, row in zip(asked, rows, strict=True)]
    return score_examples(
        model,
        tokenizer,
        crossed,
        max_example_tokens=max_example_tokens,
        batch_tokens=batch_tokens,
    )


@dataclass(frozen=True, slots=True)
class Data:
    """The rows, the exports of the validation rows, and how many rows were left out as misses.

    `conversations` are those of the validation rows; empty: not known. `weighted` are the exports
    of the training rows; empty: all rows are seen once per epoch.
    """

    train: list[Turns]
    val: list[Turns]
    validation: Sequence[ValidationSlice] = ()
    conversations: Sequence[str] = ()
    masking_misses: int = 0
    weighted: Sequence[TrainingSlice] = ()

    def groupings(self) -> list[Groups]:
        """How validation rows belong together: by their answer, and by their conversation."""
        labels = [[row[-1] for row in self.val], self.conversations]
        return [groups_of(one) for one in labels if len(one) == len(self.val)]


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Both models on the validation rows; `live` is None where there is none that answers.

    `permuted` is what `permuted_scores` gave for the candidate, `references` are the real answers
    to the questions that both were asked, `asked` their rows. `same_tokenizer`: losses are compared
    in nats per token, else in bits per character. `groupings` are those of the rows.
    """

    candidate: ModelMeasures
    live: ModelMeasures | None
    permuted: RowScores
    references: Sequence[str]
    same_tokenizer: bool
    asked: Sequence[int] = ()
    groupings: Sequence[Groups] = ()

    def groupings_of(self, rows: "_Chosen") -> list[Groups]:
        """Those of some of the rows."""
        return [groups[rows] for groups in self.groupings]


def measure_content(
    data: Data, judged: Judged, *, known_exports: Collection[str], certainty: Certainty
) -> ContentMeasures:
    """Put the figures together that need both sides of the data and both models.

    Args:
        data: What the candidate was trained on and both models were scored on.
        judged: Their measures.
        known_exports: Exports whose rows the live model was judged by.
        certainty: Of the intervals.
    """
    spans = _spans(data.validation, len(data.val))
    known = np.zeros(len(data.val), dtype=bool)
    for one, (start, end) in zip(data.validation, spans, strict=False):
        known[start:end] = one.export_sha256 in known_exports
    trained = set(data.train)
    return ContentMeasures(
        masking_misses=data.masking_misses,
        overlap_rows=sum(row in trained for row in data.val),
        top_answer_share=_top_share([row[-1] for row in data.val]),
        information=_information(judged, certainty),
        known_rows=compare_losses(judged, certainty, known)
        if known.sum() >= _FEWEST_ROWS
        else None,
        likeness=_likeness(judged, certainty),
        slices=tuple(
            _slice_measures(one, judged, span, known_exports, certainty)
            for one, span in zip(data.validation, spans, strict=False)
            if one.rows
        ),
    )


def _spans(slices: Sequence[ValidationSlice], rows: int) -> list[tuple[int, int]]:
    """First row and the row after the last of each slice; one for all where they do not fit."""
    if sum(one.rows for one in slices) != rows:
        return [(0, rows)]
    ends = list(accumulate((one.rows for one in slices), initial=0))
    return list(pairwise(ends))


def _information(
    judged: Judged, certainty: Certainty, rows: "_Chosen" = _ALL
) -> PairedComparison | None:
    return compare_rows(
        judged.candidate.rows.chosen(rows),
        judged.permuted.chosen(rows),
        same_tokenizer=True,
        confidence=certainty.confidence,
        groupings=judged.groupings_of(rows),
        seed=certainty.seed,
    )


def compare_losses(
    judged: Judged, certainty: Certainty, rows: "_Chosen" = _ALL
) -> PairedComparison | None:
    """Fall of the answer loss from the live model to the candidate, on some or all `rows`.

    None where there is no live model, or its tokenizer leaves more or less unspelt.
    """
    if judged.live is None or not (
        judged.same_tokenizer or judged.candidate.rows.total().spells_like(judged.live.rows.total())
    ):
        return None
    return compare_rows(
        judged.candidate.rows.chosen(rows),
        judged.live.rows.chosen(rows),
        same_tokenizer=judged.same_tokenizer,
        confidence=certainty.confidence,
        groupings=judged.groupings_of(rows),
        seed=certainty.seed,
    )


def _likeness(judged: Judged, certainty: Certainty) -> PairedComparison | None:
    """Sentence chrF of each answer, so that the same draw of questions judges both models."""
    if judged.live is None or len(judged.references) < _FEWEST_ROWS:
        return None
    candidate, live = (
        _sentence_chrf(model, judged.references) for model in (judged.candidate, judged.live)
    )
    return compare_means(
        candidate,
        live,
        unit="chrF",
        confidence=certainty.confidence,
        groupings=judged.groupings_of(np.array(judged.asked, dtype=np.int64))
        if judged.asked
        else (),
        seed=certainty.seed,
    )


def _sentence_chrf(model: ModelMeasures, references: Sequence[str]) -> list[float]:
    from sacrebleu.metrics.chrf import CHRF

    metric = CHRF()
    return [
        metric.sentence_score(answer.text.strip(), [reference]).score
        for answer, reference in zip(model.answers, references, strict=True)
    ]


def _slice_measures(
    one: ValidationSlice,
    judged: Judged,
    span: tuple[int, int],
    known_exports: Collection[str],
    certainty: Certainty,
) -> SliceMeasures:
    part = slice(*span)
    own = judged.candidate.rows.chosen(part)
    enough = one.rows >= _FEWEST_OF_AN_EXPORT
    return SliceMeasures(
        export_sha256=one.export_sha256,
        rows=one.rows,
        is_new=one.export_sha256 not in known_exports,
        loss_nats_per_token=own.total().loss_nats_per_token,
        information=_information(judged, certainty, part) if enough else None,
    )


def _top_share(answers: Sequence[str]) -> float:
    """Share of the most frequent answer; 0 without any."""
    if not answers:
        return 0.0
    ((_, count),) = Counter(answers).most_common(1)
    return count / len(answers)
