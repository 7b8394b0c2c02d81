"""A store that refuses to be written to by somebody who lost the lease."""

from collections.abc import Callable
from pathlib import Path

from typing_extensions import override

from cs_pipeline.storage import Conditions, ObjectStore, StoredObject


class FencedStore(ObjectStore):
    """Another store; `check` is called before each write and raises when there may be none."""

    def __init__(self, store: ObjectStore, check: Callable[[], None]) -> None:
        self.uri = store.uri
        self._store = store
        self._check = check

    @override
    def list_objects(self, prefix: str = "") -> list[StoredObject]:
        return self._store.list_objects(prefix)

    @override
    def read(self, key: str) -> tuple[bytes, str]:
        return self._store.read(key)

    @override
    def write_if(self, key: str, data: bytes, *, expected_etag: str | None) -> str:
        self._check()
        return self._store.write_if(key, data, expected_etag=expected_etag)

    @override
    def upload(self, source: Path, key: str) -> None:
        self._check()
        self._store.upload(source, key)

    @override
    def download(self, key: str, target: Path) -> None:
        self._store.download(key, target)

    @override
    def delete(self, key: str) -> None:
        self._check()
        self._store.delete(key)

    @override
    def conditions(self) -> Conditions:
        """Unchecked: a probe writes to keys of its own only."""
        return self._store.conditions()

    @override
    def known_conditions(self) -> Conditions | None:
        return self._store.known_conditions()
