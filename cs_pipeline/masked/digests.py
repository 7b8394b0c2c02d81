"""Masked values, kept so that they can be recognised again but not read.

Masking leaves one Parquet file per export, `masked-values/<export sha256>.parquet` in the folder of
processed exports (closed to others): a keyed digest of each value that was replaced, its type and,
for long numbers, its first digits. The leak probe asks by it whether what a model says is a value
that was masked, and a withdrawal where a value stood. Columns: `digest` (16 bytes), `entity_type`,
`prefix` (strings, `prefix` may be null), `conversations` (list of strings: the digests of those
that held the value, as in the shard); one row a digest.

Not every value can be recognised. A name, an address or a date of birth is shared by many people
and written by a model that never saw it; a one-time code or a card's expiry date is a few digits
that any price may show. A hit on such a value would say nothing, so none of them is kept: only
numbers of six digits and more, e-mail addresses, and identifiers of six characters and more with
a digit in them.
"""

import hmac
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

from cs_pipeline.files import atomic_path, private_folder
from cs_pipeline.masked.values import candidates, first_digits, recognisable
from cs_pipeline.masked.wording import digests_damaged

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

_Kept = tuple[bytes, str, str, str | None]
"""Digest, conversation, entity type, first digits."""

_DIGEST_BYTES = 16
_VALUES_A_PART = 50_000
_TELLING_COLUMNS = ("entity_type", "prefix")
_PURPOSE = b"masked-value\0"
_PREFIXES_OF_A_TYPE = 3


def _digest(key: bytes, plain: str) -> bytes:
    return hmac.digest(key, _PURPOSE + plain.encode(), "sha256")[:_DIGEST_BYTES]


class ValueDigests:
    """Collects the digests of one export; holds no value.

    Args:
        key: this installation's secret, the same for all exports.
    """

    def __init__(self, key: str) -> None:
        self._key = key.encode()
        self._waiting: list[_Kept] = []
        self._parts: list[pa.Table] = []

    def __len__(self) -> int:
        return int(self._by_digest().num_rows)

    def add(self, entity_type: str, value: str, conversation_id: str = "") -> bytes | None:
        """Take in a masked value, if it can be recognised again; see `recognisable`.

        Returns:
            Its digest, None if it cannot.
        """
        plain = recognisable(entity_type, value)
        if plain is None:
            return None
        digest = _digest(self._key, plain)
        prefix = first_digits(entity_type, plain, value)
        self._waiting.append((digest, conversation_id, entity_type, prefix))
        if len(self._waiting) >= _VALUES_A_PART:
            self._pack()
        return digest

    def write(self, path: Path) -> None:
        """Write the digests to `path`, whole or not at all; the same values give the same bytes."""
        import pyarrow.parquet as pq

        private_folder(path.parent)
        with atomic_path(path) as temporary:
            pq.write_table(self._by_digest(), temporary, compression="zstd")

    def _pack(self) -> None:
        """Hold what was taken in as columns: a million values in 60 MB instead of 500."""
        import pyarrow as pa

        kinds = (pa.binary(_DIGEST_BYTES), pa.string(), pa.string(), pa.string())
        columns = zip(*self._waiting, strict=True) if self._waiting else ((), (), (), ())
        arrays = [pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
        self._parts.append(pa.table(arrays, names=["digest", "conversation", *_TELLING_COLUMNS]))
        self._waiting = []

    def _by_digest(self) -> "pa.Table":
        """One row a digest, with its conversations in order."""
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        self._pack()
        kept = pa.concat_tables(self._parts)
        self._parts = [kept.sort_by([(name, "ascending") for name in kept.column_names])]
        [kept] = self._parts
        is_new, is_other = (_differs_from_last(kept.column(n)) for n in ("digest", "conversation"))
        named = pc.not_equal(kept.column("conversation"), "").to_numpy() & (is_new | is_other)
        firsts = np.flatnonzero(is_new)
        ends = np.concatenate([[0], np.cumsum(named)])
        conversations = kept.column("conversation").filter(pa.array(named)).combine_chunks()
        offsets = pa.array(ends[np.append(firsts, kept.num_rows)], pa.int32())
        table = kept.take(pa.array(firsts)).drop_columns(["conversation"])
        lists = pa.ListArray.from_arrays(offsets, conversations)
        return table.append_column("conversations", lists)


def _differs_from_last(column: "pa.ChunkedArray") -> "NDArray[np.bool_]":
    """For each entry of a sorted column whether it is another one than that before it."""
    import numpy as np
    import pyarrow.compute as pc

    differs = np.ones(len(column), bool)
    if len(column):
        differs[1:] = pc.not_equal(column.slice(1), column.slice(0, len(column) - 1)).to_numpy()
    return differs


@dataclass(frozen=True, slots=True)
class DigestSet:
    """The masked values of many exports: `in` takes a normal form, `len` counts digests.

    `prefixes` are the most frequent first digits of each entity type.
    """

    key: bytes = field(repr=False)
    digests: frozenset[bytes] = field(repr=False)
    prefixes: Mapping[str, tuple[str, ...]] = field(repr=False)

    @classmethod
    def load(cls, paths: Iterable[Path], *, key: str) -> Self:
        """Read the files of many exports; none gives an empty set.

        Raises:
            DatasetError: a file is missing or damaged.
        """
        prefixes: defaultdict[str, Counter[str]] = defaultdict(Counter)
        digests = frozenset(_counted(paths, prefixes))
        return cls(
            key.encode(),
            digests,
            {
                entity_type: tuple(prefix for prefix, _ in counts.most_common(_PREFIXES_OF_A_TYPE))
                for entity_type, counts in sorted(prefixes.items())
            },
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """What `to_bytes` wrote."""
        head, _, digests = data.partition(b"\n")
        told = json.loads(head)
        return cls(
            bytes.fromhex(told["key"]),
            frozenset(
                digests[start : start + _DIGEST_BYTES]
                for start in range(0, len(digests), _DIGEST_BYTES)
            ),
            {entity_type: tuple(starts) for entity_type, starts in told["prefixes"].items()},
        )

    def to_bytes(self) -> bytes:
        """The whole set with its key, which is a secret: only ever for something that is sealed."""
        told = {"key": self.key.hex(), "prefixes": self.prefixes}
        return json.dumps(told).encode() + b"\n" + b"".join(sorted(self.digests))

    def __len__(self) -> int:
        return len(self.digests)

    def __contains__(self, plain: str) -> bool:
        return bool(self.digests) and _digest(self.key, plain) in self.digests

    def any_in(self, text: str) -> bool:
        """Whether one of the values stands in a masked text, however it is written."""
        return any(plain in self for plain in candidates(text))

    def digests_in(self, text: str) -> Iterator[bytes]:
        """The digest of every string in a text that could be a masked value, masked or not."""
        return (_digest(self.key, plain) for plain in candidates(text))

    def key_name(self) -> str:
        """Tells the key from others without telling it."""
        return _digest(self.key, "name").hex()[:8]


def _counted(paths: Iterable[Path], prefixes: Mapping[str, Counter[str]]) -> Iterator[bytes]:
    """The digests of many files, whose first digits are counted on the way."""
    for path in paths:
        for digest, entity_type, prefix in _read(path):
            if prefix:
                prefixes[entity_type][prefix] += 1
            yield digest


def _read(path: Path) -> Iterator[tuple[bytes, str, str | None]]:
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path).select(["digest", *_TELLING_COLUMNS])
    except (OSError, ValueError, KeyError):  # pyarrow's errors are of these kinds
        raise digests_damaged(path) from None
    for batch in table.to_batches(max_chunksize=_VALUES_A_PART):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


class MaskedValues:
    """Keeper of the digests of all exports.

    Args:
        folder: of the files, closed to others (0700).
        key: this installation's secret.
    """

    def __init__(self, folder: Path, key: str) -> None:
        self.folder = folder
        self._key = key

    def collector(self) -> ValueDigests:
        """What takes in the values of one export."""
        return ValueDigests(self._key)

    def save(self, export_sha256: str, digests: ValueDigests) -> None:
        """Keep the digests of one export, whole or not at all."""
        digests.write(self._path(export_sha256))

    def has(self, export_sha256: str) -> bool:
        """Whether digests of an export are kept; of one masked long ago there may be none."""
        return self._path(export_sha256).is_file()

    def load(self, export_sha256s: Iterable[str]) -> DigestSet:
        """The digests of many exports; none gives an empty set.

        Raises:
            DatasetError: a file is missing or damaged.
        """
        return DigestSet.load(map(self._path, export_sha256s), key=self._key)

    def digests_of(self, value: str) -> set[bytes]:
        """Digests under which a value that somebody names may be kept, whatever its type.

        Empty for what no digest is kept of, such as a name or a short number.
        """
        readings = {recognisable(entity_type, value) for entity_type in ("PHONE", "MEMBER_NO")}
        return {_digest(self._key.encode(), plain) for plain in readings if plain}

    def conversations_with(self, export_sha256: str, digests: Collection[bytes]) -> set[str]:
        """Digests of the conversations of one export that hold one of the values.

        Empty where no digests of the export are kept.

        Raises:
            DatasetError: the file is damaged, or older than the note of conversations.
        """
        path = self._path(export_sha256)
        return _conversations_with(path, digests) if path.exists() else set()

    def mentioned_in(self, text: str, digests: Collection[bytes]) -> set[bytes]:
        """Which of the digests are of a value that stands in a text, masked or not."""
        key = self._key.encode()
        return {_digest(key, plain) for plain in candidates(text)} & set(digests)

    def forget_conversations(self, export_sha256: str, conversations: Collection[str]) -> int:
        """Delete what stood in these conversations of an export (their digests) alone.

        Returns:
            How many values went. Doing it again changes nothing.

        Raises:
            DatasetError: the file is damaged, or older than the note of conversations.
        """
        path = self._path(export_sha256)
        return _forget_conversations(path, set(conversations)) if path.exists() else 0

    def forget(self, export_sha256: str) -> None:
        """Delete the digests of an export; none is fine."""
        self._path(export_sha256).unlink(missing_ok=True)

    def _path(self, export_sha256: str) -> Path:
        return self.folder / f"{export_sha256}.parquet"


def _forget_conversations(path: Path, gone: set[str]) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path)
        held = table.column("conversations").to_pylist()
    except (OSError, ValueError, KeyError):  # pyarrow's errors are of these kinds
        raise digests_damaged(path) from None
    left = [[one for one in row if one not in gone] for row in held]
    if left == held:
        return 0
    # A value that was noted without a conversation belongs to none that can be taken out.
    keep = [bool(now) or not before for now, before in zip(left, held, strict=True)]
    at = table.schema.get_field_index("conversations")
    table = table.set_column(at, "conversations", pa.array(left, pa.list_(pa.string())))
    with atomic_path(path) as temporary:
        pq.write_table(table.filter(pa.array(keep)), temporary, compression="zstd")
    return keep.count(False)


def _conversations_with(path: Path, digests: Collection[bytes]) -> set[str]:
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    wanted = pa.array(sorted(digests), pa.binary(_DIGEST_BYTES))
    try:
        table = pq.read_table(path)
        found = table.filter(pc.is_in(table.column("digest"), value_set=wanted))
        conversations = found.column("conversations").to_pylist()
    except (OSError, ValueError, KeyError):  # pyarrow's errors are of these kinds
        raise digests_damaged(path) from None
    return {one for row in conversations for one in row}
