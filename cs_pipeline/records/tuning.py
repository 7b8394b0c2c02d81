"""Short runs over learning rates."""

from cs_pipeline.records.base import Record


class Tried(Record):
    """One short run: the recipe's `learning_rate` and what came of it.

    `peak_rate` is what it came to for the rows at hand. `loss_nats_per_token` is the answer loss on
    validation rows; None: the run was lost, as with a rate that is too high.
    """

    learning_rate: float
    peak_rate: float | None = None
    steps: int | None = None
    train_seconds: float | None = None
    loss_nats_per_token: float | None = None
    bits_per_character: float | None = None


class RowsUsed(Record):
    """How many rows the short runs were trained on and judged by."""

    train: int
    val: int
