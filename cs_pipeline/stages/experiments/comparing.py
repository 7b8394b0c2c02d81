"""Runs side by side: their figures, and the page about them."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path

from cs_pipeline.errors import CsPipelineError, SettingsError, StorageError
from cs_pipeline.records import Experiment, Member, TrainResult
from cs_pipeline.registry.manifests import candidate_version
from cs_pipeline.registry.names import find_run
from cs_pipeline.registry.run_traces import SAMPLES_FILE
from cs_pipeline.report.comparison import (
    LIVE,
    MEASURES,
    Comparison,
    LiveModel,
    Trained,
    compared,
    shown,
)
from cs_pipeline.stages.experiments import wording
from cs_pipeline.stages.installation import Installation
from cs_pipeline.stages.models import run_figures

__all__ = ["LIVE", "MEASURES", "Comparison", "shown"]


def named_runs(installation: Installation, names: Sequence[str]) -> list[str]:
    """The ids of the runs that people mean, each once, in their order.

    Args:
        installation: whose.
        names: ids, first characters of ids, or `last`; see `find_run`.

    Raises:
        SettingsError: no run is called so, or several are.
    """
    return list(dict.fromkeys(find_run(installation.runs, name) for name in names))


def compare_runs(installation: Installation, run_ids: Sequence[str]) -> Comparison:
    """The figures of runs, in the order of `run_ids`.

    Raises:
        SettingsError: fewer than two different runs, or one that is not there.
        StorageError: a run's result is damaged.
    """
    if len(set(run_ids)) < 2:
        raise SettingsError.of(wording.TWO_RUNS_AT_LEAST)
    runs = []
    for run_id in dict.fromkeys(run_ids):
        result, verdict = run_figures(installation, run_id)
        size = _size(installation, result) if result else None
        runs.append(Trained(run_id, result, verdict, size))
    price = installation.settings.gpu_hour_price
    return compared(runs, live=_live_beside(installation, runs), gpu_hour_price=price)


def page_about_runs(installation: Installation, run_ids: Sequence[str]) -> Path:
    """Write the page about runs that were put together by a person; its path.

    The same runs, in any order, are the same page. Raises as `compare_runs`.
    """
    ids = list(dict.fromkeys(run_ids))
    name = hashlib.sha256("\0".join(sorted(ids)).encode()).hexdigest()[:12]
    members = []
    for run_id in ids:
        result, _ = run_figures(installation, run_id)
        label = model_label(result.recipe.get("name"), result.base_model) if result else run_id
        members.append(Member(run_id=run_id, label=label, options={}))
    experiment = Experiment(
        experiment_id=f"compare-{name}", members=tuple(members), begun_at=datetime.now(UTC)
    )
    installation.experiments.save(experiment)
    return draw_page(installation, experiment)


def draw_page(installation: Installation, experiment: Experiment) -> Path:
    """Write `report.html` and `report.json` of an experiment from what its runs left; the page.

    Raises:
        SettingsError: it has fewer than two runs.
        StorageError: a run's result is damaged.
    """
    from cs_pipeline.report.comparison_page import write_comparison
    from cs_pipeline.report.figures import read_samples

    ids = [member.run_id for member in experiment.members]
    runs = installation.runs
    return write_comparison(
        experiment,
        compare_runs(installation, ids),
        {run_id: read_samples(runs.train_folder(run_id) / SAMPLES_FILE) for run_id in ids},
        installation.experiments.folder_of(experiment.experiment_id),
    )


def redraw_pages(installation: Installation, run_ids: Collection[str]) -> int:
    """Write every page anew that shows one of these runs, from what is left; how many."""
    shown = [
        experiment
        for experiment in installation.experiments.all()
        if any(member.run_id in run_ids for member in experiment.members)
    ]
    for experiment in shown:
        try:
            draw_page(installation, experiment)
        except CsPipelineError:  # what cannot be drawn anew must not stay as it was
            installation.experiments.drop_page(experiment.experiment_id)
    return len(shown)


def model_label(recipe: str | None, base_model: str) -> str:
    """What a model is called: recipe and base model, of a folder its name only."""
    return f"{recipe or '-'} · {Path(base_model).name}"


def _live_beside(installation: Installation, runs: Sequence[Trained]) -> LiveModel | None:
    """The live model as the newest of the trainings measured it; None: none of them did."""
    results = [run.result for run in runs if run.result]
    newest = max(results, key=lambda result: result.finished_at, default=None)
    if newest is None or newest.champion is None or newest.champion.score is None:
        return None
    golden, share = newest.golden, None
    if golden and golden.live_met is not None and golden.questions:
        share = golden.live_met / golden.questions
    live = LiveModel(measured=newest.champion, golden_share=share)
    try:
        manifest = installation.models.manifest(newest.champion.version_id)
    except StorageError:
        return live
    return live._replace(
        dataset_version=manifest.dataset_version,
        base_model=manifest.base_model,
        licence=manifest.licence,
        size_bytes=sum(file.size_bytes for file in manifest.files),
    )


def _size(installation: Installation, result: TrainResult) -> int | None:
    """Bytes of the model's files, from its run or the store; None where it is in neither."""
    checkpoint = installation.runs.checkpoint(result.run_id)
    if checkpoint.is_dir():
        return sum(path.stat().st_size for path in checkpoint.rglob("*") if path.is_file())
    try:
        files = installation.models.manifest(candidate_version(result)).files
    except StorageError:
        return None
    return sum(file.size_bytes for file in files)
