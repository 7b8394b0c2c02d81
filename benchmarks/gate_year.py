"""A year of weekly retrains under several rules of promotion, drawn rather than trained.

    python benchmarks/gate_year.py [years]

Each week brings 2% more rows. A candidate's losses on the validation rows are the live model's,
plus what a seed makes of the training, plus what differs by answer (four rows in ten have one of
twelve canned answers) and by row; a tenth of the rows ask about what is new, and cost a model more
the longer it has not been trained. In four of the weeks something is wrong with the training: the
model is worse by 0.03 nats per token everywhere. No model is trained: the question is what a rule
makes of such losses, not what losses there are. The intervals are those of the gate
(`compare_rows`). Told twice: for data that makes models a little better each week, and for data
that makes them a little worse at what is old.
"""

import sys
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cs_pipeline.training.appraisal.paired import compare_rows, groups_of
from cs_pipeline.training.appraisal.row_scores import RowScores

WEEKS, ROWS, GROWTH = 52, 400, 0.02
SEED_SPREAD, ANSWER_SPREAD, ROW_SPREAD = 0.006, 0.03, 0.25
NEWS_A_WEEK, SHARE_OF_NEWS = 0.04, 0.1
GAINS_A_WEEK = {"healthy data": 0.0008, "data that wears the model down": -0.004}
SPOILT_WEEKS, SPOILT = (10, 20, 30, 40), 0.03


class Interval(NamedTuple):
    """Fall of the loss from the live model to the candidate, and the fall against the best one."""

    improvement: float
    low: float
    high: float
    from_best: float


RULES: dict[str, Callable[[Interval], bool]] = {
    "surely better": lambda found: found.low >= 0,
    "surely not worse by 0.02": lambda found: found.low >= -0.02,
    "the same, at most 0.05 below the best": lambda found: (
        found.low >= -0.02 and found.from_best >= -0.05
    ),
    "not surely worse": lambda found: found.high >= 0,
    "the same, at most 0.05 below the best ": lambda found: (
        found.high >= 0 and found.from_best >= -0.05
    ),
    "always": lambda found: True,
}


class Year(NamedTuple):
    """What became of a year under one rule; weeks and nats per token."""

    promoted: int
    spoilt: int
    mean_age: float
    longest_age: int
    final: float
    worst: float


def draw(week: int, live_week: int, quality: float, rng: np.random.Generator) -> Interval:
    """What the gate would see of a candidate that is better by `quality` on what is old."""
    rows = int(ROWS * (1 + GROWTH) ** week)
    canned = rng.random(rows) < 0.4
    said = np.where(canned, rng.integers(0, 12, rows), 12 + np.arange(rows))
    groups = groups_of([str(answer) for answer in said])
    tokens = rng.integers(5, 40, rows)
    news = np.where(rng.random(rows) < SHARE_OF_NEWS, NEWS_A_WEEK * (week - live_week), 0.0)
    fall = quality + news + rng.normal(0, ANSWER_SPREAD, rows)[groups]
    fall += rng.normal(0, ROW_SPREAD, rows) / np.sqrt(tokens) * 1.5
    candidate, live = (_scores(loss * tokens, tokens) for loss in (2.0 + 0 * fall, 2.0 + fall))
    found = compare_rows(
        candidate, live, same_tokenizer=True, confidence=0.95, groupings=[groups],
        resamples=300, seed=week,
    )  # fmt: skip
    assert found is not None
    return Interval(found.improvement, found.low, found.high, 0.0)


def _scores(nats: NDArray[np.float64], tokens: NDArray[np.int64]) -> RowScores:
    return RowScores(nats, tokens, tokens)


def year(rule: Callable[[Interval], bool], gain: float, rng: np.random.Generator) -> Year:
    """One year; quality counts from the first model's, on what both of them know."""
    live_week, live, best, worst = 0, 0.0, 0.0, 0.0
    promoted = spoilt = 0
    ages = []
    for week in range(1, WEEKS + 1):
        own = gain * week + rng.normal(0, SEED_SPREAD) - SPOILT * (week in SPOILT_WEEKS)
        found = draw(week, live_week, own - live, rng)
        noise = found.improvement - (own - live)
        if rule(found._replace(from_best=own - best + noise)):
            live_week, live = week, own
            best = max(best, own)
            promoted += 1
            spoilt += week in SPOILT_WEEKS
        ages.append(week - live_week)
        worst = max(worst, best - live)
    return Year(promoted, spoilt, float(np.mean(ages)), max(ages), live, worst)


def main(years: int) -> None:
    """Print the means over some years for each rule."""
    for data, gain in GAINS_A_WEEK.items():
        print(f"\n{data:42}promoted  spoilt  age (mean, longest)   last model  furthest below best")
        for name, rule in RULES.items():
            seen = [year(rule, gain, np.random.default_rng(seed)) for seed in range(years)]
            of = Year(*np.mean(seen, axis=0))
            print(
                f"{name:42}{of.promoted:8.1f}{of.spoilt:8.2f}{of.mean_age:9.1f}"
                f"{of.longest_age:9.1f}{of.final:+15.3f}{of.worst:14.3f}",
                flush=True,
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
