"""What one train task is to train: its run's candidate, or one model of an experiment."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from cs_pipeline.config import RunOptions, Settings
from cs_pipeline.records import DatasetVersion, Member


class Assigned(NamedTuple):
    """Which run trains what, by which options."""

    run_id: str
    dataset: DatasetVersion
    options: RunOptions


def run_of(context: Mapping[str, Any], member: Mapping[str, Any] | None) -> str:
    """The run that the training is kept under: the DAG run's, or the model's own."""
    return str(member["run_id"] if member else context["run_id"])


def show_model(context: Any, member: Mapping[str, Any] | None) -> None:
    """Let the UI call a mapped task by the model that it trains."""
    if member:
        context["model"] = member["label"]


def assigned(
    context: Mapping[str, Any],
    settings: Settings,
    *,
    dataset: Any,
    member: Mapping[str, Any] | None,
) -> Assigned:
    """What a task is to train.

    Args:
        context: of the task.
        settings: what the options of a retraining begin with.
        dataset: XCom of the merge task, a `DatasetVersion` as JSON.
        member: one model of an experiment as JSON, with its `dataset`; None: a retraining.
    """
    if member is None:
        options = RunOptions.from_settings(settings, context["params"])
        return Assigned(run_of(context, None), DatasetVersion.model_validate(dataset), options)
    one = Member.model_validate({name: member[name] for name in Member.model_fields})
    options = RunOptions.model_validate(one.options)
    return Assigned(one.run_id, DatasetVersion.model_validate(member["dataset"]), options)
