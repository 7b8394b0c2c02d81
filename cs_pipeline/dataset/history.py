"""What the dataset was and is: what changed between two versions, whether they still stand."""

from typing import NamedTuple

from cs_pipeline.dataset import wording
from cs_pipeline.dataset.manifest import Manifest, ShardReference
from cs_pipeline.dataset.merge import restore
from cs_pipeline.dataset.versions import Versions
from cs_pipeline.language import Words
from cs_pipeline.records import DatasetVersion


class ShardChange(NamedTuple):
    """One export that two versions do not hold alike; None where a version lacks it."""

    export_sha256: str
    export_name: str
    rows_before: int | None
    rows_after: int | None


def diff(before: Manifest, after: Manifest) -> list[ShardChange]:
    """The exports that came, went or changed from `before` to `after`, by name."""
    old, new = ({shard.export_sha256: shard for shard in one.shards} for one in (before, after))
    changes = [
        ShardChange(key, (new.get(key) or old[key]).export_name, _rows(old, key), _rows(new, key))
        for key in old.keys() | new.keys()
        if old.get(key) != new.get(key)
    ]
    return sorted(changes, key=lambda change: (change.export_name, change.export_sha256))


def verify(versions: Versions, manifest: Manifest) -> list[Words]:
    """What of a version is missing or changed on disk; empty when it can be trusted.

    CSVs of older versions are not kept; their shards have to be whole all the same.
    """
    problems = []
    for shard in manifest.shards:
        if not versions.shards.is_whole(shard):
            name = versions.shards.path_of(shard).name
            problems.append(wording.shard_not_whole(name, shard.export_name))
    if versions.has_csvs(manifest) and not versions.is_whole(manifest):
        folder = versions.folder_of(manifest.version_id)
        problems.append(wording.csvs_not_whole(folder, manifest.version_id))
    return problems


def rebuild(versions: Versions, manifest: Manifest) -> DatasetVersion:
    """Write the CSVs of a version anew from its shards; which version is current stays.

    Raises:
        DatasetError: a shard is missing or changed, so that the bytes cannot be had back.
    """
    with versions.changing():
        restore(versions, manifest)
    return versions.describe(manifest)


def _rows(shards: dict[str, ShardReference], key: str) -> int | None:
    return shards[key].rows if key in shards else None
