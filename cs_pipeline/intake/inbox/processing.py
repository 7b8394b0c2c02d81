"""The folder of exports that a run has claimed: `processing/<run key>/`."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from cs_pipeline.errors import StorageError
from cs_pipeline.files import move_file, private_folder, remove, sha256_file
from cs_pipeline.intake.inbox import wording
from cs_pipeline.intake.inbox.inbox import Inbox, PendingExport
from cs_pipeline.intake.inbox.names import claimed_name, free_path, safe_name
from cs_pipeline.records import ExportFile


class Processing:
    """Keeper of the folder of claimed exports, which holds unmasked text (0700)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def claim(
        self, inbox: Inbox, *, run_key: str, mask_name: Callable[[str], str]
    ) -> list[ExportFile]:
        """Move every pending export into the run's folder and hash it.

        Returns all that lies there, by name: claiming again with the same key gives the same list.
        What a crashed run left under another key is taken over, so only one run may claim at a
        time. Names are masked and made safe; of files with the same bytes one is kept. A file that
        another process took is skipped; one that still grows goes back into the inbox. A folder
        moves whole and is not looked into.

        Raises:
            StorageError: the inbox failed; the message names the file as it is masked.
        """
        folder = private_folder(private_folder(self.folder) / safe_name(run_key))
        self._take_over_leftovers(folder)
        taken: dict[Path, PendingExport] = {}
        for export in inbox.pending():
            target = free_path(folder / claimed_name(export.name, mask_name))
            with _errors_without_name(Path(export.uri).name, target.name):
                if inbox.take(export, target):
                    taken[target] = export
        claimed = _hashed(folder, inbox, taken)
        if not claimed:
            with suppress(OSError):
                folder.rmdir()
        return claimed

    def files(self) -> list[Path]:
        """Every file that is claimed; only bytes tell which export it is."""
        return sorted(self.folder.glob("*/[!.]*"))

    def left(self, source: Path) -> None:
        """An export has left `source`: a run's folder that is empty now goes."""
        if source.parent.parent == self.folder:
            with suppress(OSError):
                source.parent.rmdir()

    def _take_over_leftovers(self, folder: Path) -> None:
        for unfinished in self.folder.glob("*/.*.tmp"):
            remove(unfinished)
        for other in sorted(self.folder.iterdir()):
            if other == folder or not other.is_dir():
                continue
            for path in _exports(other):
                move_file(path, free_path(folder / path.name))
            with suppress(OSError):
                other.rmdir()


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
        raise wording.not_moved(masked, reason) from None


def _exports(folder: Path) -> list[Path]:
    """Files, and the folders that were taken for one."""
    return sorted(
        path
        for path in folder.iterdir()
        if (path.is_file() or path.is_dir()) and not path.name.startswith(".")
    )


def _hashed(folder: Path, inbox: Inbox, taken: Mapping[Path, PendingExport]) -> list[ExportFile]:
    """Hash what lies in `folder`; `taken` are the files that came just now."""
    claimed: dict[str, ExportFile] = {}
    for path in sorted(_exports(folder), key=lambda path: path in taken):  # known ones stay
        before = path.stat()
        sha256 = _identity(path)
        after = path.stat()
        grows = (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns)
        if grows and path in taken and _given_back(inbox, path, taken[path]):
            continue
        if sha256 in claimed:
            path.unlink()
        else:
            claimed[sha256] = ExportFile(
                uri=str(path), name=path.name, sha256=sha256, size_bytes=after.st_size
            )
    return sorted(claimed.values(), key=lambda export: export.name)


def _given_back(inbox: Inbox, path: Path, export: PendingExport) -> bool:
    with _errors_without_name(Path(export.uri).name, path.name):
        return inbox.give_back(path, export)


def _identity(path: Path) -> str:
    """The sha256 of a file's bytes; of a folder, which has none, that of which folder it is."""
    if not path.is_dir():
        return sha256_file(path)
    status = path.stat()
    return hashlib.sha256(f"folder {status.st_ino} {status.st_mtime_ns}".encode()).hexdigest()
