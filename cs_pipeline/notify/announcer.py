"""Tells what is due to whom it concerns; whatever fails is kept and fails nothing else."""

import logging
from collections.abc import Iterable, Sequence
from contextlib import suppress

from cs_pipeline.config import NotifyChannel, NotifyKind
from cs_pipeline.language import Words
from cs_pipeline.notify import wording
from cs_pipeline.notify.channels import Channel, channels
from cs_pipeline.notify.messages import Message
from cs_pipeline.notify.told import Told
from cs_pipeline.records import Record

log = logging.getLogger(__name__)


class Delivery(Record):
    """What became of a message on one channel; `problem` is None where it was sent."""

    channel: str
    problem: Words | None = None


class Announcer:
    """Tells people.

    Args:
        declared: the channels of the settings.
        told: what was told before.
        address: of Airflow, for links; empty: no links.
    """

    def __init__(self, declared: Iterable[NotifyChannel], told: Told, *, address: str) -> None:
        self._channels = channels(declared)
        self._told = told
        self._address = address

    def tell(self, message: Message) -> list[Delivery]:
        """Send a message if it is due; one that reached nobody counts as not told.

        Raises nothing. A file of what was told that cannot be written, as on a full disk, does not
        keep the message back.
        """
        takers = [channel for channel in self._channels if channel.takes(message.kind)]
        if not takers or not self._is_due(message):
            return []
        deliveries = self._send(takers, message)
        if all(delivery.problem for delivery in deliveries):
            with suppress(OSError):
                self._told.forget(message.key)
        return deliveries

    def test(self) -> list[Delivery]:
        """Send every channel a message that says it is a test."""
        message = Message(kind="recovered", key="test", words=wording.TEST)
        return self._send(self._channels, message)

    def problems(self) -> list[Delivery]:
        """What is wrong with the channels as far as can be seen without sending anything."""
        return [Delivery(channel=one.name, problem=one.problem()) for one in self._channels]

    def was_told_of(self, run_id: str, kind: NotifyKind) -> bool:
        """Whether people know this about a run."""
        entries = self._told.state().entries.values()
        return any(entry.kind == kind and entry.run_id == run_id for entry in entries)

    def settle(self, kinds: Sequence[NotifyKind], *, present: Iterable[str] = ()) -> None:
        """Say that faults of these kinds are over, but for those whose keys are `present`."""
        present = set(present)
        over = {
            key: entry
            for key, entry in self._told.state().entries.items()
            if entry.kind in kinds and key not in present
        }
        for kind in dict.fromkeys(entry.kind for entry in over.values()):
            words = wording.recovered(kind)
            since = max(entry.told_at for entry in over.values() if entry.kind == kind)
            self.tell(
                Message(
                    kind="recovered", key=f"recovered:{kind}:{since:%Y%m%dT%H%M%S}", words=words
                )
            )
        if over:
            with suppress(OSError):
                self._told.forget(*over)

    def _is_due(self, message: Message) -> bool:
        try:
            return self._told.claim(message)
        except OSError:
            return True

    def _send(self, takers: Sequence[Channel], message: Message) -> list[Delivery]:
        link = f"{self._address}{message.path}" if self._address else ""
        deliveries = []
        for channel in takers:
            problem = channel.send(message.words, link, message.level)
            if problem is not None:
                log.warning("%s", wording.not_sent(channel.name, problem))
            with suppress(OSError):
                self._told.note(channel.name, problem)
            deliveries.append(Delivery(channel=channel.name, problem=problem))
        return deliveries
