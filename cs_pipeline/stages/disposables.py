"""What may go one day, kind by kind; housekeeping decides what does."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Literal

from cs_pipeline.errors import DamagedObject, ObjectNotFound
from cs_pipeline.files import remove
from cs_pipeline.handover.keys import DATASETS, RESTRICTED, RUNS
from cs_pipeline.registry.run_traces import (
    TrainedRun,
    erase_weights,
    has_weights,
    trained_runs,
    weights_of,
)
from cs_pipeline.stages.installation import Installation
from cs_pipeline.storage import ObjectStore, StoredObject

Kind = Literal[
    "exports", "refused", "weights", "versions", "cache", "staged", "mirrored", "uploads"
]
_UPLOADS = "uploads"


@dataclass(frozen=True, slots=True)
class Disposable:
    """Something that may go one day. `name` may be shown: it holds no file's name."""

    kind: Kind
    name: str
    changed_at: datetime
    size_bytes: int
    delete: Callable[[], object]


def exports(installation: Installation) -> Iterator[Disposable]:
    """Exports that were processed."""
    for entry in installation.ledger.entries():
        for path in installation.ledger.files_of(entry.sha256):
            yield Disposable("exports", "", entry.processed_at, _size(path), partial(_gone, path))


def refused(installation: Installation) -> Iterator[Disposable]:
    """Exports that were refused whole with their reasons, and workbooks of refused rows."""
    for path in installation.quarantine.files():
        yield Disposable("refused", "", _changed_at(path), _size(path), partial(_gone, path))


def weights(installation: Installation) -> Iterator[Disposable]:
    """Models and checkpoints in run folders."""
    for run in trained_runs(installation.runs):
        if has_weights(run):
            yield Disposable(
                "weights",
                run.folder.name,
                _trained_at(run),
                _weights_bytes(run),
                partial(erase_weights, run),
            )


def versions(installation: Installation) -> Iterator[Disposable]:
    """Versions of the model store."""
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


def cache(installation: Installation) -> Iterator[Disposable]:
    """Files of the token cache."""
    for path in installation.cached_tokens():
        yield Disposable("cache", "", _changed_at(path), _size(path), partial(_gone, path))


def staged(installation: Installation) -> Iterator[Disposable]:
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


def mirrored(installation: Installation) -> Iterator[Disposable]:
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


def uploads(installation: Installation) -> Iterator[Disposable]:
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
