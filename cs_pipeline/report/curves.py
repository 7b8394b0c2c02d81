"""What the training curves mean, in words: rules as in `remarks`."""

import statistics
from collections.abc import Sequence
from typing import Literal

from cs_pipeline.language import Words
from cs_pipeline.numbers import figure, percent, short
from cs_pipeline.report import curve_wording
from cs_pipeline.report.figures import Series
from cs_pipeline.report.remarks import Facts, Remark

FLAT_SHARE = 0.01
"""An eval loss that moved by less than this share of itself stands still."""
PLATEAU_SHARE = 0.05
"""A train loss within this share of its whole fall from its end has arrived."""
EARLY_SHARE = 0.75
"""A train loss that arrived before this share of the steps was on a plateau."""
PLATEAU_POINTS = 8
"""Fewer points make no plateau."""
SPIKE_RATIO = 3.0
"""A gradient norm of so many times the median is a spike."""
WARMUP_SHARE = 0.1
"""Spikes are not looked for in this first share of the steps."""
NEAR_ZERO_SHARE = 0.01
"""A learning rate below this share of its peak has come down."""

Trend = Literal["falling", "flat", "rising"]


def loss_fall(facts: Facts) -> Remark | None:
    """By how much the train loss fell, and how early."""
    if len(facts.train) < 2:
        return None
    (first_step, first), (last_step, last) = facts.train[0], facts.train[-1]
    steps, way = figure(last_step - first_step), f"{figure(first, 4)} → {figure(last, 4)}"
    if last >= first:
        return Remark(
            "weakness",
            curve_wording.loss_did_not_fall(steps, way),
            curve_wording.CHECK_RATE_AND_ROWS,
        )
    half = next(step for step, loss in facts.train if loss <= (first + last) / 2)
    share = percent((first - last) / first, 0) if first > 0 else ""
    return Remark("course", curve_wording.loss_fell(steps, way, first - last, share, half))


def plateau(facts: Facts) -> Remark | None:
    """From which step on the train loss hardly moved."""
    smooth = _smoothed(facts.train)
    if len(smooth) < PLATEAU_POINTS or smooth[-1][1] >= smooth[0][1]:
        return None
    last_step, end = smooth[-1]
    band = PLATEAU_SHARE * (smooth[0][1] - end)
    moving = [step for step, loss in smooth if abs(loss - end) > band]
    arrived = next((step for step, _ in smooth if step > moving[-1]), last_step)
    if arrived > EARLY_SHARE * last_step:
        return Remark("course", curve_wording.NO_PLATEAU)
    return Remark("course", curve_wording.plateau_from(arrived, PLATEAU_SHARE))


def _smoothed(line: Series) -> Series:
    """Means of three neighbours: a logged point is the mean of few batches."""
    return [
        (line[i][0], statistics.fmean(value for _, value in line[max(i - 1, 0) : i + 2]))
        for i in range(len(line))
    ]


def eval_trend(evals: Series) -> Trend | None:
    """How an eval loss ends: above its lowest point, still falling, or flat; None: too short."""
    if len(evals) < 2:
        return None
    values = [value for _, value in evals]
    margin = FLAT_SHARE * abs(values[-1])
    if values[-1] - min(values) > margin:
        return "rising"
    return "falling" if values[-2] - values[-1] > margin else "flat"


def eval_course(facts: Facts) -> Remark | None:
    """Whether more epochs, fewer of them or more data would help."""
    trend = eval_trend(facts.evals)
    if trend is None:
        return None
    first, last = figure(facts.evals[0][1], 4), figure(facts.evals[-1][1], 4)
    best_step, best = min(facts.evals, key=lambda point: point[1])
    if trend == "rising":
        return Remark(
            "weakness",
            curve_wording.eval_loss_rose_again(best_step, best, last),
            curve_wording.FEWER_EPOCHS,
        )
    if trend == "falling":
        return Remark(
            "course", curve_wording.eval_loss_still_fell(first, last), curve_wording.MORE_EPOCHS
        )
    return Remark(
        "course", curve_wording.eval_loss_levelled_off(first, last), curve_wording.NEW_CONVERSATIONS
    )


def gradient_course(facts: Facts) -> Remark | None:
    """Whether gradients stayed calm, jumped, or were clipped most of the time.

    The first steps are left out of all but the clipping: norms are large until the warm-up is over.
    """
    start = WARMUP_SHARE * facts.gradient[-1][0] if facts.gradient else 0.0
    settled = [(step, norm) for step, norm in facts.gradient if step > start]
    if not settled:
        return None
    norms = [norm for _, norm in settled]
    middle, highest = statistics.median(norms), max(norms)
    clipped = _clipped([norm for _, norm in facts.gradient], facts.max_gradient_norm)
    figures = curve_wording.norms(middle, highest)
    spikes = [step for step, norm in settled if norm > SPIKE_RATIO * middle]
    if not spikes:
        return Remark("course", curve_wording.gradient_was_stable(figures, clipped))
    return Remark(
        "weakness",
        curve_wording.gradient_spiked(len(spikes), spikes[0], figures, clipped),
        curve_wording.LOWER_RATE,
    )


def _clipped(norms: Sequence[float], limit: float | None) -> Words:
    if limit is None:
        return curve_wording.NOT_CLIPPED
    share, bound = percent(sum(norm > limit for norm in norms) / len(norms), 0), short(limit)
    return curve_wording.clipped(share, bound)


def rate_course(facts: Facts) -> Remark | None:
    """Where the learning rate peaked and whether it came down."""
    if len(facts.rate) < 2:
        return None
    step, peak = max(facts.rate, key=lambda point: point[1])
    end = facts.rate[-1][1]
    shown, low = (short(float(f"{rate:.2g}")) for rate in (peak, end))
    ended = (
        curve_wording.CLOSE_TO_ZERO
        if end <= peak * NEAR_ZERO_SHARE
        else curve_wording.rate_ended_at(low)
    )
    return Remark("course", curve_wording.rate_peaked(step, shown, ended))
