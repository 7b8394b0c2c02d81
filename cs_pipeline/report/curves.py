"""What the training curves mean, in words: rules as in `remarks`."""

import statistics
from collections.abc import Sequence
from typing import Literal

from cs_pipeline.language import Words
from cs_pipeline.numbers import figure, percent, short
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
            Words(
                ko=f"학습 손실이 {steps}스텝 동안 줄지 않았습니다({way} nats/token).",
                en=f"Over {steps} steps the train loss did not fall ({way} nats/token).",
            ),
            Words(
                ko="학습률과 학습 데이터를 확인하세요.",
                en="Check the learning rate and the training rows.",
            ),
        )
    half = next(step for step, loss in facts.train if loss <= (first + last) / 2)
    share = percent((first - last) / first, 0) if first > 0 else ""
    return Remark(
        "course",
        Words(
            ko=f"학습 손실은 {steps}스텝 동안 {figure(first - last, 4)} 줄었습니다({way} "
            f"nats/token, {share} 감소). 그 절반은 {figure(half)}스텝까지 줄었습니다.",
            en=f"Over {steps} steps the train loss fell by {figure(first - last, 4)} ({way} "
            f"nats/token, {share} less); half of that by step {figure(half)}.",
        ),
    )


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
        return Remark(
            "course",
            Words(
                ko="학습 손실은 끝까지 줄고 있었고 정체 구간이 없습니다.",
                en="The train loss was still falling at the end; there is no plateau.",
            ),
        )
    return Remark(
        "course",
        Words(
            ko=f"{figure(arrived)}스텝부터는 학습 손실이 거의 줄지 않았습니다"
            f"(전체 감소의 {percent(PLATEAU_SHARE, 0)} 이내).",
            en=f"From step {figure(arrived)} on the train loss hardly moved (within "
            f"{percent(PLATEAU_SHARE, 0)} of its whole fall).",
        ),
    )


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
            Words(
                ko=f"평가 손실이 {figure(best_step)}스텝에서 가장 낮았다가({figure(best, 4)}) 다시 "
                f"올랐습니다({last}). 과적합의 신호입니다.",
                en=f"The eval loss was lowest at step {figure(best_step)} ({figure(best, 4)}) and "
                f"rose again ({last}): a sign of overfitting.",
            ),
            Words(ko="에폭을 줄여 보세요.", en="Try fewer epochs."),
        )
    if trend == "falling":
        return Remark(
            "course",
            Words(
                ko=f"평가 손실은 끝까지 줄고 있었습니다({first} → {last}).",
                en=f"The eval loss was still falling at the end ({first} → {last}).",
            ),
            Words(
                ko="에폭을 늘리면 더 나아질 수 있습니다.",
                en="More epochs may improve it further.",
            ),
        )
    return Remark(
        "course",
        Words(
            ko=f"평가 손실은 더 줄지 않고 멈추었습니다({first} → {last}).",
            en=f"The eval loss has levelled off ({first} → {last}).",
        ),
        Words(
            ko="나아지려면 epoch보다 새 대화가 필요합니다.",
            en="New conversations would help more than more epochs.",
        ),
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
    figures = Words(
        ko=f"중앙값 {figure(middle, 2)}, 최대 {figure(highest, 2)}",
        en=f"median {figure(middle, 2)}, highest {figure(highest, 2)}",
    )
    spikes = [step for step, norm in settled if norm > SPIKE_RATIO * middle]
    if not spikes:
        return Remark(
            "course",
            Words(
                ko=f"기울기 크기는 안정적이었습니다({figures.ko}).{clipped.ko}",
                en=f"The gradient norm was stable ({figures.en}).{clipped.en}",
            ),
        )
    return Remark(
        "weakness",
        Words(
            ko=f"기울기가 {len(spikes)}번 크게 튀었습니다(처음은 {figure(spikes[0])}스텝, "
            f"{figures.ko}).{clipped.ko}",
            en=f"The gradient norm spiked {len(spikes)}x (first at step {figure(spikes[0])}, "
            f"{figures.en}).{clipped.en}",
        ),
        Words(
            ko="학습률을 낮추거나 워밍업을 늘리세요.",
            en="Lower the learning rate or lengthen the warm-up.",
        ),
    )


def _clipped(norms: Sequence[float], limit: float | None) -> Words:
    if limit is None:
        return Words(ko="", en="")
    share, bound = percent(sum(norm > limit for norm in norms) / len(norms), 0), short(limit)
    return Words(
        ko=f" 기록된 스텝의 {share}에서 상한 {bound}(으)로 잘렸습니다.",
        en=f" It was clipped to {bound} at {share} of the logged steps.",
    )


def rate_course(facts: Facts) -> Remark | None:
    """Where the learning rate peaked and whether it came down."""
    if len(facts.rate) < 2:
        return None
    step, peak = max(facts.rate, key=lambda point: point[1])
    end = facts.rate[-1][1]
    shown, low = (short(float(f"{rate:.2g}")) for rate in (peak, end))
    ended = (
        Words(ko="0에 가까웠습니다", en="close to 0")
        if end <= peak * NEAR_ZERO_SHARE
        else Words(ko=f"{low}였습니다", en=f"at {low}")
    )
    return Remark(
        "course",
        Words(
            ko=f"학습률은 {figure(step)}스텝에서 가장 높았고({shown}) 끝에는 {ended.ko}.",
            en=f"The learning rate peaked at step {figure(step)} ({shown}) and ended {ended.en}.",
        ),
    )
