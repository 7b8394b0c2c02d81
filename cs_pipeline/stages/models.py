"""From a training result to a live model and the record of the run."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from cs_pipeline.config import RunOptions
from cs_pipeline.errors import (
    StorageError,
)
from cs_pipeline.language import Words
from cs_pipeline.records import (
    DatasetVersion,
    MaskedShard,
    ModelVersion,
    RunRecord,
    TrainResult,
    ValidationReport,
    Verdict,
)
from cs_pipeline.registry.maintenance import Maintenance
from cs_pipeline.registry.names import find_version
from cs_pipeline.registry.overrides import described
from cs_pipeline.registry.runs import run_status
from cs_pipeline.stages import wording
from cs_pipeline.stages.at_work import Owner
from cs_pipeline.stages.handover import end_hand_over
from cs_pipeline.stages.installation import Installation
from cs_pipeline.stages.telling import tell_of_run


class Status(NamedTuple):
    """What is live, who is at work, what waits, and the newest runs.

    `exists` is False where there is no installation; `processing` counts claimed files. `overrides`
    are a person's decisions about these runs in the place of the gate's, by run id. `maintenance`
    is there while automatic promotion is switched off.
    """

    live: ModelVersion | None
    live_data_withdrawn: bool
    inbox_uri: str
    data_folder: str
    work_folder: str
    exists: bool
    at_work: Owner | None
    processing: int
    zone: ZoneInfo
    pending: int
    runs: list[RunRecord]
    overrides: dict[str, Words]
    maintenance: Maintenance | None


def status(installation: Installation, *, runs: int) -> Status:
    """How an installation stands, with its newest `runs` runs.

    Raises:
        StorageError: the model store or an inbox on S3 is out of reach.
    """
    live = installation.models.live_version()
    newest = installation.runs.newest(runs)
    return Status(
        live=live,
        live_data_withdrawn=live is not None
        and installation.notices.on(live.version_id) is not None,
        inbox_uri=installation.inbox.uri,
        data_folder=str(installation.settings.data_dir),
        work_folder=str(installation.settings.work_dir),
        exists=installation.exists(),
        at_work=installation.at_work.owner(),
        processing=len(installation.processing.files()),
        zone=installation.zone,
        pending=len(installation.inbox.pending()),
        runs=newest,
        overrides={
            run.run_id: described(run.verdict.override)
            for run in newest
            if run.verdict is not None and run.verdict.override is not None
        },
        maintenance=installation.maintenance.current(),
    )


def run_figures(
    installation: Installation, run_id: str
) -> tuple[TrainResult | None, Verdict | None]:
    """A run's result and verdict, as far as it came.

    Raises:
        SettingsError: there is no such run.
    """
    runs = installation.runs
    if not runs.is_known(run_id):
        raise wording.no_run(run_id)
    return runs.result(run_id) if runs.is_trained(run_id) else None, runs.verdict(run_id)


def pull(installation: Installation, target: Path, version_id: str | None = None) -> str:
    """Download a version (default: the live one) into `target`, verified; returns its id.

    Raises:
        ObjectNotFound: nothing is live.
        SettingsError: no version, or several, are called so (see `find_version`).
        DamagedObject: a file is not what the manifest says.
        StorageError: the store is out of reach, or `target` holds files that are no model.
    """
    named = find_version(installation.models, version_id) if version_id else None
    return installation.models.pull(target, named)


def training_figures(installation: Installation, *, run_id: str) -> dict[str, float | str | None]:
    """What the trainer achieved, in figures; fails when there is no `result.json`."""
    result = installation.runs.result(run_id)
    return {
        "loss_nats_per_token": result.candidate.loss_nats_per_token,
        "bits_per_character": result.candidate.bits_per_character,
        "steps": result.steps,
        "train_seconds": result.throughput.train_seconds,
        "tokens_per_second": result.throughput.tokens_per_second,
        "device": result.device,
    }


def record(
    installation: Installation,
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

    What a run that is repeated after a crash no longer does, but did before, is looked up. What
    was handed over to a trainer and must not outlive the run is deleted. People are told.

    Raises:
        StorageError: the hand-over's store is out of reach; the record is written.
    """
    verdict = installation.runs.verdict(run_id)
    if verdict is not None:
        dataset = dataset or _judged_dataset(installation, verdict)
        model = model or _promoted_model(installation, verdict)
    judged = (
        verdict is not None and dataset is not None and verdict.dataset_sha256 == dataset.sha256
    )
    run = RunRecord(
        run_id=run_id,
        status=run_status(nothing_to_do, reports, dataset, verdict if judged else None, model),
        finished_at=datetime.now(UTC),
        options=options.model_dump(mode="json")
        | {"note": options.note and installation.mask_text(options.note)},
        reports=tuple(reports),
        shards=tuple(shards),
        dataset=dataset,
        result=installation.runs.result(run_id) if judged else None,
        verdict=verdict if judged else None,
        model=model,
        training_problem=None if judged else _training_problem(installation, run_id),
    )
    keep_record(installation, run)
    tell_of_run(installation, run)
    end_hand_over(installation, run_id=run_id)
    return run


def _training_problem(installation: Installation, run_id: str) -> Words | None:
    newest = installation.runs.pods(run_id).newest
    return newest.words if newest and not installation.runs.is_trained(run_id) else None


def _judged_dataset(installation: Installation, verdict: Verdict) -> DatasetVersion | None:
    manifest = installation.versions.get(verdict.dataset_version)
    return installation.versions.describe(manifest) if manifest else None


def _promoted_model(installation: Installation, verdict: Verdict) -> ModelVersion | None:
    """The live model if it is this run's; a store that fails now does not cost the record."""
    if verdict.decision != "promote":
        return None
    with suppress(StorageError):
        live = installation.models.live_version()
        return live if live is not None and live.run_id == verdict.run_id else None
    return None


def keep_record(installation: Installation, run: RunRecord) -> None:
    """Write a run's record and its report."""
    from cs_pipeline.report import write_report

    installation.runs.save(run)
    folder = installation.runs.folder_of(run.run_id)
    write_report(
        run,
        folder,
        previous=_previous_dataset(installation, run.dataset),
        preference=installation.runs.preference(run.run_id),
    )


def rewrite_report(installation: Installation, run_id: str) -> bool:
    """Write a run's report anew from what is left of it; False where the run has no record."""
    run = installation.runs.read(run_id)
    if run is not None:
        keep_record(installation, run)
    return run is not None


def _previous_dataset(
    installation: Installation, dataset: DatasetVersion | None
) -> DatasetVersion | None:
    versions = installation.versions
    manifest = versions.get(dataset.version_id) if dataset else None
    parent = manifest.parent_version_id if manifest else None
    before = versions.get(parent) if parent else None
    return versions.describe(before) if before else None
