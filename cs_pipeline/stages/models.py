"""From a training result to a live model and the record of the run."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from cs_pipeline.config import GateLimits, RunOptions
from cs_pipeline.errors import (
    DamagedObject,
    GateNotMet,
    ObjectNotFound,
    SettingsError,
    StorageError,
)
from cs_pipeline.language import Words
from cs_pipeline.moments import shown_moment
from cs_pipeline.records import (
    DatasetVersion,
    MaskedShard,
    ModelVersion,
    Reason,
    RunRecord,
    TrainResult,
    ValidationReport,
    Verdict,
)
from cs_pipeline.registry import promotion
from cs_pipeline.registry.gate import decide
from cs_pipeline.registry.manifests import candidate_version
from cs_pipeline.registry.names import find_version
from cs_pipeline.registry.notices import WithdrawalNotice
from cs_pipeline.registry.overrides import carried_over, described
from cs_pipeline.registry.rules_installation import (
    data_is_not_older,
    data_was_not_withdrawn,
    limits_are_not_loosened,
    promotion_is_not_suspended,
    with_reasons,
)
from cs_pipeline.registry.runs import run_status
from cs_pipeline.registry.wording import (
    OUTCOME_ORDER,
    outcome_words,
    trained_on_withdrawn_data,
)
from cs_pipeline.stages.at_work import Owner
from cs_pipeline.stages.handover import end_hand_over
from cs_pipeline.stages.installation import Installation


class Status(NamedTuple):
    """What is live, who is at work, what waits, and the newest runs.

    `exists` is False where there is no installation; `processing` counts claimed files. `overrides`
    are a person's decisions about these runs in the place of the gate's, by run id.
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
        raise SettingsError(
            ko=f"실행 {run_id}이(가) 없습니다. `cs-pipeline status`로 실행 ID를 확인하세요.",
            en=f"There is no run {run_id}. See the run ids with `cs-pipeline status`.",
        )
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


def gate(
    installation: Installation, *, run_id: str, dataset: DatasetVersion, options: RunOptions
) -> Verdict:
    """Judge the run's `result.json` and keep the verdict; a rejected model leaves the store.

    What a person decided on this candidate before still holds when its gate runs again. Of a run
    whose data was withdrawn while it was trained, what it left of that data is erased.
    """
    result = installation.runs.result(run_id)
    limits = installation.settings.group(GateLimits, options)
    judged = decide(result, run_id=run_id, dataset=dataset, limits=limits)
    verdict = carried_over(
        with_reasons(judged, _occasion(installation, result, options)),
        installation.runs.verdict(run_id),
        version_id=candidate_version(result),
    )
    installation.runs.save_verdict(verdict)
    _keep_checkpoint(installation, verdict, result)
    promotion.discard_rejected(installation.models, verdict, result)
    if any(reason.rule == "data_was_not_withdrawn" for reason in verdict.reasons):
        from cs_pipeline.stages.traces import Traces  # which writes reports with this module

        Traces(installation, {result.dataset_version}).erase()
    return verdict


def _occasion(
    installation: Installation, result: TrainResult, options: RunOptions
) -> Iterator[Reason]:
    """Rules on what the gate's own do not see: this run's limits, the live model, maintenance."""
    settings = installation.settings
    if notice := _noticed(installation, result):
        yield data_was_not_withdrawn(notice)
    yield limits_are_not_loosened(options, settings)
    yield data_is_not_older(result.dataset_version, _live_dataset(installation))
    switched = installation.maintenance.current()
    until = shown_moment(switched.until, installation.zone) if switched else ""
    yield promotion_is_not_suspended(switched, until)


def _live_dataset(installation: Installation) -> str | None:
    """The live model's dataset version; None where none is live or it is damaged."""
    with suppress(ObjectNotFound, DamagedObject):
        live = installation.models.live_version()
        return live.dataset_version if live else None
    return None


def _noticed(installation: Installation, result: TrainResult) -> WithdrawalNotice | None:
    """The candidate's mark; one whose data was withdrawn while it was trained gets it here."""
    from cs_pipeline.dataset.withdraw import diminished

    version_id, dataset_version = candidate_version(result), result.dataset_version
    notice = installation.notices.on(version_id)
    if notice is None and dataset_version in diminished(installation.versions):
        notice = installation.notices.mark(version_id, dataset_version=dataset_version)
    return notice


def _keep_checkpoint(installation: Installation, verdict: Verdict, result: TrainResult) -> None:
    """Fetch a rejected candidate that was trained elsewhere, before it leaves the model store.

    A person may still promote it.
    """
    checkpoint = installation.runs.checkpoint(result.run_id)
    if verdict.decision == "reject" and result.trained_by and not checkpoint.exists():
        with suppress(ObjectNotFound):  # an earlier gate discarded it
            installation.models.pull(checkpoint, candidate_version(result))


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


def explain_verdict(installation: Installation, *, run_id: str) -> list[str]:
    """The reasons of a run's verdict, one line each, in the reader's language.

    A person's decision in its place stands first, then what failed, waits or warns; the path of the
    report comes last.
    """
    verdict = installation.runs.verdict(run_id)
    if verdict is None:
        return []
    override = [str(described(verdict.override))] if verdict.override else []
    reasons = sorted(verdict.reasons, key=lambda reason: OUTCOME_ORDER.index(reason.outcome))
    told = [f"{outcome_words(reason.outcome)}: {reason.words}" for reason in reasons]
    report = installation.runs.folder_of(run_id) / "report.html"
    return [*override, *told, str(Words(ko=f"보고서: {report}", en=f"Report: {report}"))]


def promote(installation: Installation, *, run_id: str) -> ModelVersion:
    """Publish the checkpoint of a run whose verdict is `promote` and make it live.

    Raises:
        GateNotMet: the verdict is another one, or since then data of the candidate was withdrawn or
            automatic promotion was switched off.
        PointerConflict: the live model is no longer the one that the gate compared with.
    """
    with installation.at_work.held("promote"):
        _refuse_what_came_since(installation, run_id)
        return promotion.promote(installation.runs, installation.models, run_id=run_id)


def _refuse_what_came_since(installation: Installation, run_id: str) -> None:
    if not installation.runs.is_trained(run_id):
        return
    version_id = candidate_version(installation.runs.result(run_id))
    live = installation.models.live()
    if live is not None and live.version_id == version_id:
        return
    if installation.notices.on(version_id) is not None:
        raise GateNotMet(**trained_on_withdrawn_data(version_id).model_dump())
    verdict = installation.runs.verdict(run_id)
    if (switched := installation.maintenance.current()) and not (verdict and verdict.override):
        until = shown_moment(switched.until, installation.zone)
        raise GateNotMet(**promotion_is_not_suspended(switched, until).words.model_dump())


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
    was handed over to a trainer and must not outlive the run is deleted.

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
    write_report(run, folder, previous=_previous_dataset(installation, run.dataset))


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
