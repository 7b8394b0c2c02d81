"""How far a training is, in the log: every ten seconds, and at each new phase."""

import logging
import time
from collections.abc import Callable

from cs_pipeline.records import Progress
from cs_pipeline.stages import wording_training as wording

_log = logging.getLogger(__name__)

SECONDS = 10.0
_PHASES = {
    "preparing": wording.PREPARING,
    "training": wording.TRAINING,
    "appraising": wording.APPRAISING,
    "uploading": wording.UPLOADING,
    "done": wording.DONE,
    "failed": wording.FAILED,
}


class ProgressLog:
    """Told of each step; says only what is new for a person.

    Args:
        clock: seconds that only go up.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._phase: str | None = None
        self._said = 0.0
        self._loss: float | None = None

    def tell(self, progress: Progress) -> None:
        """Take in how far the training is."""
        now = self._clock()
        if progress.loss_nats_per_token is not None:  # only some steps know it
            self._loss = progress.loss_nats_per_token
        if progress.phase != self._phase:
            self._phase, self._said = progress.phase, now
            _log.info("%s", _PHASES[progress.phase])
        elif progress.step is not None and now - self._said >= SECONDS:
            self._said = now
            known = progress.model_copy(update={"loss_nats_per_token": self._loss})
            _log.info("%s", wording.progress(known))
