"""What every store can do, and the values it speaks in."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Protocol

from cs_pipeline.storage import wording

NAME_BYTES = 200
"""Longest part of a key between two slashes; some stores fail above it in ways of their own."""
KEY_BYTES = 900
"""Longest key below a store's root; S3 allows 1,024 with the prefix."""


@dataclass(frozen=True, slots=True)
class StoredObject:
    """One listed object. `key` is relative to the store; `size_bytes` its length.

    `changed_at` is when it was last written, where the store says so.
    """

    key: str
    size_bytes: int
    changed_at: datetime | None = field(default=None, compare=False)


class Conditions(StrEnum):
    """Which conditional writes a store keeps to."""

    COMPARE_AND_SWAP = "compare-and-swap"
    """Create-only, and replacing what was read (`If-None-Match: *`, `If-Match`)."""
    CREATE_ONLY = "create-only"
    """Only `If-None-Match: *`."""


class ObjectStore(Protocol):
    """Named byte strings below one URI. Keys are relative POSIX paths."""

    uri: str

    def list_objects(self, prefix: str = "") -> list[StoredObject]:
        """Objects whose key starts with `prefix`, by key."""

    def read(self, key: str) -> tuple[bytes, str]:
        """Bytes and entity tag. Raises `ObjectNotFound`."""

    def write_if(self, key: str, data: bytes, *, expected_etag: str | None) -> str:
        """Write only if the object still has `expected_etag` (None: does not exist).

        Returns the new tag. Raises `PointerConflict` when somebody else was first.
        """

    def upload(self, source: Path, key: str) -> None:
        """Store the file `source`, replacing what is there."""

    def download(self, key: str, target: Path) -> None:
        """Write the object to `target` atomically. Raises `ObjectNotFound`."""

    def delete(self, key: str) -> None:
        """Remove the object; missing is fine."""

    def conditions(self) -> Conditions:
        """Which conditional writes it keeps to; found out by trying, once for each endpoint.

        Raises:
            StorageError: it keeps to none, so that two writers would overwrite each other.
        """

    def known_conditions(self) -> Conditions | None:
        """The same for somebody who only reads; None: it was never found out."""


def inside(key: str) -> str:
    """The key, if it stays below the store's root. Raises `StorageError`."""
    path = PurePosixPath(key)
    if path.is_absolute() or ".." in path.parts:
        raise wording.points_outside()
    return key


def writable(key: str) -> str:
    """The key, if every store can take it: no long names, no control characters.

    Raises:
        StorageError: it cannot be written under this name.
    """
    longest = max(inside(key).split("/"), key=lambda part: len(part.encode()))
    for name, limit in ((longest, NAME_BYTES), (key, KEY_BYTES)):
        if len(name.encode()) > limit:
            raise wording.name_too_long(name, limit_bytes=limit)
    if any(ord(letter) < 32 or ord(letter) == 127 for letter in key):
        raise wording.name_with_control_characters()
    return key
