"""Taking data back out: exports, or single conversations of them, and what was made of them.

A withdrawal makes a new version without the rows, then erases the shards that held them and the
CSVs of every older version that did. The manifests stay as a record of what once was trained on.
"""

from collections.abc import Callable, Collection, Iterator

from cs_pipeline.dataset.manifest import ShardReference, VersionTerms
from cs_pipeline.dataset.merge import References, advance
from cs_pipeline.dataset.shards import Shards
from cs_pipeline.dataset.versions import Versions
from cs_pipeline.records import DatasetVersion, Record

Digests = Callable[[str], Collection[str]]
"""sha256 of an export -> digests of the conversations to take out of it."""


class Withdrawn(Record):
    """What a withdrawal took out of the dataset, and the version that is left."""

    exports: int
    rows: int
    dataset: DatasetVersion


def withdraw(
    versions: Versions,
    terms: VersionTerms,
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

    def left(present: References) -> References:
        nonlocal rows
        kept = []
        for shard in present:
            rest = None
            if shard.export_sha256 not in exports:
                rest = _rest(versions.shards, shard, conversations)
            if rest != shard:
                touched.add(shard.export_sha256)
                rows += shard.rows - (rest.rows if rest else 0)
            if rest:
                kept.append(rest)
        return tuple(kept)

    dataset = advance(versions, terms, left)
    erase(versions)
    return Withdrawn(exports=len(touched), rows=rows, dataset=dataset)


def erase(versions: Versions) -> None:
    """Delete shards that an older version had and the current one has not, and CSVs made of them.

    The versions that lost a shard can never be rebuilt.
    """
    head = versions.current()
    named = set(head.shards) if head else set()
    for manifest in versions.all():
        if gone := [shard for shard in manifest.shards if shard not in named]:
            versions.drop_csvs(manifest.version_id)
            versions.shards.erase(gone, kept=named)


def exports_with(versions: Versions, conversations: Digests) -> set[str]:
    """sha256s of the exports in the current version that hold one of the conversations.

    Raises:
        DatasetError: a shard is missing or changed.
    """
    head = versions.current()
    found = set()
    for shard in head.shards if head else ():
        digests = frozenset(conversations(shard.export_sha256))
        if digests and versions.shards.holds(shard, digests):
            found.add(shard.export_sha256)
    return found


def rows_to_go(
    versions: Versions, exports: Collection[str], conversations: Digests
) -> dict[str, dict[str, int]]:
    """Rows of the current version that a withdrawal takes out: export -> conversation -> rows.

    A whole export counts under the conversation `""`.

    Raises:
        DatasetError: a shard is missing or changed.
    """
    head = versions.current()
    found: dict[str, dict[str, int]] = {}
    for shard in head.shards if head else ():
        if shard.export_sha256 in exports:
            found[shard.export_sha256] = {"": shard.rows}
        elif digests := frozenset(conversations(shard.export_sha256)):
            counts = versions.shards.rows_of(shard, digests)
            found |= {shard.export_sha256: counts} if counts else {}
    return found


def diminished(versions: Versions) -> set[str]:
    """Ids of the versions that name a shard which the current one has no more.

    It follows from the manifests alone, so that it is known after a crash as well.
    """
    head = versions.current()
    named = set(head.shards) if head else set()
    return {
        manifest.version_id
        for manifest in versions.all()
        if any(shard not in named for shard in manifest.shards)
    }


def holding(versions: Versions, exports: Collection[str]) -> Iterator[str]:
    """Ids of the versions that ever held one of these exports."""
    for manifest in versions.all():
        if any(shard.export_sha256 in exports for shard in manifest.shards):
            yield manifest.version_id


def _rest(shards: Shards, shard: ShardReference, conversations: Digests) -> ShardReference | None:
    """The shard without the conversations: itself when it holds none of them, None when no more."""
    digests = frozenset(conversations(shard.export_sha256))
    return shards.without(shard, digests) if digests else shard
