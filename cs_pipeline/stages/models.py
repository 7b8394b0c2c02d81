"""From a training result to a live model and the record of the run."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime

from cs_pipeline.config import GateLimits, RunOptions, Settings
from cs_pipeline.errors import StorageError
from cs_pipeline.records import (
    DatasetVersion,
    MaskedShard,
    ModelVersion,
    RunRecord,
    ValidationReport,
    Verdict,
)
from cs_pipeline.registry import promotion, run_history
from cs_pipeline.registry.gate import decide
from cs_pipeline.registry.manifests import candidate_version
from cs_pipeline.registry.model_store import ModelStore
from cs_pipeline.registry.overrides import carried_over, described
from cs_pipeline.stages.masking import mask_text


def gate(
    settings: Settings, *, run_id: str, dataset: DatasetVersion, options: RunOptions
) -> Verdict:
    """Judge the run's `result.json` and keep the verdict; a rejected model leaves the store.

    What a person decided on this candidate before still holds when its gate runs again.
    """
    result = run_history.read_result(settings, run_id)
    limits = settings.group(GateLimits, options)
    verdict = carried_over(
        decide(result, run_id=run_id, dataset=dataset, limits=limits),
        run_history.read_verdict(settings, run_id),
        version_id=candidate_version(result),
    )
    run_history.save_verdict(settings, verdict)
    promotion.discard_rejected(settings, verdict, result)
    return verdict


def training_figures(settings: Settings, *, run_id: str) -> dict[str, float | str | None]:
    """What the trainer achieved, in figures; fails when there is no `result.json`."""
    result = run_history.read_result(settings, run_id)
    return {
        "loss_nats_per_token": result.candidate.loss_nats_per_token,
        "bits_per_character": result.candidate.bits_per_character,
        "steps": result.steps,
        "train_seconds": result.throughput.train_seconds,
        "tokens_per_second": result.throughput.tokens_per_second,
        "device": result.device,
    }


def explain_verdict(settings: Settings, *, run_id: str) -> list[str]:
    """The reasons of a run's verdict, one line each, in the reader's language.

    A person's decision in its place stands first.
    """
    verdict = run_history.read_verdict(settings, run_id)
    if verdict is None:
        return []
    override = [str(described(verdict.override))] if verdict.override else []
    return override + [f"{reason.outcome}: {reason.words}" for reason in verdict.reasons]


def promote(settings: Settings, *, run_id: str) -> ModelVersion:
    """Publish the checkpoint of a run whose verdict is `promote` and make it live."""
    return promotion.promote(settings, run_id=run_id)


def promote_held(
    settings: Settings, *, run_id: str, note: str, by: str | None = None, override: bool = False
) -> ModelVersion:
    """Promote a candidate because a person says so; its record and report follow.

    With `override` even one that the gate rejected, unless it leaks or is not this run's.
    """
    model = promotion.promote_by_hand(
        settings, run_id=run_id, note=mask_text(settings, note), by=by, override=override
    )
    verdict, run = (
        run_history.read_verdict(settings, run_id),
        run_history.read_run(settings, run_id),
    )
    if run is not None:
        changed = {"status": "promoted", "model": model, "verdict": verdict}
        _keep(settings, run.model_copy(update=changed))
    return model


def hold(settings: Settings, *, run_id: str, note: str, by: str | None = None) -> Verdict:
    """Keep a candidate that may be promoted from going live; its record and report follow."""
    verdict = promotion.hold(settings, run_id=run_id, note=mask_text(settings, note), by=by)
    run = run_history.read_run(settings, run_id)
    if run is not None:
        _keep(settings, run.model_copy(update={"status": "held", "verdict": verdict}))
    return verdict


def rollback(settings: Settings, *, note: str) -> ModelVersion:
    """Make the version before the live one live again."""
    return ModelStore.open(settings).rollback(mask_text(settings, note))


def record(
    settings: Settings,
    *,
    run_id: str,
    options: RunOptions,
    nothing_to_do: bool = False,
    reports: Sequence[ValidationReport] = (),
    shards: Sequence[MaskedShard] = (),
    dataset: DatasetVersion | None = None,
    model: ModelVersion | None = None,
) -> RunRecord:
    """Write what became of a run (`run.json`) and its report, whatever it reached.

    What a run that is repeated after a crash no longer does, but did before, is looked up.
    """
    verdict = run_history.read_verdict(settings, run_id)
    if verdict is not None:
        dataset = dataset or _judged_dataset(settings, verdict)
        model = model or _promoted_model(settings, verdict)
    judged = (
        verdict is not None and dataset is not None and verdict.dataset_sha256 == dataset.sha256
    )
    run = RunRecord(
        run_id=run_id,
        status=run_history.run_status(
            nothing_to_do, reports, dataset, verdict if judged else None, model
        ),
        finished_at=datetime.now(UTC),
        options=options.model_dump(mode="json")
        | {"note": options.note and mask_text(settings, options.note)},
        reports=tuple(reports),
        shards=tuple(shards),
        dataset=dataset,
        result=run_history.read_result(settings, run_id) if judged else None,
        verdict=verdict if judged else None,
        model=model,
    )
    _keep(settings, run)
    return run


def _judged_dataset(settings: Settings, verdict: Verdict) -> DatasetVersion | None:
    from cs_pipeline.dataset.manifest import describe, load

    folder = settings.datasets_dir / verdict.dataset_version
    return describe(folder, load(folder)) if folder.exists() else None


def _promoted_model(settings: Settings, verdict: Verdict) -> ModelVersion | None:
    """The live model if it is this run's; a store that fails now does not cost the record."""
    if verdict.decision != "promote":
        return None
    with suppress(StorageError):
        live = ModelStore.open(settings).live_version()
        return live if live is not None and live.run_id == verdict.run_id else None
    return None


def _keep(settings: Settings, run: RunRecord) -> None:
    from cs_pipeline.report import write_report

    run_history.save_run(settings, run)
    folder = run_history.run_folder(settings, run.run_id)
    write_report(run, folder, previous=_previous_dataset(settings, run.dataset))


def _previous_dataset(settings: Settings, dataset: DatasetVersion | None) -> DatasetVersion | None:
    from cs_pipeline.dataset.manifest import describe, load

    if dataset is None or not (folder := settings.datasets_dir / dataset.version_id).exists():
        return None
    parent = load(folder).parent_version_id
    before = settings.datasets_dir / str(parent)
    return describe(before, load(before)) if parent and before.exists() else None
