"""Shards -> dataset version: the newest version's shards and the new ones, rebuilt by streaming.

The order of the shards is that of their export's sha256, so that the same exports give the same
bytes whatever order they came in.
"""

import csv
import shutil
import uuid
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from cs_pipeline.config import Settings
from cs_pipeline.dataset.manifest import (
    CSV_NAMES,
    Manifest,
    ShardReference,
    clear_unfinished,
    describe,
    load_current,
    prune,
    switch_to,
)
from cs_pipeline.dataset.shard import COLUMNS, read_shard
from cs_pipeline.dataset.split import exchange_key, is_validation, question_key
from cs_pipeline.errors import DatasetError
from cs_pipeline.files import atomic_path, dataset_sha256, exclusive, write_atomic
from cs_pipeline.placeholders import PlaceholderForm
from cs_pipeline.records import DatasetVersion, MaskedShard, Record

Shards = tuple[ShardReference, ...]
"""The shards of a version, by the sha256 of their exports."""


class _Counts(Record):
    train_rows: int
    val_rows: int
    duplicates_removed: int


def merge(settings: Settings, shards: Sequence[MaskedShard]) -> DatasetVersion:
    """Add `shards` to the dataset and make the result current.

    Merging what is already there changes nothing and returns the current version. Two merges at
    the same time wait for each other. A crash leaves the old version current.

    Raises:
        DatasetError: there is nothing to merge, or a shard is not what its record says.
    """

    def added(present: Shards) -> Shards:
        if not present and not shards:
            raise DatasetError(
                ko="학습할 데이터가 없습니다. 상담 엑셀 파일을 인박스에 넣으세요.",
                en="There is no data to train on. Drop an export of conversations into the inbox.",
            )
        return _union(present, shards)

    return advance(settings, added)


def advance(settings: Settings, change: Callable[[Shards], Shards]) -> DatasetVersion:
    """Make the version whose shards are `change` of the current one's, and make it current."""
    folder = settings.datasets_dir
    with exclusive(folder / ".lock"):
        clear_unfinished(folder)
        head = load_current(settings)
        references = change(head.shards if head else ())
        if head and _is_up_to_date(head, settings, references):
            manifest = head
            if not is_whole(folder / head.version_id, head.sha256):
                restore(settings, head)
        else:
            manifest = _build(settings, references, head)
        switch_to(settings, manifest.version_id)
        prune(settings)
    return describe(folder / manifest.version_id, manifest)


def _is_up_to_date(head: Manifest, settings: Settings, references: Shards) -> bool:
    return (head.shards, head.val_share, head.placeholder_form) == (
        references,
        settings.val_share,
        settings.placeholder_form,
    )


def _union(present: Iterable[ShardReference], new: Iterable[MaskedShard]) -> Shards:
    by_export = {reference.export_sha256: reference for reference in present}
    for shard in new:
        by_export[shard.export.sha256] = ShardReference(
            export_sha256=shard.export.sha256,
            export_name=shard.export.name,
            sha256=shard.sha256,
            rows=shard.rows,
        )
    return tuple(by_export[key] for key in sorted(by_export))


def is_whole(folder: Path, sha256: str) -> bool:
    """Whether both CSVs of a version are in `folder`, with the bytes that `sha256` names."""
    train, val = (folder / name for name in CSV_NAMES)
    return train.exists() and val.exists() and dataset_sha256(train, val) == sha256


def _build(settings: Settings, references: Shards, head: Manifest | None) -> Manifest:
    """Write the version into a hidden folder and rename it into place as a whole."""
    building = settings.datasets_dir / f".building-{uuid.uuid4().hex}"
    building.mkdir()
    counts = _write_csvs(
        building,
        settings.shards_dir,
        references,
        settings.val_share,
        PlaceholderForm(settings.placeholder_form),
    )
    sha256 = dataset_sha256(*(building / name for name in CSV_NAMES))
    manifest = Manifest(
        version_id=f"d{head.sequence + 1 if head else 1:04d}-{sha256[:8]}",
        parent_version_id=head.version_id if head else None,
        created_at=datetime.now(UTC),
        sha256=sha256,
        val_share=settings.val_share,
        placeholder_form=settings.placeholder_form,
        shards=references,
        **counts.model_dump(),
    )
    target = settings.datasets_dir / manifest.version_id
    write_atomic(building / "manifest.json", manifest.model_dump_json(indent=2))
    if target.exists():  # a crash after the rename and before the switch
        clear_unfinished(settings.datasets_dir)
        return Manifest.model_validate_json((target / "manifest.json").read_bytes())
    building.rename(target)
    return manifest


def restore(settings: Settings, manifest: Manifest) -> None:
    """Bring back the CSVs of a version from its shards, whole or not at all.

    Raises:
        DatasetError: the shards no longer give the bytes that the manifest names.
    """
    folder = settings.datasets_dir / manifest.version_id
    building = settings.datasets_dir / f".building-{uuid.uuid4().hex}"
    building.mkdir()
    try:
        _write_csvs(
            building,
            settings.shards_dir,
            manifest.shards,
            manifest.val_share,
            PlaceholderForm(manifest.placeholder_form),
        )
        if not is_whole(building, manifest.sha256):
            raise DatasetError(
                ko=f"데이터셋 {manifest.version_id}을 다시 만들었지만 기록된 sha256과 다릅니다. "
                "샤드 폴더를 백업에서 복원하세요.",
                en=f"Dataset {manifest.version_id} was rebuilt but differs from its recorded "
                "sha256. Restore the shards folder from a backup.",
            )
        for name in CSV_NAMES:
            (building / name).replace(folder / name)
    finally:
        shutil.rmtree(building)


def _write_csvs(
    folder: Path,
    shards_dir: Path,
    references: Sequence[ShardReference],
    val_share: float,
    form: PlaceholderForm,
) -> _Counts:
    seen: set[bytes] = set()
    rows = [0, 0]
    total = 0
    train_path, val_path = (folder / name for name in CSV_NAMES)
    with (
        atomic_path(train_path) as train_temporary,
        atomic_path(val_path) as val_temporary,
        train_temporary.open("w", encoding="utf-8", newline="") as train,
        val_temporary.open("w", encoding="utf-8", newline="") as val,
    ):
        writers = [csv.writer(stream, lineterminator="\n") for stream in (train, val)]
        for writer in writers:
            writer.writerow(COLUMNS)
        for reference in references:
            for row in read_shard(reference.path(shards_dir), reference.sha256):
                total += 1
                key = exchange_key(row[0], row[1])
                if key in seen:
                    continue
                seen.add(key)
                side = is_validation(question_key(row[0]), val_share)
                writers[side].writerow((form.write(row[0]), form.write(row[1]), *row[2:]))
                rows[side] += 1
    return _Counts(train_rows=rows[0], val_rows=rows[1], duplicates_removed=total - len(seen))
