"""Several models that are trained on the same data to be compared."""

from datetime import datetime
from typing import Any

from cs_pipeline.records.base import Record


class Member(Record):
    """One model of an experiment: the run that trains it, and that run's options.

    `label` is what people call it: recipe and base model.
    """

    run_id: str
    label: str
    options: dict[str, Any]


class Experiment(Record):
    """What is compared, on one dataset version; nothing of it is promoted by itself.

    `dataset_version` is None where runs were put together afterwards. `note` is masked.
    """

    experiment_id: str
    members: tuple[Member, ...]
    dataset_version: str | None = None
    note: str = ""
    begun_at: datetime
