"""The whole way from the inbox to a verdict without Airflow.

It runs in one process; with a store for hand-overs, the training has one of its own.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from cs_pipeline import stages
from cs_pipeline.config import RunOptions
from cs_pipeline.errors import CsPipelineError
from cs_pipeline.records import DatasetVersion, RunRecord
from cs_pipeline.stages import Installation


def retrain(
    installation: Installation,
    *,
    run_id: str,
    options: RunOptions,
    announce: Callable[[str], None],
) -> RunRecord:
    """The whole way in this process; `announce` is told each step's name as it starts.

    A step that raises still leaves the run's record behind.

    Raises:
        SettingsError: the note holds personal data; nothing was done.
        SomebodyAtWork: another run, or a person, is changing the installation.
    """
    reached: dict[str, Any] = {}
    stages.check_note(installation, options.note)
    with installation.at_work.held(f"run {run_id}"):
        try:
            _advance(installation, run_id, options, announce, reached)
        finally:
            run = stages.record(installation, run_id=run_id, options=options, **reached)
    return run


def _advance(
    installation: Installation,
    run_id: str,
    options: RunOptions,
    announce: Callable[[str], None],
    reached: dict[str, Any],
) -> None:
    announce("collect")
    claimed = stages.collect(installation, run_id=run_id, force=options.force)
    if claimed is None:
        reached["nothing_to_do"] = True
        return
    announce("validate")
    reports = reached["reports"] = [stages.validate(installation, export) for export in claimed]
    announce("mask")
    shards = reached["shards"] = [
        stages.mask(installation, report.export) for report in reports if not report.quarantined
    ]
    if claimed and not shards and not options.force:
        return
    announce("merge")
    dataset = reached["dataset"] = stages.merge(installation, run_id=run_id, shards=shards)
    announce("train")
    _train(installation, run_id, dataset, options)
    announce("gate")
    verdict = stages.gate(installation, run_id=run_id, dataset=dataset, options=options)
    if verdict.decision == "promote":
        announce("promote")
        reached["model"] = stages.promote(installation, run_id=run_id)


def compare_models(
    installation: Installation,
    *,
    experiment_id: str,
    recipes: Sequence[str],
    base_models: Sequence[str] = (),
    epochs: float | None = None,
    note: str = "",
    announce: Callable[[str], None],
) -> Path:
    """A whole experiment in this process, one model after the other; the page about it.

    A training that fails is told and shown, and the others go on. See `stages.plan_experiment` for
    the arguments.

    Raises:
        SettingsError: it cannot be planned; nothing was trained.
        SomebodyAtWork: a run, or a person, is changing the installation.
        CsPipelineError: not one training finished.
    """
    planned = stages.plan_experiment(
        installation,
        experiment_id=experiment_id,
        recipes=recipes,
        base_models=base_models,
        epochs=epochs,
        note=note,
    )
    with installation.at_work.held(f"experiment {experiment_id}"):
        for member in planned.experiment.members:
            announce(f"train {member.label}")
            options = RunOptions.model_validate(member.options)
            try:
                _train(installation, member.run_id, planned.dataset, options)
            except CsPipelineError as error:
                announce(str(error))
        return stages.conclude_experiment(installation, experiment_id)


def _train(
    installation: Installation, run_id: str, dataset: DatasetVersion, options: RunOptions
) -> None:
    if installation.settings.store:
        stages.train_in_child(installation, run_id=run_id, dataset=dataset, options=options)
    else:
        out = installation.runs.train_folder(run_id)
        stages.train(installation, run_id=run_id, dataset=dataset, options=options, out=out)
