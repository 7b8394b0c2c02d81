"""What runs keep of the data that they were trained on, and how it goes."""

import shutil
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cs_pipeline.errors import CsPipelineError
from cs_pipeline.records import TrainResult
from cs_pipeline.registry.manifests import candidate_version
from cs_pipeline.registry.runs import Runs

SAMPLES_FILE = "samples.json"
"""Sample questions and answers, in a training's folder."""
_SAMPLES = (SAMPLES_FILE, "golden.json")
_WEIGHTS = ("checkpoint", "resume", ".champion")


@dataclass(frozen=True, slots=True)
class TrainedRun:
    """A run that was trained, or that began to be.

    `dataset_version` is None where nothing says what it was trained on; `candidate` and `champion`
    are versions of the model store, None before there was a result.
    """

    folder: Path
    run_id: str | None
    dataset_version: str | None
    candidate: str | None = None
    champion: str | None = None


def trained_runs(runs: Runs) -> list[TrainedRun]:
    """Every run with a training folder, by name."""
    return [
        _described(runs, folder.parent)
        for folder in sorted(runs.folder.glob("*/train"))
        if folder.is_dir()
    ]


def concerned(
    runs: Collection[TrainedRun], dataset_versions: Collection[str]
) -> Iterator[TrainedRun]:
    """Those trained on one of the versions; one that does not say on what may have been."""
    for run in runs:
        if run.dataset_version is None or run.dataset_version in dataset_versions:
            yield run


def has_samples(run: TrainedRun) -> bool:
    """Whether questions of the dataset, and what models said to them, are kept."""
    return any((run.folder / "train" / name).exists() for name in _SAMPLES)


def has_weights(run: TrainedRun) -> bool:
    """Whether a model, whole or to go on from, is kept in the run's folder."""
    return any((run.folder / "train" / name).exists() for name in _WEIGHTS)


def weights_of(run: TrainedRun) -> Iterator[Path]:
    """Every file of a model that is kept in the run's folder."""
    for name in _WEIGHTS:
        yield from (path for path in (run.folder / "train" / name).rglob("*") if path.is_file())


def erase_samples(run: TrainedRun) -> None:
    """Delete the sample questions and answers; none is fine."""
    for name in _SAMPLES:
        (run.folder / "train" / name).unlink(missing_ok=True)


def erase_weights(run: TrainedRun) -> None:
    """Delete the checkpoint and what a training would go on from; none is fine."""
    for name in _WEIGHTS:
        shutil.rmtree(run.folder / "train" / name, ignore_errors=True)


def _described(runs: Runs, folder: Path) -> TrainedRun:
    """What is known of a run; damaged files know nothing."""
    result = None
    with suppress(OSError, ValueError):
        result = TrainResult.model_validate_json((folder / "train" / "result.json").read_bytes())
    if result is not None:
        champion = result.champion.version_id if result.champion else None
        return TrainedRun(
            folder, result.run_id, result.dataset_version, candidate_version(result), champion
        )
    with suppress(CsPipelineError):
        record = runs.read_folder(folder)
        if record is not None:
            version = record.dataset.version_id if record.dataset else None
            return TrainedRun(folder, record.run_id, version)
    return TrainedRun(folder, None, None)
