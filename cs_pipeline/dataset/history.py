"""What the dataset was and is: its versions, what changed between two, whether they still stand."""

from typing import NamedTuple

from cs_pipeline.config import Settings
from cs_pipeline.dataset.manifest import (
    CSV_NAMES,
    CURRENT,
    Manifest,
    ShardReference,
    clear_unfinished,
    describe,
    load,
)
from cs_pipeline.dataset.merge import is_whole, restore
from cs_pipeline.errors import DatasetError
from cs_pipeline.files import exclusive, sha256_file
from cs_pipeline.language import Words
from cs_pipeline.records import DatasetVersion


class ShardChange(NamedTuple):
    """One export that two versions do not hold alike; None where a version lacks it."""

    export_sha256: str
    export_name: str
    rows_before: int | None
    rows_after: int | None


def versions(settings: Settings) -> list[Manifest]:
    """All versions, oldest first."""
    folders = [path.parent for path in settings.datasets_dir.glob("d*-*/manifest.json")]
    return sorted((load(folder) for folder in folders), key=lambda manifest: manifest.sequence)


def find(settings: Settings, version_id: str) -> Manifest:
    """A version by its id, by its number (`3`, `d0003`), or `current`.

    Raises:
        DatasetError: there is no such version.
    """
    if version_id == CURRENT and (settings.datasets_dir / version_id / "manifest.json").exists():
        return load(settings.datasets_dir / version_id)
    number = version_id.removeprefix("d").split("-")[0]
    for manifest in versions(settings):
        if manifest.version_id == version_id:
            return manifest
        if version_id.isalnum() and number.isdigit() and manifest.sequence == int(number):
            return manifest
    raise DatasetError(
        ko=f"데이터셋 {version_id}이 없습니다. `cs-pipeline dataset log`로 확인하세요.",
        en=f"There is no dataset {version_id}. See `cs-pipeline dataset log`.",
    )


def diff(before: Manifest, after: Manifest) -> list[ShardChange]:
    """The exports that came, went or changed from `before` to `after`, by name."""
    old, new = ({shard.export_sha256: shard for shard in one.shards} for one in (before, after))
    changes = [
        ShardChange(key, (new.get(key) or old[key]).export_name, _rows(old, key), _rows(new, key))
        for key in old.keys() | new.keys()
        if old.get(key) != new.get(key)
    ]
    return sorted(changes, key=lambda change: (change.export_name, change.export_sha256))


def verify(settings: Settings, manifest: Manifest) -> list[Words]:
    """What of a version is missing or changed on disk; empty when it can be trusted.

    CSVs of older versions are not kept; their shards have to be whole all the same.
    """
    problems = []
    for shard in manifest.shards:
        path = shard.path(settings.shards_dir)
        if not path.is_file() or sha256_file(path) != shard.sha256:
            problems.append(
                Words(
                    ko=f"샤드 {path.name} ({shard.export_name})이 없거나 바뀌었습니다.",
                    en=f"Shard {path.name} ({shard.export_name}) is missing or changed.",
                )
            )
    folder = settings.datasets_dir / manifest.version_id
    if has_csvs(settings, manifest) and not is_whole(folder, manifest.sha256):
        problems.append(
            Words(
                ko=f"{folder}의 CSV가 기록된 sha256과 다릅니다. `cs-pipeline dataset rebuild "
                f"{manifest.version_id}`로 되살리세요.",
                en=f"The CSVs in {folder} are not what their sha256 says. Bring them back by "
                f"`cs-pipeline dataset rebuild {manifest.version_id}`.",
            )
        )
    return problems


def has_csvs(settings: Settings, manifest: Manifest) -> bool:
    """Whether any CSV of a version is on disk: always for the current one."""
    folder = settings.datasets_dir / manifest.version_id
    current = settings.datasets_dir / CURRENT
    return any((folder / name).exists() for name in CSV_NAMES) or (
        current.exists() and current.resolve().name == manifest.version_id
    )


def rebuild(settings: Settings, manifest: Manifest) -> DatasetVersion:
    """Write the CSVs of a version anew from its shards; which version is current stays.

    Raises:
        DatasetError: a shard is missing or changed, so that the bytes cannot be had back.
    """
    with exclusive(settings.datasets_dir / ".lock"):
        clear_unfinished(settings.datasets_dir)
        restore(settings, manifest)
    return describe(settings.datasets_dir / manifest.version_id, manifest)


def _rows(shards: dict[str, ShardReference], key: str) -> int | None:
    return shards[key].rows if key in shards else None
