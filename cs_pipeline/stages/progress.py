"""How far a training is, for whoever looks from outside its process."""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from pydantic import ValidationError

from cs_pipeline.errors import StorageError
from cs_pipeline.files import write_atomic
from cs_pipeline.handover.keys import RunKeys
from cs_pipeline.records import Progress
from cs_pipeline.registry.runs import run_key
from cs_pipeline.stages.installation import Installation

SECONDS = 2.0
_FILE = "progress.json"


class ProgressFile:
    """`progress.json` beside a training's curves, written at most every two seconds.

    Args:
        folder: the training's own.
        clock: seconds that only go up.
    """

    def __init__(self, folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._path = folder / _FILE
        self._clock = clock
        self._phase: str | None = None
        self._written_at = 0.0

    def tell(self, progress: Progress) -> None:
        """Take in how far the training is; a disk that is full does not stop it."""
        now = self._clock()
        if progress.phase == self._phase and now - self._written_at < SECONDS:
            return
        self._phase, self._written_at = progress.phase, now
        with suppress(OSError):
            write_atomic(self._path, progress.model_dump_json(indent=2))


def training_progress(installation: Installation, run_id: str) -> Progress | None:
    """What a run's trainer said last, here or in the store that it was handed over by."""
    with suppress(OSError, ValidationError):
        path = installation.runs.train_folder(run_id) / _FILE
        return Progress.model_validate_json(path.read_bytes())
    if not installation.settings.store:
        return None
    with suppress(StorageError, ValidationError, ValueError):
        store, keys = installation.hand_over_store, RunKeys(run_key(run_id))
        attempts = [
            int(item.key.removeprefix(keys.attempts).partition("/")[0])
            for item in store.list_objects(keys.attempts)
            if item.key.endswith(f"/{_FILE}")
        ]
        if attempts:
            data, _ = store.read(keys.of_attempt(max(attempts), _FILE))
            return Progress.model_validate_json(data)
    return None
