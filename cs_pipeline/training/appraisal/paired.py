"""Whether one model is better than another on the same rows, and how sure that is.

Paired bootstrap (Koehn 2004, https://aclanthology.org/W04-3250): rows are drawn with replacement,
the same ones for both models, and the difference of the two mean losses is worked out anew. What
makes a row hard for both models then does not blur the difference.

Rows that share an answer or a conversation are no independent witnesses: whole groups of them are
drawn (Cameron, Gelbach and Miller 2008, https://doi.org/10.1162/rest.90.3.414), by each way of
grouping apart, and the interval covers them all. With few groups the percentiles of a bootstrap
stand too close; they are spread as Student's t is wider than the normal distribution, with as many
degrees of freedom as groups of one size would weigh as much. `benchmarks/gate_intervals.py`
measures how often the interval holds the truth.

The interval is about the rows. What another seed of the training would have given is not in it.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cs_pipeline.records import PairedComparison
from cs_pipeline.training.appraisal.row_scores import RowScores

Groups = NDArray[np.int64]
"""The group that each row belongs to, shape (rows,)."""


def compare_rows(
    candidate: RowScores,
    champion: RowScores,
    *,
    same_tokenizer: bool,
    confidence: float,
    groupings: Sequence[Groups] = (),
    resamples: int = 2000,
    seed: int,
) -> PairedComparison | None:
    """Fall of the answer loss from `champion` to `candidate`, with a percentile interval.

    Args:
        candidate: Scores of the new model.
        champion: Scores of the live model on the same rows, in the same order.
        same_tokenizer: Compare nats per token; else bits per character.
        confidence: Share of the resamples that the interval covers, between 0 and 1.
        groupings: Ways in which rows belong together beside each standing for itself.
        resamples: Draws of the groups.
        seed: Seed of the draws.

    Returns:
        None when nothing was scored or a loss is not a finite number.

    Raises:
        ValueError: the two were not scored on as many rows.
    """
    rows = len(candidate.nats)
    if rows != len(champion.nats):
        raise ValueError(f"{rows} rows against {len(champion.nats)}")
    columns = np.stack(
        [*_loss_and_length(champion, same_tokenizer), *_loss_and_length(candidate, same_tokenizer)]
    )
    totals = columns.sum(axis=1)
    if not np.isfinite(totals).all() or not totals[1] or not totals[3]:
        return None
    rng = np.random.default_rng(seed)
    ends = [
        _ends(columns, groups, _fall, confidence, resamples, rng)
        for groups in _all_ways(groupings, rows)
    ]
    return PairedComparison(
        unit="nats/token" if same_tokenizer else "bits/character",
        improvement=float(_fall(totals)),
        low=min(low for low, _ in ends),
        high=max(high for _, high in ends),
        confidence=confidence,
        resamples=resamples,
        seed=seed,
        rows=rows,
        groups=_fewest(groupings, rows),
    )


def compare_means(
    candidate: Sequence[float],
    champion: Sequence[float],
    *,
    unit: Literal["chrF"],
    confidence: float,
    groupings: Sequence[Groups] = (),
    resamples: int = 2000,
    seed: int,
) -> PairedComparison:
    """Rise of the mean of a figure from `champion` to `candidate`, row by row as `compare_rows`.

    Args:
        candidate: The figure of each answer of the new model; the more the better.
        champion: That of the live model's answers to the same questions, in the same order.
        unit: What the figure is.
        confidence: As for `compare_rows`.
        groupings: As for `compare_rows`.
        resamples: As for `compare_rows`.
        seed: As for `compare_rows`.
    """
    rise = np.subtract(candidate, champion)
    columns = np.stack([rise, np.ones(len(rise))])
    rng = np.random.default_rng(seed)
    ends = [
        _ends(columns, groups, _mean, confidence, resamples, rng)
        for groups in _all_ways(groupings, len(rise))
    ]
    return PairedComparison(
        unit=unit,
        improvement=float(rise.mean()),
        low=min(low for low, _ in ends),
        high=max(high for _, high in ends),
        confidence=confidence,
        resamples=resamples,
        seed=seed,
        rows=len(rise),
        groups=_fewest(groupings, len(rise)),
    )


def _loss_and_length(
    scores: RowScores, same_tokenizer: bool
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Nats and tokens of each row, or bits and characters."""
    if same_tokenizer:
        return scores.nats, scores.scored_tokens
    return scores.nats / math.log(2), scores.characters


def groups_of(labels: Sequence[str]) -> Groups:
    """The group of each row, numbered from 0: rows of one label belong together."""
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(label, len(numbers)) for label in labels], dtype=np.int64)


def _all_ways(groupings: Sequence[Groups], rows: int) -> Iterator[Groups]:
    """Every row for itself, then each grouping that has groups to draw from and is another one."""
    yield np.arange(rows)
    for groups in groupings:
        numbered = np.unique(groups, return_inverse=True)[1]
        if 0 < numbered.max(initial=0) < rows - 1:
            yield numbered


def _fewest(groupings: Sequence[Groups], rows: int) -> int:
    return min((len(np.unique(groups)) for groups in groupings), default=rows)


def _ends(
    columns: NDArray[np.float64],
    groups: Groups,
    statistic: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    confidence: float,
    resamples: int,
    rng: np.random.Generator,
) -> tuple[float, float]:
    """Where the interval of a statistic of column sums begins and ends when groups are drawn.

    Args:
        columns: Figures of each row, shape (figures, rows); the second one weighs it.
        groups: The group of each row, numbered from 0.
        statistic: Takes sums of shape (figures,) or (figures, draws).
        confidence: As for `compare_rows`.
        resamples: As for `compare_rows`.
        rng: Of the draws.
    """
    count = int(groups.max()) + 1
    sums = np.stack([np.bincount(groups, column, minlength=count) for column in columns])
    draws = (rng.integers(count, size=count) for _ in range(resamples))
    drawn = np.stack([sums @ np.bincount(draw, minlength=count) for draw in draws], axis=1)
    # A draw of nothing but rows without any length has no mean.
    values = statistic(drawn[:, (drawn[1::2] > 0).all(axis=0)])
    low, high = np.quantile(values, [(1 - confidence) / 2, (1 + confidence) / 2])
    middle = float(statistic(sums.sum(axis=1)))
    wider = _widening(sums[1], confidence) if count < len(groups) else 1.0
    return middle - (middle - low) * wider, middle + (high - middle) * wider


def _widening(weights: NDArray[np.float64], confidence: float) -> float:
    """How much wider Student's t is for groups of these weights than the normal distribution."""
    from scipy.stats import norm, t

    alike = max(weights.sum() ** 2 / (weights**2).sum(), 2.0)
    end = (1 + confidence) / 2
    return float(math.sqrt(alike / (alike - 1)) * t.ppf(end, alike - 1) / norm.ppf(end))


def _fall(totals: NDArray[np.float64]) -> NDArray[np.float64]:
    """Champion's mean less the candidate's; `totals` are loss, length, loss, length."""
    loss_before, length_before, loss_after, length_after = totals
    fall: NDArray[np.float64] = loss_before / length_before - loss_after / length_after
    return fall


def _mean(totals: NDArray[np.float64]) -> NDArray[np.float64]:
    mean: NDArray[np.float64] = totals[0] / totals[1]
    return mean
