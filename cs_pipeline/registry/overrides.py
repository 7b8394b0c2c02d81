"""A person's decision in the place of the gate's."""

from datetime import UTC, datetime

from cs_pipeline.language import Words
from cs_pipeline.moments import shown_moment
from cs_pipeline.people import acting_person
from cs_pipeline.records import Decision, Override, Preference, Reason, Verdict
from cs_pipeline.registry import wording_errors as wording
from cs_pipeline.registry.gate import BINDING_RULES, decision_from


def overruled(
    verdict: Verdict,
    decision: Decision,
    *,
    version_id: str,
    note: str,
    by: str | None = None,
    preference: Preference | None = None,
) -> Verdict:
    """`verdict` with a person's decision about its candidate.

    `by` None: the user of this process. `preference` is what people said of its answers.
    """
    override = Override(
        decision=decision,
        previous=verdict.decision,
        version_id=version_id,
        note=note,
        by=by or acting_person(),
        decided_at=datetime.now(UTC),
        preference=preference,
    )
    return verdict.model_copy(update={"decision": decision, "override": override})


def binding_failures(verdict: Verdict) -> list[Reason]:
    """The failed rules that no person can overrule."""
    return [
        reason
        for reason in verdict.reasons
        if reason.outcome == "failed" and reason.rule in BINDING_RULES
    ]


def carried_over(verdict: Verdict, earlier: Verdict | None, *, version_id: str) -> Verdict:
    """`verdict` of a gate that ran again, with what a person decided on this very candidate.

    Where the gate itself now decides otherwise, with other limits, the person has not seen that
    and has to decide anew.
    """
    override = earlier.override if earlier else None
    if (
        earlier is None
        or override is None
        or override.version_id != version_id
        or decision_from(earlier.reasons) != decision_from(verdict.reasons)
        or binding_failures(verdict)
    ):
        return verdict
    return verdict.model_copy(update={"decision": override.decision, "override": override})


def described(override: Override) -> Words:
    """Who decided what in the place of the gate, when and why."""
    return wording.decided_by_a_person(override, shown_moment(override.decided_at))
