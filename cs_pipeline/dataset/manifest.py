"""What a dataset version is made of, as its `manifest.json` says."""

from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from cs_pipeline.dataset import wording
from cs_pipeline.masked.placeholders import DEFAULT_FORM
from cs_pipeline.records import DatasetVersion, Record, ValidationSlice

MANIFEST_FILE = "manifest.json"
CSV_NAMES = ("train.csv", "val.csv")
LAYOUT_FILE = "selection.bin"
"""What of each shard stands in the CSVs (see `layout`); kept as long as they are."""


MaskingMisses = dict[str, tuple[str, ...]]
"""Rows that show a value which was masked elsewhere: sha256 of their export -> their names."""


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


class Manifest(VersionTerms):
    """Everything needed to rebuild a version byte for byte.

    `train_rows_of` and `val_rows_of` count the rows of the CSVs that come from each shard, in the
    order of `shards`; empty in versions that were made before they were counted. `masking_misses`
    are rows that are left out because they show a value that was masked elsewhere;
    `looked_through` says whether all rows were searched for such values.
    """

    version_id: str
    parent_version_id: str | None
    created_at: datetime
    sha256: str
    train_rows: int
    val_rows: int
    duplicates_removed: int
    near_duplicates_removed: int = 0
    boilerplate_removed: int = 0
    train_rows_of: tuple[int, ...] = ()
    val_rows_of: tuple[int, ...] = ()
    masking_misses: MaskingMisses = Field(default_factory=dict)
    looked_through: bool = False
    shards: tuple[ShardReference, ...]

    @property
    def terms(self) -> VersionTerms:
        """What it was made by."""
        return VersionTerms(**self.model_dump(include=set(VersionTerms.model_fields)))

    @property
    def validation_slices(self) -> tuple[ValidationSlice, ...]:
        """The exports of the rows of `val.csv`, in their order; none where that is not known."""
        return tuple(
            ValidationSlice(export_sha256=shard.export_sha256, rows=rows)
            for shard, rows in zip(self.shards, self.val_rows_of, strict=False)
        )

    @property
    def sequence(self) -> int:
        """Running number of the version, from 1."""
        return int(self.version_id[1:].split("-")[0])


def load(folder: Path) -> Manifest:
    """Manifest of the version in `folder`.

    Raises:
        DatasetError: there is none, or it is damaged.
    """
    path = folder / MANIFEST_FILE
    try:
        return Manifest.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        raise wording.damaged_manifest(path) from None


def describe(folder: Path, manifest: Manifest) -> DatasetVersion:
    """The record that later steps receive about the version in `folder`."""
    return DatasetVersion(
        version_id=manifest.version_id,
        sha256=manifest.sha256,
        uri=str(folder),
        train_uri=str(folder / CSV_NAMES[0]),
        val_uri=str(folder / CSV_NAMES[1]),
        train_rows=manifest.train_rows,
        val_rows=manifest.val_rows,
        duplicates_removed=manifest.duplicates_removed,
        near_duplicates_removed=manifest.near_duplicates_removed,
        boilerplate_removed=manifest.boilerplate_removed,
        masking_misses=sum(map(len, manifest.masking_misses.values())),
        context_turns=manifest.context_turns,
        placeholder_form=manifest.placeholder_form,
        shards=len(manifest.shards),
    )
