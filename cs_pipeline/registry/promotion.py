"""From a verdict to the live pointer: by the gate alone, or by a person where the gate holds."""

from cs_pipeline.config import Settings
from cs_pipeline.errors import GateNotMet
from cs_pipeline.records import ModelVersion, TrainResult, Verdict
from cs_pipeline.registry import run_history
from cs_pipeline.registry.model_store import ModelStore


def promote(settings: Settings, *, run_id: str) -> ModelVersion:
    """Publish the checkpoint of a run and point `live.json` at it.

    Raises:
        GateNotMet: the run's verdict is not `promote`.
        PointerConflict: the live model is no longer the one that the gate compared with.
    """
    verdict = run_history.read_verdict(settings, run_id)
    if verdict is None or verdict.decision != "promote":
        raise _gate_not_met(run_id, verdict)
    result = run_history.read_result(settings, run_id)
    store = ModelStore.open(settings)
    return store.promote(
        _publish(store, settings, result),
        expected_live=result.champion.version_id if result.champion else None,
    )


def promote_held(settings: Settings, *, run_id: str, note: str) -> ModelVersion:
    """Promote a candidate that the gate holds for a person, over whatever is live now.

    `note` is kept in the pointer.

    Raises:
        GateNotMet: the run has no verdict yet, or was rejected.
    """
    verdict = run_history.read_verdict(settings, run_id)
    if verdict is None or verdict.decision == "reject":
        raise _gate_not_met(run_id, verdict)
    store = ModelStore.open(settings)
    live = store.live()
    version_id = _publish(store, settings, run_history.read_result(settings, run_id))
    return store.promote(
        version_id, expected_live=live.version_id if live else None, action="approve", note=note
    )


def is_outstanding(settings: Settings, verdict: Verdict) -> bool:
    """True when the verdict is to promote but its candidate never went live, as after a crash."""
    if verdict.decision != "promote":
        return False
    run = run_history.read_run(settings, verdict.run_id)
    if run is not None and run.status == "promoted":
        return False
    live = ModelStore.open(settings).live()
    return live is None or live.run_id != verdict.run_id


def _publish(store: ModelStore, settings: Settings, result: TrainResult) -> str:
    checkpoint = run_history.train_folder(settings, result.run_id) / "checkpoint"
    return store.publish(checkpoint, result)


def _gate_not_met(run_id: str, verdict: Verdict | None) -> GateNotMet:
    if verdict is None:
        return GateNotMet(
            ko=f"실행 {run_id}에는 아직 판정이 없습니다. gate 단계를 먼저 실행하세요.",
            en=f"Run {run_id} has no verdict yet. Run its gate step first.",
        )
    failed = [reason.words for reason in verdict.reasons if reason.outcome != "passed"]
    return GateNotMet(
        ko=f"실행 {run_id}의 판정은 {verdict.decision}입니다: "
        + " ".join(words.ko for words in failed),
        en=f"The verdict on run {run_id} is {verdict.decision}: "
        + " ".join(words.en for words in failed),
    )
