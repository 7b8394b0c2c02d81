"""A store in a folder."""

import hashlib
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

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
        return sorted(
            (
                _listed(path.relative_to(self.root).as_posix(), path.stat())
                for path in self.root.rglob("*")
                if path.is_file()
                and not path.name.startswith(".")
                and path.relative_to(self.root).as_posix().startswith(prefix)
            ),
            key=lambda item: item.key,
        )

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
