"""Dataset versions on disk: `datasets/<version>/` with `manifest.json`, `train.csv`, `val.csv`.

`datasets/current` is a symbolic link to the newest version and `train.csv` / `val.csv` of the
data folder point through it, so that one rename swaps both.
"""

import shutil
from datetime import datetime
from pathlib import Path
from typing import Literal, Self

from pydantic import ValidationError

from cs_pipeline.config import Settings
from cs_pipeline.dataset.keys import keys_version
from cs_pipeline.errors import DatasetError
from cs_pipeline.files import point_symlink
from cs_pipeline.masked.placeholders import DEFAULT_FORM
from cs_pipeline.records import DatasetVersion, Record

CURRENT = "current"
CSV_NAMES = ("train.csv", "val.csv")
LAYOUT_FILE = "selection.bin"
"""What of each shard stands in the CSVs (see `layout`); kept as long as they are."""


class ShardReference(Record):
    """One shard of a version: the export it came from, the sha256 of the shard, its rows.

    `file_name` is that of a shard from which conversations were withdrawn; None: the first one.
    `origin_sha256` is the export whose refused rows this one corrects, if it does.
    """

    export_sha256: str
    export_name: str
    sha256: str
    rows: int
    file_name: str | None = None
    origin_sha256: str | None = None

    def path(self, shards_dir: Path) -> Path:
        """Where the shard lies."""
        return shards_dir / (self.file_name or f"{self.export_sha256}.parquet")


class VersionTerms(Record):
    """What, beside its shards, decides on the bytes of a version; see the settings of that name.

    `keys_version` is that of the keys by which rows are told alike; "0" was before there were any.
    """

    val_share: float
    placeholder_form: str = DEFAULT_FORM
    context_turns: int = 0
    max_answer_repeats: int = 0
    near_duplicates: Literal["keep", "thin"] = "keep"
    keys_version: str = "0"

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Those that the settings ask for."""
        return cls(
            val_share=settings.val_share,
            placeholder_form=settings.placeholder_form,
            context_turns=settings.context_turns,
            max_answer_repeats=settings.max_answer_repeats,
            near_duplicates=settings.near_duplicates,
            keys_version=keys_version(),
        )


class Manifest(VersionTerms):
    """Everything needed to rebuild a version byte for byte."""

    version_id: str
    parent_version_id: str | None
    created_at: datetime
    sha256: str
    train_rows: int
    val_rows: int
    duplicates_removed: int
    near_duplicates_removed: int = 0
    boilerplate_removed: int = 0
    shards: tuple[ShardReference, ...]

    @property
    def terms(self) -> VersionTerms:
        """What it was made by."""
        return VersionTerms(**self.model_dump(include=set(VersionTerms.model_fields)))

    @property
    def sequence(self) -> int:
        """Running number of the version, from 1."""
        return int(self.version_id[1:].split("-")[0])


def load_current(settings: Settings) -> Manifest | None:
    """Manifest of the newest version, None before the first. Raises `DatasetError`."""
    folder = settings.datasets_dir / CURRENT
    return load(folder) if (folder / "manifest.json").exists() else None


def load(folder: Path) -> Manifest:
    """Manifest of the version in `folder`.

    Raises:
        DatasetError: there is none, or it is damaged.
    """
    path = folder / "manifest.json"
    try:
        return Manifest.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        raise DatasetError(
            ko=f"데이터셋 목록 {path}이 없거나 손상되었습니다. 백업에서 복원하세요.",
            en=f"The dataset manifest {path} is missing or damaged. Restore it from a backup.",
        ) from None


def describe(folder: Path, manifest: Manifest) -> DatasetVersion:
    """The record that later steps receive about the version in `folder`."""
    return DatasetVersion(
        version_id=manifest.version_id,
        sha256=manifest.sha256,
        uri=str(folder),
        train_uri=str(folder / "train.csv"),
        val_uri=str(folder / "val.csv"),
        train_rows=manifest.train_rows,
        val_rows=manifest.val_rows,
        duplicates_removed=manifest.duplicates_removed,
        near_duplicates_removed=manifest.near_duplicates_removed,
        boilerplate_removed=manifest.boilerplate_removed,
        context_turns=manifest.context_turns,
        placeholder_form=manifest.placeholder_form,
        shards=len(manifest.shards),
    )


def switch_to(settings: Settings, version_id: str) -> None:
    """Make `version_id` the current version; both CSVs of the data folder follow at once."""
    for name in CSV_NAMES:  # before the first version they point at nothing
        link = settings.data_dir / name
        target = f"{settings.datasets_dir.name}/{CURRENT}/{name}"
        if not link.is_symlink() or str(link.readlink()) != target:
            point_symlink(link, target)
    point_symlink(settings.datasets_dir / CURRENT, version_id)


def prune(settings: Settings) -> None:
    """Delete the CSVs of versions older than the newest `keep_datasets`; manifests stay."""
    folders = sorted(path for path in settings.datasets_dir.glob("d*-*") if path.is_dir())
    for folder in folders[: -settings.keep_datasets]:
        drop_csvs(folder)


def drop_csvs(folder: Path) -> None:
    """Delete the CSVs of the version in `folder`, and what is known about them."""
    for name in (*CSV_NAMES, LAYOUT_FILE):
        (folder / name).unlink(missing_ok=True)


def clear_unfinished(folder: Path) -> None:
    """Remove build folders that a crash left behind."""
    for leftover in folder.glob(".building-*"):
        shutil.rmtree(leftover)
