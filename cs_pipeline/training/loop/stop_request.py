"""SIGTERM to a trainer: stop at the next safe point and say so."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from cs_pipeline.errors import TrainingInterrupted
from cs_pipeline.training.loop.wording import STOPPED


class _Stopped(BaseException):
    """Ends whatever runs; no `except Exception` on the way may take it for a failure."""


class StopRequest:
    """Whether somebody asked this process to stop."""

    def __init__(self) -> None:
        self.made = False
        self._deferred = False

    @contextmanager
    def deferred(self) -> Iterator[None]:
        """Inside, a request is only noted in `made`: the code looks for it where it can stop."""
        self._deferred = True
        try:
            yield
        finally:
            self._deferred = False

    def receive(self, signal_number: int, frame: FrameType | None) -> None:
        """Signal handler."""
        self.made = True
        if not self._deferred:
            raise _Stopped


@contextmanager
def stop_on_sigterm() -> Iterator[StopRequest]:
    """Turn SIGTERM into `TrainingInterrupted`, at once or where the code looks for it.

    Outside the main thread signals cannot be caught; they then do what they did before.

    Raises:
        TrainingInterrupted: the process was asked to stop.
    """
    request = StopRequest()
    if threading.current_thread() is not threading.main_thread():
        yield request
        return
    previous = signal.signal(signal.SIGTERM, request.receive)
    try:
        yield request
    except _Stopped:
        raise interrupted() from None
    finally:
        signal.signal(signal.SIGTERM, previous)


def interrupted() -> TrainingInterrupted:
    """What a trainer ends with when it was asked to stop."""
    return TrainingInterrupted.of(STOPPED)
