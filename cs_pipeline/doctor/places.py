"""Folders and disks of this machine."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from cs_pipeline.doctor import wording
from cs_pipeline.doctor.diagnosis import Diagnosis
from cs_pipeline.files import nearest_folder

LEAST_FREE_BYTES = 2 * 1024**3
"""Below it, a merge or a checkpoint will fail."""
WANTED_FREE_BYTES = 10 * 1024**3
"""Room for two checkpoints of a model of KoGPT2's size and a dataset."""


def look_at_folder(folder: Path, *, needs_links: bool = False) -> Diagnosis:
    """Whether a folder can be used, or made where it is not there."""
    there = nearest_folder(folder)
    if not _is_writable(there):
        words = wording.folder_not_writable(there, there.stat().st_uid)
        return Diagnosis.problem("folder", words)
    if needs_links and not _takes_links(there):
        return Diagnosis.problem("folder.links", wording.no_symbolic_links(there))
    said = wording.folder_usable if there == folder else wording.folder_to_be_made
    return Diagnosis.ok("folder", said(folder))


def look_for_open_folders(folders: Iterable[Path]) -> Iterator[Diagnosis]:
    """Folders of raw text that other users may read."""
    for folder in folders:
        if folder.is_dir() and folder.stat().st_mode & 0o077:
            yield Diagnosis.problem("folder.open", wording.open_to_others(folder))


def look_at_disks(folders: Iterable[Path]) -> Iterator[Diagnosis]:
    """How much room is left on each disk that the folders lie on."""
    by_disk: dict[int, Path] = {}
    for folder in folders:
        by_disk.setdefault(nearest_folder(folder).stat().st_dev, folder)
    yield from map(_look_at_disk, by_disk.values())


def _look_at_disk(folder: Path) -> Diagnosis:
    free = shutil.disk_usage(nearest_folder(folder)).free
    if free < LEAST_FREE_BYTES:
        words = wording.disk_short(folder, free, WANTED_FREE_BYTES)
        return Diagnosis.problem("disk", words)
    if free < WANTED_FREE_BYTES:
        words = wording.disk_short(folder, free, WANTED_FREE_BYTES)
        return Diagnosis.warning("disk", words)
    return Diagnosis.ok("disk", wording.disk_free(folder, free))


def _is_writable(folder: Path) -> bool:
    """Tried, not asked: a read-only mount says yes to questions."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _takes_links(folder: Path) -> bool:
    with tempfile.TemporaryDirectory(dir=folder, prefix=".") as inside:
        try:
            (Path(inside) / "link").symlink_to("nowhere")
        except OSError:
            return False
    return True
