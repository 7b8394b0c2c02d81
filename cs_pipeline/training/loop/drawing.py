"""Which examples an epoch has where some rows are to be seen more or less often than others.

Weights change how often a row is seen, not how much its loss counts: what is packed, scored and
clipped stays an example like any other. An epoch follows from the seed and its number alone, so
that a run that is resumed sees the same epochs.
"""

import math
import random
from collections import defaultdict
from collections.abc import Sequence

from cs_pipeline.errors import DatasetError
from cs_pipeline.training.loop.wording import NO_ROW_IS_SEEN
from cs_pipeline.training.rows.encoding import Example


class EpochDraw:
    """The examples of each epoch; all of them once without weights.

    An example of weight 2.25 is there twice in each epoch and a third time in every fourth one;
    those of one weight take turns in a seeded order. Each epoch has as many examples.

    Args:
        examples: Encoded rows.
        weights: How often each is seen per epoch, in their order; empty: once.
        seed: Of the turns.

    Raises:
        DatasetError: no example is seen at all.
    """

    def __init__(
        self, examples: Sequence[Example], weights: Sequence[float] = (), *, seed: int
    ) -> None:
        self._examples = examples
        self._whole = [math.floor(weight) for weight in weights]
        self._turns = _turns(weights, seed) if weights else []
        if not self.epoch(0):
            raise DatasetError.of(NO_ROW_IS_SEEN)

    def epoch(self, number: int) -> list[Example]:
        """Examples of epoch `number`, counted from 0, in their order."""
        if not self._whole:
            return list(self._examples)
        times = list(self._whole)
        for order, each in self._turns:
            for place in range(number * each, (number + 1) * each):
                times[order[place % len(order)]] += 1
        return [
            example
            for example, count in zip(self._examples, times, strict=True)
            for _ in range(count)
        ]


def _turns(weights: Sequence[float], seed: int) -> list[tuple[list[int], int]]:
    """Indices of the examples of one weight in the order of their turns, and turns per epoch."""
    alike: defaultdict[float, list[int]] = defaultdict(list)
    for index, weight in enumerate(weights):
        alike[weight].append(index)
    turns = []
    for weight, indices in alike.items():
        if each := math.floor(len(indices) * (weight % 1) + 0.5):
            random.Random(f"{seed}/{weight}").shuffle(indices)  # noqa: S311  # an order, no secret
            turns.append((indices, each))
    return turns
