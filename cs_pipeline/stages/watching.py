"""A look at what nobody tells by itself: waiting, silence, disks. Meant for every few minutes."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from cs_pipeline.config import NotifyKind
from cs_pipeline.doctor.places import look_at_disks
from cs_pipeline.notify import Message, wording
from cs_pipeline.records import Verdict
from cs_pipeline.registry.manifests import candidate_version
from cs_pipeline.stages.installation import Installation
from cs_pipeline.stages.telling import approval_message

_SILENT_MINUTES = 10
"""The watcher looks every few seconds."""
_ABANDONED = timedelta(days=7)
"""A run without a record that began before is not a run any more."""
_FAULTS: tuple[NotifyKind, ...] = ("inbox_stuck", "watcher_silent", "disk_low", "run_late")


class Waiting(Protocol):
    """A file in the inbox, `pending` once nobody writes it any more."""

    @property
    def state(self) -> str:
        """Of `pending`, `settling` and the like."""

    @property
    def changed_at(self) -> datetime | None:
        """When it was written last, where that is known."""


def look_and_tell(installation: Installation) -> list[Message]:
    """Tell what is wrong or waits now, and that what was wrong is over; returns what is so now.

    What was told already is told again when it is time.

    Raises:
        StorageError: the model store or an inbox on S3 is out of reach.
    """
    entries = installation.ledger.entries()
    last = entries[-1].processed_at if entries else None
    found = [*faults(installation, installation.inbox.items(), last), *_waiting(installation)]
    installation.announcer.settle(_FAULTS, present=[message.key for message in found])
    for message in found:
        installation.announcer.tell(message)
    return found


def note_watch(installation: Installation) -> None:
    """Keep that the watcher of the inbox looked just now."""
    path = installation.watcher_mark
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()


def watched_at(installation: Installation) -> datetime | None:
    """When the watcher looked last; None: it never did, or runs on another machine."""
    return _changed_at(installation.watcher_mark)


def faults(
    installation: Installation,
    waiting: Sequence[Waiting],
    last_export: datetime | None,
    at: datetime | None = None,
) -> Iterator[Message]:
    """What is wrong, by the limits of the settings; tells nobody.

    Args:
        installation: whose.
        waiting: what is in its inbox.
        last_export: when an export was processed last; None: none was yet.
        at: the moment from which ages are counted; None: now.
    """
    now = at or datetime.now(UTC)
    yield from _disks(installation)
    yield from _watcher(installation, now)
    yield from _stuck(installation, waiting, now)
    yield from _nothing_new(installation, last_export, now)
    yield from _late(installation, now)


def waiting_candidate(installation: Installation) -> tuple[Verdict, str] | None:
    """The newest candidate's verdict and version, if it waits for a person.

    It does when it is on hold, nobody has decided about it, and it is not live.

    Raises:
        StorageError: the verdict or the result is damaged, or the store is out of reach.
    """
    verdict = installation.runs.last_verdict()
    if verdict is None or verdict.decision != "hold" or verdict.override is not None:
        return None
    if not installation.runs.is_trained(verdict.run_id):
        return None
    version_id = candidate_version(installation.runs.result(verdict.run_id))
    live = installation.models.live()
    return None if live and live.version_id == version_id else (verdict, version_id)


def _disks(installation: Installation) -> Iterator[Message]:
    settings = installation.settings
    for number, diagnosis in enumerate(look_at_disks((settings.data_dir, settings.work_dir))):
        if diagnosis.level != "ok":
            yield Message(kind="disk_low", key=f"disk_low:{number}", words=diagnosis.words)


def _watcher(installation: Installation, now: datetime) -> Iterator[Message]:
    seen = watched_at(installation)
    if seen is not None and now - seen > timedelta(minutes=_SILENT_MINUTES):
        minutes = int((now - seen).total_seconds() // 60)
        yield Message(
            kind="watcher_silent", key="watcher_silent", words=wording.watcher_silent(minutes)
        )


def _stuck(
    installation: Installation, waiting: Sequence[Waiting], now: datetime
) -> Iterator[Message]:
    hours = installation.settings.inbox_stuck_hours
    old = [
        item
        for item in waiting
        if item.state in ("pending", "unreadable")
        and item.changed_at is not None
        and now - item.changed_at > timedelta(hours=hours)
    ]
    if old:
        words = wording.inbox_stuck(len(old), hours)
        yield Message(kind="inbox_stuck", key="inbox_stuck", words=words)


def _nothing_new(
    installation: Installation, last_export: datetime | None, now: datetime
) -> Iterator[Message]:
    days = installation.settings.nothing_new_days
    if days and last_export and now - last_export > timedelta(days=days):
        words = wording.nothing_new((now - last_export).days)
        yield Message(kind="nothing_new", key="nothing_new", words=words)


def _late(installation: Installation, now: datetime) -> Iterator[Message]:
    hours = installation.settings.run_late_hours
    for folder, began in installation.runs.unfinished(since=now - _ABANDONED):
        if timedelta(hours=hours) < now - began < _ABANDONED:
            yield Message(
                kind="run_late", key=f"run_late:{folder.name}", words=wording.run_late(hours)
            )


def _waiting(installation: Installation) -> Iterator[Message]:
    found = waiting_candidate(installation)
    if found is not None:
        verdict, version_id = found
        yield approval_message(verdict.run_id, verdict, version_id)


def _changed_at(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        return None
