"""Which of several trainers of a run may write: the one that holds the lease.

A newer attempt takes the lease from an older one at once. Another process of the same attempt
takes it only when the lease has not been renewed for as long as its holder promised, by the
watcher's own clock: no two clocks are ever compared.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from pydantic import ValidationError

from cs_pipeline.errors import LeaseLost, ObjectNotFound, PointerConflict, StorageError
from cs_pipeline.handover.wording import lease_taken
from cs_pipeline.records import Record
from cs_pipeline.storage import ObjectStore, Register

_log = logging.getLogger(__name__)

_BEATS_PER_LEASE, _LOOKS_PER_LEASE = 3, 12
_TRIES = 50


class LeaseHolder(Record):
    """Contents of `lease.json`; `until` is for people, by the holder's clock."""

    attempt: int
    holder: str
    renewed_at: datetime
    until: datetime

    @property
    def seconds(self) -> float:
        """How long the holder may be silent."""
        return (self.until - self.renewed_at).total_seconds()


class Lease:
    """One trainer's claim on a run.

    Args:
        store: of the hand-over.
        key: of the lease.
        attempt: number of this trainer's attempt.
        holder: names this trainer; no other one has the same name.
        seconds: how long it may be silent.
    """

    def __init__(
        self, store: ObjectStore, key: str, *, attempt: int, holder: str, seconds: float
    ) -> None:
        self._place = f"{store.uri}/{key}"
        self._register = Register(store, key)
        self._attempt = attempt
        self.holder = holder
        self._seconds = seconds
        self._etag: str | None = None
        self._lost = threading.Event()
        self._ended = threading.Event()

    @property
    def is_lost(self) -> bool:
        """Whether another trainer is known to have taken over."""
        return self._lost.is_set()

    def take(self) -> None:
        """Take the lease; waits while a silent process of the same attempt may still be alive.

        One that ends meanwhile makes way at once, and one that renews its lease is alive.

        Raises:
            LeaseLost: a newer attempt, or a living process of the same one, holds it.
            StorageError: the store is out of reach.
        """
        waiting_for: str | None = None
        since = time.monotonic()
        for _ in range(_TRIES):
            held, etag = self._read()
            if held and self._is_anothers(held):
                if held.attempt > self._attempt or waiting_for not in (None, etag):
                    raise lease_taken(self._place)
                if waiting_for is None:
                    waiting_for, since = etag, time.monotonic()
                left = held.seconds - (time.monotonic() - since)
                if left > 0:
                    time.sleep(min(left, held.seconds / _LOOKS_PER_LEASE))
                    continue
            try:
                self._write(etag)
            except PointerConflict:
                continue
            return
        raise lease_taken(self._place)

    def check(self) -> None:
        """Make sure, right before something is written, that the lease is still this trainer's.

        Raises:
            LeaseLost: it is not.
            StorageError: the store is out of reach.
        """
        if not self._lost.is_set():
            held, _ = self._read()
            if held is None or not self._is_ours(held):
                self._lost.set()
        if self._lost.is_set():
            raise lease_taken(self._place)

    @contextmanager
    def kept(self, on_loss: Callable[[], None]) -> Iterator[None]:
        """Renew the lease in the background; at the end it is free for the next one.

        Args:
            on_loss: Called in another thread when another trainer took over.
        """
        thread = threading.Thread(target=self._beat, args=(on_loss,), daemon=True, name="lease")
        thread.start()
        try:
            yield
        finally:
            self._ended.set()
            thread.join()
            self._release()

    def _beat(self, on_loss: Callable[[], None]) -> None:
        """A store that fails for a while loses nothing: each write looks at the lease anew."""
        while not self._ended.wait(self._seconds / _BEATS_PER_LEASE):
            try:
                self._renew()
            except LeaseLost:
                _log.warning("another trainer took over this run")
                on_loss()
                return
            except (StorageError, OSError) as error:
                _log.warning("the lease was not renewed: %s", error)

    def _renew(self) -> None:
        try:
            self._write(self._etag)
        except PointerConflict:
            held, etag = self._read()
            if held is None or not self._is_ours(held):
                self._lost.set()
                raise lease_taken(self._place) from None
            self._etag = etag  # the answer to an earlier write was lost

    def _release(self) -> None:
        if self._lost.is_set():
            return
        try:
            self._write(self._etag, seconds=0)
        except (StorageError, OSError) as error:
            _log.warning("the lease runs out by itself: %s", error)

    def _write(self, etag: str | None, *, seconds: float | None = None) -> None:
        now = datetime.now(UTC)
        granted = self._seconds if seconds is None else seconds
        held = LeaseHolder(
            attempt=self._attempt,
            holder=self.holder,
            renewed_at=now,
            until=now + timedelta(seconds=granted),
        )
        data = held.model_dump_json(indent=2).encode()
        self._etag = self._register.write(data, expected=etag)

    def _read(self) -> tuple[LeaseHolder | None, str | None]:
        try:
            data, etag = self._register.read()
            return LeaseHolder.model_validate_json(data), etag
        except ObjectNotFound:
            return None, None
        except ValidationError:  # nobody can hold what nobody can read
            return None, etag

    def _is_anothers(self, held: LeaseHolder) -> bool:
        """Whether a newer attempt, or another process of this one that has not let it go, has it.

        One that let it go promised no more time.
        """
        if self._is_ours(held) or held.attempt < self._attempt:
            return False
        return held.attempt > self._attempt or held.seconds > 0

    def _is_ours(self, held: LeaseHolder) -> bool:
        return (held.attempt, held.holder) == (self._attempt, self.holder)
