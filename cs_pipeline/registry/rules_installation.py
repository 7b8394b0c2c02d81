"""Rules on the occasion rather than on the candidate: each of them waits for a person."""

from collections.abc import Iterable

from cs_pipeline.config import GateChoice
from cs_pipeline.records import Override, PairedComparison, Reason, Verdict
from cs_pipeline.registry import wording_model as wording
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
    return reason(
        "limits_are_not_loosened",
        "hold" if looser else "passed",
        words=wording.looser_limits(looser),
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
        words=wording.data_age(candidate, live, older=older),
    )


def nobody_discarded_it(decided: Override | None) -> Reason:
    """A person who discarded a candidate is overruled with eyes open only."""
    if decided is None or decided.decision != "reject":
        return reason(
            "nobody_discarded_it",
            "passed",
            words=wording.NOT_DISCARDED,
        )
    return reason(
        "nobody_discarded_it",
        "failed",
        words=wording.discarded(decided.by, decided.note),
    )


def promotion_is_not_suspended(maintenance: Maintenance | None, until: str) -> Reason:
    """Under maintenance nothing is promoted by itself. `until` is its end as it is shown."""
    if maintenance is None:
        return reason(
            "promotion_is_not_suspended",
            "passed",
            words=wording.NO_MAINTENANCE,
        )
    return reason(
        "promotion_is_not_suspended",
        "hold",
        words=wording.suspended(until, maintenance.by, maintenance.reason),
    )


def data_was_not_withdrawn(notice: WithdrawalNotice | None) -> Reason:
    """A candidate that was trained on withdrawn data is not promoted by itself."""
    return reason(
        "data_was_not_withdrawn",
        "failed" if notice else "passed",
        words=wording.WITHDRAWN if notice else wording.NOT_WITHDRAWN,
    )


def recomparison_is_not_worse(comparison: PairedComparison, live: str) -> Reason:
    """Beside a model that went live since the verdict, a candidate must surely be no worse."""
    return reason(
        "recomparison_is_not_worse",
        passed(comparison.low >= 0),
        measured=comparison.low,
        limit=0.0,
        words=wording.compared_again(comparison, live),
    )


def _sequence(dataset_version: str | None) -> int | None:
    number = (dataset_version or "").removeprefix("d").partition("-")[0]
    return int(number) if number.isdecimal() else None
