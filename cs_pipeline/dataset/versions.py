"""The folder of dataset versions: `<version>/` with `manifest.json`, `train.csv`, `val.csv`.

`current` is a symbolic link to the newest version and `train.csv` / `val.csv` of the data folder
point through it, so that one rename swaps both.
"""

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cs_pipeline.dataset import wording
from cs_pipeline.dataset.manifest import (
    CSV_NAMES,
    LAYOUT_FILE,
    MANIFEST_FILE,
    Manifest,
    describe,
    load,
)
from cs_pipeline.dataset.shards import Shards
from cs_pipeline.files import dataset_sha256, exclusive, flush_to_disk, point_symlink, write_atomic
from cs_pipeline.records import DatasetVersion

CURRENT = "current"


class Versions:
    """Keeper of the folder of dataset versions.

    Args:
        folder: of the versions.
        shards: what they are made of.
        csv_links: the folder whose `train.csv` and `val.csv` show the current version.
        keep: versions whose CSVs stay on disk.
    """

    def __init__(self, folder: Path, shards: Shards, *, csv_links: Path, keep: int) -> None:
        self.folder = folder
        self.shards = shards
        self._csv_links = csv_links
        self._keep = keep

    def folder_of(self, version_id: str) -> Path:
        """Where a version lies."""
        return self.folder / version_id

    def all(self) -> list[Manifest]:
        """All versions, oldest first."""
        folders = [path.parent for path in self.folder.glob(f"d*-*/{MANIFEST_FILE}")]
        return sorted((load(folder) for folder in folders), key=lambda manifest: manifest.sequence)

    def current(self) -> Manifest | None:
        """The newest version, None before the first. Raises `DatasetError`."""
        return self.get(CURRENT)

    def head(self) -> Manifest:
        """The newest version.

        Raises:
            DatasetError: there is none yet, or its manifest is damaged.
        """
        manifest = self.current()
        if manifest is None:
            raise wording.no_dataset_yet()
        return manifest

    def get(self, version_id: str) -> Manifest | None:
        """A version by its whole id, None when it is not there. Raises `DatasetError`."""
        folder = self.folder_of(version_id)
        return load(folder) if (folder / MANIFEST_FILE).exists() else None

    def find(self, name: str) -> Manifest:
        """A version by its id, by its number (`3`, `d0003`), or `current`.

        Raises:
            DatasetError: there is no such version.
        """
        if name == CURRENT and (current := self.current()):
            return current
        number = name.removeprefix("d").split("-")[0]
        for manifest in self.all():
            if manifest.version_id == name:
                return manifest
            if name.isalnum() and number.isdigit() and manifest.sequence == int(number):
                return manifest
        raise wording.no_such_dataset(name)

    def describe(self, manifest: Manifest) -> DatasetVersion:
        """The record that later steps receive about a version."""
        return describe(self.folder_of(manifest.version_id), manifest)

    def has_csvs(self, manifest: Manifest) -> bool:
        """Whether any CSV of a version is on disk: always for the current one."""
        folder, current = self.folder_of(manifest.version_id), self.folder / CURRENT
        return any((folder / name).exists() for name in CSV_NAMES) or (
            current.exists() and current.resolve().name == manifest.version_id
        )

    def is_whole(self, manifest: Manifest) -> bool:
        """Whether both CSVs of a version are on disk with the bytes that it names."""
        train, val = (self.folder_of(manifest.version_id) / name for name in CSV_NAMES)
        return train.exists() and val.exists() and dataset_sha256(train, val) == manifest.sha256

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Keep others from changing the versions; what a crash left behind is removed first."""
        with exclusive(self.folder / ".lock"):
            self._clear_unfinished()
            yield

    @contextmanager
    def building(self) -> Iterator[Path]:
        """A hidden folder to write a version into; gone afterwards unless it was put in place."""
        folder = self.folder / f".building-{uuid.uuid4().hex}"
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def put(self, building: Path, manifest: Manifest) -> Manifest:
        """Make a folder that was built a version, as a whole; one that is there already stays."""
        target = self.folder_of(manifest.version_id)
        write_atomic(building / MANIFEST_FILE, manifest.model_dump_json(indent=2))
        if target.exists():  # a crash after the rename and before the switch
            return load(target)
        building.rename(target)
        flush_to_disk(target.parent)
        return manifest

    def put_csvs(self, building: Path, manifest: Manifest) -> None:
        """Put CSVs that were built anew in their place."""
        for name in (*CSV_NAMES, LAYOUT_FILE):
            (building / name).replace(self.folder_of(manifest.version_id) / name)

    def switch_to(self, version_id: str) -> None:
        """Make a version the current one; both CSVs of the data folder follow at once."""
        for name in CSV_NAMES:  # before the first version they point at nothing
            link = self._csv_links / name
            target = f"{self.folder.name}/{CURRENT}/{name}"
            if not link.is_symlink() or str(link.readlink()) != target:
                point_symlink(link, target)
        point_symlink(self.folder / CURRENT, version_id)

    def prune(self) -> None:
        """Delete the CSVs of versions older than the newest ones to keep; manifests stay."""
        folders = sorted(path for path in self.folder.glob("d*-*") if path.is_dir())
        for folder in folders[: -self._keep]:
            self.drop_csvs(folder.name)

    def drop_csvs(self, version_id: str) -> None:
        """Delete the CSVs of a version, and what is known about them."""
        for name in (*CSV_NAMES, LAYOUT_FILE):
            (self.folder_of(version_id) / name).unlink(missing_ok=True)

    def _clear_unfinished(self) -> None:
        for leftover in self.folder.glob(".building-*"):
            shutil.rmtree(leftover)
