"""Which rows make up which optimiser step.

A step's rows follow from the seed and the step's number alone. A run that is resumed, that has
more processes or smaller passes therefore sees the same steps in the same order.
"""

import logging
import math
import random
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from cs_pipeline.recipes.recipe import Recipe
from cs_pipeline.training.loop.drawing import EpochDraw
from cs_pipeline.training.rows.packing import Row, isolates_packed, pack, row_length

if TYPE_CHECKING:
    from transformers import PreTrainedModel

_log = logging.getLogger(__name__)


def plan_for(model: "PreTrainedModel", draw: EpochDraw, recipe: Recipe) -> "StepPlan":
    """Packed rows where the recipe asks for them and `model` keeps packed examples apart."""
    if recipe.batching == "packed" and isolates_packed(model):
        return packed_anew(draw, recipe.batch_tokens, seed=recipe.seed)
    if recipe.batching == "packed":
        _log.info("the model cannot keep packed examples apart; each has a row of its own")
    return length_grouped(draw, recipe.batch_tokens, seed=recipe.seed)


def packed_anew(draw: EpochDraw, batch_tokens: int, *, seed: int) -> "StepPlan":
    """Packed rows, put together anew in each epoch; steps of as many rows, give or take one.

    A step's loss is a mean, so that the few rows of a short last step would each count many times.
    """
    examples = draw.epoch(0)
    room = row_length(examples, batch_tokens)
    rows = pack(examples, room)
    steps = math.ceil(len(rows) / max(batch_tokens // room, 1))

    def again(epoch: int, order: random.Random) -> list[Row]:
        examples = draw.epoch(epoch)
        return pack(order.sample(examples, len(examples)), room)

    return StepPlan(rows, _even_sizes(len(rows), steps), seed=seed, repack=again)


def length_grouped(draw: EpochDraw, batch_tokens: int, *, seed: int) -> "StepPlan":
    """One example a row, steps of about equally long ones; at most `batch_tokens` with padding."""

    def again(epoch: int, _: random.Random) -> list[Row]:
        return sorted(([example] for example in draw.epoch(epoch)), key=row_tokens)

    rows = again(0, random.Random())  # noqa: S311  # of which nothing is drawn
    sizes, size = [], 0
    for row in rows:
        if size and row_tokens(row) * (size + 1) > batch_tokens:
            sizes.append(size)
            size = 0
        size += 1
    return StepPlan(rows, sizes, seed=seed, by_length=True, repack=again)


def _even_sizes(rows: int, steps: int) -> list[int]:
    return [rows // steps + (step < rows % steps) for step in range(steps)]


class StepPlan:
    """The steps of a run; each epoch has its rows once, in an order of its own.

    Args:
        rows: Those of the first epoch.
        sizes: Rows of each step of an epoch; rows that are left make up one more step.
        seed: Of the order.
        by_length: Keep rows of about the same length together: only rows of equal length change
            places, and whole steps.
        repack: Makes the rows of an epoch by its number; None: they are the same each time. Where
            they are more or fewer than `rows`, the steps get as many more or fewer.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        sizes: Sequence[int],
        *,
        seed: int,
        by_length: bool = False,
        repack: Callable[[int, random.Random], list[Row]] | None = None,
    ) -> None:
        self._rows = list(rows)
        left = len(self._rows) - sum(sizes)
        self._sizes = [*sizes, left] if left else list(sizes)
        self._seed = seed
        self._by_length = by_length
        self._repack = repack
        self.tokens = sum(map(row_tokens, self._rows))
        self.scored_tokens = sum(map(scored_tokens, self._rows))
        self._epoch = lru_cache(maxsize=1)(self._shuffled)

    def __len__(self) -> int:
        """Steps of an epoch."""
        return len(self._sizes)

    @property
    def mean_row_tokens(self) -> int:
        """Mean length of a row, in tokens."""
        return round(self.tokens / len(self._rows))

    def step(self, number: int) -> list[Row]:
        """Rows of step `number`, counted from 0 over all epochs."""
        epoch, index = divmod(number, len(self))
        return self._epoch(epoch)[index]

    def _shuffled(self, epoch: int) -> list[list[Row]]:
        order = random.Random(f"{self._seed}/{epoch}")  # noqa: S311  # an order, no secret
        rows = self._repack(epoch, order) if self._repack else self._rows
        rows = order.sample(rows, len(rows))
        if self._by_length:
            rows.sort(key=row_tokens)  # stable: rows of the same length stay shuffled
        sizes = self._sizes
        if len(rows) != len(self._rows):
            sizes = _even_sizes(len(rows), len(sizes))
        remaining = iter(rows)
        steps = [[next(remaining) for _ in range(size)] for size in sizes]
        if self._by_length:
            order.shuffle(steps)
        return steps


def row_tokens(row: Row) -> int:
    """Length of a row."""
    return sum(len(example.input_ids) for example in row)


def scored_tokens(row: Row) -> int:
    """Tokens of a row that count for the loss; the first of an example has nothing before it."""
    return sum(len(example.input_ids) - max(example.answer_start, 1) for example in row)
