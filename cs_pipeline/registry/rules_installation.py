"""Rules on the occasion rather than on the candidate: each of them waits for a person."""

from collections.abc import Iterable

from cs_pipeline.config import GateChoice
from cs_pipeline.records import Override, PairedComparison, Reason, Verdict
from cs_pipeline.registry.gate import decision_from
from cs_pipeline.registry.maintenance import Maintenance
from cs_pipeline.registry.notices import WithdrawalNotice
from cs_pipeline.registry.reasons import passed, reason


def with_reasons(verdict: Verdict, further: Iterable[Reason]) -> Verdict:
    """The gate's verdict with these rules among its own."""
    reasons = (*verdict.reasons, *further)
    return verdict.model_copy(update={"reasons": reasons, "decision": decision_from(reasons)})


def limits_are_not_loosened(own: GateChoice, installation: GateChoice) -> Reason:
    """A run may be judged more strictly than the installation asks for; looser ends on hold."""
    looser = [
        name
        for name, is_looser in (
            ("max_eval_loss", own.max_eval_loss > installation.max_eval_loss),
            ("min_improvement", own.min_improvement < installation.min_improvement),
            ("auto_promote", own.auto_promote and not installation.auto_promote),
        )
        if is_looser
    ]
    listed = ", ".join(looser)
    return reason(
        "limits_are_not_loosened",
        "hold" if looser else "passed",
        ko=f"이 실행의 한도가 설치의 한도보다 느슨합니다({listed}). 사람이 승격합니다."
        if looser
        else "이 실행의 한도는 설치의 한도보다 느슨하지 않습니다.",
        en=f"This run's limits are looser than the installation's ({listed}). A person promotes."
        if looser
        else "This run's limits are no looser than the installation's.",
    )


def data_is_not_older(candidate: str, live: str | None) -> Reason:
    """A candidate of an older dataset than the live model's takes data away from customers.

    Args:
        candidate: its dataset version, such as `d0003-1a2b3c4d`.
        live: that of the live model; None: there is none.
    """
    ours, theirs = _sequence(candidate), _sequence(live)
    older = ours is not None and theirs is not None and ours < theirs
    return reason(
        "data_is_not_older",
        "hold" if older else "passed",
        measured=ours,
        limit=theirs,
        ko=f"후보의 데이터셋 {candidate}이(가) 운영 모델의 {live}보다 오래되었습니다. 사람이 "
        "승격합니다."
        if older
        else f"후보의 데이터셋 {candidate}: 운영 모델의 데이터셋({live or '없음'})보다 오래되지 "
        "않았습니다.",
        en=f"The candidate's dataset {candidate} is older than the live model's {live}. A person "
        "promotes."
        if older
        else f"The candidate's dataset {candidate} is no older than the live model's "
        f"({live or 'none'}).",
    )


def nobody_discarded_it(decided: Override | None) -> Reason:
    """A person who discarded a candidate is overruled with eyes open only."""
    if decided is None or decided.decision != "reject":
        return reason(
            "nobody_discarded_it",
            "passed",
            ko="사람이 폐기한 적이 없습니다.",
            en="Nobody discarded it.",
        )
    return reason(
        "nobody_discarded_it",
        "failed",
        ko=f"{decided.by}의 결정으로 폐기한 후보입니다: {decided.note}",
        en=f"{decided.by} discarded this candidate: {decided.note}",
    )


def promotion_is_not_suspended(maintenance: Maintenance | None, until: str) -> Reason:
    """Under maintenance nothing is promoted by itself. `until` is its end as it is shown."""
    if maintenance is None:
        return reason(
            "promotion_is_not_suspended",
            "passed",
            ko="점검 기간이 아닙니다.",
            en="No maintenance is in force.",
        )
    return reason(
        "promotion_is_not_suspended",
        "hold",
        ko=f"{until}까지 자동 승격을 멈췄습니다({maintenance.by}: {maintenance.reason}).",
        en=f"Automatic promotion is off until {until} ({maintenance.by}: {maintenance.reason}).",
    )


def data_was_not_withdrawn(notice: WithdrawalNotice | None) -> Reason:
    """A candidate that was trained on withdrawn data is not promoted by itself."""
    return reason(
        "data_was_not_withdrawn",
        "failed" if notice else "passed",
        ko="학습한 데이터의 일부가 그 뒤에 철회되었습니다. 다시 학습하세요."
        if notice
        else "학습한 데이터는 철회되지 않았습니다.",
        en="Some of its training data was withdrawn since. Train again."
        if notice
        else "None of its training data was withdrawn.",
    )


def recomparison_is_not_worse(comparison: PairedComparison, live: str) -> Reason:
    """Beside a model that went live since the verdict, a candidate must surely be no worse."""
    interval = f"{comparison.low:+.4f} ~ {comparison.high:+.4f} {comparison.unit}"
    return reason(
        "recomparison_is_not_worse",
        passed(comparison.low >= 0),
        measured=comparison.low,
        limit=0.0,
        ko=f"운영 모델 {live}과(와) 같은 {comparison.rows:,}행에서 다시 비교: 개선 {interval}.",
        en=f"Compared again with {live}, which is live now, on the same {comparison.rows:,} rows: "
        f"improvement {interval}.",
    )


def _sequence(dataset_version: str | None) -> int | None:
    number = (dataset_version or "").removeprefix("d").partition("-")[0]
    return int(number) if number.isdecimal() else None
