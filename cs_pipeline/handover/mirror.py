"""How a training goes, for people who see the store only: progress, curves, end of the log.

All of it is done on the side. A store that fails or hangs costs the training nothing.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from typing_extensions import override

from cs_pipeline.errors import CsPipelineError, StorageError
from cs_pipeline.files import write_atomic
from cs_pipeline.records import Progress
from cs_pipeline.storage import ObjectStore

_log = logging.getLogger(__name__)

_LOG_BYTES = 64 * 1024
_TICKS_PER_CURVE = 6
_LAST_WORDS_SECONDS = 30.0
_LOGGER = "cs_pipeline"


class Mirror:
    """Writes the progress of one attempt to the store.

    Args:
        store: of the hand-over.
        key_of: from a file's name to its key.
        curves: the trainer's curves, a growing file.
        folder: for what is about to be uploaded.
        seconds: between two writes.
    """

    def __init__(
        self,
        store: ObjectStore,
        key_of: Callable[[str], str],
        *,
        curves: Path,
        folder: Path,
        seconds: float,
    ) -> None:
        self._store = store
        self._key_of = key_of
        self._curves = curves
        self._folder = folder
        self._seconds = seconds
        self._progress = Progress(phase="preparing")
        self._tail = _Tail()
        self._ended = threading.Event()
        self._fails = False

    def tell(self, progress: Progress) -> None:
        """Take note of how far the training is; what is left out there stays as it was."""
        known = self._progress.model_dump(exclude={"updated_at", "phase"})
        told = progress.model_dump(exclude_none=True)
        self._progress = Progress(**(known | told))

    @contextmanager
    def running(self) -> Iterator[None]:
        """Write now and then, and once more at the end, with the error that ended it."""
        logger = logging.getLogger(_LOGGER)
        thread = threading.Thread(target=self._write_on, daemon=True, name="mirror")
        logger.addHandler(self._tail)
        thread.start()
        try:
            yield
            self.tell(Progress(phase="done", eta_seconds=0))
        except BaseException as error:
            self.tell(Progress(phase="failed"))
            # Only our own errors are known to hold no customer's words.
            own = isinstance(error, CsPipelineError)
            self._tail.add(str(error) if own else type(error).__name__)
            raise
        finally:
            logger.removeHandler(self._tail)
            self._ended.set()
            thread.join(_LAST_WORDS_SECONDS)

    def _write_on(self) -> None:
        tick = 0
        while not self._ended.is_set():
            self._write(with_curves=tick % _TICKS_PER_CURVE == 0)
            self._ended.wait(self._seconds)
            tick += 1
        self._write(with_curves=True)

    def _write(self, *, with_curves: bool) -> None:
        try:
            self._put("progress.json", self._progress.model_dump_json(indent=2).encode())
            self._put("log.txt", self._tail.text())
            if with_curves and self._curves.exists():
                self._put("curves.jsonl", self._curves.read_bytes())
            self._fails = False
        except (StorageError, OSError) as error:
            if not self._fails:  # once, not each time
                _log.warning("the progress is not shown in the store: %s", error)
            self._fails = True

    def _put(self, name: str, data: bytes) -> None:
        path = self._folder / name
        write_atomic(path, data)
        self._store.upload(path, self._key_of(name))


class _Tail(logging.Handler):
    """The last lines of the log; messages only, no tracebacks, whose values nobody vouches for."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: deque[bytes] = deque()
        self._bytes = 0
        self._form = logging.Formatter()
        self._adding = threading.Lock()

    @override
    def emit(self, record: logging.LogRecord) -> None:
        when = self._form.formatTime(record)
        self.add(f"{when} {record.levelname} {record.getMessage()}")

    def add(self, line: str) -> None:
        """Add a line; the oldest make room for it."""
        data = line.encode()[:_LOG_BYTES] + b"\n"
        with self._adding:
            self._lines.append(data)
            self._bytes += len(data)
            while self._bytes > _LOG_BYTES and len(self._lines) > 1:
                self._bytes -= len(self._lines.popleft())

    def text(self) -> bytes:
        """All lines that are kept."""
        with self._adding:
            return b"".join(self._lines)
