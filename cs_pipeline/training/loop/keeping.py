"""Which weights a run ends with: its last ones, or those of its best epoch."""

import logging
from collections.abc import Callable
from pathlib import Path

from transformers import PreTrainedModel

from cs_pipeline.recipes.recipe import Recipe
from cs_pipeline.records import Score
from cs_pipeline.training.loop.best_weights import BestWeights
from cs_pipeline.training.loop.curves import MetricsFile, evaluation_point
from cs_pipeline.training.loop.step_trainer import is_write_failure, load_weights, save_weights

_log = logging.getLogger(__name__)


def best_weights_for(
    model: PreTrainedModel, recipe: Recipe, folder: Path, *, is_main: bool
) -> BestWeights | None:
    """What keeps the best epoch's weights in `folder`; None where the recipe wants the last."""
    if not (recipe.keep_best or recipe.patience):
        return None
    return BestWeights(
        folder,
        save=lambda path: _saved(model, path),
        load=lambda path: load_weights(model, path),
        patience=recipe.patience,
        is_main=is_main,
    )


def _saved(model: PreTrainedModel, path: Path) -> bool:
    """Whether there was room; a disk that is full does not end the run."""
    try:
        save_weights(model, path)
    except Exception as error:
        if not is_write_failure(error):
            raise
        _log.warning("the best weights so far could not be kept: %s", error)
        return False
    return True


def kept_step(
    best: BestWeights | None,
    evaluate: Callable[[], Score],
    metrics: MetricsFile,
    step: int,
    epoch: float,
    *,
    stopped: bool,
) -> int | None:
    """The step whose weights `model` has now, where they are not the last ones.

    Nothing is looked at again where there was one epoch only. What a run in one go would have kept
    is kept by one that was resumed: all that it goes by is in the checkpoints.
    """
    if best is None or not best.is_known:
        return None
    if not stopped:
        last = evaluate()
        if not best.is_better_than(last):
            best.remove()
            return None
        metrics.append(evaluation_point(step, epoch, last))
    step_taken = best.take()
    best.remove()
    return step_taken
