"""What a recipe comes to for the rows at hand: tokens per step, rate and warm-up."""

import logging
import math
from collections.abc import Sequence

from cs_pipeline.recipes.recipe import Recipe
from cs_pipeline.training.rows.encoding import Example

_log = logging.getLogger(__name__)

_LEAST_BATCH_TOKENS = 256
_ROWS_OF_THE_RATE = 2
_MOST_TIMES = 10
_WARMUP_STEPS, _MOST_WARMUP = 10, 0.25
_FEW_STEPS = 200


def planned(recipe: Recipe, examples: Sequence[Example]) -> Recipe:
    """`recipe` with the figures that its `fewest_steps` and `scale_rate` ask for.

    The rate grows with the root of the rows per step (Hoffer et al. 2017, arXiv:1705.08741; Malladi
    et al. 2022, arXiv:2205.10287, for Adam), up to ten times. The warm-up lasts ten steps at least,
    and a quarter of the run at most. Both stay as they are without those fields.

    Args:
        recipe: As it was asked for.
        examples: The encoded rows of one epoch; at least one.
    """
    tokens = sum(len(example.input_ids) for example in examples)
    batch, rate, warmup = recipe.batch_tokens, recipe.learning_rate, recipe.warmup_share
    if recipe.fewest_steps:
        fair = math.floor(tokens * recipe.epochs / recipe.fewest_steps)
        batch = min(max(fair, _LEAST_BATCH_TOKENS), batch)
    if recipe.scale_rate:
        rows = max(batch * len(examples) / tokens, 1.0)
        rate *= min(math.sqrt(rows / _ROWS_OF_THE_RATE), _MOST_TIMES)
    steps = max(tokens * recipe.epochs / batch, 1.0)
    if recipe.fewest_steps:
        warmup = max(warmup, min(_WARMUP_STEPS / steps, _MOST_WARMUP))
    _log.info(
        "planned: about %d steps of %d tokens, learning rate %.2g, %.0f%% warm-up",
        steps, batch, rate, 100 * warmup,
    )  # fmt: skip
    if steps < _FEW_STEPS:
        _log.warning(
            "about %d steps are few for a model to learn from; more rows or epochs help", steps
        )
    return recipe.model_copy(
        update={"batch_tokens": batch, "learning_rate": rate, "warmup_share": warmup}
    )
