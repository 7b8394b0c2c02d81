"""The gate: may this candidate answer customers?

Each rule is a pure function of the training result and its limits, and returns a `Reason`. Any
failed rule rejects; otherwise any rule on hold waits for a person; otherwise a candidate that
cannot be told from the live model is rejected without fault, and the live model is kept; otherwise
the candidate is promoted, whatever was warned of. There is no other outcome.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from cs_pipeline.config import GateLimits
from cs_pipeline.records import DatasetVersion, Decision, Reason, TrainResult, Verdict
from cs_pipeline.registry.rules_answers import answer_rules, leak_rules
from cs_pipeline.registry.rules_content import content_rules
from cs_pipeline.registry.rules_golden import golden_rules
from cs_pipeline.registry.rules_loss import (
    below_limit,
    better_than_champion,
    enough_validation_rows,
    loss_is_measured,
    near_the_best,
    same_run,
)
from cs_pipeline.registry.rules_model import (
    data_is_alike,
    licence_is_allowed,
    promotion_is_automatic,
    uploaded_model_answers,
)

BINDING_RULES = {"same_run", "no_masked_value_leaks"}
"""Rules that nobody can overrule once they failed."""


def decide(
    result: TrainResult, *, run_id: str, dataset: DatasetVersion, limits: GateLimits
) -> Verdict:
    """Apply every rule to `result` and say what follows, with reasons in both languages."""
    reasons = tuple(_reasons(result, run_id, dataset, limits))
    return Verdict(
        run_id=run_id,
        decision=decision_from(reasons),
        dataset_version=dataset.version_id,
        dataset_sha256=dataset.sha256,
        reasons=reasons,
        decided_at=datetime.now(UTC),
    )


def decision_from(reasons: Iterable[Reason]) -> Decision:
    """What the gate by itself makes of its rules' outcomes."""
    outcomes = {reason.outcome for reason in reasons}
    if "failed" in outcomes:
        return "reject"
    if "hold" in outcomes:
        return "hold"
    return "reject" if "kept" in outcomes else "promote"


def _reasons(
    result: TrainResult, run_id: str, dataset: DatasetVersion, limits: GateLimits
) -> Iterator[Reason]:
    yield same_run(result, run_id, dataset)
    measurable = loss_is_measured(result)
    yield measurable
    if measurable.outcome == "passed":
        yield enough_validation_rows(result, limits)
        yield below_limit(result, limits)
        yield better_than_champion(result, limits)
        yield near_the_best(result, limits)
    yield from answer_rules(result, limits)
    yield from content_rules(result, limits, left_out=dataset.masking_misses)
    yield from golden_rules(result.golden, limits)
    yield from leak_rules(result.leak, limits)
    yield uploaded_model_answers(result)
    yield licence_is_allowed(result, limits)
    yield data_is_alike(result, limits)
    yield promotion_is_automatic(limits)
