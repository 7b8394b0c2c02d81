"""Taking data back out: exports, or single conversations of them, and what was made of them.

A withdrawal makes a new version without the rows, then erases the shards that held them and the
CSVs of every older version that did. The manifests stay as a record of what once was trained on.
"""

from collections.abc import Callable, Collection, Iterator

from cs_pipeline.config import Settings
from cs_pipeline.dataset.history import versions
from cs_pipeline.dataset.key_files import erase_keys
from cs_pipeline.dataset.manifest import ShardReference, drop_csvs, load_current
from cs_pipeline.dataset.merge import Shards, advance
from cs_pipeline.dataset.shard import copy_shard_without, holds_conversation
from cs_pipeline.records import DatasetVersion, Record

Digests = Callable[[str], Collection[str]]
"""sha256 of an export -> digests of the conversations to take out of it."""


class Withdrawn(Record):
    """What a withdrawal took out of the dataset, and the version that is left."""

    exports: int
    rows: int
    dataset: DatasetVersion


def withdraw(
    settings: Settings,
    *,
    exports: Collection[str] = (),
    conversations: Digests = lambda export_sha256: (),
) -> Withdrawn:
    """Make a version without these exports (sha256s) and conversations, and erase what held them.

    Withdrawing again what is gone already changes nothing, but ends what a crash left undone.

    Raises:
        DatasetError: a shard is missing or changed.
    """
    touched: set[str] = set()
    rows = 0

    def left(present: Shards) -> Shards:
        nonlocal rows
        kept = []
        for shard in present:
            rest = None if shard.export_sha256 in exports else _rest(settings, shard, conversations)
            if rest != shard:
                touched.add(shard.export_sha256)
                rows += shard.rows - (rest.rows if rest else 0)
            if rest:
                kept.append(rest)
        return tuple(kept)

    dataset = advance(settings, left)
    erase(settings)
    return Withdrawn(exports=len(touched), rows=rows, dataset=dataset)


def erase(settings: Settings) -> None:
    """Delete shards that an older version had and the current one has not, and CSVs made of them.

    The versions that lost a shard can never be rebuilt.
    """
    head = load_current(settings)
    named = set(head.shards) if head else set()
    for manifest in versions(settings):
        gone = [shard for shard in manifest.shards if shard not in named]
        if not gone:
            continue
        drop_csvs(settings.datasets_dir / manifest.version_id)
        for path in {shard.path(settings.shards_dir) for shard in gone} - {
            shard.path(settings.shards_dir) for shard in named
        }:
            path.unlink(missing_ok=True)
        for sha256 in {shard.sha256 for shard in gone} - {shard.sha256 for shard in named}:
            erase_keys(settings.shards_dir, sha256)


def exports_with(settings: Settings, conversations: Digests) -> set[str]:
    """sha256s of the exports in the current version that hold one of the conversations.

    Raises:
        DatasetError: a shard is missing or changed.
    """
    head = load_current(settings)
    found = set()
    for shard in head.shards if head else ():
        digests = frozenset(conversations(shard.export_sha256))
        if digests and holds_conversation(shard.path(settings.shards_dir), shard.sha256, digests):
            found.add(shard.export_sha256)
    return found


def holding(settings: Settings, exports: Collection[str]) -> Iterator[str]:
    """Ids of the versions that ever held one of these exports."""
    for manifest in versions(settings):
        if any(shard.export_sha256 in exports for shard in manifest.shards):
            yield manifest.version_id


def _rest(
    settings: Settings, shard: ShardReference, conversations: Digests
) -> ShardReference | None:
    """The shard without the conversations: itself when it holds none of them, None when no more."""
    digests = frozenset(conversations(shard.export_sha256))
    if not digests:
        return shard
    copy = copy_shard_without(shard.path(settings.shards_dir), shard.sha256, digests)
    if copy is None:
        return shard
    if copy.rows == 0:
        copy.path.unlink()
        return None
    return shard.model_copy(
        update={"sha256": copy.sha256, "rows": copy.rows, "file_name": copy.path.name}
    )
