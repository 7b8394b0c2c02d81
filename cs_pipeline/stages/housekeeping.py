"""What is too old goes; what answers customers, may be gone back to or waits never does.

Everything is looked up anew each time, so that a second look finds nothing more to do and one that
was cut off is finished by the next. Ledger, records, reports, notices and salts are not touched.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Literal

from cs_pipeline.errors import DamagedObject, ObjectNotFound
from cs_pipeline.files import remove
from cs_pipeline.handover.keys import DATASETS, RESTRICTED, RUNS
from cs_pipeline.language import Words
from cs_pipeline.records import Record
from cs_pipeline.registry.promotion import is_outstanding
from cs_pipeline.registry.run_traces import (
    TrainedRun,
    erase_weights,
    has_weights,
    trained_runs,
    weights_of,
)
from cs_pipeline.stages import housekeeping_wording as wording
from cs_pipeline.stages.installation import Installation
from cs_pipeline.storage import ObjectStore, StoredObject

Kind = Literal[
    "exports", "refused", "weights", "versions", "cache", "staged", "mirrored", "uploads"
]
_UPLOADS, _UPLOADS_DAYS = "uploads", 1


@dataclass(frozen=True, slots=True)
class Disposable:
    """Something that may go one day. `name` may be shown: it holds no file's name."""

    kind: Kind
    name: str
    changed_at: datetime
    size_bytes: int
    delete: Callable[[], object]


class Freed(Record):
    """What went of one kind, or would go; `names` are empty where they could name a person."""

    kind: Kind
    count: int
    size_bytes: int
    names: tuple[str, ...] = ()

    @property
    def words(self) -> Words:
        """One line."""
        return wording.freed(self.kind, self.count, self.size_bytes)


class Housekeeping(Record):
    """What was deleted; `dry_run`: nothing was, it only would be."""

    dry_run: bool
    freed: tuple[Freed, ...]

    @property
    def size_bytes(self) -> int:
        """All of it."""
        return sum(one.size_bytes for one in self.freed)


def housekeep(installation: Installation, *, dry_run: bool = False) -> Housekeeping:
    """Delete what is older than the settings keep.

    Raises:
        SettingsError: there is no installation.
        SomebodyAtWork: somebody is changing it.
        StorageError: a store is out of reach; what was deleted stays so.
    """
    installation.require()
    if dry_run:
        return Housekeeping(dry_run=True, freed=tuple(_summed(_due(installation))))
    with installation.at_work.held("housekeep"):
        due = _due(installation)
        for one in due:
            one.delete()
    return Housekeeping(dry_run=False, freed=tuple(_summed(due)))


def _due(installation: Installation) -> list[Disposable]:
    keep, now = installation.settings, datetime.now(UTC)
    protected = _protected(installation)
    return [
        *_older(_exports(installation), keep.keep_exports_days, now),
        *_older(_refused(installation), keep.keep_refused_days, now),
        *_older(_weights(installation), keep.keep_weights_days, now, keep.keep_weights, protected),
        *_older(
            _versions(installation), keep.keep_versions_days, now, keep.keep_versions, protected
        ),
        *_older(_cache(installation), keep.keep_cache_days, now),
        *_older(_staged(installation), keep.keep_staged_days, now),
        *_older(_mirrored(installation), keep.keep_staged_days, now),
        *_older(_uploads(installation), _UPLOADS_DAYS, now),
    ]


def _older(
    found: Iterable[Disposable],
    days: int,
    now: datetime,
    newest: int = 0,
    protected: frozenset[str] = frozenset(),
) -> list[Disposable]:
    """Those older than `days` but for the `newest` ones and those that are protected."""
    if not days:
        return []
    by_age = sorted(found, key=lambda one: one.changed_at, reverse=True)
    return [
        one
        for one in by_age[newest:]
        if now - one.changed_at > timedelta(days=days) and one.name not in protected
    ]


def _protected(installation: Installation) -> frozenset[str]:
    """Versions, and ids of the runs that made them, that never go by age.

    The live one, the one before and the best that was ever live, those on hold or to be promoted
    yet, and those that are marked.
    """
    models, runs = installation.models, installation.runs
    live, kept = models.live(), set[str]()
    if live is not None:
        kept |= {live.version_id, live.previous_version_id or ""}
        with suppress(ObjectNotFound, DamagedObject):
            kept.add(models.manifest(live.version_id).best_version or "")
    were_live = {move.to_version for move in models.moves()}
    for run in trained_runs(runs):
        verdict = runs.verdict(run.run_id) if run.run_id else None
        waits = (
            verdict is not None
            and run.candidate not in were_live
            and (verdict.decision == "hold" or is_outstanding(runs, models, verdict))
        )
        if run.candidate and (waits or run.candidate in kept):
            kept |= {run.candidate, run.folder.name}
    kept |= {one for one in models.versions() if installation.notices.on(one) is not None}
    return frozenset(kept)


def _exports(installation: Installation) -> Iterator[Disposable]:
    for entry in installation.ledger.entries():
        for path in installation.ledger.files_of(entry.sha256):
            yield Disposable("exports", "", entry.processed_at, _size(path), partial(_gone, path))


def _refused(installation: Installation) -> Iterator[Disposable]:
    """Exports that were refused whole with their reasons, and workbooks of refused rows."""
    for path in installation.quarantine.files():
        yield Disposable("refused", "", _changed_at(path), _size(path), partial(_gone, path))


def _weights(installation: Installation) -> Iterator[Disposable]:
    for run in trained_runs(installation.runs):
        if has_weights(run):
            yield Disposable(
                "weights",
                run.folder.name,
                _trained_at(run),
                _weights_bytes(run),
                partial(erase_weights, run),
            )


def _versions(installation: Installation) -> Iterator[Disposable]:
    models = installation.models
    for version_id in models.versions():
        try:
            manifest = models.manifest(version_id)
        except (ObjectNotFound, DamagedObject):  # a person has to look at it
            continue
        size = sum(file.size_bytes for file in manifest.files)
        yield Disposable(
            "versions", version_id, manifest.finished_at, size, partial(models.discard, version_id)
        )


def _cache(installation: Installation) -> Iterator[Disposable]:
    for path in installation.cached_tokens():
        yield Disposable("cache", "", _changed_at(path), _size(path), partial(_gone, path))


def _staged(installation: Installation) -> Iterator[Disposable]:
    """What was handed to trainers, but for the present dataset and what says who was asked."""
    if not installation.settings.store:
        return
    store, current = installation.hand_over_store, installation.versions.current()
    kept = f"{DATASETS}{current.version_id}/" if current else None
    for item in _below(store, (DATASETS, RESTRICTED)):
        if kept is None or not item.key.startswith(kept):
            yield _stored("staged", store, item)
    for item in _below(store, (RUNS,)):
        if "/resume/" in item.key or "/attempts/" in item.key:
            yield _stored("staged", store, item)


def _mirrored(installation: Installation) -> Iterator[Disposable]:
    """Mirrors of checkpoints of runs that have ended."""
    store = installation.checkpoint_mirror
    if store is None:
        return
    for run in trained_runs(installation.runs):
        if run.run_id and installation.runs.verdict(run.run_id) is not None:
            prefix = f"{sha256(run.run_id.encode()).hexdigest()[:16]}/"
            for item in store.list_objects(prefix):
                yield _stored("mirrored", store, item)


def uploads_folder(installation: Installation) -> Path:
    """Where files that were sent to the operator's page wait for a yes."""
    return installation.ops_folder / _UPLOADS


def _uploads(installation: Installation) -> Iterator[Disposable]:
    """Files that somebody sent and never put in: unmasked, and meant to stay for an hour."""
    folder = uploads_folder(installation)
    for path in folder.iterdir() if folder.is_dir() else ():
        yield Disposable("uploads", "", _changed_at(path), _size(path), partial(_gone, path))


def _stored(kind: Kind, store: ObjectStore, item: StoredObject) -> Disposable:
    # A store that does not say how old an object is keeps it.
    changed_at = item.changed_at or datetime.now(UTC)
    return Disposable(kind, item.key, changed_at, item.size_bytes, partial(store.delete, item.key))


def _below(store: ObjectStore, prefixes: Iterable[str]) -> Iterator[StoredObject]:
    for prefix in prefixes:
        yield from store.list_objects(prefix)


def _summed(due: Iterable[Disposable]) -> Iterator[Freed]:
    by_kind = sorted(due, key=lambda one: one.kind)
    for kind, group in groupby(by_kind, key=lambda one: one.kind):
        those = list(group)
        names = tuple(sorted(one.name for one in those if one.name))
        yield Freed(
            kind=kind,
            count=len(those),
            size_bytes=sum(one.size_bytes for one in those),
            names=names if kind in ("weights", "versions") else (),
        )


def _trained_at(run: TrainedRun) -> datetime:
    return max((_changed_at(path) for path in weights_of(run)), default=datetime.now(UTC))


def _weights_bytes(run: TrainedRun) -> int:
    return sum(_size(path) for path in weights_of(run))


def _gone(path: Path) -> None:
    with suppress(FileNotFoundError):
        remove(path)


def _changed_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.lstat().st_mtime, UTC)


def _size(path: Path) -> int:
    if path.is_dir():
        return sum(one.lstat().st_size for one in path.rglob("*") if one.is_file())
    return path.lstat().st_size
