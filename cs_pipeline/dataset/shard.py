"""Masked shards: one Parquet file an export, named by the export's sha256.

Columns: `input`, `output`, `conversation_id` (strings), `turn_index` (int32) and, for audits,
`rules` (list of strings: the masking rules that were at work in the row).
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from cs_pipeline.errors import DatasetError
from cs_pipeline.files import atomic_path, sha256_file
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


def _stream(path: Path, sha256: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    if not path.exists() or sha256_file(path) != sha256:
        raise DatasetError(
            ko=f"샤드 {path.name}이 없거나 내용이 바뀌었습니다. "
            "원본 엑셀을 다시 인박스에 넣거나 백업에서 복원하세요.",
            en=f"Shard {path.name} is missing or changed. "
            "Drop its export into the inbox again or restore it from a backup.",
        )
    with pq.ParquetFile(path) as parquet:
        if _MASKED_MARK not in (parquet.schema_arrow.metadata or {}):
            raise DatasetError(
                ko=f"샤드 {path.name}에 마스킹 표시가 없습니다. mask 단계로 다시 만드세요.",
                en=f"Shard {path.name} carries no masking mark. Make it again by the mask step.",
            )
        for batch in parquet.iter_batches(batch_size=8192, columns=list(columns)):
            values = [batch.column(name).to_pylist() for name in columns]
            yield from zip(*values, strict=True)
