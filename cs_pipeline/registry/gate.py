"""The gate: may this candidate answer customers?

Each rule is a pure function of the training result, this run's identity and its limits, and
returns a `Reason`. Any failed rule rejects; otherwise any rule on hold waits for a person;
otherwise the candidate is promoted. There is no fourth outcome.
"""

import math
from collections.abc import Iterator
from datetime import UTC, datetime

from cs_pipeline.config import RunOptions
from cs_pipeline.language import Words
from cs_pipeline.records import (
    LN2,
    DatasetVersion,
    Decision,
    Outcome,
    Reason,
    Score,
    TrainResult,
    Verdict,
)


def decide(
    result: TrainResult, *, run_id: str, dataset: DatasetVersion, options: RunOptions
) -> Verdict:
    """Apply every rule to `result` and say what follows, with reasons in both languages."""
    reasons = tuple(_reasons(result, run_id, dataset, options))
    return Verdict(
        run_id=run_id,
        decision=_decision(reasons),
        dataset_version=dataset.version_id,
        dataset_sha256=dataset.sha256,
        reasons=reasons,
        decided_at=datetime.now(UTC),
    )


def _decision(reasons: tuple[Reason, ...]) -> Decision:
    outcomes = {reason.outcome for reason in reasons}
    if "failed" in outcomes:
        return "reject"
    return "hold" if "hold" in outcomes else "promote"


def _reasons(
    result: TrainResult, run_id: str, dataset: DatasetVersion, options: RunOptions
) -> Iterator[Reason]:
    yield same_run(result, run_id, dataset)
    measurable = loss_is_measured(result)
    yield measurable
    if measurable.outcome == "passed":
        yield below_limit(result, options.max_eval_loss)
        yield better_than_champion(result, options.min_improvement)
    yield promotion_is_automatic(options)


def same_run(result: TrainResult, run_id: str, dataset: DatasetVersion) -> Reason:
    """The result must carry this run's id and this dataset's sha256."""
    same = result.run_id == run_id and result.dataset_sha256 == dataset.sha256
    return Reason(
        rule="same_run",
        outcome=_passed(same),
        words=Words(
            ko="학습 결과가 이번 실행과 이번 데이터셋의 것입니다."
            if same
            else "학습 결과가 다른 실행이나 데이터셋의 것입니다. train 작업을 다시 실행하세요.",
            en="The training result belongs to this run and this dataset."
            if same
            else "The training result belongs to another run or dataset. Run the train task again.",
        ),
    )


def loss_is_measured(result: TrainResult) -> Reason:
    """The validation side must hold answers, and their loss must be a finite number."""
    loss = result.candidate.loss_nats_per_token
    if loss is None:
        words = Words(
            ko="검증 데이터(val.csv)가 비어 평가할 수 없습니다. 대화를 더 넣으세요.",
            en="The validation data (val.csv) is empty, nothing can be judged. Add conversations.",
        )
    elif not math.isfinite(loss):
        words = Words(
            ko="평가 손실이 숫자가 아닙니다(NaN/무한대). 학습률을 낮춰 다시 학습하세요.",
            en="The eval loss is not a finite number. Train again with a lower learning rate.",
        )
    else:
        words = Words(
            ko=f"검증 답변 {result.candidate.rows:,}건, 토큰 "
            f"{result.candidate.scored_tokens:,}개로 평가했습니다.",
            en=f"Judged on {result.candidate.rows:,} validation answers, "
            f"{result.candidate.scored_tokens:,} tokens.",
        )
    return Reason(
        rule="loss_is_measured",
        outcome=_passed(loss is not None and math.isfinite(loss)),
        measured=float(result.candidate.rows),
        words=words,
    )


def below_limit(result: TrainResult, limit: float) -> Reason:
    """The answer loss must not exceed the absolute limit, in nats per token."""
    loss = result.candidate.loss_nats_per_token or 0.0
    return Reason(
        rule="below_limit",
        outcome=_passed(loss <= limit),
        measured=loss,
        limit=limit,
        words=Words(
            ko=f"평가 손실 {loss:.4f}, 한도 {limit:.4f} (nats/token).",
            en=f"Eval loss {loss:.4f}, limit {limit:.4f} (nats/token).",
        ),
    )


def better_than_champion(result: TrainResult, min_improvement: float) -> Reason:
    """The live model, scored on the same rows, must be beaten by at least `min_improvement`.

    With equal tokenizers the comparison is in nats per token; otherwise in bits per character,
    with the limit converted by the candidate's own tokens per character.
    """
    rule, champion = "better_than_champion", result.champion
    if champion is None:
        return Reason(
            rule=rule,
            outcome="passed",
            words=Words(
                ko="운영 중인 모델이 아직 없어 비교하지 않았습니다.",
                en="There is no live model yet, so nothing to compare with.",
            ),
        )
    if champion.score is None:
        problem = champion.problem or Words(ko="원인 불명", en="unknown problem")
        return Reason(
            rule=rule,
            outcome="hold",
            words=Words(
                ko=f"운영 모델 {champion.version_id}을 평가하지 못했습니다: {problem.ko} "
                "사람이 확인한 뒤 승격하세요.",
                en=f"The live model {champion.version_id} could not be scored: {problem.en} "
                "A person must look before it is promoted.",
            ),
        )
    ours, theirs, limit, unit = _compared(
        result, champion.tokenizer_sha256, champion.score, min_improvement
    )
    if ours is None or theirs is None or not math.isfinite(theirs):
        return _incomparable(rule, champion.version_id)
    return Reason(
        rule=rule,
        outcome=_passed(theirs - ours >= limit),
        measured=theirs - ours,
        limit=limit,
        words=Words(
            ko=f"운영 모델 {champion.version_id} {theirs:.4f} → 후보 {ours:.4f} ({unit}), "
            f"개선 {theirs - ours:+.4f}, 필요 {limit:+.4f}.",
            en=f"Live model {champion.version_id} {theirs:.4f} -> candidate {ours:.4f} ({unit}), "
            f"improvement {theirs - ours:+.4f}, needed {limit:+.4f}.",
        ),
    )


def _compared(
    result: TrainResult, tokenizer_sha256: str | None, champion: Score, min_improvement: float
) -> tuple[float | None, float | None, float, str]:
    """Candidate's loss, champion's loss, wanted difference, and the unit of all three."""
    candidate = result.candidate
    if tokenizer_sha256 == result.tokenizer_sha256:
        return (
            candidate.loss_nats_per_token,
            champion.loss_nats_per_token,
            min_improvement,
            "nats/token",
        )
    tokens_per_character = candidate.scored_tokens / max(candidate.characters, 1)
    limit = min_improvement * tokens_per_character / LN2
    return candidate.bits_per_character, champion.bits_per_character, limit, "bits/character"


def promotion_is_automatic(options: RunOptions) -> Reason:
    """Without `auto_promote` a person decides."""
    return Reason(
        rule="promotion_is_automatic",
        outcome="passed" if options.auto_promote else "hold",
        words=Words(
            ko="자동 승격이 켜져 있습니다."
            if options.auto_promote
            else "자동 승격이 꺼져 있습니다. `cs-pipeline promote`로 사람이 승격합니다.",
            en="Automatic promotion is on."
            if options.auto_promote
            else "Automatic promotion is off. A person promotes with `cs-pipeline promote`.",
        ),
    )


def _incomparable(rule: str, version_id: str) -> Reason:
    return Reason(
        rule=rule,
        outcome="hold",
        words=Words(
            ko=f"운영 모델 {version_id}의 평가 손실이 숫자가 아니어서 비교할 수 없습니다. "
            "사람이 확인한 뒤 승격하세요.",
            en=f"The live model {version_id} has no finite eval loss to compare with. "
            "A person must look before it is promoted.",
        ),
    )


def _passed(condition: bool) -> Outcome:
    return "passed" if condition else "failed"
