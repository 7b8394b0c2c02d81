"""The keys of a shard's rows on disk.

A cache, worked out anew from the shard's texts where it is missing. Every merge looks through the
keys of all shards, so they lie as they are read: one column after the other, uint64.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cs_pipeline.dataset.keys import RowKeys, keys_of
from cs_pipeline.files import atomic_path

TextParts = Iterable[tuple[Sequence[str], Sequence[str]]]
"""Questions and answers of a shard's rows in order, in parts."""

# Few enough that a part's columns stay in the processor's cache while they are looked through.
_ROWS_A_PART = 65_536


class KeyWriter:
    """Collects the keys of a shard's rows while it is written: 56 bytes a row."""

    def __init__(self) -> None:
        self._parts: list[NDArray[np.uint64]] = [np.empty((7, 0), np.uint64)]

    def add(self, questions: Sequence[str], answers: Sequence[str]) -> None:
        """Take in the next rows."""
        exchange, answer, side, bands = keys_of(questions, answers)
        self._parts.append(np.stack([exchange, answer, side, *bands]))

    def write(self, path: Path) -> None:
        """Write the keys atomically, as `numpy.save` does but a column at a time."""
        shape = (7, sum(part.shape[1] for part in self._parts))
        about = {"descr": "<u8", "fortran_order": False, "shape": shape}
        with atomic_path(path) as temporary, temporary.open("wb") as out:
            np.lib.format.write_array_header_1_0(out, about)
            for column in range(7):
                out.write(np.concatenate([part[column] for part in self._parts]).tobytes())


class ShardKeys:
    """The keys of one shard.

    Args:
        path: the file of the keys.
        rows: how many the shard has.
        texts: gives its texts, should the keys have to be worked out.
    """

    def __init__(self, path: Path, rows: int, texts: Callable[[], TextParts]) -> None:
        self._path = path
        self._rows = rows
        self._texts = texts

    def __call__(self) -> Iterator[RowKeys]:
        """The keys in the order of the rows, in parts."""
        columns = self._load()
        if columns is None:
            writer = KeyWriter()
            for questions, answers in self._texts():
                writer.add(questions, answers)
            writer.write(self._path)
            columns = self._load()
        if columns is None:
            raise ValueError(f"a shard of other than {self._rows} rows")
        for first in range(0, max(self._rows, 1), _ROWS_A_PART):
            exchange, answer, side, *bands = columns[:, first : first + _ROWS_A_PART]
            yield RowKeys(exchange, answer, side, tuple(bands))

    def _load(self) -> NDArray[np.uint64] | None:
        try:
            columns = np.load(self._path, mmap_mode="r", allow_pickle=False)
        except (OSError, ValueError, EOFError):
            return None
        fits = columns.dtype == np.uint64 and columns.shape == (7, self._rows)
        return columns if fits else None
