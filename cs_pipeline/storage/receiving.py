"""Downloads that go on where they were cut off, even in another process.

What has come so far lies beside the target, under a hidden name that tells the object and its
version. What a dead process left there is gone on with, or swept as other unfinished files are.
"""

import errno
import fcntl
import hashlib
import os
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol, Self

from cs_pipeline.errors import StorageError
from cs_pipeline.files import flush_to_disk

_TRIES_WITHOUT_HEADWAY = 5
_PAUSE_SECONDS = 0.5
_MARK = 16


class CutOff(Exception):
    """The connection broke amid a download; try on."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The bytes of an object from `first_byte` on; `size_bytes` is that of the whole object."""

    etag: str
    first_byte: int
    size_bytes: int
    chunks: Iterator[bytes]


class Source(Protocol):
    """An object to be received."""

    name: str
    """Tells this object from all others."""

    def ask(self, first_byte: int) -> Answer:
        """Its bytes from there on, or all of them. Raises `CutOff`, and so do the chunks."""

    def given_up(self) -> StorageError:
        """What to raise when nothing comes any more."""


def receive(source: Source, target: Path) -> None:
    """Bring an object to `target`, whole or not at all.

    Raises:
        StorageError: it cannot be read, or the connection keeps breaking; what has come stays for
            the next try.
        OSError: the disk fails; nothing stays.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part, failures = _Part.left_behind(target.parent, source.name), 0
    try:
        while failures < _TRIES_WITHOUT_HEADWAY:
            have = part.size_bytes if part else 0
            with suppress(CutOff):
                answer = source.ask(have)
                if part and not part.goes_on_with(answer):
                    part.discard()
                    part = None
                if part or not answer.first_byte:
                    part = part or _Part.begun(target.parent, source.name, answer)
                    if part.fill(answer):
                        part.become(target)
                        return
            failures = 0 if part and part.size_bytes > have else failures + 1
            time.sleep(_PAUSE_SECONDS * failures)
        raise source.given_up()
    except OSError:
        if part:
            part.discard()
        raise
    finally:
        if part:
            part.close()


class _Part:
    """The first bytes of one version of an object, which this process alone writes to."""

    def __init__(self, path: Path, stream: IO[bytes], version: str) -> None:
        self._path = path
        self._stream = stream
        self._version = version
        self.size_bytes = stream.seek(0, os.SEEK_END)

    @classmethod
    def left_behind(cls, folder: Path, name: str) -> Self | None:
        """What a process that is gone left of this object; None: nothing."""
        for path in folder.glob(f".{_mark(name)}{'[0-9a-f]' * _MARK}.tmp"):
            if stream := _locked(path):
                return cls(path, stream, path.stem[-_MARK:])
        return None

    @classmethod
    def begun(cls, folder: Path, name: str, answer: Answer) -> Self:
        """An empty one, under a name of its own where another process receives the same object."""
        version = _mark(answer.etag)
        shared, own = f"{_mark(name)}{version}", uuid.uuid4().hex
        for mark in (shared, own):
            path = folder / f".{mark}.tmp"
            if (stream := _locked(path, create=True)) is not None:
                stream.truncate(0)
                return cls(path, stream, version)
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(folder))

    def goes_on_with(self, answer: Answer) -> bool:
        """Whether the answer is the rest of this version."""
        return (self._version, self.size_bytes) == (_mark(answer.etag), answer.first_byte)

    def fill(self, answer: Answer) -> bool:
        """Append what comes; whether it is whole now."""
        for chunk in answer.chunks:
            self._stream.write(chunk)
            self.size_bytes += len(chunk)
        return self.size_bytes == answer.size_bytes

    def become(self, target: Path) -> None:
        """Take the target's place, on the disk and not only in memory."""
        self._stream.flush()
        flush_to_disk(self._path)
        self._path.replace(target)
        flush_to_disk(target.parent)

    def discard(self) -> None:
        """Leave nothing behind."""
        self._path.unlink(missing_ok=True)
        self.close()

    def close(self) -> None:
        """Leave it to the next try."""
        with suppress(OSError):  # a full disk was told already
            self._stream.close()


def _locked(path: Path, *, create: bool = False) -> IO[bytes] | None:
    """The file, open at its end, if no other process has it; None otherwise."""
    flags = os.O_RDWR | os.O_APPEND | (os.O_CREAT if create else 0)
    try:
        stream = os.fdopen(os.open(path, flags, 0o666), "ab")
    except FileNotFoundError:
        return None
    with suppress(BlockingIOError, FileNotFoundError):
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(stream.fileno()).st_ino == path.stat().st_ino:  # nobody renamed it meanwhile
            return stream
    stream.close()
    return None


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_MARK]
