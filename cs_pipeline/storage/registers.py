"""Small objects that several processes change: the live pointer, leases, requests.

On a store that can compare and swap, a register is one object, such as `live.json`. On one with
create-only writes alone it is a row of objects, `live/00000001.json`, `live/00000002.json`, ...,
each written once; the highest is the one that holds. Numbers are never used again, so that a writer
who read an old one cannot win.
"""

import re
from pathlib import PurePosixPath

from cs_pipeline.errors import StoreDenied
from cs_pipeline.storage import wording
from cs_pipeline.storage.objects import Conditions, ObjectStore

_DIGITS = 8


class Register:
    """One register of a store.

    Args:
        store: where it lies.
        key: of the one object, or from which those of the row are named.
    """

    def __init__(self, store: ObjectStore, key: str) -> None:
        self._store = store
        self.key = key
        path = PurePosixPath(key)
        self._row = f"{path.with_suffix('')}/"
        self._suffix = path.suffix
        self._numbered = re.compile(
            rf"{re.escape(self._row)}(\d{{{_DIGITS}}}){re.escape(path.suffix)}"
        )

    def read(self) -> tuple[bytes, str]:
        """What it holds, and a tag for `write`. Raises `ObjectNotFound`."""
        known = self._store.known_conditions()
        if known is Conditions.COMPARE_AND_SWAP:
            return self._store.read(self.key)
        try:
            number = self._highest()
        except StoreDenied:
            if known is not None:
                raise
            number = 0  # the store was never probed: there is no row
        if number:
            return self._store.read(self._key_of(number))[0], str(number)
        data, etag = self._store.read(self.key)
        return data, etag if known is None else "0"

    def write(self, data: bytes, *, expected: str | None) -> str:
        """Write if it still holds what was read with the tag `expected` (None: nothing).

        Returns the new tag.

        Raises:
            PointerConflict: somebody else was first.
            StorageError: the store keeps to no conditions.
        """
        if self._store.conditions() is Conditions.COMPARE_AND_SWAP:
            return self._store.write_if(self.key, data, expected_etag=expected)
        before = "0" if expected is None else expected
        if not before.isdigit():  # read when the store was thought to compare and swap
            raise wording.changed_meanwhile(self._store.uri, self.key)
        number = int(before) + 1
        self._store.write_if(self._key_of(number), data, expected_etag=None)
        return str(number)

    def _key_of(self, number: int) -> str:
        return f"{self._row}{number:0{_DIGITS}d}{self._suffix}"

    def _highest(self) -> int:
        found = (self._numbered.fullmatch(item.key) for item in self._store.list_objects(self._row))
        return max((int(match[1]) for match in found if match), default=0)
