"""How often a training sees the rows of each export, where its recipe says so."""

import logging

from cs_pipeline.dataset.manifest import Manifest
from cs_pipeline.errors import DamagedObject, DatasetError, ObjectNotFound
from cs_pipeline.recipes.export_weights import parsed_weights, weight_of
from cs_pipeline.recipes.recipe import Recipe
from cs_pipeline.records import TrainingSlice
from cs_pipeline.stages.installation import Installation
from cs_pipeline.stages.wording import NOT_COUNTED

_log = logging.getLogger(__name__)


def weighted_rows(
    installation: Installation, manifest: Manifest | None, recipe: Recipe
) -> tuple[TrainingSlice, ...]:
    """The exports of a dataset version's training rows, with their weights; empty: all rows once.

    New are the exports that the live model was not trained on; without a live model none is.

    Raises:
        DatasetError: the version does not say which rows come from which export.
    """
    if recipe.new_export_weight == 1 and not recipe.export_weights:
        return ()
    if manifest is None or not manifest.train_rows_of:
        raise DatasetError.of(NOT_COUNTED)
    weights = parsed_weights(recipe.export_weights)
    known = _trained_on(installation)
    slices = [
        TrainingSlice(
            export_sha256=shard.export_sha256,
            rows=rows,
            weight=weight_of(shard.export_name, weights)
            * (recipe.new_export_weight if known and shard.export_sha256 not in known else 1),
        )
        for shard, rows in zip(manifest.shards, manifest.train_rows_of, strict=True)
    ]
    return tuple(slices) if any(one.weight != 1 for one in slices) else ()


def _trained_on(installation: Installation) -> frozenset[str]:
    """Exports that the live model was trained on; empty: there is none, or it is not known."""
    live = installation.models.live()
    if live is None:
        return frozenset()
    try:
        model = installation.models.manifest(live.version_id)
    except (ObjectNotFound, DamagedObject) as error:
        _log.warning("%s", error)
        return frozenset()
    dataset = installation.versions.get(model.dataset_version)
    if dataset is None:
        return frozenset(model.exports)
    return frozenset(shard.export_sha256 for shard in dataset.shards)
