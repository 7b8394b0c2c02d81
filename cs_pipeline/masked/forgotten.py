"""What was withdrawn and is to be refused whenever it comes again, kept as digests.

Two files in the folder of processed exports (closed to others), one digest per line: those of the
conversations' ids, and those of masked values whose conversations are not wanted.
"""

from collections.abc import Iterable
from pathlib import Path

from cs_pipeline.files import exclusive, private_folder, write_atomic

_CONVERSATIONS, _VALUES = ".withdrawn-conversations", ".withdrawn-values"


class Forgotten:
    """Keeper of what was withdrawn."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def conversations(self) -> frozenset[str]:
        """Digests of conversations, in hex."""
        return _kept(self.folder / _CONVERSATIONS)

    def values(self) -> frozenset[bytes]:
        """Digests of masked values."""
        return frozenset(map(bytes.fromhex, _kept(self.folder / _VALUES)))

    def add(self, *, conversations: Iterable[str] = (), values: Iterable[bytes] = ()) -> None:
        """Keep further digests; known ones are fine."""
        self._keep(_CONVERSATIONS, conversations)
        self._keep(_VALUES, (value.hex() for value in values))

    def _keep(self, name: str, digests: Iterable[str]) -> None:
        if new := set(digests):
            path = private_folder(self.folder) / name
            with exclusive(self.folder / f"{name}.lock"):
                write_atomic(path, "\n".join(sorted(_kept(path) | new)) + "\n")


def _kept(path: Path) -> frozenset[str]:
    return frozenset(path.read_text("ascii").split()) if path.exists() else frozenset()
