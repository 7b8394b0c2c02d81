"""What lies in the inbox: what the next run takes, and what is left alone and why."""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from cs_pipeline.config import Settings, is_s3
from cs_pipeline.intake.inbox.exports import (
    IGNORED_PREFIXES,
    TEMPORARY_SUFFIXES,
    changed_at,
    pending_exports,
    readable_name,
)
from cs_pipeline.storage import open_store

InboxState = Literal[
    "pending", "settling", "lock_file", "hidden", "unfinished", "folder", "not_a_file", "unreadable"
]
"""`settling` will be pending soon; all after it are left alone."""


@dataclass(frozen=True, slots=True)
class InboxItem:
    """One file, or one folder, of the inbox. Its name is not masked yet, so `repr` hides it."""

    name: str = field(repr=False)
    state: InboxState
    size_bytes: int | None = None
    changed_at: datetime | None = None


def inbox_items(settings: Settings) -> list[InboxItem]:
    """Everything in the inbox, by name; [] while it does not exist."""
    pending = {export.uri for export in pending_exports(settings)}
    found = _objects(settings, pending) if is_s3(settings.inbox_uri) else _files(settings, pending)
    return sorted(found, key=lambda item: item.name)


def _files(settings: Settings, pending: set[str]) -> Iterator[InboxItem]:
    try:
        entries = list(os.scandir(Path(settings.inbox_uri).expanduser()))
    except (FileNotFoundError, NotADirectoryError):
        return
    now = datetime.now(UTC).timestamp()
    for entry in entries:
        with suppress(OSError):  # gone by now
            status = entry.stat(follow_symlinks=False)
            regular = stat.S_ISREG(status.st_mode)
            yield InboxItem(
                readable_name(entry.name),
                "pending" if entry.path in pending else _state(entry, status.st_mode),
                status.st_size if regular else None,
                datetime.fromtimestamp(changed_at(status, now), UTC),
            )


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


def _objects(settings: Settings, pending: set[str]) -> Iterator[InboxItem]:
    """The prefix's objects; those below a further slash as one folder each."""
    store = open_store(settings.inbox_uri, settings)
    folders = set()
    for item in store.list_objects():
        folder, slash, _ = item.key.partition("/")
        if slash:
            folders.add(folder)
        elif item.key:
            state = "pending" if f"{store.uri}/{item.key}" in pending else _ignored(item.key)
            # One that was written since the look at what is pending.
            yield InboxItem(item.key, state or "settling", item.size_bytes, item.changed_at)
    yield from (InboxItem(folder, "folder") for folder in folders)
