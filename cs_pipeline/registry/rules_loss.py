"""Rules on the answer loss: is it there, is it low enough, is it lower than the live model's?"""

import math
from dataclasses import dataclass

from cs_pipeline.config import GateLimits
from cs_pipeline.language import Words
from cs_pipeline.records import LN2, ChampionScore, DatasetVersion, Reason, Score, TrainResult
from cs_pipeline.registry.reasons import passed, reason


def same_run(result: TrainResult, run_id: str, dataset: DatasetVersion) -> Reason:
    """The result must carry this run's id and this dataset's sha256."""
    same = result.run_id == run_id and result.dataset_sha256 == dataset.sha256
    return reason(
        "same_run",
        passed(same),
        ko="학습 결과가 이번 실행과 이번 데이터셋의 것입니다."
        if same
        else "학습 결과가 다른 실행이나 데이터셋의 것입니다. train 작업을 다시 실행하세요.",
        en="The training result belongs to this run and this dataset."
        if same
        else "The training result belongs to another run or dataset. Run the train task again.",
    )


def loss_is_measured(result: TrainResult) -> Reason:
    """The validation side must hold answers, and their loss must be a finite number."""
    loss, rows = result.candidate.loss_nats_per_token, result.candidate.rows
    if loss is None:
        ko = "검증 데이터(val.csv)가 비어 평가할 수 없습니다. 대화를 더 넣으세요."
        en = "The validation data (val.csv) is empty, nothing can be judged. Add conversations."
    elif not math.isfinite(loss):
        ko = "평가 손실이 숫자가 아닙니다(NaN/무한대). 학습률을 낮춰 다시 학습하세요."
        en = "The eval loss is not a finite number. Train again with a lower learning rate."
    else:
        tokens = result.candidate.scored_tokens
        ko = f"검증 답변 {rows:,}건, 토큰 {tokens:,}개로 평가했습니다."
        en = f"Judged on {rows:,} validation answers, {tokens:,} tokens."
    measured = loss is not None and math.isfinite(loss)
    return reason("loss_is_measured", passed(measured), measured=rows, ko=ko, en=en)


def enough_validation_rows(result: TrainResult, limits: GateLimits) -> Reason:
    """On too few rows every figure is chance: a person must look, nothing is wrong yet."""
    rows, least = result.candidate.rows, limits.min_val_rows
    enough = rows >= least
    return reason(
        "enough_validation_rows",
        "passed" if enough else "hold",
        measured=rows,
        limit=least,
        ko=f"검증 답변 {rows:,}건, 필요 {least:,}건."
        + ("" if enough else " 너무 적어 자동으로 판정하지 않습니다. 보고서의 답변을 확인하세요."),
        en=f"{rows:,} validation answers, {least:,} needed."
        + ("" if enough else " Too few to judge without a person: read the report's answers."),
    )


def below_limit(result: TrainResult, limits: GateLimits) -> Reason:
    """The answer loss must not exceed the absolute limit, in nats per token."""
    loss, limit = result.candidate.loss_nats_per_token or 0.0, limits.max_eval_loss
    return reason(
        "below_limit",
        passed(loss <= limit),
        measured=loss,
        limit=limit,
        ko=f"평가 손실 {loss:.4f}, 한도 {limit:.4f} (nats/token).",
        en=f"Eval loss {loss:.4f}, limit {limit:.4f} (nats/token).",
    )


def better_than_champion(result: TrainResult, limits: GateLimits) -> Reason:
    """The live model, scored on the same rows, must not be beaten by chance or by old knowledge.

    A candidate of other data than the live model's knows what is new this week: it has to be surely
    not worse by more than `max_regression`. One of the same data has to be surely better by
    `min_improvement`; where that is set, every candidate has to.

    Surely: the lower end of the bootstrap interval reaches the limit; a result without an interval
    is judged by the difference alone. Where the interval lies on both sides of the limit there is
    no difference to speak of, and the live model is kept; where the rows are too few to be sure of
    anything, or the live model is older than `max_age_days`, a person decides. A live model that
    was trained on withdrawn data has to go and is not compared with. With equal tokenizers the unit
    is nats per token, otherwise bits per character, the limit converted by the candidate's own
    tokens per character.
    """
    champion = result.champion
    if champion is None:
        return _first_of_all(limits)
    if champion.withdrawn:
        return reason(
            "better_than_champion",
            "not_applicable",
            ko=f"운영 모델 {champion.version_id}은(는) 철회된 데이터로 학습되어 바꾸어야 합니다. "
            "더 나은지는 따지지 않았습니다.",
            en=f"The live model {champion.version_id} was trained on data that was withdrawn and "
            "has to go, so the candidate need not be better.",
        )
    if champion.score and not _is_comparable(result, champion, champion.score):
        return _incomparable(champion, _SPELT_UNLIKE)
    gain = _gain(result, champion, champion.score, limits) if champion.score else None
    if gain is None or not gain.is_finite:
        return _incomparable(champion)
    few = result.candidate.rows < limits.min_val_rows
    aged = _is_old(champion, result, limits)
    return _judged(champion.version_id, gain, few_rows=few, aged=aged)


def near_the_best(result: TrainResult, limits: GateLimits) -> Reason:
    """Small steps down must not add up: the loss stays near that of the best model ever.

    Both are scored on the present validation rows. The limit is in nats per token, converted as
    in `better_than_champion`.
    """
    rule, best = "near_the_best", result.best
    if best is None or best.comparison is None:
        missing_ko = f" ({best.problem.ko})" if best and best.problem else ""
        missing_en = f" ({best.problem.en})" if best and best.problem else ""
        return reason(
            rule,
            "not_applicable",
            ko=f"운영 모델보다 좋았던 이전 모델이 없거나 비교할 수 없습니다.{missing_ko}",
            en="No earlier model was better than the live one, or none that can be compared with."
            + missing_en,
        )
    found = best.comparison
    in_nats = found.unit == "nats/token"
    least = -limits.max_below_best * (1 if in_nats else _bits_a_nat(result.candidate))
    return reason(
        rule,
        passed(found.improvement >= least),
        measured=found.improvement,
        limit=least,
        ko=f"지금까지 가장 좋았던 모델 {best.version_id} 대비 {found.improvement:+.4f} "
        f"({found.unit}), 필요 {least:+.4f} 이상.",
        en=f"Against the best model ever, {best.version_id}: {found.improvement:+.4f} "
        f"({found.unit}), needed {least:+.4f} or more.",
    )


def _bits_a_nat(score: Score) -> float:
    """Bits per character that one nat per token comes to, by the candidate's own tokenizer."""
    return score.scored_tokens / score.characters / LN2


def _first_of_all(limits: GateLimits) -> Reason:
    """Nothing tells whether the first model is good enough for customers but a person."""
    return reason(
        "better_than_champion",
        "not_applicable" if limits.promote_first else "hold",
        ko="운영 모델이 아직 없어 비교하지 않았습니다."
        + ("" if limits.promote_first else " 첫 모델은 사람이 답변을 확인한 뒤 승격합니다."),
        en="There is no live model yet, so nothing to compare with."
        + (
            ""
            if limits.promote_first
            else " A person reads the first model's answers and promotes it."
        ),
    )


def _is_old(champion: ChampionScore, result: TrainResult, limits: GateLimits) -> bool:
    if champion.trained_at is None:
        return False
    return (result.finished_at - champion.trained_at).days >= limits.max_age_days


def _least_gain(champion: ChampionScore, result: TrainResult, limits: GateLimits) -> float:
    """How much lower the loss has to be, in nats per token; below 0: how much higher it may be."""
    same_data = champion.dataset_sha256 == result.dataset_sha256
    if same_data or limits.min_improvement:
        return limits.min_improvement
    return -limits.max_regression


@dataclass(frozen=True, slots=True)
class _Gain:
    """Losses of live model and candidate in `unit`, and what is known about their difference."""

    unit: str
    theirs: float
    ours: float
    improvement: float
    low: float
    high: float
    confidence: float | None
    wanted: float

    @property
    def is_finite(self) -> bool:
        figures = (self.theirs, self.ours, self.improvement, self.low, self.high)
        return all(map(math.isfinite, figures))


def _gain(
    result: TrainResult, champion: ChampionScore, score: Score, limits: GateLimits
) -> _Gain | None:
    candidate, comparison = result.candidate, result.comparison
    in_nats = champion.tokenizer_sha256 == result.tokenizer_sha256
    if comparison is not None:
        in_nats = comparison.unit == "nats/token"
    ours = candidate.loss_nats_per_token if in_nats else candidate.bits_per_character
    theirs = score.loss_nats_per_token if in_nats else score.bits_per_character
    if ours is None or theirs is None:
        return None
    factor = 1 if in_nats else _bits_a_nat(candidate)
    return _Gain(
        unit="nats/token" if in_nats else "bits/character",
        theirs=theirs,
        ours=ours,
        improvement=comparison.improvement if comparison else theirs - ours,
        low=comparison.low if comparison else theirs - ours,
        high=comparison.high if comparison else theirs - ours,
        confidence=comparison.confidence if comparison else None,
        wanted=_least_gain(champion, result, limits) * factor,
    )


def _judged(version_id: str, gain: _Gain, *, few_rows: bool, aged: bool) -> Reason:
    outcome = passed(gain.low >= gain.wanted)
    ko = en = ""
    if gain.low < gain.wanted <= gain.high:
        outcome = "hold" if few_rows or aged else "kept"
        ko = " 차이 없음: 우연일 수 있어 운영 모델을 유지합니다. 대화가 더 쌓이면 다시 비교합니다."
        en = " No difference: it may be chance, so the live model is kept until more conversations "
        en += "tell."
        if aged:
            ko = " 우연한 차이일 수 있지만 운영 모델이 오래되어 사람이 정합니다."
            en = " That may be chance, but the live model is old: a person decides."
    share, ends = gain.confidence, (gain.low, gain.high)
    interval_ko = interval_en = ""
    if share:
        interval_ko = f" (행에 대한 {share:.0%} 구간 {ends[0]:+.4f} ~ {ends[1]:+.4f}, 시드 제외)"
        interval_en = (
            f" ({share:.0%} interval {ends[0]:+.4f} to {ends[1]:+.4f}, of rows, not seeds)"
        )
    return reason(
        "better_than_champion",
        outcome,
        measured=gain.improvement,
        limit=gain.wanted,
        ko=f"운영 모델 {version_id} {gain.theirs:.4f} → 후보 {gain.ours:.4f} ({gain.unit}), "
        f"개선 {gain.improvement:+.4f}{interval_ko}, 필요 {gain.wanted:+.4f}.{ko}",
        en=f"Live model {version_id} {gain.theirs:.4f} -> candidate {gain.ours:.4f} "
        f"({gain.unit}), improvement {gain.improvement:+.4f}{interval_en}, "
        f"needed {gain.wanted:+.4f}.{en}",
    )


_NO_FIGURE = Words(ko="평가 손실이 숫자가 아닙니다.", en="It has no finite eval loss.")
_SPELT_UNLIKE = Words(
    ko="두 토크나이저가 적지 못하는 글자의 비율이 달라 글자당 비트를 비교할 수 없습니다.",
    en="The two tokenizers cannot spell unlike shares of the answers, so that bits per character "
    "say nothing.",
)


def _is_comparable(result: TrainResult, champion: ChampionScore, score: Score) -> bool:
    same_tokenizer = champion.tokenizer_sha256 == result.tokenizer_sha256
    return same_tokenizer or result.candidate.spells_like(score)


def _incomparable(champion: ChampionScore, why: Words = _NO_FIGURE) -> Reason:
    """The live model cannot be scored, or its loss is not a number: nothing to compare with."""
    ko, en = (champion.problem or why).ko, (champion.problem or why).en
    return reason(
        "better_than_champion",
        "hold",
        ko=f"운영 모델 {champion.version_id}과(와) 비교할 수 없습니다: {ko} "
        "사람이 확인한 뒤 승격하세요.",
        en=f"The live model {champion.version_id} cannot be compared: {en} "
        "A person must look before the candidate is promoted.",
    )
