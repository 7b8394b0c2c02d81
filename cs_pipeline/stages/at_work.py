"""One at a time: who changes an installation holds its lock, and the second is told who that is.

A folder is locked by the operating system, which frees the lock when its holder dies. Where the
models lie in an object store, a lease there keeps other machines out as well; it ends when it was
not renewed for as long as its holder promised.
"""

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from cs_pipeline.errors import LeaseLost, ObjectNotFound, SomebodyAtWork
from cs_pipeline.files import write_atomic
from cs_pipeline.handover.lease import Lease, LeaseHolder
from cs_pipeline.moments import shown_moment
from cs_pipeline.people import acting_person
from cs_pipeline.records import Record
from cs_pipeline.stages import wording
from cs_pipeline.storage import ObjectStore

_LOCK, _OWNER, _LEASE = ".at-work.lock", "at-work.json", "at-work.json"


class Owner(Record):
    """Who is at work, at what (a command's name), where and since when."""

    by: str
    what: str
    host: str
    process: int
    since: datetime

    @classmethod
    def now(cls, what: str, by: str | None) -> "Owner":
        """This process."""
        return cls(
            by=by or acting_person(),
            what=what,
            host=socket.gethostname(),
            process=os.getpid(),
            since=datetime.now(UTC),
        )


class AtWork:
    """The lock of one installation. The process that holds it may take it again.

    Args:
        folder: where the lock lies.
        store: where a lease keeps other machines out; None: there are none.
        lease_seconds: how long a lease's holder may be silent.
        zone: for moments in messages.
    """

    def __init__(
        self, folder: Path, *, store: ObjectStore | None, lease_seconds: float, zone: ZoneInfo
    ) -> None:
        self._folder = folder
        self._store = store
        self._lease_seconds = lease_seconds
        self._zone = zone
        self._depth = 0

    @contextmanager
    def held(self, what: str, by: str | None = None) -> Iterator[None]:
        """Hold the lock.

        Raises:
            SomebodyAtWork: another process holds it.
            StorageError: the store is out of reach.
        """
        with ExitStack() as stack:
            if self._depth == 0:
                self._lock(stack, Owner.now(what, by))
            self._depth += 1
            stack.callback(self._left)
            yield

    def owner(self) -> Owner | None:
        """Who holds the lock of the folder now; None: nobody."""
        path = self._folder / _LOCK
        if not path.exists():
            return None
        with path.open("a") as handle:
            return None if _locked(handle) else self._noted()

    def _left(self) -> None:
        self._depth -= 1

    def _lock(self, stack: ExitStack, owner: Owner) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        handle = stack.enter_context((self._folder / _LOCK).open("a"))
        if not _locked(handle):
            raise self._busy(self._noted())
        write_atomic(self._folder / _OWNER, owner.model_dump_json(indent=2))
        if self._store is not None:
            self._take_lease(stack, self._store, owner)

    def _take_lease(self, stack: ExitStack, store: ObjectStore, owner: Owner) -> None:
        holder = owner.model_dump_json()
        lease = Lease(store, _LEASE, attempt=0, holder=holder, seconds=self._lease_seconds)
        try:
            lease.take()
        except LeaseLost:
            raise self._busy(_leased(store)) from None
        stack.enter_context(lease.kept(lambda: None))

    def _noted(self) -> Owner | None:
        try:
            return Owner.model_validate_json((self._folder / _OWNER).read_bytes())
        except (OSError, ValidationError):  # taken a moment ago
            return None

    def _busy(self, owner: Owner | None) -> SomebodyAtWork:
        if owner is None:
            return wording.somebody_at_work(None, "", "")
        where = f"{owner.host}, {owner.process}, {shown_moment(owner.since, self._zone)}"
        return wording.somebody_at_work(owner.by, owner.what, where)


def _locked(handle: IO[str]) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _leased(store: ObjectStore) -> Owner | None:
    try:
        held = LeaseHolder.model_validate_json(store.read(_LEASE)[0])
        return Owner.model_validate_json(held.holder)
    except (ObjectNotFound, ValidationError):
        return None
