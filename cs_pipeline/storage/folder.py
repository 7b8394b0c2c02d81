"""A store in a folder."""

import hashlib
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from typing_extensions import override

from cs_pipeline.files import atomic_path, exclusive, sha256_file, write_atomic
from cs_pipeline.storage import wording
from cs_pipeline.storage.objects import Conditions, ObjectStore, StoredObject, inside, writable


class FolderStore(ObjectStore):
    """Objects as files below a folder; entity tags are sha256 sums."""

    def __init__(self, root: Path) -> None:
        self.root = root.expanduser().resolve()
        self.uri = str(self.root)

    def _path(self, key: str) -> Path:
        return self.root / inside(key)

    @override
    def list_objects(self, prefix: str = "") -> list[StoredObject]:
        return sorted(self._below(prefix), key=lambda item: item.key)

    def _below(self, prefix: str) -> Iterator[StoredObject]:
        """Files whose key begins so; only the folders that can hold some are looked through."""
        start = PurePosixPath(prefix.rpartition("/")[0])
        if start.is_absolute() or ".." in start.parts:
            return
        cut = len(os.fspath(self.root)) + 1
        for folder, _, names in os.walk(self.root / start):
            for name in names:
                path = f"{folder}/{name}"
                key = path[cut:]
                if name.startswith(".") or not key.startswith(prefix):
                    continue
                with suppress(FileNotFoundError):  # a link to nothing, or gone by now
                    status = os.stat(path)  # noqa: PTH116 - a Path each would cost most of it
                    if stat.S_ISREG(status.st_mode):
                        yield _listed(key, status)

    @override
    def read(self, key: str) -> tuple[bytes, str]:
        try:
            data = self._path(key).read_bytes()
        except FileNotFoundError:
            raise wording.not_found(self.uri, key) from None
        return data, hashlib.sha256(data).hexdigest()

    @override
    def write_if(self, key: str, data: bytes, *, expected_etag: str | None) -> str:
        path = self._path(writable(key))
        with exclusive(self.root / ".lock"):
            current = sha256_file(path) if path.exists() else None
            if current != expected_etag:
                raise wording.changed_meanwhile(self.uri, key)
            write_atomic(path, data)
        return hashlib.sha256(data).hexdigest()

    @override
    def upload(self, source: Path, key: str) -> None:
        with atomic_path(self._path(writable(key))) as temporary:
            shutil.copyfile(source, temporary)

    @override
    def download(self, key: str, target: Path) -> None:
        path = self._path(key)
        if not path.exists():
            raise wording.not_found(self.uri, key)
        with atomic_path(target) as temporary:
            shutil.copyfile(path, temporary)

    @override
    def delete(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)

    @override
    def conditions(self) -> Conditions:
        """A lock file sees to it."""
        return Conditions.COMPARE_AND_SWAP

    @override
    def known_conditions(self) -> Conditions:
        return Conditions.COMPARE_AND_SWAP


def _listed(key: str, status: os.stat_result) -> StoredObject:
    return StoredObject(key, status.st_size, datetime.fromtimestamp(status.st_mtime, UTC))
