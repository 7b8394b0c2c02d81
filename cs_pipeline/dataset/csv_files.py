"""The two CSVs of a version: written from shards, or from the CSVs of the version before."""

import csv
import errno
import hashlib
import io
import json
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from io import FileIO
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from cs_pipeline.dataset.layout import Lengths
from cs_pipeline.dataset.shard import COLUMNS
from cs_pipeline.files import flush_to_disk
from cs_pipeline.masked.placeholders import PlaceholderForm

CONTEXT_COLUMN = "context"
_BYTES_A_SEND = 4 * 1024**2
_BYTES_A_FLUSH = 64 * 1024**2
_ROWS_A_CHUNK, _CHARACTERS_A_CHUNK = 8192, 4 * 1024**2
# Some file systems cannot copy between files by themselves.
_NOT_HERE = (errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP)
_NEWLINE, _QUOTE = b"\n", b'"'

CsvRow = tuple[str, str, str, int]
"""Question, answer, conversation and turn, as in a shard."""


class RowForm(NamedTuple):
    """How rows are written: their placeholders, and how many earlier exchanges come with each."""

    placeholders: PlaceholderForm
    context_turns: int

    def header(self) -> list[str]:
        """The names of the columns."""
        return [*COLUMNS, CONTEXT_COLUMN] if self.context_turns else list(COLUMNS)

    def written(self, rows: Iterable[CsvRow], hidden: NDArray[np.bool_]) -> Iterator[list[str]]:
        """The cells of each row of a shard, all of them in order, with the context of each.

        The rows that are `hidden` are no context; nor is what stands before them.
        """
        earlier: deque[str] = deque(maxlen=2 * self.context_turns)
        conversation = ""
        for row, hide in zip(rows, hidden.tolist(), strict=True):
            question, answer, conversation_id, turn_index = row
            texts = [
                self.placeholders.write(text) if "#@" in text else text
                for text in (question, answer)
            ]
            cells = [*texts, conversation_id, str(turn_index)]
            if self.context_turns:
                if conversation_id != conversation:
                    conversation = conversation_id
                    earlier.clear()
                cells.append(json.dumps(list(earlier), ensure_ascii=False))
                earlier.extend(texts)
                if hide:
                    earlier.clear()
            yield cells


class OldCsv:
    """A CSV of an earlier version, from which rows are taken in their order."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stream = path.open("rb", buffering=0)
        self.position = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._stream.close()

    def send(self, target: FileIO, size_bytes: int) -> Iterator[int]:
        """Append the next bytes to an open file; yields how many went there each time.

        Raises:
            EOFError: this file ends before.
        """
        while size_bytes:
            most = min(size_bytes, _BYTES_A_SEND)
            sent = self._send_some(target, most)
            if not sent:
                raise EOFError(self.path.name)
            self.position += sent
            size_bytes -= sent
            yield sent

    def _send_some(self, target: FileIO, most: int) -> int:
        source = self._stream.fileno()
        try:
            return os.sendfile(target.fileno(), source, self.position, most)
        except OSError as error:
            if error.errno not in _NOT_HERE:
                raise
        return target.write(os.pread(source, most, self.position))


class _Beside:
    """Work that is done in a thread, one piece after the other; what fails there is told."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._asked: list[Future[None]] = []

    def do(self, work: Callable[[int], None], number: int) -> None:
        """Ask for one piece."""
        self._asked.append(self._thread.submit(work, number))

    def stop(self) -> None:
        """Wait for the end."""
        self._thread.shutdown()

    def done(self) -> None:
        """Wait for the end; raises what a piece raised."""
        self.stop()
        for one in self._asked:
            one.result()


class _FollowingSum:
    """The sha256 of a file that grows, worked out beside the writing."""

    def __init__(self, path: Path) -> None:
        self._digest = hashlib.sha256()
        self._stream = path.open("rb", buffering=0)
        self._buffer = memoryview(bytearray(_BYTES_A_SEND))

    def take(self, size_bytes: int) -> None:
        """Take in the next bytes.

        Raises:
            EOFError: they are not in the file.
        """
        while size_bytes:
            read = self._stream.readinto(self._buffer[: min(size_bytes, _BYTES_A_SEND)])
            if not read:
                raise EOFError(self._stream.name)
            self._digest.update(self._buffer[:read])
            size_bytes -= read

    def close(self) -> str:
        """The sum of all that was taken in."""
        self._stream.close()
        return self._digest.hexdigest()


class NewCsv:
    """A CSV being written."""

    def __init__(self, path: Path, header: Sequence[str]) -> None:
        self.path = path
        self._stream = path.open("wb", buffering=0)
        self._sum = _FollowingSum(path)
        self._summing, self._flushing = _Beside(), _Beside()
        self._unflushed_bytes = 0
        self._waiting: list[Sequence[str]] = []
        self._waiting_characters = 0
        self._lengths: list[NDArray[np.uint32]] = []
        self.header_bytes = self._write(_encoded([header]))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._summing.stop()
        self._flushing.stop()
        self._stream.close()
        self._sum.close()

    def append(self, row: Sequence[str]) -> None:
        """Append a row; it is written with those that follow."""
        self._waiting.append(row)
        self._waiting_characters += sum(map(len, row))
        if len(self._waiting) == _ROWS_A_CHUNK or self._waiting_characters >= _CHARACTERS_A_CHUNK:
            self._write_waiting()

    def flush(self) -> Lengths:
        """Write what waits; returns the bytes of each row appended since the last flush."""
        self._write_waiting()
        lengths = np.concatenate([np.empty(0, np.uint32), *self._lengths])
        self._lengths.clear()
        return lengths

    def copy(self, source: OldCsv, lengths: Lengths, keep: NDArray[np.bool_]) -> None:
        """Append the next rows of another CSV.

        Args:
            source: where the rows stand next.
            lengths: bytes of each of them.
            keep: which of them to write, an entry a row.
        """
        ends = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
        begin = 0
        for row in np.flatnonzero(~keep):
            self._take(source, int(ends[row]) - begin)
            begin = int(ends[row + 1])
            source.position += int(lengths[row])
        self._take(source, int(ends[-1]) - begin)

    def close(self) -> str:
        """Flush to disk; returns the sha256."""
        self._flushing.done()
        self._stream.close()
        flush_to_disk(self.path)
        self._summing.done()
        return self._sum.close()

    def _take(self, source: OldCsv, size_bytes: int) -> None:
        for sent in source.send(self._stream, size_bytes):
            self._follow(sent)

    def _write_waiting(self) -> None:
        data = _encoded(self._waiting)
        self._waiting.clear()
        self._waiting_characters = 0
        self._write(data)
        self._lengths.append(np.diff(_row_ends(data), prepend=0).astype(np.uint32))

    def _write(self, data: bytes) -> int:
        rest = memoryview(data)
        while rest:
            rest = rest[self._stream.write(rest) :]
        self._follow(len(data))
        return len(data)

    def _follow(self, size_bytes: int) -> None:
        """Let the disk and the sum begin with what was written, while further bytes come."""
        self._summing.do(self._sum.take, size_bytes)
        self._unflushed_bytes += size_bytes
        if self._unflushed_bytes >= _BYTES_A_FLUSH:
            self._unflushed_bytes = 0
            self._flushing.do(os.fdatasync, self._stream.fileno())


def _encoded(rows: Iterable[Sequence[str]]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue().encode()


def _row_ends(data: bytes) -> NDArray[np.int64]:
    """Where each row ends; a line break between quotes belongs to a cell."""
    signs = np.frombuffer(data, np.uint8)
    ends = signs == ord(_NEWLINE)
    if _QUOTE in data:
        ends &= np.bitwise_xor.accumulate((signs == ord(_QUOTE)).view(np.uint8)) == 0
    return np.flatnonzero(ends) + 1
