"""What of each shard stands in the CSVs of a version, kept beside them as `selection.bin`.

With it the next version can be made from the CSVs of this one. It is a cache: without it, with a
damaged one, or with CSVs that somebody touched since, they are written anew from the shards. In
front of numpy's bytes stand their sha256.
"""

import hashlib
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cs_pipeline.dataset.manifest import LAYOUT_FILE
from cs_pipeline.dataset.touched_rows import Status, Statuses

_DIGEST_BYTES = 32


Lengths = NDArray[np.uint32]
"""Bytes of each row of a CSV, its line break included."""


class ShardLayout(NamedTuple):
    """What became of a shard's rows, and those of them in `train.csv` and `val.csv`."""

    statuses: Statuses
    train: Lengths
    val: Lengths


def count_statuses(layouts: Sequence[ShardLayout]) -> dict[Status, int]:
    """Rows of all shards by what became of them."""
    counts = np.zeros(len(Status), np.int64)
    for layout in layouts:
        counts += np.bincount(layout.statuses, minlength=len(Status))
    return {status: int(counts[status]) for status in Status}


def save_layout(folder: Path, csv_names: Sequence[str], layouts: Sequence[ShardLayout]) -> None:
    """Write the layouts of a version's shards, in the order of its manifest.

    The CSVs are there by now; they may be renamed with their folder, but not be written again.
    """
    buffer = io.BytesIO()
    np.savez(
        buffer,
        csvs=_traces(folder, csv_names),
        sizes=np.array([[len(part) for part in layout] for layout in layouts]).reshape(-1, 3),
        statuses=np.concatenate([layout.statuses for layout in layouts] or [np.empty(0, np.uint8)]),
        train=np.concatenate([layout.train for layout in layouts] or [np.empty(0, np.uint32)]),
        val=np.concatenate([layout.val for layout in layouts] or [np.empty(0, np.uint32)]),
    )
    content = buffer.getvalue()
    (folder / LAYOUT_FILE).write_bytes(hashlib.sha256(content).digest() + content)


def load_layout(
    folder: Path, csv_names: Sequence[str], shards: Sequence[str]
) -> Mapping[str, ShardLayout]:
    """Layouts by the sha256 of their shard; empty when there are none that fit.

    Args:
        folder: of the version.
        csv_names: of its CSVs.
        shards: sha256s of its shards, in the order of its manifest.
    """
    try:
        written = (folder / LAYOUT_FILE).read_bytes()
    except OSError:
        return {}
    digest, content = written[:_DIGEST_BYTES], written[_DIGEST_BYTES:]
    if hashlib.sha256(content).digest() != digest:
        return {}
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        sizes = arrays["sizes"]
        touched = not np.array_equal(arrays["csvs"], _traces(folder, csv_names))
        if touched or not shards or len(sizes) != len(shards):
            return {}
        parts = [
            np.split(arrays[name], np.cumsum(sizes[:-1, column]))
            for column, name in enumerate(ShardLayout._fields)
        ]
    return dict(zip(shards, map(ShardLayout, *parts), strict=True))


def _traces(folder: Path, names: Sequence[str]) -> NDArray[np.int64]:
    """What changes when somebody writes to a file or puts another one in its place."""
    found = [(folder / name).stat() for name in names if (folder / name).is_file()]
    traces = [(one.st_ino, one.st_size, one.st_mtime_ns, one.st_ctime_ns) for one in found]
    return np.array(traces, np.int64).reshape(-1, 4)
