"""Wake the DAG when an export lies in the inbox, a folder or an S3 prefix."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

from airflow.triggers.base import BaseEventTrigger, TriggerEvent

from cs_pipeline import stages
from cs_pipeline.errors import CsPipelineError
from cs_pipeline.stages import Installation

log = logging.getLogger(__name__)


class InboxTrigger(BaseEventTrigger):
    """Announces that settled exports are pending: at once for new ones, then every so often.

    An event is a wake-up only: the run itself scans the inbox. Nothing is remembered between
    processes, so a triggerer that was down announces what it finds when it is back, and an event
    that was lost is repeated for as long as something is pending.

    Args:
        inbox: folder or `s3://bucket/prefix`.
        poll_seconds: time between two looks.
        reannounce_seconds: time after which the same pending exports are announced again.
    """

    def __init__(self, *, inbox: str, poll_seconds: float, reannounce_seconds: float) -> None:
        super().__init__()
        self.inbox = inbox
        self.poll_seconds = poll_seconds
        self.reannounce_seconds = reannounce_seconds
        self._installation: Installation | None = None  # opened by the first look

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """Class path and plain arguments, from which the triggerer makes this trigger again."""
        return (
            f"{type(self).__module__}.{type(self).__qualname__}",
            {
                "inbox": self.inbox,
                "poll_seconds": self.poll_seconds,
                "reannounce_seconds": self.reannounce_seconds,
            },
        )

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """Yield one event a wake-up, for ever."""
        announced: frozenset[str] = frozenset()
        announced_at = 0.0
        while True:
            pending = await self._pending()
            due = time.monotonic() - announced_at >= self.reannounce_seconds
            if pending and (due or pending - announced):
                announced_at = time.monotonic()
                yield TriggerEvent({"pending": len(pending)})
            announced = pending
            await asyncio.sleep(self.poll_seconds)

    async def _pending(self) -> frozenset[str]:
        """Names of pending exports; a failing look is logged and counts as nothing pending."""
        try:
            return frozenset(await asyncio.to_thread(self._look))
        except Exception as error:
            # A trigger that raises is never started again, so no fault may end the watch. The
            # system's own messages name files, and a file's name may hold a phone number.
            reason = str(error) if isinstance(error, CsPipelineError) else type(error).__name__
            log.warning("Could not look into the inbox: %s", reason)
            return frozenset()

    def _look(self) -> list[str]:
        if self._installation is None:
            self._installation = Installation.load(inbox=self.inbox)
        with suppress(OSError):  # the triggerer may lack a disk of ours; the watch goes on
            stages.note_watch(self._installation)
        return stages.pending_exports(self._installation)
