"""The whole way from the inbox to a verdict without Airflow.

It runs in one process; with a store for hand-overs, the training has one of its own.
"""

from collections.abc import Callable
from typing import Any

from cs_pipeline import stages
from cs_pipeline.config import RunOptions
from cs_pipeline.records import RunRecord
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
    if installation.settings.store:
        stages.train_in_child(installation, run_id=run_id, dataset=dataset, options=options)
    else:
        out = installation.runs.train_folder(run_id)
        stages.train(installation, run_id=run_id, dataset=dataset, options=options, out=out)
    announce("gate")
    verdict = stages.gate(installation, run_id=run_id, dataset=dataset, options=options)
    if verdict.decision == "promote":
        announce("promote")
        reached["model"] = stages.promote(installation, run_id=run_id)
