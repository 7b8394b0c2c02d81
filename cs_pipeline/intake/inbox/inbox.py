"""Where exports are dropped: a folder, or a prefix of an object store."""

import os
import shutil
import stat
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path, PurePosixPath
from typing import Literal, Protocol

from typing_extensions import override

from cs_pipeline.errors import ObjectNotFound
from cs_pipeline.files import flush_to_disk, move_file, private_folder, sweep_unfinished
from cs_pipeline.intake.files.archive import TABLE_SUFFIXES
from cs_pipeline.intake.inbox.names import (
    IGNORED_PREFIXES,
    free_path,
    readable_name,
    safe_name,
)
from cs_pipeline.storage import ObjectStore

TEMPORARY_SUFFIXES = (".tmp", ".part", ".partial", ".crdownload", ".download")
EMPTY_PATIENCE = 10
"""An empty file settles this many times slower: some programs make the name first. So does a
folder, which may still be filled."""

InboxState = Literal[
    "pending", "settling", "lock_file", "hidden", "unfinished", "folder", "not_a_file", "unreadable"
]
"""`settling` will be pending soon; all after it are left alone."""


@dataclass(frozen=True, slots=True)
class PendingExport:
    """A settled file in the inbox. Its name is not masked yet, so `repr` hides it."""

    uri: str = field(repr=False)
    name: str = field(repr=False)
    size_bytes: int


@dataclass(frozen=True, slots=True)
class InboxItem:
    """One file, or one folder, of the inbox. Its name is not masked yet, so `repr` hides it."""

    name: str = field(repr=False)
    state: InboxState
    size_bytes: int | None = None
    changed_at: datetime | None = None


class Inbox(Protocol):
    """Where exports are dropped."""

    uri: str

    def prepare(self) -> None:
        """Make the inbox, where that is up to this installation."""

    def pending(self) -> list[PendingExport]:
        """What has settled, by name; [] while the inbox does not exist.

        Dot files, Excel's `~$` lock files, unfinished downloads, links and subfolders are left
        alone. Files of other kinds are pending too, and so is a folder that can be moved and whose
        name ends like an export's: they are refused later, so that their owner gets an answer.
        """

    def items(self) -> list[InboxItem]:
        """Everything in the inbox, by name; [] while it does not exist."""

    def take(self, export: PendingExport, target: Path) -> bool:
        """Move an export out of the inbox; False when another process took it."""

    def receive(self, source: Path, name: str) -> str:
        """Put a copy of a file in under a name that is made safe; returns the name that it got.

        It is there whole or not at all, and replaces nothing.
        """

    def give_back(self, path: Path, export: PendingExport) -> bool:
        """Put an export back that was not finished when it was taken.

        False where everything is whole by nature.
        """


class FolderInbox(Inbox):
    """A local folder.

    Args:
        folder: where exports are dropped.
        settle_seconds: a file that changed less than this long ago is still being written.
        own: the folder is this installation's, to be made and closed to others.
    """

    def __init__(self, folder: Path, *, settle_seconds: float, own: bool) -> None:
        self.folder = folder
        self.uri = str(folder)
        self._settle_seconds = settle_seconds
        self._own = own

    @override
    def prepare(self) -> None:
        if self._own:
            sweep_unfinished(private_folder(self.folder))

    @override
    def pending(self) -> list[PendingExport]:
        return sorted(self._settled(), key=lambda export: export.name)

    @override
    def items(self) -> list[InboxItem]:
        pending = {export.uri for export in self._settled()}
        return sorted(self._seen(pending), key=lambda item: item.name)

    @override
    def take(self, export: PendingExport, target: Path) -> bool:
        return move_file(Path(export.uri), target)

    @override
    def receive(self, source: Path, name: str) -> str:
        temporary = self.folder / f".{uuid.uuid4().hex}.tmp"
        try:
            shutil.copyfile(source, temporary)
            flush_to_disk(temporary)
            return self._placed(temporary, safe_name(name))
        finally:
            temporary.unlink(missing_ok=True)

    @override
    def give_back(self, path: Path, export: PendingExport) -> bool:
        return move_file(path, free_path(Path(export.uri)))

    def _placed(self, temporary: Path, name: str) -> str:
        """Under the first free name: a link, unlike a renaming, replaces nothing."""
        while True:
            target = free_path(self.folder / name)
            try:
                os.link(temporary, target)
            except FileExistsError:  # somebody was faster
                continue
            except OSError:  # a share that knows no links
                temporary.rename(target)
            flush_to_disk(self.folder)
            return target.name

    def _settled(self) -> Iterator[PendingExport]:
        """Readable regular files that have not changed for `settle_seconds`."""
        now = time.time()
        for entry in self._entries():
            if _ignored(entry.name):
                continue
            with suppress(OSError):  # gone, or out of reach until the next look
                status = entry.stat(follow_symlinks=False)
                filled = stat.S_ISREG(status.st_mode) and status.st_size
                patience = self._settle_seconds * (1 if filled else EMPTY_PATIENCE)
                settled = now - _changed_at(status, now) >= patience
                if settled and _is_in_reach(entry, status.st_mode):
                    yield PendingExport(entry.path, readable_name(entry.name), status.st_size)

    def _seen(self, pending: set[str]) -> Iterator[InboxItem]:
        now = time.time()
        for entry in self._entries():
            with suppress(OSError):  # gone by now
                status = entry.stat(follow_symlinks=False)
                regular = stat.S_ISREG(status.st_mode)
                yield InboxItem(
                    readable_name(entry.name),
                    "pending" if entry.path in pending else _state(entry, status.st_mode),
                    status.st_size if regular else None,
                    datetime.fromtimestamp(_changed_at(status, now), UTC),
                )

    def _entries(self) -> list[os.DirEntry[str]]:
        try:
            return list(os.scandir(self.folder))
        except (FileNotFoundError, NotADirectoryError):
            return []


class StoreInbox(Inbox):
    """A prefix of an object store, whose objects are whole by nature."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store
        self.uri = store.uri

    @override
    def prepare(self) -> None:
        pass

    @override
    def pending(self) -> list[PendingExport]:
        found = (
            PendingExport(f"{self.uri}/{item.key}", item.key, item.size_bytes)
            for item in self._store.list_objects()
            if item.key and "/" not in item.key and not _ignored(item.key)
        )
        return sorted(found, key=lambda export: export.name)

    @override
    def items(self) -> list[InboxItem]:
        return sorted(self._seen(), key=lambda item: item.name)

    @override
    def take(self, export: PendingExport, target: Path) -> bool:
        """Download, then delete from the inbox; after a crash between, the hash shows the copy."""
        with suppress(ObjectNotFound):
            self._store.download(export.name, target)
            self._store.delete(export.name)
            return True
        return False

    @override
    def receive(self, source: Path, name: str) -> str:
        taken = {item.key for item in self._store.list_objects()}
        safe = safe_name(name)
        stem, suffix = PurePosixPath(safe).stem, PurePosixPath(safe).suffix
        numbered = (f"{stem} ({number}){suffix}" for number in count(2))
        free = next(one for one in chain((safe,), numbered) if one not in taken)
        self._store.upload(source, free)
        return free

    @override
    def give_back(self, path: Path, export: PendingExport) -> bool:
        return False

    def _seen(self) -> Iterator[InboxItem]:
        """The prefix's objects; those below a further slash as one folder each."""
        folders = set()
        for item in self._store.list_objects():
            folder, slash, _ = item.key.partition("/")
            if slash:
                folders.add(folder)
            elif item.key:
                state = _ignored(item.key) or "pending"
                yield InboxItem(item.key, state, item.size_bytes, item.changed_at)
        yield from (InboxItem(folder, "folder") for folder in folders)


def _state(entry: "os.DirEntry[str]", mode: int) -> InboxState:
    """Why a file is not pending."""
    if stat.S_ISDIR(mode):
        return "folder"
    if ignored := _ignored(entry.name):
        return ignored
    if not stat.S_ISREG(mode):
        return "not_a_file"
    return "settling" if os.access(entry.path, os.R_OK) else "unreadable"


def _ignored(name: str) -> InboxState | None:
    if name.startswith("~$"):
        return "lock_file"
    if name.startswith(IGNORED_PREFIXES):
        return "hidden"
    return "unfinished" if name.lower().endswith(TEMPORARY_SUFFIXES) else None


def _is_in_reach(entry: "os.DirEntry[str]", mode: int) -> bool:
    """A readable file, or a folder that is named like an export and may be moved."""
    if stat.S_ISDIR(mode):
        named_so = entry.name.lower().endswith(TABLE_SUFFIXES)
        return named_so and os.access(entry.path, os.R_OK | os.W_OK | os.X_OK)
    return stat.S_ISREG(mode) and os.access(entry.path, os.R_OK)


def _changed_at(status: os.stat_result, now: float) -> float:
    """Last change in seconds since the epoch; a copied time in the future does not count."""
    return max(status.st_ctime, status.st_mtime if status.st_mtime <= now else 0.0)
