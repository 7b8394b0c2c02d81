"""From a verdict to the live pointer: by the gate alone, or by a person in its place."""

from typing import Literal

from cs_pipeline.people import acting_person
from cs_pipeline.records import ModelVersion, TrainResult, Verdict
from cs_pipeline.registry import wording_errors as wording
from cs_pipeline.registry.gate import decision_from
from cs_pipeline.registry.manifests import candidate_version
from cs_pipeline.registry.model_store import ModelStore
from cs_pipeline.registry.overrides import binding_failures, overruled
from cs_pipeline.registry.runs import Runs

GATE = "gate"
"""Who moves the pointer where no person decides."""


def promote(runs: Runs, store: ModelStore, *, run_id: str) -> ModelVersion:
    """Publish the checkpoint of a run and point `live.json` at it.

    Raises:
        GateNotMet: the run's verdict is not `promote`.
        PointerConflict: the live model is no longer the one that the gate compared with.
    """
    verdict = verdict_of(runs, run_id)
    if verdict.decision != "promote":
        raise wording.gate_not_met(verdict)
    result = runs.result(run_id)
    return store.promote(
        _publish(runs, store, result),
        expected_live=result.champion.version_id if result.champion else None,
        by=GATE,
    )


def promote_by_hand(
    runs: Runs,
    store: ModelStore,
    *,
    run_id: str,
    note: str,
    by: str | None = None,
    override: bool = False,
    action: Literal["approve", "approval"] = "approve",
) -> ModelVersion:
    """Promote a candidate because a person says so, over whatever is live now.

    `note` is kept in the pointer and, where the gate decided otherwise, with the verdict. The
    reason is on record before the model goes live; a second call finishes what a crash cut off.
    `by` says who decided (None: the user of this process); with `override` even a candidate that
    the gate rejected is promoted. `action` says whether a person came by or was asked.

    Raises:
        GateNotMet: the run has no verdict yet; or the gate rejected it and `override` is not set,
            or did so by a rule that nobody can overrule.
    """
    verdict = verdict_of(runs, run_id)
    if binding := binding_failures(verdict):
        raise wording.cannot_be_overruled(run_id, [item.words for item in binding])
    if decision_from(verdict.reasons) == "reject" and not override:
        raise wording.gate_not_met(verdict)
    result = runs.result(run_id)
    live = store.live()
    version_id = _publish(runs, store, result)
    if verdict.decision != "promote":
        said = runs.preference_of(run_id, version_id)
        changed = overruled(
            verdict, "promote", version_id=version_id, note=note, by=by, preference=said
        )
        runs.change_verdict(changed)
    return store.promote(
        version_id,
        expected_live=live.version_id if live else None,
        action="override" if override else action,
        note=note,
        by=by or acting_person(),
    )


def hold(
    runs: Runs, store: ModelStore, *, run_id: str, note: str, by: str | None = None
) -> Verdict:
    """Keep a candidate that may be promoted from going live until a person promotes it.

    One that the gate held is held by a person from then on, who and why are kept; one that a
    person held stays as it is.

    Raises:
        GateNotMet: the run has no verdict yet, is rejected, or is live already.
    """
    verdict = verdict_of(runs, run_id)
    if verdict.decision == "reject":
        raise wording.gate_not_met(verdict)
    if verdict.decision == "hold" and verdict.override is not None:
        return verdict
    version_id = candidate_version(runs.result(run_id))
    live = store.live()
    if live is not None and live.version_id == version_id:
        raise wording.is_live_already(run_id, version_id)
    said = runs.preference_of(run_id, version_id)
    changed = overruled(verdict, "hold", version_id=version_id, note=note, by=by, preference=said)
    runs.change_verdict(changed)
    return changed


def discard(
    runs: Runs, store: ModelStore, *, run_id: str, note: str, by: str | None = None
) -> Verdict:
    """Reject a candidate that waits for a person; it leaves the store, its checkpoint stays.

    One that is rejected already stays so.

    Raises:
        GateNotMet: the run has no verdict yet, or its candidate went live.
    """
    verdict = verdict_of(runs, run_id)
    result = runs.result(run_id)
    version_id = candidate_version(result)
    live = store.live()
    if live is not None and live.version_id == version_id:
        raise wording.is_live_already(run_id, version_id)
    if verdict.decision != "reject":
        said = runs.preference_of(run_id, version_id)
        verdict = overruled(
            verdict, "reject", version_id=version_id, note=note, by=by, preference=said
        )
        runs.change_verdict(verdict)
    discard_rejected(store, verdict, result)
    return verdict


def discard_rejected(store: ModelStore, verdict: Verdict, result: TrainResult) -> None:
    """A rejected candidate does not stay in the model store; its checkpoint stays with its run."""
    if verdict.decision == "reject":
        store.discard(candidate_version(result))


def is_outstanding(runs: Runs, store: ModelStore, verdict: Verdict) -> bool:
    """True when the verdict is to promote but its candidate never went live, as after a crash."""
    if verdict.decision != "promote":
        return False
    run = runs.read(verdict.run_id)
    if run is not None and run.status == "promoted":
        return False
    live = store.live()
    return live is None or live.run_id != verdict.run_id


def _publish(runs: Runs, store: ModelStore, result: TrainResult) -> str:
    return store.publish(runs.checkpoint(result.run_id), result)


def verdict_of(runs: Runs, run_id: str) -> Verdict:
    """The verdict of a run. Raises `GateNotMet` before its gate."""
    verdict = runs.verdict(run_id)
    if verdict is None:
        raise wording.no_verdict(run_id)
    return verdict
