"""A run's candidate and the rows that it is judged by, wherever they lie."""

from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.errors import GateNotMet, ObjectNotFound
from cs_pipeline.records import TrainResult
from cs_pipeline.registry import wording
from cs_pipeline.registry.manifests import candidate_version
from cs_pipeline.stages.installation import Installation

if TYPE_CHECKING:
    from cs_pipeline.training.rows.dataset_rows import Rows


def validation_rows(installation: Installation) -> "tuple[str, Rows]":
    """The newest dataset version and its validation rows.

    Raises:
        DatasetError: there is none yet, or the CSVs are not what they should be.
    """
    from cs_pipeline.training.rows.dataset_rows import read_dataset

    dataset = installation.versions.describe(installation.versions.head())
    _, rows = read_dataset(dataset)
    return dataset.version_id, rows


def candidate_folder(installation: Installation, result: TrainResult, target: Path) -> Path:
    """A folder with the candidate: fetched into `target`, or its run's where the store has none.

    Raises:
        GateNotMet: it is in neither.
    """
    version_id = candidate_version(result)
    try:
        installation.models.pull(target, version_id)
    except ObjectNotFound:  # rejected: its checkpoint stays with its run
        checkpoint = installation.runs.checkpoint(result.run_id)
        if not checkpoint.is_dir():
            raise GateNotMet.of(wording.checkpoint_gone(version_id)) from None
        return checkpoint
    return target
