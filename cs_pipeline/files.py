"""Files on the local disk: atomic writes, private folders, sums and locks.

Every write lands whole or not at all: a file is written beside its target, flushed to disk and
renamed over it.
"""

import errno
import fcntl
import hashlib
import os
import secrets
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PRIVATE_MODE = 0o700
_UNFINISHED = f".{'[0-9a-f]' * 32}.tmp"


def private_folder(path: Path) -> Path:
    """Make `path` (and parents) if missing and close it to other users (0700)."""
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(PRIVATE_MODE)
    return path


def private_salt(folder: Path) -> str:
    """This installation's secret for digests, made at first use and kept in a private `folder`.

    Digests of guessable values, such as a phone number used as a conversation id, could be undone
    by trying them all if their salt were known.
    """
    path = private_folder(folder) / ".salt"
    with exclusive(folder / ".salt.lock"):
        if not path.exists():
            write_atomic(path, secrets.token_hex(32))
        return path.read_text(encoding="ascii")


def sha256_file(path: Path) -> str:
    """Hex sha256 of the bytes of `path`."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def dataset_sha256(train: Path, val: Path) -> str:
    """Identity of a dataset version: the sha256 over the sums of its two CSVs, in this order."""
    return joint_sha256(sha256_file(train), sha256_file(val))


def joint_sha256(*sums: str) -> str:
    """The sha256 over several hex sums."""
    return hashlib.sha256("".join(sums).encode()).hexdigest()


@contextmanager
def atomic_path(target: Path) -> Iterator[Path]:
    """Yield a temporary path beside `target` that replaces it on success and is removed if not."""
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.parent / f".{uuid.uuid4().hex}.tmp"
    try:
        yield temporary
        flush_to_disk(temporary)
        temporary.replace(target)
        flush_to_disk(target.parent)
    finally:
        temporary.unlink(missing_ok=True)


def sweep_unfinished(folder: Path, *, older_than_seconds: float = 86_400) -> None:
    """Remove what a crash amid a write left in `folder`, once it is surely abandoned."""
    for path in folder.glob(_UNFINISHED):
        with suppress(FileNotFoundError):
            if time.time() - path.lstat().st_mtime > older_than_seconds:
                remove(path)


def write_atomic(target: Path, data: bytes | str) -> None:
    """Replace `target` by `data` (text as UTF-8) in one step."""
    with atomic_path(target) as temporary:
        temporary.write_bytes(data.encode() if isinstance(data, str) else data)


def point_symlink(link: Path, target: str) -> None:
    """Make `link` a symbolic link to `target` in one step, whatever it was before."""
    temporary = link.parent / f".{uuid.uuid4().hex}.link"
    temporary.symlink_to(target)
    temporary.replace(link)
    flush_to_disk(link.parent)


def remove(path: Path) -> None:
    """Remove a file, or a folder whole; a link is removed, what it points to stays."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def move_file(source: Path, target: Path) -> bool:
    """Rename, or copy and delete across file systems; False when `source` is gone.

    A folder moves whole; links in it stay links.
    """
    try:
        source.rename(target)
    except FileNotFoundError:
        return False
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        if source.is_dir():
            _copy_folder(source, target)
        else:
            with atomic_path(target) as temporary:
                shutil.copyfile(source, temporary)
        remove(source)
    return True


def _copy_folder(source: Path, target: Path) -> None:
    """Copy a folder whole or not at all; a `target` that is there was copied before a crash."""
    if target.exists():
        return
    temporary = target.parent / f".{uuid.uuid4().hex}.tmp"
    try:
        shutil.copytree(source, temporary, symlinks=True, copy_function=_copy_to_disk)
        flush_to_disk(temporary)
        temporary.rename(target)
        flush_to_disk(target.parent)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _copy_to_disk(source: str, target: str) -> None:
    shutil.copy2(source, target)
    flush_to_disk(Path(target))


@contextmanager
def exclusive(lock: Path) -> Iterator[None]:
    """Hold an advisory lock on `lock`; waits for other processes, freed by the OS on a crash."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def flush_to_disk(path: Path) -> None:
    """Wait until a file, or a folder's list of names, is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def nearest_folder(folder: Path) -> Path:
    """The folder, or the closest one above it that is there."""
    return next(path for path in (folder, *folder.parents) if path.exists())


def last_lines(path: Path, most_bytes: int) -> list[bytes]:
    """Lines of the last `most_bytes` of a file, the first perhaps cut; none without the file."""
    try:
        with path.open("rb") as stream:
            size = stream.seek(0, os.SEEK_END)
            stream.seek(max(0, size - most_bytes))
            return stream.read().splitlines()
    except FileNotFoundError:
        return []
