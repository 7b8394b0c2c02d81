"""Rules on the answer loss: is it there, is it low enough, is it lower than the live model's?"""

import math
from dataclasses import dataclass

from cs_pipeline.config import GateLimits
from cs_pipeline.language import Words
from cs_pipeline.records import ChampionScore, DatasetVersion, Reason, Score, TrainResult
from cs_pipeline.registry import wording_loss as wording
from cs_pipeline.registry.reasons import passed, reason


def same_run(result: TrainResult, run_id: str, dataset: DatasetVersion) -> Reason:
    """The result must carry this run's id and this dataset's sha256."""
    same = result.run_id == run_id and result.dataset_sha256 == dataset.sha256
    return reason(
        "same_run",
        passed(same),
        words=wording.SAME_RUN if same else wording.OTHER_RUN,
    )


def loss_is_measured(result: TrainResult) -> Reason:
    """The validation side must hold answers, and their loss must be a finite number."""
    loss, rows = result.candidate.loss_nats_per_token, result.candidate.rows
    if loss is None:
        words = wording.NOTHING_TO_JUDGE_ON
    elif not math.isfinite(loss):
        words = wording.NOT_A_NUMBER
    else:
        words = wording.measured(rows, result.candidate.scored_tokens)
    measured = loss is not None and math.isfinite(loss)
    return reason("loss_is_measured", passed(measured), measured=rows, words=words)


def enough_validation_rows(result: TrainResult, limits: GateLimits) -> Reason:
    """On too few rows every figure is chance: a person must look, nothing is wrong yet."""
    rows, least = result.candidate.rows, limits.min_val_rows
    enough = rows >= least
    return reason(
        "enough_validation_rows",
        "passed" if enough else "hold",
        measured=rows,
        limit=least,
        words=wording.validation_rows(rows, least),
    )


def below_limit(result: TrainResult, limits: GateLimits) -> Reason:
    """The answer loss must not exceed the absolute limit, in nats per token."""
    loss, limit = result.candidate.loss_nats_per_token or 0.0, limits.max_eval_loss
    return reason(
        "below_limit",
        passed(loss <= limit),
        measured=loss,
        limit=limit,
        words=wording.loss(loss, limit),
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
            words=wording.has_to_go(champion.version_id),
        )
    if champion.score and not _is_comparable(result, champion, champion.score):
        return _incomparable(champion, wording.SPELT_UNLIKE)
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
        return reason(
            rule,
            "not_applicable",
            words=wording.no_better_model(best),
        )
    found = best.comparison
    in_nats = found.unit == "nats/token"
    least = -limits.max_below_best * (1 if in_nats else _bits_a_nat(result.candidate))
    return reason(
        rule,
        passed(found.improvement >= least),
        measured=found.improvement,
        limit=least,
        words=wording.beside_the_best(best.version_id, found, least),
    )


def _bits_a_nat(score: Score) -> float:
    """Bits per character that one nat per token comes to, by the candidate's own tokenizer."""
    return score.scored_tokens / score.characters / math.log(2)


def _first_of_all(limits: GateLimits) -> Reason:
    """Nothing tells whether the first model is good enough for customers but a person."""
    return reason(
        "better_than_champion",
        "not_applicable" if limits.promote_first else "hold",
        words=wording.first_of_all(waits=not limits.promote_first),
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
    remark = None
    if gain.low < gain.wanted <= gain.high:
        outcome = "hold" if few_rows or aged else "kept"
        remark = wording.CHANCE_BUT_OLD if aged else _why_kept(gain)
    return reason(
        "better_than_champion",
        outcome,
        measured=gain.improvement,
        limit=gain.wanted,
        words=wording.beside_the_live_model(
            version_id,
            theirs=gain.theirs,
            ours=gain.ours,
            unit=gain.unit,
            improvement=gain.improvement,
            interval=wording.interval(gain.low, gain.high, gain.confidence),
            wanted=gain.wanted,
            remark=remark,
        ),
    )


def _why_kept(gain: _Gain) -> Words:
    return wording.A_LITTLE_WORSE if gain.high < 0 else wording.MAY_BE_CHANCE


def _is_comparable(result: TrainResult, champion: ChampionScore, score: Score) -> bool:
    same_tokenizer = champion.tokenizer_sha256 == result.tokenizer_sha256
    return same_tokenizer or result.candidate.spells_like(score)


def _incomparable(champion: ChampionScore, why: Words = wording.NO_FIGURE) -> Reason:
    """The live model cannot be scored, or its loss is not a number: nothing to compare with."""
    return reason(
        "better_than_champion",
        "hold",
        words=wording.incomparable(champion.version_id, champion.problem or why),
    )
