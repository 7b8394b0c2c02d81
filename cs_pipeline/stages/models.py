"""From a dataset version to a live model and the record of the run."""

import logging
import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from cs_pipeline.config import RunOptions, Settings
from cs_pipeline.errors import DamagedObject, ObjectNotFound, StorageError
from cs_pipeline.records import (
    DatasetVersion,
    MaskedShard,
    ModelVersion,
    RunRecord,
    TrainResult,
    ValidationReport,
    Verdict,
)
from cs_pipeline.registry import promotion, run_history
from cs_pipeline.registry.gate import decide
from cs_pipeline.registry.model_store import ModelStore
from cs_pipeline.stages.masking import mask_text

log = logging.getLogger(__name__)


def train_command(
    settings: Settings, *, run_id: str, dataset: DatasetVersion, options: RunOptions
) -> list[str]:
    """The argv that trains this run's candidate, wherever it is executed."""
    arguments = {
        "--run-id": run_id,
        "--dataset": dataset.uri,
        "--out": str(run_history.train_folder(settings, run_id)),
        "--base-model": options.base_model,
        "--epochs": str(options.epochs),
        "--learning-rate": str(options.learning_rate),
        "--batch-tokens": str(settings.batch_tokens),
    }
    command = [sys.executable, "-m", "cs_pipeline.cli", "train"]
    return command + [word for pair in arguments.items() for word in pair]


def train(
    settings: Settings, *, run_id: str, dataset: DatasetVersion, options: RunOptions, out: Path
) -> TrainResult:
    """Fine-tune in this process; the live model is scored on the same validation rows."""
    from cs_pipeline.training.fine_tune import TrainJob, fine_tune

    champion = out / ".champion"  # in a folder that is the trainer's own
    try:
        return fine_tune(
            TrainJob(
                run_id=run_id,
                dataset_version=dataset.version_id,
                dataset_sha256=dataset.sha256,
                train_uri=dataset.train_uri,
                val_uri=dataset.val_uri,
                placeholder_form=dataset.placeholder_form,
                out_dir=str(out),
                recipe=options.recipe(batch_tokens=settings.batch_tokens),
                champion_dir=str(champion),
                champion_version=_pull_champion(settings, champion),
            )
        )
    finally:
        shutil.rmtree(champion, ignore_errors=True)


def _pull_champion(settings: Settings, target: Path) -> str | None:
    """Fetch the live model; None before the first one.

    A live model that is damaged does not stop the training: the folder stays empty, the trainer
    reports that it could not be loaded, and the gate holds the candidate for a person.
    """
    store = ModelStore.open(settings)
    live = store.live()
    if live is None:
        return None
    try:
        store.pull(target)
    except (ObjectNotFound, DamagedObject) as error:
        log.warning("%s", error)
    return live.version_id


def gate(
    settings: Settings, *, run_id: str, dataset: DatasetVersion, options: RunOptions
) -> Verdict:
    """Judge the run's `result.json` and keep the verdict."""
    result = run_history.read_result(settings, run_id)
    verdict = decide(result, run_id=run_id, dataset=dataset, options=options)
    run_history.save_verdict(settings, verdict)
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
    """The reasons of a run's verdict, one line each, in the reader's language."""
    verdict = run_history.read_verdict(settings, run_id)
    return [f"{reason.outcome}: {reason.words}" for reason in verdict.reasons] if verdict else []


def promote(settings: Settings, *, run_id: str) -> ModelVersion:
    """Publish the checkpoint of a run whose verdict is `promote` and make it live."""
    return promotion.promote(settings, run_id=run_id)


def promote_held(settings: Settings, *, run_id: str, note: str) -> ModelVersion:
    """Promote a candidate that waits for a person; its record and report follow."""
    model = promotion.promote_held(settings, run_id=run_id, note=mask_text(settings, note))
    run = run_history.read_run(settings, run_id)
    if run is not None:
        _keep(settings, run.model_copy(update={"status": "promoted", "model": model}))
    return model


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
    from cs_pipeline.training.report import write_report

    run_history.save_run(settings, run)
    write_report(run, run_history.run_folder(settings, run.run_id))
