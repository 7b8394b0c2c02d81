"""The weights with the lowest answer loss of a run, beside its checkpoints and in each of them."""

import json
import logging
import math
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from cs_pipeline.files import private_folder, write_atomic
from cs_pipeline.records import Score

_log = logging.getLogger(__name__)

_WEIGHTS, _STATE = "best.safetensors", "best.json"


class EarlyStop(Exception):
    """Enough epochs went by without a lower loss."""


class BestWeights:
    """Keeps the weights of the best epoch so far, and counts the epochs without a better one.

    Every process of a run is told the same losses and decides alike; the main one writes. A run
    that goes on from a checkpoint knows what it had found until then.

    Args:
        folder: where the weights are kept; the run's own.
        save: writes the weights of now to a path; False: there was no room for them.
        load: takes the weights of a path for those of now.
        patience: after so many epochs without a lower loss the run ends; 0: never.
        is_main: whether this process writes.
    """

    def __init__(
        self,
        folder: Path,
        *,
        save: Callable[[Path], bool],
        load: Callable[[Path], None],
        patience: int,
        is_main: bool,
    ) -> None:
        self._folder = folder
        self._save = save
        self._load = load
        self._patience = patience
        self._is_main = is_main
        self._loss: float | None = None
        self._step = 0
        self._worse = 0

    @property
    def is_known(self) -> bool:
        """Whether an epoch was looked at."""
        return self._loss is not None

    def start(self, checkpoint: Path | None) -> None:
        """Begin with what a checkpoint knows; None: with nothing."""
        self.remove()
        if checkpoint is None or not (checkpoint / _STATE).is_file():
            return
        state = json.loads((checkpoint / _STATE).read_text(encoding="utf-8"))
        self._loss, self._step, self._worse = state["loss"], state["step"], state["worse"]
        if self._is_main:
            _copy(checkpoint / _WEIGHTS, self._weights)

    def copy_to(self, checkpoint: Path) -> None:
        """Keep what is known so far in a checkpoint; by the main process."""
        if self.is_known:
            state = {"loss": self._loss, "step": self._step, "worse": self._worse}
            _copy(self._weights, checkpoint / _WEIGHTS)
            write_atomic(checkpoint / _STATE, json.dumps(state))

    def see(self, step: int, score: Score) -> None:
        """Look at an epoch that has ended at `step`.

        Raises:
            EarlyStop: there was no lower loss for as long as the run has patience.
        """
        loss = _finite(score)
        if loss is not None and (self._loss is None or loss < self._loss):
            self._loss, self._step, self._worse = loss, step, 0
            if self._is_main:
                self._write()
            return
        self._worse += 1
        if self._patience and self._worse >= self._patience:
            raise EarlyStop

    def is_better_than(self, score: Score) -> bool:
        """Whether the kept weights have a lower loss than these last ones."""
        loss = _finite(score)
        return self._loss is not None and (loss is None or self._loss < loss)

    def take(self) -> int | None:
        """Take the kept weights in place of the last ones, in the main process; their step.

        None where there was no room to keep them: the last ones stay.
        """
        if not self._is_main:
            return self._step
        if not self._weights.exists():
            return None
        self._load(self._weights)
        _log.info("the weights of step %d are kept: their answer loss is lowest", self._step)
        return self._step

    def remove(self) -> None:
        """Delete the kept weights, by the main process; checkpoints have their own."""
        if self._is_main:
            self._weights.unlink(missing_ok=True)

    @property
    def _weights(self) -> Path:
        return self._folder / _WEIGHTS

    def _write(self) -> None:
        private_folder(self._folder)
        unfinished = self._weights.with_suffix(".tmp")
        if self._save(unfinished):
            unfinished.replace(self._weights)
        else:
            unfinished.unlink(missing_ok=True)
            self.remove()  # weights of another epoch than the one that is known


def _copy(source: Path, target: Path) -> None:
    with suppress(FileNotFoundError):  # there was no room for it
        shutil.copyfile(source, target)


def _finite(score: Score) -> float | None:
    loss = score.loss_nats_per_token
    return loss if loss is not None and math.isfinite(loss) else None
