"""What is done to the dataset of an installation, by its settings."""

from collections.abc import Sequence
from typing import Any

from cs_pipeline.config import Settings
from cs_pipeline.dataset import history
from cs_pipeline.dataset import merge as merging
from cs_pipeline.dataset import withdraw as withdrawing
from cs_pipeline.dataset.manifest import Manifest
from cs_pipeline.records import DatasetVersion, MaskedShard
from cs_pipeline.stages import Installation


def merge(settings: Settings, shards: Sequence[MaskedShard]) -> DatasetVersion:
    opened = Installation(settings)
    return merging.merge(opened.versions, opened.terms, shards)


def restore(settings: Settings, manifest: Manifest) -> None:
    merging.restore(Installation(settings).versions, manifest)


def rebuild(settings: Settings, manifest: Manifest) -> DatasetVersion:
    return history.rebuild(Installation(settings).versions, manifest)


def withdraw(settings: Settings, **what: Any) -> withdrawing.Withdrawn:
    opened = Installation(settings)
    return withdrawing.withdraw(opened.versions, opened.terms, **what)


def erase(settings: Settings) -> None:
    withdrawing.erase(Installation(settings).versions)
