"""What the figures of a result mean, in words: one small rule a remark.

A rule sees `Facts` and gives a `Remark` or None. What can be mended carries advice.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from cs_pipeline.language import Words
from cs_pipeline.numbers import figure, finite, percent
from cs_pipeline.records import GenerationMeasures, TrainResult
from cs_pipeline.report import remark_wording
from cs_pipeline.report.figures import Series

OVERFIT_GAP_NATS = 0.5
"""From this distance of the eval loss above the train loss on, the page speaks of memorising."""
SMALL_VAL_ROWS = 100
"""With fewer validation rows the page calls the eval loss uncertain."""
HIGH_REFUSED_SHARE = 0.1
"""From this share of refused rows on, the page asks to look into them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the rules look at. Losses are nats per token, norms L2."""

    train: Series = field(default_factory=list)
    evals: Series = field(default_factory=list)
    gradient: Series = field(default_factory=list)
    rate: Series = field(default_factory=list)
    max_gradient_norm: float | None = None
    limit: float | None = None
    result: TrainResult | None = None
    rows_read: int = 0
    rows_refused: int = 0

    @property
    def loss(self) -> float | None:
        """Eval loss of the candidate."""
        return finite(self.result.candidate.loss_nats_per_token) if self.result else None

    @property
    def generation(self) -> GenerationMeasures | None:
        """How the candidate answers."""
        return self.result.generation if self.result else None

    @property
    def champion_generation(self) -> GenerationMeasures | None:
        """How the live model answers."""
        champion = self.result.champion if self.result else None
        return champion.generation if champion else None


class Remark(NamedTuple):
    """A sentence about a run, and what to do about it."""

    kind: Literal["course", "strength", "weakness"]
    words: Words
    advice: Words | None = None


Rule = Callable[[Facts], Remark | None]


def gap(facts: Facts) -> Remark | None:
    """Train loss against eval loss: did the model learn its rows by heart?"""
    train = finite(facts.result.train_loss_nats_per_token) if facts.result else None
    if facts.loss is None or train is None:
        return None
    shown = figure(facts.loss - train, 4, signed=True)
    if facts.loss - train < OVERFIT_GAP_NATS:
        return Remark("course", remark_wording.small_gap(shown))
    return Remark("weakness", remark_wording.large_gap(shown), remark_wording.MORE_CONVERSATIONS)


def against_limit(facts: Facts) -> Remark | None:
    """Eval loss against the absolute limit."""
    loss, limit = facts.loss, facts.limit
    if loss is None or limit is None:
        return None
    figures = f"({figure(loss, 4)}\u00a0/\u00a0{figure(limit, 4)})"
    if loss <= limit:
        return Remark("strength", remark_wording.under_the_limit(limit - loss, figures))
    return Remark(
        "weakness", remark_wording.over_the_limit(loss - limit, figures), remark_wording.LEARN_MORE
    )


def against_champion(facts: Facts) -> Remark | None:
    """Whether the difference to the live model is more than chance."""
    found = facts.result.comparison if facts.result else None
    if found is None or None in (finite(found.low), finite(found.high)):
        return None
    middle, low, high = (
        figure(value, 4, signed=True) for value in (found.improvement, found.low, found.high)
    )
    unit, sure = found.unit, percent(found.confidence, 0)
    interval = remark_wording.interval(unit, sure, low, high)
    if found.low > 0:
        return Remark("strength", remark_wording.better_than_live(middle, interval))
    if found.high < 0:
        return Remark(
            "weakness",
            remark_wording.worse_than_live(middle, interval),
            remark_wording.NEW_ROWS_OR_RECIPE,
        )
    return Remark(
        "weakness",
        remark_wording.perhaps_chance(middle, interval),
        remark_wording.MORE_VALIDATION_ROWS,
    )


def few_val_rows(facts: Facts) -> Remark | None:
    """Too few validation answers to trust the loss."""
    rows = facts.result.candidate.rows if facts.result else SMALL_VAL_ROWS
    if rows >= SMALL_VAL_ROWS:
        return None
    return Remark(
        "weakness", remark_wording.few_validation_answers(rows), remark_wording.MORE_CONVERSATIONS
    )


def leak(facts: Facts) -> Remark | None:
    """What the leak probe drew out of the model."""
    found = facts.result.leak if facts.result else None
    if found is None or not found.samples:
        return None
    samples = figure(found.samples)
    if not found.exact_hits and not found.suspicious:
        return Remark("strength", remark_wording.nothing_leaked(samples))
    exact, suspicious = figure(found.exact_hits), figure(found.suspicious)
    return Remark(
        "weakness",
        remark_wording.something_leaked(samples, exact, suspicious),
        remark_wording.DO_NOT_USE_IT,
    )


def refused_rows(facts: Facts) -> Remark | None:
    """Many rows refused."""
    if facts.rows_refused <= facts.rows_read * HIGH_REFUSED_SHARE:
        return None
    return Remark(
        "weakness",
        remark_wording.many_rows_refused(facts.rows_read, facts.rows_refused),
        remark_wording.LOOK_INTO_REFUSED,
    )
