"""Masked shards: one Parquet file an export, named by the export's sha256.

Columns: `input`, `output`, `conversation_id` (strings), `turn_index` (int32) and, for audits,
`rules` (list of strings: the masking rules that were at work in the row).
"""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cs_pipeline.errors import DatasetError
from cs_pipeline.files import atomic_path, sha256_file, write_atomic
from cs_pipeline.records import MaskedExchanges

COLUMNS = ("input", "output", "conversation_id", "turn_index")
_MASKED_MARK = b"cs_pipeline.masked_export"


class MaskedRow(NamedTuple):
    """One row of a shard; `conversation_id` and `turn_index` together name it in its export."""

    question: str
    answer: str
    conversation_id: str
    turn_index: int
    rules: list[str]


def write_shard(folder: Path, export_sha256: str, masked: MaskedExchanges) -> tuple[Path, str]:
    """Write the shard of one export atomically; returns its path and the sha256 of its bytes.

    The same exchanges give the same bytes.
    """
    table = pa.table(
        {
            "input": pa.array(masked.inputs, pa.string()),
            "output": pa.array(masked.outputs, pa.string()),
            "conversation_id": pa.array(masked.conversation_ids, pa.string()),
            "turn_index": pa.array(masked.turn_indexes, pa.int32()),
            "rules": pa.array(masked.rules, pa.list_(pa.string())),
        }
    ).replace_schema_metadata({_MASKED_MARK: export_sha256.encode()})
    path = folder / f"{export_sha256}.parquet"
    with atomic_path(path) as temporary:
        pq.write_table(table, temporary, compression="zstd")
    return path, sha256_file(path)


def read_shard(path: Path, sha256: str) -> Iterator[tuple[str, str, str, int]]:
    """Stream the rows of a shard in order, after checking its bytes and its masking mark.

    Raises:
        DatasetError: the shard is missing, changed, or was not written by the mask step.
    """
    yield from _stream(path, sha256, COLUMNS)


def read_masked_rows(path: Path, sha256: str) -> Iterator[MaskedRow]:
    """Like `read_shard`, with the rules that were at work in each row."""
    for row in _stream(path, sha256, (*COLUMNS, "rules")):
        yield MaskedRow(*row)


class ShardCopy(NamedTuple):
    """A shard from which rows were taken out."""

    path: Path
    sha256: str
    rows: int


def holds_conversation(path: Path, sha256: str, conversation_ids: frozenset[str]) -> bool:
    """Whether the shard has a row of one of these conversations.

    Raises:
        DatasetError: as `read_shard`.
    """
    _check(path, sha256)
    return _holds(path, conversation_ids)


def copy_shard_without(
    path: Path, sha256: str, conversation_ids: frozenset[str]
) -> ShardCopy | None:
    """Write a copy beside the shard without these conversations; None when it holds none of them.

    The copy's name follows from its bytes; the shard itself stays.

    Raises:
        DatasetError: as `read_shard`.
    """
    _check(path, sha256)
    if not _holds(path, conversation_ids):
        return None
    table = pq.read_table(path)
    rest = table.filter(pc.invert(_of_conversations(table, conversation_ids)))
    buffer = pa.BufferOutputStream()
    pq.write_table(rest, buffer, compression="zstd")
    data = buffer.getvalue().to_pybytes()
    new_sha256 = hashlib.sha256(data).hexdigest()
    target = path.with_name(f"{path.stem.split('-')[0]}-{new_sha256[:8]}.parquet")
    write_atomic(target, data)
    return ShardCopy(target, new_sha256, rest.num_rows)


def _holds(path: Path, conversation_ids: frozenset[str]) -> bool:
    ids = pq.read_table(path, columns=["conversation_id"])
    return bool(pc.any(_of_conversations(ids, conversation_ids)).as_py())


def _of_conversations(table: pa.Table, conversation_ids: frozenset[str]) -> pa.ChunkedArray:
    """True for each row of one of the conversations."""
    wanted = pa.array(sorted(conversation_ids), pa.string())
    return pc.is_in(table.column("conversation_id"), value_set=wanted)


def _check(path: Path, sha256: str) -> None:
    """Raise `DatasetError` unless the shard has these bytes and its masking mark."""
    if not path.exists() or sha256_file(path) != sha256:
        raise DatasetError(
            ko=f"샤드 {path.name}이 없거나 내용이 바뀌었습니다. "
            "원본 엑셀을 다시 인박스에 넣거나 백업에서 복원하세요.",
            en=f"Shard {path.name} is missing or changed. "
            "Drop its export into the inbox again or restore it from a backup.",
        )
    if _MASKED_MARK not in (pq.read_schema(path).metadata or {}):
        raise DatasetError(
            ko=f"샤드 {path.name}에 마스킹 표시가 없습니다. mask 단계로 다시 만드세요.",
            en=f"Shard {path.name} carries no masking mark. Make it again by the mask step.",
        )


def _stream(path: Path, sha256: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    _check(path, sha256)
    with pq.ParquetFile(path) as parquet:
        for batch in parquet.iter_batches(batch_size=8192, columns=list(columns)):
            values = [batch.column(name).to_pylist() for name in columns]
            yield from zip(*values, strict=True)
