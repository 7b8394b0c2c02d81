"""What the routes work with: an installation to look at, and a fresh one for every change."""

import time
from collections.abc import Callable
from threading import Lock

from cs_pipeline.ops.actions import ActionLog
from cs_pipeline.ops.run_book import RunBook
from cs_pipeline.stages import Installation

_REOPEN_SECONDS = 600.0


class Desk:
    """One per server process.

    Args:
        open_installation: opens the installation that the page is about.
        clock: seconds that only go up.
    """

    def __init__(
        self,
        open_installation: Callable[[], Installation] = Installation.load,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._open = open_installation
        self._clock = clock
        self._lock = Lock()
        self._reading: Installation | None = None
        self._opened_at = 0.0
        self.book = RunBook()

    def reading(self) -> Installation:
        """To look at; opened anew every ten minutes, so that a site's changed files are seen."""
        with self._lock:
            now = self._clock()
            if self._reading is None or now - self._opened_at >= _REOPEN_SECONDS:
                self._reading, self._opened_at = self._open(), now
            return self._reading

    def acting(self) -> Installation:
        """To change something: its lock keeps out every other request."""
        return self._open()

    def actions(self) -> ActionLog:
        """Who did what."""
        return ActionLog(self.reading().ops_folder)
