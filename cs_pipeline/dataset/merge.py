"""Shards -> dataset version: the newest version's shards and the new ones.

The order of the shards is that of their export's sha256, so that the same exports give the same
bytes whatever order they came in.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from cs_pipeline.dataset import wording
from cs_pipeline.dataset.assembly import PreviousCsvs, assemble
from cs_pipeline.dataset.keys import keys_version
from cs_pipeline.dataset.layout import load_layout
from cs_pipeline.dataset.manifest import (
    CSV_NAMES,
    Manifest,
    MaskingMisses,
    ShardReference,
    VersionTerms,
)
from cs_pipeline.dataset.masking_misses import carried_over, together
from cs_pipeline.dataset.touched_rows import Status
from cs_pipeline.dataset.versions import Versions
from cs_pipeline.records import DatasetVersion, MaskedShard

References = tuple[ShardReference, ...]
"""The shards of a version, by the sha256 of their exports."""
Search = Callable[[References], MaskingMisses]
"""Finds the rows of shards that show a value which was masked elsewhere."""


def merge(
    versions: Versions,
    terms: VersionTerms,
    shards: Sequence[MaskedShard],
    *,
    search: Search | None = None,
) -> DatasetVersion:
    """Add `shards` to the dataset and make the result current.

    Merging what is already there changes nothing and returns the current version. Two merges at
    the same time wait for each other. A crash leaves the old version current.

    Args:
        versions: of the dataset.
        terms: of the new version.
        shards: to add.
        search: Finds the rows that show a value which was masked elsewhere, of old shards as well
            as of new ones; they are left out from now on. None: no row is looked through.

    Raises:
        DatasetError: there is nothing to merge, or a shard is not what its record says.
    """

    def added(present: References) -> References:
        if not present and not shards:
            raise wording.nothing_to_train_on()
        return _union(present, shards)

    return advance(versions, terms, added, search)


def advance(
    versions: Versions,
    terms: VersionTerms,
    change: Callable[[References], References],
    search: Search | None = None,
) -> DatasetVersion:
    """Make the version whose shards are `change` of the current one's, and make it current."""
    with versions.changing():
        head = versions.current()
        references = change(head.shards if head else ())
        contents = _contents(references, head, search)
        unchanged = head and _made_of(head) == (contents.shards, contents.misses, terms)
        if head and unchanged:
            manifest = head
            if not versions.is_whole(head):
                restore(versions, head)
        else:
            manifest = _build(versions, contents, terms, head)
        versions.switch_to(manifest.version_id)
        versions.prune()
    return versions.describe(manifest)


class _Contents(NamedTuple):
    """The shards of a version, the rows of them that show too much, and whether all were asked."""

    shards: References
    misses: MaskingMisses
    looked_through: bool


def _made_of(manifest: Manifest) -> tuple[References, MaskingMisses, VersionTerms]:
    return manifest.shards, manifest.masking_misses, manifest.terms


def _contents(references: References, head: Manifest | None, search: Search | None) -> _Contents:
    """What is known of the shards, looked through anew only where there are others.

    A new export may have masked what an old one shows, and the other way round.
    """
    if head is None:
        return _Contents(references, search(references) if search else {}, search is not None)
    known = carried_over(head.masking_misses, head.shards, references)
    fewer = {one.export_sha256 for one in references} <= {one.export_sha256 for one in head.shards}
    if search is None or (head.looked_through and head.shards == references):
        return _Contents(references, known, head.looked_through and fewer)
    return _Contents(references, together(known, search(references)), looked_through=True)


def _union(present: Iterable[ShardReference], new: Iterable[MaskedShard]) -> References:
    by_export = {reference.export_sha256: reference for reference in present}
    for shard in new:
        by_export[shard.export.sha256] = ShardReference(
            export_sha256=shard.export.sha256,
            export_name=shard.export.name,
            sha256=shard.sha256,
            rows=shard.rows,
            origin_sha256=shard.origin_sha256,
        )
    return tuple(by_export[key] for key in sorted(by_export))


def _build(
    versions: Versions, contents: _Contents, terms: VersionTerms, head: Manifest | None
) -> Manifest:
    """Write the version into a hidden folder and rename it into place as a whole."""
    references, misses, looked_through = contents
    previous = _previous(versions, contents, terms, head)
    with versions.building() as building:
        made = assemble(building, versions.shards, references, terms, misses, previous)
        manifest = Manifest(
            **terms.model_dump(),
            version_id=f"d{head.sequence + 1 if head else 1:04d}-{made.sha256[:8]}",
            parent_version_id=head.version_id if head else None,
            created_at=datetime.now(UTC),
            sha256=made.sha256,
            train_rows=sum(made.train_rows_of),
            train_rows_of=made.train_rows_of,
            val_rows=sum(made.val_rows_of),
            val_rows_of=made.val_rows_of,
            duplicates_removed=made.statuses[Status.DUPLICATE],
            near_duplicates_removed=made.statuses[Status.LIKE_TRAINING]
            + made.statuses[Status.THINNED],
            boilerplate_removed=made.statuses[Status.BOILERPLATE],
            masking_misses=misses,
            looked_through=looked_through,
            shards=references,
        )
        return versions.put(building, manifest)


def _previous(
    versions: Versions, contents: _Contents, terms: VersionTerms, head: Manifest | None
) -> PreviousCsvs | None:
    """The newest version's CSVs, unless rows that were left out of them may come back.

    Nor where further rows of its shards are left out, which may be the context of others.
    """
    if head is None or head.terms != terms or not set(head.shards) <= set(contents.shards):
        return None
    exports = {shard.export_sha256 for shard in head.shards}
    if head.masking_misses != {
        export: names for export, names in contents.misses.items() if export in exports
    }:
        return None
    folder = versions.folder_of(head.version_id)
    layouts = load_layout(folder, CSV_NAMES, [shard.sha256 for shard in head.shards])
    return PreviousCsvs(folder, layouts) if layouts else None


def restore(versions: Versions, manifest: Manifest) -> None:
    """Bring back the CSVs of a version from its shards, whole or not at all.

    Raises:
        DatasetError: the shards no longer give the bytes that the manifest names.
    """
    if manifest.keys_version != keys_version():
        raise wording.made_by_another_version(manifest.version_id)
    with versions.building() as building:
        made = assemble(
            building, versions.shards, manifest.shards, manifest.terms, manifest.masking_misses
        )
        if made.sha256 != manifest.sha256:
            raise wording.rebuilt_otherwise(manifest.version_id)
        versions.put_csvs(building, manifest)
