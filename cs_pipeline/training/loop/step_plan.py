"""Which rows make up which optimiser step.

A step's rows follow from the seed and the step's number alone. A run that is resumed, that has
more processes or smaller passes therefore sees the same steps in the same order.
"""

import random
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from cs_pipeline.recipes.recipe import Recipe
from cs_pipeline.training.rows.encoding import Example
from cs_pipeline.training.rows.packing import Row, isolates_packed, pack, row_length

if TYPE_CHECKING:
    from transformers import PreTrainedModel


def plan_for(model: "PreTrainedModel", examples: Sequence[Example], recipe: Recipe) -> "StepPlan":
    """Packed rows where the recipe asks for them and `model` keeps packed examples apart."""
    if recipe.batching == "packed" and isolates_packed(model):
        room = row_length(examples, recipe.batch_tokens)
        per_step = max(recipe.batch_tokens // room, 1)
        rows = pack(examples, room)
        return StepPlan(rows, [per_step] * (len(rows) // per_step), seed=recipe.seed)
    return length_grouped(examples, recipe.batch_tokens, seed=recipe.seed)


def length_grouped(examples: Sequence[Example], batch_tokens: int, *, seed: int) -> "StepPlan":
    """One example a row, steps of about equally long ones; at most `batch_tokens` with padding."""
    rows = sorted(([example] for example in examples), key=row_tokens)
    sizes, size = [], 0
    for row in rows:
        if size and row_tokens(row) * (size + 1) > batch_tokens:
            sizes.append(size)
            size = 0
        size += 1
    return StepPlan(rows, sizes, seed=seed, by_length=True)


class StepPlan:
    """The steps of a run; each epoch has all rows once, in an order of its own.

    Args:
        rows: All rows.
        sizes: Rows of each step of an epoch; rows that are left make up one more step.
        seed: Of the order.
        by_length: Keep rows of about the same length together: only rows of equal length change
            places, and whole steps.
    """

    def __init__(
        self, rows: Sequence[Row], sizes: Sequence[int], *, seed: int, by_length: bool = False
    ) -> None:
        self._rows = list(rows)
        left = len(self._rows) - sum(sizes)
        self._sizes = [*sizes, left] if left else list(sizes)
        self._seed = seed
        self._by_length = by_length
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
        rows = order.sample(self._rows, len(self._rows))
        if self._by_length:
            rows.sort(key=row_tokens)  # stable: rows of the same length stay shuffled
        remaining = iter(rows)
        steps = [[next(remaining) for _ in range(size)] for size in self._sizes]
        if self._by_length:
            order.shuffle(steps)
        return steps


def row_tokens(row: Row) -> int:
    """Length of a row."""
    return sum(len(example.input_ids) for example in row)


def scored_tokens(row: Row) -> int:
    """Tokens of a row that count for the loss; the first of an example has nothing before it."""
    return sum(len(example.input_ids) - max(example.answer_start, 1) for example in row)
