"""What is kept of experiments, in a folder each; their models lie with their runs.

experiments/<key>/experiment.json   what is compared
experiments/<key>/report.*          the page about it and its figures
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from pydantic import ValidationError

from cs_pipeline.errors import StorageError
from cs_pipeline.files import write_atomic
from cs_pipeline.records import Experiment
from cs_pipeline.registry import wording_errors as wording
from cs_pipeline.registry.runs import run_key

_EXPERIMENT = "experiment.json"


class Experiments:
    """Keeper of the experiments' folders."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def folder_of(self, experiment_id: str) -> Path:
        """Where everything about one experiment lies but its models."""
        return self.folder / run_key(experiment_id)

    def save(self, experiment: Experiment) -> None:
        """Keep it; a later one of the same name replaces it."""
        path = self.folder_of(experiment.experiment_id) / _EXPERIMENT
        write_atomic(path, experiment.model_dump_json(indent=2))

    def read(self, experiment_id: str) -> Experiment | None:
        """The experiment of that name, None: there is none. Raises `StorageError`."""
        path = self.folder_of(experiment_id) / _EXPERIMENT
        return _read(path) if path.is_file() else None

    def drop_page(self, experiment_id: str) -> None:
        """Delete the page and its figures; what is compared stays known."""
        for path in self.folder_of(experiment_id).glob("report.*"):
            path.unlink()

    def all(self) -> Iterator[Experiment]:
        """Every experiment that can be read."""
        for path in sorted(self.folder.glob(f"*/{_EXPERIMENT}")):
            with suppress(StorageError):
                yield _read(path)


def _read(path: Path) -> Experiment:
    try:
        return Experiment.model_validate_json(path.read_bytes())
    except ValidationError:
        raise wording.damaged_experiment(path) from None
