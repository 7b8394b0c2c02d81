"""A masked shard: the rows of one export as a Parquet file.

Columns: `input`, `output`, `conversation_id` (strings), `turn_index` (int32) and, for audits,
`rules` (list of strings: the masking rules that were at work in the row). The rows of a
conversation stand together, in its order.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cs_pipeline.dataset import wording
from cs_pipeline.dataset.key_files import KeyWriter
from cs_pipeline.files import sha256_file
from cs_pipeline.records import MaskedExchanges

COLUMNS = ("input", "output", "conversation_id", "turn_index")
ROWS_A_GROUP, TEXT_BYTES_A_GROUP = 32_768, 32 * 1024**2
"""A row group ends with the row that brings it to one of these."""
_ROWS_AT_ONCE = 2048
_MASKED_MARK = b"cs_pipeline.masked_export"
_SCHEMA = pa.schema(
    {
        "input": pa.string(),
        "output": pa.string(),
        "conversation_id": pa.string(),
        "turn_index": pa.int32(),
        "rules": pa.list_(pa.string()),
    }
)


class MaskedRow(NamedTuple):
    """One row of a shard; `conversation_id` and `turn_index` together name it in its export."""

    question: str
    answer: str
    conversation_id: str
    turn_index: int
    rules: list[str]


def write_rows(
    path: Path, export_sha256: str, parts: Iterable[MaskedExchanges], keys: KeyWriter
) -> None:
    """Write the shard of one export part by part; `keys` takes in those of its rows.

    The same exchanges give the same bytes, in whatever parts.
    """
    tables = (_table(part, keys) for part in parts)
    _write(path, tables, {_MASKED_MARK: export_sha256.encode()})


def read_shard(path: Path, sha256: str) -> Iterator[tuple[str, str, str, int]]:
    """Stream the rows of a shard in order, after checking its bytes and its masking mark.

    Raises:
        DatasetError: the shard is missing, changed, or was not written by the mask step.
    """
    check_shard(path, sha256)
    yield from read_rows(path)


def read_rows(path: Path) -> Iterator[tuple[str, str, str, int]]:
    """Like `read_shard`, of a shard that was checked before."""
    yield from _stream(path, COLUMNS)


def read_texts(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Questions and answers in order, in parts, of a shard that was checked before."""
    with pq.ParquetFile(path) as parquet:
        for batch in parquet.iter_batches(batch_size=_ROWS_AT_ONCE, columns=list(COLUMNS[:2])):
            questions, answers = (column.to_pylist() for column in batch.columns)
            yield questions, answers


def read_masked_rows(path: Path, sha256: str) -> Iterator[MaskedRow]:
    """Like `read_shard`, with the rules that were at work in each row."""
    check_shard(path, sha256)
    for row in _stream(path, (*COLUMNS, "rules")):
        yield MaskedRow(*row)


def holds_conversation(path: Path, sha256: str, conversation_ids: frozenset[str]) -> bool:
    """Whether the shard has a row of one of these conversations.

    Raises:
        DatasetError: as `read_shard`.
    """
    check_shard(path, sha256)
    return _holds(path, conversation_ids)


def rows_of_conversations(
    path: Path, sha256: str, conversation_ids: frozenset[str]
) -> dict[str, int]:
    """Rows of each of these conversations that the shard holds.

    Raises:
        DatasetError: as `read_shard`.
    """
    check_shard(path, sha256)
    ids = pq.read_table(path, columns=["conversation_id"])
    found = ids.filter(_of_conversations(ids, conversation_ids)).column("conversation_id")
    return dict(Counter(found.to_pylist()))


def write_rows_without(path: Path, source: Path, conversation_ids: frozenset[str]) -> int:
    """Write the shard `source`, which was checked before, without these conversations.

    Returns:
        The number of rows that are left.
    """
    return _write(path, _without(source, conversation_ids), pq.read_schema(source).metadata)


def check_shard(path: Path, sha256: str) -> None:
    """Make sure that a shard has these bytes and its masking mark.

    Raises:
        DatasetError: it has not, or is missing.
    """
    if not path.exists() or sha256_file(path) != sha256:
        raise wording.changed_shard(path)
    if _MASKED_MARK not in (pq.read_schema(path).metadata or {}):
        raise wording.without_masking_mark(path)


def check_present(path: Path) -> None:
    """Make sure that a shard whose bytes are not needed now is there.

    Raises:
        DatasetError: it is not.
    """
    if not path.is_file():
        raise wording.changed_shard(path)


def _table(masked: MaskedExchanges, keys: KeyWriter) -> pa.Table:
    keys.add(masked.inputs, masked.outputs)
    columns = [
        masked.inputs,
        masked.outputs,
        masked.conversation_ids,
        masked.turn_indexes,
        masked.rules,
    ]
    arrays = [pa.array(column, kind) for column, kind in zip(columns, _SCHEMA.types, strict=True)]
    return pa.Table.from_arrays(arrays, schema=_SCHEMA)


def _without(path: Path, conversation_ids: frozenset[str]) -> Iterator[pa.Table]:
    """The shard's rows but for those of these conversations, in parts."""
    with pq.ParquetFile(path) as parquet:
        for batch in parquet.iter_batches(batch_size=_ROWS_AT_ONCE, columns=_SCHEMA.names):
            table = pa.Table.from_batches([batch])
            gone = _of_conversations(table, conversation_ids)
            yield table.filter(pc.invert(gone))


def _write(path: Path, tables: Iterable[pa.Table], marks: Mapping[bytes, bytes]) -> int:
    """Write row groups of the same sizes whatever the tables' sizes; returns the number of rows."""
    schema = _SCHEMA.with_metadata(dict(marks))
    rows = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        group = _RowGroup(writer, schema)
        for table in tables:
            rows += table.num_rows
            group.add(table.replace_schema_metadata(schema.metadata))
        group.write()
    return rows


class _RowGroup:
    """The rows that are written together next."""

    def __init__(self, writer: pq.ParquetWriter, schema: pa.Schema) -> None:
        self._writer, self._schema = writer, schema
        self._begin()

    def _begin(self) -> None:
        self._parts: list[pa.Table] = []
        self._rows = self._text_bytes = 0

    def add(self, table: pa.Table) -> None:
        """Take in rows, and write what is full."""
        sides = (table.column(name) for name in COLUMNS[:2])
        lengths = sum(pc.binary_length(side).to_numpy().astype(np.int64) for side in sides)
        done = 0
        while done < table.num_rows:
            ends = np.cumsum(lengths[done:]) + self._text_bytes
            filling = int(np.searchsorted(ends, TEXT_BYTES_A_GROUP)) + 1
            taken = min(filling, ROWS_A_GROUP - self._rows, len(ends))
            self._parts.append(table.slice(done, taken))
            done, self._rows = done + taken, self._rows + taken
            self._text_bytes = int(ends[taken - 1])
            if self._rows == ROWS_A_GROUP or self._text_bytes >= TEXT_BYTES_A_GROUP:
                self.write()

    def write(self) -> None:
        """Write what there is, if anything."""
        if self._parts:
            self._writer.write_table(pa.concat_tables(self._parts).combine_chunks())
            self._begin()


def _holds(path: Path, conversation_ids: frozenset[str]) -> bool:
    ids = pq.read_table(path, columns=["conversation_id"])
    return bool(pc.any(_of_conversations(ids, conversation_ids)).as_py())


def _of_conversations(table: pa.Table, conversation_ids: frozenset[str]) -> pa.ChunkedArray:
    """True for each row of one of the conversations."""
    wanted = pa.array(sorted(conversation_ids), pa.string())
    return pc.is_in(table.column("conversation_id"), value_set=wanted)


def _stream(path: Path, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    with pq.ParquetFile(path) as parquet:
        for batch in parquet.iter_batches(batch_size=_ROWS_AT_ONCE, columns=list(columns)):
            values = [batch.column(name).to_pylist() for name in columns]
            yield from zip(*values, strict=True)
