"""Find exports in the inbox (a folder or an S3 prefix) and claim them for one run."""

import hashlib
import os
import re
import stat
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from cs_pipeline.config import Settings, is_s3
from cs_pipeline.errors import ObjectNotFound, StorageError
from cs_pipeline.files import move_file, private_folder, remove, sha256_file
from cs_pipeline.intake.files.archive import TABLE_SUFFIXES
from cs_pipeline.records import ExportFile
from cs_pipeline.storage import open_store

IGNORED_PREFIXES = (".", "~$")
TEMPORARY_SUFFIXES = (".tmp", ".part", ".partial", ".crdownload", ".download")
EMPTY_PATIENCE = 10
"""An empty file settles this many times slower: some programs make the name first. So does a
folder, which may still be filled."""
MAX_NAME_BYTES = 200
# A suffix made of anything else may be part of what the name says, such as a phone number.
_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,7}")
# Separators, line breaks, control characters, and marks that turn the direction of text.
_UNSAFE = re.compile(r"[/\\\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class PendingExport:
    """A settled file in the inbox. Its name is not masked yet, so `repr` hides it."""

    uri: str = field(repr=False)
    name: str = field(repr=False)
    size_bytes: int


def pending_exports(settings: Settings) -> list[PendingExport]:
    """What has settled in the inbox, by name; [] while the inbox does not exist.

    Of a local folder: readable regular files that have not changed for `settle_seconds`; of an S3
    prefix: every object, which is whole by nature. Dot files, Excel's `~$` lock files, unfinished
    downloads, links and subfolders are left alone. Files of other kinds are pending too, and so
    is a folder that can be moved and whose name ends like an export's: they are refused later, so
    that their owner gets an answer.
    """
    if is_s3(settings.inbox_uri):
        found = _pending_objects(settings)
    else:
        found = _pending_files(Path(settings.inbox_uri).expanduser(), settings.settle_seconds)
    return sorted(found, key=lambda export: export.name)


def claim_exports(
    settings: Settings, *, run_key: str, mask_name: Callable[[str], str]
) -> list[ExportFile]:
    """Move every pending export into `processing/<run_key>/` (0700) and hash it.

    Returns all that lies there, by name: claiming again with the same key gives the same list.
    What a crashed run left under another key is taken over, so only one run may claim at a time.
    Names are masked and made safe; of files with the same bytes one is kept. A file that another
    process took is skipped; one that still grows goes back into the inbox. A folder moves whole
    and is not looked into.

    Raises:
        StorageError: the inbox failed; the message names the file as it is masked.
    """
    folder = private_folder(private_folder(settings.processing_dir) / _safe_name(run_key))
    _take_over_leftovers(settings.processing_dir, folder)
    origins: dict[Path, Path | None] = {}
    for export in pending_exports(settings):
        target = free_path(folder / _claimed_name(export.name, mask_name))
        with _errors_without_name(Path(export.uri).name, target.name):
            if is_s3(settings.inbox_uri):
                _fetch(settings, export.name, target)
                origins[target] = None
            elif move_file(Path(export.uri), target):
                origins[target] = Path(export.uri)
    claimed = _hashed(folder, origins)
    if not claimed:
        with suppress(OSError):
            folder.rmdir()
    return claimed


def _pending_files(inbox: Path, settle_seconds: float) -> Iterator[PendingExport]:
    now = time.time()
    try:
        entries = list(os.scandir(inbox))
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        if _ignored(entry.name):
            continue
        with suppress(OSError):  # gone, or out of reach until the next look
            status = entry.stat(follow_symlinks=False)
            filled = stat.S_ISREG(status.st_mode) and status.st_size
            patience = settle_seconds * (1 if filled else EMPTY_PATIENCE)
            if now - changed_at(status, now) >= patience and _is_in_reach(entry, status.st_mode):
                yield PendingExport(entry.path, readable_name(entry.name), status.st_size)


def _is_in_reach(entry: os.DirEntry[str], mode: int) -> bool:
    """A readable file, or a folder that is named like an export and may be moved."""
    if stat.S_ISDIR(mode):
        named_so = entry.name.lower().endswith(TABLE_SUFFIXES)
        return named_so and os.access(entry.path, os.R_OK | os.W_OK | os.X_OK)
    return stat.S_ISREG(mode) and os.access(entry.path, os.R_OK)


def readable_name(name: str) -> str:
    """The name in Unicode; old archives unpack Korean names as CP949."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "cp949"):
        with suppress(UnicodeDecodeError):
            return raw.decode(encoding)
    return raw.decode(errors="replace")


def changed_at(status: os.stat_result, now: float) -> float:
    """Last change in seconds since the epoch; a copied time in the future does not count."""
    return max(status.st_ctime, status.st_mtime if status.st_mtime <= now else 0.0)


def _pending_objects(settings: Settings) -> Iterator[PendingExport]:
    store = open_store(settings.inbox_uri, settings)
    for item in store.list_objects():
        if item.key and "/" not in item.key and not _ignored(item.key):
            yield PendingExport(f"{store.uri}/{item.key}", item.key, item.size_bytes)


def _ignored(name: str) -> bool:
    return name.startswith(IGNORED_PREFIXES) or name.lower().endswith(TEMPORARY_SUFFIXES)


@contextmanager
def _errors_without_name(name: str, masked: str) -> Iterator[None]:
    """Failures to move a file say how its name is masked, never the name itself."""
    try:
        yield
    except StorageError as error:
        ko, en = (text.replace(name, masked) for text in (error.words.ko, error.words.en))
        raise StorageError(ko=ko, en=en) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__  # a folder's copy fails without an errno
        raise StorageError(
            ko=f"{masked} 파일을 인박스에서 옮기지 못했습니다 ({reason}). "
            "폴더의 권한과 남은 공간을 확인하세요.",
            en=f"{masked} could not be moved out of the inbox ({reason}). "
            "Check the folder's permissions and the free space.",
        ) from None


def _fetch(settings: Settings, key: str, target: Path) -> None:
    """Download, then delete from the inbox; after a crash between, the hash shows the copy."""
    store = open_store(settings.inbox_uri, settings)
    with suppress(ObjectNotFound):
        store.download(key, target)
        store.delete(key)


def _take_over_leftovers(processing: Path, folder: Path) -> None:
    for unfinished in processing.glob("*/.*.tmp"):
        remove(unfinished)
    for other in sorted(processing.iterdir()):
        if other == folder or not other.is_dir():
            continue
        for path in _exports(other):
            move_file(path, free_path(folder / path.name))
        with suppress(OSError):
            other.rmdir()


def _exports(folder: Path) -> list[Path]:
    """Files, and the folders that were taken for one."""
    return sorted(
        path
        for path in folder.iterdir()
        if (path.is_file() or path.is_dir()) and not path.name.startswith(".")
    )


def _hashed(folder: Path, origins: dict[Path, Path | None]) -> list[ExportFile]:
    """Hash what lies in `folder`; `origins` says which files came just now, and from where."""
    claimed: dict[str, ExportFile] = {}
    for path in sorted(_exports(folder), key=lambda path: path in origins):  # known ones stay
        before = path.stat()
        sha256 = _identity(path)
        after = path.stat()
        origin = origins.get(path)
        if origin and (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            with _errors_without_name(origin.name, path.name):
                move_file(path, free_path(origin))
        elif sha256 in claimed:
            path.unlink()
        else:
            claimed[sha256] = ExportFile(
                uri=str(path), name=path.name, sha256=sha256, size_bytes=after.st_size
            )
    return sorted(claimed.values(), key=lambda export: export.name)


def _identity(path: Path) -> str:
    """The sha256 of a file's bytes; of a folder, which has none, that of which folder it is."""
    if not path.is_dir():
        return sha256_file(path)
    status = path.stat()
    return hashlib.sha256(f"folder {status.st_ino} {status.st_mtime_ns}".encode()).hexdigest()


def _claimed_name(name: str, mask_name: Callable[[str], str]) -> str:
    suffix = PurePosixPath(name).suffix
    masked = mask_name(name)
    if _SUFFIX.fullmatch(suffix) and not masked.endswith(suffix):
        masked += suffix
    return _safe_name(masked)


def _safe_name(name: str) -> str:
    """A visible file name of at most 200 bytes without separators or control characters."""
    safe = _UNSAFE.sub("_", unicodedata.normalize("NFC", name)).strip()
    if not safe or safe.startswith(IGNORED_PREFIXES):
        safe = f"_{safe}"
    return _shortened(safe, "")


def _shortened(name: str, mark: str) -> str:
    """`name` with `mark` before its suffix, the stem cut at a whole character to fit."""
    suffix = PurePosixPath(name).suffix
    suffix = suffix if _SUFFIX.fullmatch(suffix) else ""
    stem = name.removesuffix(suffix).encode(errors="surrogateescape")
    room = MAX_NAME_BYTES - len(f"{mark}{suffix}".encode())
    return stem[:room].decode(errors="ignore") + mark + suffix


def free_path(path: Path) -> Path:
    """`path`, or with ` (2)`, ` (3)` ... before its suffix while that is taken."""
    candidate, number = path, 1
    while candidate.exists():
        number += 1
        candidate = path.with_name(_shortened(path.name, f" ({number})"))
    return candidate
