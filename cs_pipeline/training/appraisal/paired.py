"""Whether one model is better than another on the same rows, and how sure that is.

Paired bootstrap (Koehn 2004, https://aclanthology.org/W04-3250): rows are drawn with replacement,
the same ones for both models, and the difference of the two mean losses is worked out anew. What
makes a row hard for both models then does not blur the difference.
"""

import math
from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cs_pipeline.records import PairedComparison
from cs_pipeline.training.appraisal.row_scores import RowScores


def compare_rows(
    candidate: RowScores,
    champion: RowScores,
    *,
    same_tokenizer: bool,
    confidence: float,
    resamples: int = 2000,
    seed: int,
) -> PairedComparison | None:
    """Fall of the answer loss from `champion` to `candidate`, with a percentile interval.

    Args:
        candidate: Scores of the new model.
        champion: Scores of the live model on the same rows, in the same order.
        same_tokenizer: Compare nats per token; else bits per character.
        confidence: Share of the resamples that the interval covers, between 0 and 1.
        resamples: Draws of the rows; each takes memory for one count a row.
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
    drawn = _resampled_totals(columns, resamples, np.random.default_rng(seed))
    # A draw of nothing but rows without any length has no mean.
    fall = _fall(drawn[:, (drawn[1] > 0) & (drawn[3] > 0)])
    low, high = np.quantile(fall, [(1 - confidence) / 2, (1 + confidence) / 2])
    return PairedComparison(
        unit="nats/token" if same_tokenizer else "bits/character",
        improvement=float(_fall(totals)),
        low=float(low),
        high=float(high),
        confidence=confidence,
        resamples=resamples,
        seed=seed,
        rows=rows,
    )


def compare_means(
    candidate: Sequence[float],
    champion: Sequence[float],
    *,
    unit: Literal["chrF"],
    confidence: float,
    resamples: int = 2000,
    seed: int,
) -> PairedComparison:
    """Rise of the mean of a figure from `champion` to `candidate`, row by row as `compare_rows`.

    Args:
        candidate: The figure of each answer of the new model; the more the better.
        champion: That of the live model's answers to the same questions, in the same order.
        unit: What the figure is.
        confidence: As for `compare_rows`.
        resamples: As for `compare_rows`.
        seed: As for `compare_rows`.
    """
    rise = np.subtract(candidate, champion)
    rng = np.random.default_rng(seed)
    drawn = [rise[rng.integers(len(rise), size=len(rise))].mean() for _ in range(resamples)]
    low, high = np.quantile(drawn, [(1 - confidence) / 2, (1 + confidence) / 2])
    return PairedComparison(
        unit=unit,
        improvement=float(rise.mean()),
        low=float(low),
        high=float(high),
        confidence=confidence,
        resamples=resamples,
        seed=seed,
        rows=len(rise),
    )


def _loss_and_length(
    scores: RowScores, same_tokenizer: bool
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Nats and tokens of each row, or bits and characters."""
    if same_tokenizer:
        return scores.nats, scores.scored_tokens
    return scores.nats / math.log(2), scores.characters


def _resampled_totals(
    columns: NDArray[np.float64], resamples: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Sums over drawn rows; `columns` has shape (4, rows), the result (4, resamples)."""
    rows = columns.shape[1]
    draws = (rng.integers(rows, size=rows) for _ in range(resamples))
    return np.stack([columns @ np.bincount(draw, minlength=rows) for draw in draws], axis=1)


def _fall(totals: NDArray[np.float64]) -> NDArray[np.float64]:
    """Champion's mean less the candidate's; `totals` are loss, length, loss, length."""
    loss_before, length_before, loss_after, length_after = totals
    fall: NDArray[np.float64] = loss_before / length_before - loss_after / length_after
    return fall
