"""Folders of files in a store: datasets and base models, whole or not at all.

The files go first, `manifest.json` with the sum of each goes last and is never replaced. A folder
without a manifest does not exist.
"""

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from cs_pipeline.errors import ObjectNotFound, PointerConflict
from cs_pipeline.files import sha256_file
from cs_pipeline.handover.wording import file_damaged, folder_taken, no_room
from cs_pipeline.records import Record, StoredFile
from cs_pipeline.storage import ObjectStore

_MANIFEST = "manifest.json"


class FolderManifest(Record):
    """What a folder in the store is made of."""

    name: str
    files: tuple[StoredFile, ...]

    @property
    def size_bytes(self) -> int:
        """Length of all files."""
        return sum(file.size_bytes for file in self.files)

    def sha256_of(self, path: str) -> str | None:
        """The sum of one file, None when it is not there."""
        return next((file.sha256 for file in self.files if file.path == path), None)


def manifest_of(name: str, files: Mapping[str, Path]) -> FolderManifest:
    """The manifest of local files, by their path in the folder to be."""
    return FolderManifest(
        name=name,
        files=tuple(
            StoredFile(path=path, sha256=sha256_file(file), size_bytes=file.stat().st_size)
            for path, file in sorted(files.items())
        ),
    )


def put(
    store: ObjectStore, prefix: str, manifest: FolderManifest, files: Mapping[str, Path]
) -> tuple[str, int]:
    """Upload a folder unless it is there already; what is cut short there is uploaded again.

    Returns:
        The sha256 of its manifest and how many bytes were uploaded.

    Raises:
        StorageError: the store is out of reach, or holds another folder under this name.
    """
    key, data = f"{prefix}/{_MANIFEST}", manifest.model_dump_json(indent=2).encode()
    stored = _bytes(store, key)
    if stored not in (None, data):
        raise folder_taken(store.uri, prefix)
    sizes = {item.key: item.size_bytes for item in store.list_objects(f"{prefix}/")}
    missing = [
        file
        for file in manifest.files
        if stored is None or sizes.get(f"{prefix}/{file.path}") != file.size_bytes
    ]
    for file in missing:
        store.upload(files[file.path], f"{prefix}/{file.path}")
    if stored is None:
        try:
            store.write_if(key, data, expected_etag=None)
        except PointerConflict:
            if _bytes(store, key) != data:
                raise folder_taken(store.uri, prefix) from None
    return hashlib.sha256(data).hexdigest(), sum(file.size_bytes for file in missing)


def read_manifest(store: ObjectStore, prefix: str) -> tuple[FolderManifest, str]:
    """The manifest of a folder and its sha256.

    Raises:
        ObjectNotFound: the folder is not in the store.
        DamagedObject: the manifest is unreadable.
    """
    data, _ = store.read(f"{prefix}/{_MANIFEST}")
    try:
        return FolderManifest.model_validate_json(data), hashlib.sha256(data).hexdigest()
    except ValidationError:
        raise file_damaged(store.uri, f"{prefix}/{_MANIFEST}") from None


def fetch(store: ObjectStore, prefix: str, manifest: FolderManifest, target: Path) -> None:
    """Download a folder into `target`; what is there and right is left as it is.

    Raises:
        DamagedObject: a file is not what the manifest says; it is not left in `target`.
        StorageError: a file is missing, or the store is out of reach.
    """
    for file in manifest.files:
        path = target / file.path
        if path.is_file() and sha256_file(path) == file.sha256:
            continue
        store.download(f"{prefix}/{file.path}", path)
        if path.stat().st_size != file.size_bytes or sha256_file(path) != file.sha256:
            path.unlink()
            raise file_damaged(store.uri, f"{prefix}/{file.path}")


def check_room(folder: Path, needed_bytes: int) -> None:
    """Refuse a download that the disk of `folder` has no room for. Raises `StorageError`."""
    free = shutil.disk_usage(folder).free
    if free < needed_bytes:
        raise no_room(folder, needed_bytes=needed_bytes, free_bytes=free)


def _bytes(store: ObjectStore, key: str) -> bytes | None:
    try:
        return store.read(key)[0]
    except ObjectNotFound:
        return None
