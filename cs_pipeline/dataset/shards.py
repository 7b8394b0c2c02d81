"""The folder of masked shards: one file per export, named by the export's sha256.

<export sha256>.parquet            the shard as it was masked
<export sha256>-<sha8>.parquet     one from which conversations were withdrawn
keys/<shard sha256>-<version>.npy  the keys of its rows: a cache (see `key_files`)
keys/<shard sha256>-values-<>.npy  digests of what it shows: a cache (see `shown_values`)
"""

import tempfile
from collections.abc import Collection, Iterable
from pathlib import Path

from cs_pipeline.dataset.key_files import KeyWriter, ShardKeys
from cs_pipeline.dataset.keys import keys_version
from cs_pipeline.dataset.manifest import ShardReference
from cs_pipeline.dataset.shard import (
    check_present,
    check_shard,
    holds_conversation,
    read_texts,
    rows_of_conversations,
    write_rows,
    write_rows_without,
)
from cs_pipeline.dataset.shown_values import Heads, shown_values
from cs_pipeline.files import atomic_path, flush_to_disk, sha256_file
from cs_pipeline.masked.digests import DigestSet
from cs_pipeline.records import MaskedExchanges


class Shards:
    """Keeper of the folder of shards."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path_of(self, shard: ShardReference) -> Path:
        """Where a shard lies."""
        return self.folder / (shard.file_name or f"{shard.export_sha256}.parquet")

    def write(
        self, export_sha256: str, masked: MaskedExchanges | Iterable[MaskedExchanges]
    ) -> tuple[Path, str]:
        """Write the shard of one export, and its keys; returns its path and its sha256.

        Given in parts, they are written as they come. The same exchanges give the same bytes, in
        whatever parts.
        """
        path = self.folder / f"{export_sha256}.parquet"
        keys = KeyWriter()
        with atomic_path(path) as temporary:
            parts = [masked] if isinstance(masked, MaskedExchanges) else masked
            write_rows(temporary, export_sha256, parts, keys)
            sha256 = sha256_file(temporary)
            keys.write(self._keys_path(sha256))
        return path, sha256

    def check(self, shard: ShardReference) -> None:
        """Make sure that a shard has its bytes and its masking mark.

        Raises:
            DatasetError: it has not, or is missing.
        """
        check_shard(self.path_of(shard), shard.sha256)

    def check_present(self, shard: ShardReference) -> None:
        """Make sure that a shard whose bytes are not needed now is there.

        Raises:
            DatasetError: it is not.
        """
        check_present(self.path_of(shard))

    def is_whole(self, shard: ShardReference) -> bool:
        """Whether a shard is there with its bytes."""
        path = self.path_of(shard)
        return path.is_file() and sha256_file(path) == shard.sha256

    def keys(self, shard: ShardReference) -> ShardKeys:
        """The keys of a shard's rows, worked out anew where they are missing."""
        path = self.path_of(shard)
        return ShardKeys(self._keys_path(shard.sha256), shard.rows, lambda: read_texts(path))

    def shown_values(self, shard: ShardReference, masked: DigestSet) -> Heads:
        """What a shard shows that could be a masked value, worked out anew where it is missing."""
        path = self.path_of(shard)
        cache = self._keys_folder / f"{shard.sha256}-values-{masked.key_name()}.npy"
        return shown_values(cache, lambda: read_texts(path), masked.digests_in)

    def holds(self, shard: ShardReference, conversation_ids: frozenset[str]) -> bool:
        """Whether a shard has a row of one of these conversations.

        Raises:
            DatasetError: the shard is missing or changed.
        """
        return holds_conversation(self.path_of(shard), shard.sha256, conversation_ids)

    def rows_of(self, shard: ShardReference, conversation_ids: frozenset[str]) -> dict[str, int]:
        """Rows that a shard has of each of these conversations, those that it has none of left out.

        Raises:
            DatasetError: the shard is missing or changed.
        """
        return rows_of_conversations(self.path_of(shard), shard.sha256, conversation_ids)

    def without(
        self, shard: ShardReference, conversation_ids: frozenset[str]
    ) -> ShardReference | None:
        """A copy of a shard without these conversations, None when no row is left.

        The shard itself when it holds none of them. The copy's name follows from its bytes; the
        shard stays where it is.

        Raises:
            DatasetError: the shard is missing or changed.
        """
        if not self.holds(shard, conversation_ids):
            return shard
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            unnamed = Path(folder) / "shard.parquet"
            rows = write_rows_without(unnamed, self.path_of(shard), conversation_ids)
            if not rows:
                return None
            sha256 = sha256_file(unnamed)
            name = f"{shard.export_sha256}-{sha256[:8]}.parquet"
            flush_to_disk(unnamed)
            unnamed.replace(self.folder / name)
        flush_to_disk(self.folder)
        return shard.model_copy(update={"sha256": sha256, "rows": rows, "file_name": name})

    def erase(self, gone: Collection[ShardReference], *, kept: Collection[ShardReference]) -> None:
        """Delete shards and their keys, but for what those that are `kept` share with them."""
        for path in set(map(self.path_of, gone)) - set(map(self.path_of, kept)):
            path.unlink(missing_ok=True)
        for sha256 in {shard.sha256 for shard in gone} - {shard.sha256 for shard in kept}:
            for path in self._keys_folder.glob(f"{sha256}-*.npy"):
                path.unlink(missing_ok=True)

    @property
    def _keys_folder(self) -> Path:
        return self.folder / "keys"

    def _keys_path(self, shard_sha256: str) -> Path:
        return self._keys_folder / f"{shard_sha256}-{keys_version()}.npy"
