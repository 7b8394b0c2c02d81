"""What the dataset was and is, for people: its versions, what changed, whether they stand."""

from typing import TYPE_CHECKING, NamedTuple

from cs_pipeline.language import Words
from cs_pipeline.records import DatasetVersion
from cs_pipeline.stages.installation import Installation

if TYPE_CHECKING:
    from cs_pipeline.dataset.history import ShardChange
    from cs_pipeline.dataset.manifest import Manifest


class KeptVersion(NamedTuple):
    """A version, and whether its CSVs are on disk."""

    manifest: "Manifest"
    has_csvs: bool


class VersionChange(NamedTuple):
    """Two versions, and the exports that they do not hold alike."""

    before: "Manifest"
    after: "Manifest"
    exports: "list[ShardChange]"


class CheckedVersion(NamedTuple):
    """A version, and what of it is missing or changed on disk."""

    manifest: "Manifest"
    problems: list[Words]


def dataset_log(installation: Installation) -> list[KeptVersion]:
    """All versions, newest first."""
    versions = installation.versions
    return [KeptVersion(one, versions.has_csvs(one)) for one in reversed(versions.all())]


def dataset_diff(installation: Installation, before: str, after: str) -> VersionChange:
    """What came, went or changed between two versions, named as in `Versions.find`.

    Raises:
        DatasetError: there is no such version.
    """
    from cs_pipeline.dataset.history import diff

    old, new = (installation.versions.find(name) for name in (before, after))
    return VersionChange(old, new, diff(old, new))


def dataset_verify(installation: Installation, name: str) -> CheckedVersion:
    """Check a version's shards and CSVs against their sha256.

    Raises:
        DatasetError: there is no such version.
    """
    from cs_pipeline.dataset.history import verify

    manifest = installation.versions.find(name)
    return CheckedVersion(manifest, verify(installation.versions, manifest))


def dataset_rebuild(installation: Installation, name: str) -> DatasetVersion:
    """Write a version's CSVs anew from its shards.

    Raises:
        DatasetError: there is no such version, or its shards are not what they were.
    """
    from cs_pipeline.dataset.history import rebuild

    versions = installation.versions
    return rebuild(versions, versions.find(name))
