"""What the figures of a result mean, in words: one small rule a remark.

A rule sees `Facts` and gives a `Remark` or None. What can be mended carries advice.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from cs_pipeline.language import Words
from cs_pipeline.numbers import figure, finite, percent
from cs_pipeline.records import GenerationMeasures, TrainResult
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
        return Remark(
            "course",
            Words(
                ko=f"평가 손실에서 학습 손실을 뺀 값은 {shown}(으)로, 학습 문장을 외운 흔적은 크지 "
                "않습니다.",
                en=f"The eval loss minus the train loss is {shown}: little sign of memorising.",
            ),
        )
    return Remark(
        "weakness",
        Words(
            ko=f"평가 손실이 학습 손실보다 {shown} 높아, 모델이 학습 문장을 외우는 쪽에 "
            "가깝습니다.",
            en=f"The eval loss is {shown} above the train loss: the model leans towards "
            "memorising its training rows.",
        ),
        Words(ko="대화를 더 모으세요.", en="Collect more conversations."),
    )


def against_limit(facts: Facts) -> Remark | None:
    """Eval loss against the absolute limit."""
    loss, limit = facts.loss, facts.limit
    if loss is None or limit is None:
        return None
    figures = f"({figure(loss, 4)}\u00a0/\u00a0{figure(limit, 4)})"
    if loss <= limit:
        return Remark(
            "strength",
            Words(
                ko=f"평가 손실이 한도보다 {figure(limit - loss, 4)} 낮습니다 {figures}.",
                en=f"The eval loss is {figure(limit - loss, 4)} under the limit {figures}.",
            ),
        )
    return Remark(
        "weakness",
        Words(
            ko=f"평가 손실이 한도를 {figure(loss - limit, 4)} 넘었습니다 {figures}.",
            en=f"The eval loss is {figure(loss - limit, 4)} over the limit {figures}.",
        ),
        Words(
            ko="대화를 더 넣거나 에폭을 늘리거나, 한국어를 더 잘 아는 기반 모델로 학습하세요.",
            en="Add conversations, train for more epochs, or from a base model that knows more "
            "Korean.",
        ),
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
    ko, en = f"{unit}, {sure} 구간 {low} ~ {high}", f"{unit}, {sure} interval {low} to {high}"
    if found.low > 0:
        return Remark(
            "strength",
            Words(
                ko=f"운영 모델보다 {middle} 좋아졌고, 우연으로 보기 어렵습니다({ko}).",
                en=f"Better than the live model by {middle}, more than chance ({en}).",
            ),
        )
    if found.high < 0:
        return Remark(
            "weakness",
            Words(
                ko=f"운영 모델보다 나빠졌습니다: {middle} ({ko}).",
                en=f"Worse than the live model: {middle} ({en}).",
            ),
            Words(
                ko="새 대화를 더 모은 뒤 다시 학습하거나 에폭과 학습률을 바꾸어 보세요.",
                en="Train again with more new conversations, or vary epochs and learning rate.",
            ),
        )
    return Remark(
        "weakness",
        Words(
            ko=f"운영 모델과의 차이 {middle}은(는) 우연일 수 있습니다({ko}).",
            en=f"The difference to the live model, {middle}, may be chance ({en}).",
        ),
        Words(
            ko="대화를 더 모아 검증 행을 늘리면 차이가 분명해집니다.",
            en="More conversations, and with them more validation rows, would settle it.",
        ),
    )


def few_val_rows(facts: Facts) -> Remark | None:
    """Too few validation answers to trust the loss."""
    rows = facts.result.candidate.rows if facts.result else SMALL_VAL_ROWS
    if rows >= SMALL_VAL_ROWS:
        return None
    return Remark(
        "weakness",
        Words(
            ko=f"검증 답변이 {figure(rows)}건뿐이어서 평가 손실은 참고로만 보아야 합니다.",
            en=f"With only {figure(rows)} validation answers the eval loss is uncertain.",
        ),
        Words(ko="대화를 더 모으세요.", en="Collect more conversations."),
    )


def leak(facts: Facts) -> Remark | None:
    """What the leak probe drew out of the model."""
    found = facts.result.leak if facts.result else None
    if found is None or not found.samples:
        return None
    samples = figure(found.samples)
    if not found.exact_hits and not found.suspicious:
        return Remark(
            "strength",
            Words(
                ko=f"답변 {samples}개를 뽑아 보았지만 개인정보로 보이는 것이 없었습니다.",
                en=f"In {samples} sampled answers nothing looked like personal data.",
            ),
        )
    exact, suspicious = figure(found.exact_hits), figure(found.suspicious)
    return Remark(
        "weakness",
        Words(
            ko=f"답변 {samples}개 가운데 {exact}개에 마스킹했던 값이 그대로 있고, "
            f"{suspicious}개에 개인정보로 보이는 글이 있습니다.",
            en=f"Of {samples} sampled answers {exact} hold a value that was masked and "
            f"{suspicious} something that looks like personal data.",
        ),
        Words(
            ko="이 모델을 쓰지 말고, 마스킹 규칙을 고쳐 데이터셋을 다시 만든 뒤 학습하세요.",
            en="Do not use this model; fix the masking rules, rebuild the dataset, train again.",
        ),
    )


def refused_rows(facts: Facts) -> Remark | None:
    """Many rows refused."""
    if facts.rows_refused <= facts.rows_read * HIGH_REFUSED_SHARE:
        return None
    return Remark(
        "weakness",
        Words(
            ko=f"읽은 {figure(facts.rows_read)}행 가운데 {figure(facts.rows_refused)}행이 "
            "거절되었습니다.",
            en=f"Of {figure(facts.rows_read)} rows read, {figure(facts.rows_refused)} were "
            "refused.",
        ),
        Words(
            ko="거절된 행의 엑셀 파일을 확인하면 학습할 대화가 늘어납니다.",
            en="Look into the workbook of refused rows to recover more conversations to train on.",
        ),
    )
