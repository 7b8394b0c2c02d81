"""Checkpoints that a run can be resumed from: whole or not at all.

A checkpoint is a folder whose `manifest.json`, written last, names the job, the step and the sum
of every file. It is made under a hidden name and renamed; then the ones before it are removed. A
store, where one is given, gets the same files, the manifest last, so that a run can go on where
its disk is gone.
"""

import json
import logging
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cs_pipeline.errors import ObjectNotFound, StorageError
from cs_pipeline.files import flush_to_disk, private_folder, sha256_file, write_atomic
from cs_pipeline.storage import ObjectStore

_log = logging.getLogger(__name__)

_MANIFEST = "manifest.json"
_UNFINISHED = ".unfinished"
_NAME = "step-"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A whole checkpoint of a job on the local disk."""

    folder: Path
    step: int

    @classmethod
    def in_folder(cls, folder: Path) -> "Checkpoint":
        """The one that is known to be whole in `folder`."""
        return cls(folder, int(folder.name.removeprefix(_NAME)))


class Checkpoints:
    """The checkpoints of one job.

    Args:
        folder: Where they are kept; nobody else's.
        run: Names the run within `store`.
        job: Identity of all that the weights follow from; checkpoints of another job are removed.
        store: Where they are mirrored to.
    """

    def __init__(
        self, folder: Path, *, run: str, job: str, store: ObjectStore | None = None
    ) -> None:
        self.folder = folder
        self._prefix = f"{run}/"
        self._job = job
        self._store = store

    @property
    def unfinished(self) -> Path:
        """Where a checkpoint is made before it is kept."""
        return self.folder / _UNFINISHED

    def latest(self) -> Checkpoint | None:
        """The newest whole checkpoint of this job, from the store if the disk has none.

        What is damaged, unfinished or another job's is removed.
        """
        shutil.rmtree(self.unfinished, ignore_errors=True)
        found = None
        for folder in sorted(self.folder.glob(f"{_NAME}*"), reverse=True):
            found = found or self._verified(folder)
            if found is None or found.folder != folder:
                _remove(folder)
        return found or self._fetch()

    def keep(self, made: Path, step: int) -> None:
        """Turn the folder `made` into the checkpoint of `step`, the only one that stays.

        Raises:
            OSError: it cannot be written; the one before it stays.
        """
        files = {path.relative_to(made).as_posix(): sha256_file(path) for path in _files(made)}
        for name in files:
            flush_to_disk(made / name)
        manifest = {"job": self._job, "step": step, "files": files}
        write_atomic(made / _MANIFEST, json.dumps(manifest, indent=2))
        target = self.folder / _name(step)
        if target.exists():
            _remove(target)
        made.rename(target)
        flush_to_disk(self.folder)
        for folder in self.folder.glob(f"{_NAME}*"):
            if folder != target:
                _remove(folder)
        self._mirror(target, sorted(files))

    def discard_unfinished(self) -> None:
        """Remove what was not kept, and the folder itself if it holds no checkpoint."""
        shutil.rmtree(self.unfinished, ignore_errors=True)
        if self.folder.exists() and not any(self.folder.iterdir()):
            self.folder.rmdir()

    def remove(self) -> None:
        """Remove all checkpoints, here and in the store; a run that is done needs none."""
        for folder in self.folder.glob(f"{_NAME}*"):
            _remove(folder)
        shutil.rmtree(self.folder, ignore_errors=True)
        self._prune_store(keep="")

    def _verified(self, folder: Path) -> Checkpoint | None:
        try:
            manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
            sums, step, job = manifest["files"], int(manifest["step"]), manifest["job"]
            whole = all(sha256_file(folder / name) == wanted for name, wanted in sums.items())
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            whole, step, job = False, 0, None
        if not whole:
            _log.warning("checkpoint %s is damaged and is skipped", folder)
            return None
        if job != self._job:
            _log.info("checkpoint %s is of another job; training starts anew", folder)
            return None
        return Checkpoint(folder, step)

    def _mirror(self, folder: Path, names: list[str]) -> None:
        if self._store is None:
            return
        key = f"{self._prefix}{folder.name}/"
        try:
            for name in (*names, _MANIFEST):
                self._store.upload(folder / name, key + name)
        except (StorageError, OSError) as error:
            _log.warning("checkpoint %s stays on this machine only: %s", folder.name, error)
            return
        self._prune_store(keep=key)

    def _prune_store(self, keep: str) -> None:
        """Remove this run's objects but those below `keep`; manifests first."""
        if self._store is None:
            return
        try:
            keys = [item.key for item in self._store.list_objects(self._prefix)]
            gone = [key for key in keys if not (keep and key.startswith(keep))]
            for key in sorted(gone, key=lambda key: not key.endswith(_MANIFEST)):
                self._store.delete(key)
        except StorageError as error:
            _log.warning("old checkpoints stay in %s: %s", self._store.uri, error)

    def _fetch(self) -> Checkpoint | None:
        """Download the newest whole checkpoint from the store.

        Raises:
            StorageError: the store is out of reach; what it holds would be trained again.
        """
        if self._store is None:
            return None
        keys = [item.key for item in self._store.list_objects(self._prefix)]
        for key in sorted((key for key in keys if key.endswith(_MANIFEST)), reverse=True):
            folder = self.folder / key.removeprefix(self._prefix).removesuffix(f"/{_MANIFEST}")
            self._download(self._store, key.removesuffix(_MANIFEST), folder)
            found = self._verified(folder)
            if found:
                return found
            _remove(folder)
        return None

    def _download(self, store: ObjectStore, prefix: str, folder: Path) -> None:
        """Files first, so that a folder with a manifest was whole; gaps are found by the sums."""
        made = private_folder(self.unfinished).resolve()
        store.download(prefix + _MANIFEST, made / _MANIFEST)
        try:
            names = json.loads((made / _MANIFEST).read_text(encoding="utf-8"))["files"]
            # What points outside was written by no run of ours; without it, the sums do not fit.
            inside = [name for name in names if (made / name).resolve().is_relative_to(made)]
            for name in inside:
                store.download(prefix + name, made / name)
        except (ObjectNotFound, ValueError, LookupError, TypeError):
            _log.warning("checkpoint %s in %s is not whole", folder.name, store.uri)
        made.rename(folder)


def _name(step: int) -> str:
    return f"{_NAME}{step:010d}"


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _remove(folder: Path) -> None:
    """Manifest first: what is left of a folder, if anything, is not a checkpoint."""
    (folder / _MANIFEST).unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
