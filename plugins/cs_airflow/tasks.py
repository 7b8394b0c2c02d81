"""The tasks of `cs_retrain`: each unpacks its XCom, calls one stage and packs the result.

XCom carries records as JSON: ids, URIs, counts and hashes, never text.
"""

from collections.abc import Mapping
from typing import Any

from airflow.sdk import Asset, TriggerRule, task
from airflow.sdk.definitions.context import get_current_context
from airflow.sdk.exceptions import AirflowSkipException

from cs_airflow import wording
from cs_airflow.manual import task_name
from cs_airflow.task_errors import task_errors
from cs_pipeline import stages
from cs_pipeline.config import RunOptions, Settings
from cs_pipeline.records import (
    DatasetVersion,
    ExportFile,
    MaskedShard,
    ModelVersion,
    ValidationReport,
)
from cs_pipeline.stages import Installation

NOTHING_TO_DO = "nothing_to_do"
ASSET_GROUP = "cs-pipeline"
DATASET_ASSET = Asset(
    name="cs_dataset",
    uri="cs-pipeline://dataset",
    group=ASSET_GROUP,
    extra={"made_by": "cs_retrain.merge"},
)
MODEL_ASSET = Asset(
    name="cs_live_model",
    uri="cs-pipeline://live-model",
    group=ASSET_GROUP,
    extra={"made_by": "cs_retrain.promote"},
)
HELD_MODEL_ASSET = Asset(
    name="cs_held_model",
    uri="cs-pipeline://held-model",
    group=ASSET_GROUP,
    extra={"made_by": "cs_retrain.hold"},
)


def _options(params: Mapping[str, Any]) -> RunOptions:
    return RunOptions.from_settings(Settings.load(), params)


@task(task_display_name=task_name("collect"))
def collect(*, run_id: str, params: dict[str, Any], ti: Any) -> list[dict[str, Any]]:
    """Claim pending exports; skips the run when there is nothing to do.

    An option that cannot be used, or a note with personal data, fails the run here, before any
    export is touched.
    """
    with task_errors():
        installation, options = Installation.load(), _options(params)
        options.training_recipe()
        stages.check_note(installation, options.note)
        exports = stages.collect(installation, run_id=run_id, force=options.force)
    if exports is None:
        # A collect that failed leaves none of it: that run did not find nothing to do.
        ti.xcom_push(key=NOTHING_TO_DO, value=True)
        raise AirflowSkipException(str(wording.NOTHING_TO_DO))
    return [export.model_dump(mode="json") for export in exports]


@task(map_index_template="{{ export_name }}", task_display_name=task_name("validate"))
def validate(export: dict[str, Any], *, ti: Any) -> dict[str, Any]:
    """Check one export; an export that is refused whole is shown as skipped."""
    get_current_context()["export_name"] = export["name"]
    with task_errors():
        report = stages.validate(Installation.load(), ExportFile.model_validate(export))
    ti.xcom_push(key="report", value=report.model_dump(mode="json"))
    if report.quarantined:
        raise AirflowSkipException(str(wording.refused_whole(report)))
    for line in wording.rows_refused(report):
        _say(line)
    return export


@task(map_index_template="{{ export_name }}", task_display_name=task_name("mask"))
def mask(export: dict[str, Any]) -> dict[str, Any]:
    """Mask the accepted rows of one export into a shard."""
    get_current_context()["export_name"] = export["name"]
    with task_errors():
        shard = stages.mask(Installation.load(), ExportFile.model_validate(export))
    return shard.model_dump(mode="json")


@task(
    outlets=[DATASET_ASSET],
    trigger_rule=TriggerRule.NONE_FAILED,
    task_display_name=task_name("merge"),
)
def merge(
    exports: list[dict[str, Any]] | None,
    *,
    run_id: str,
    params: dict[str, Any],
    ti: Any,
    outlet_events: Any,
) -> dict[str, Any]:
    """Add the new shards to the dataset; skips the run when every export was refused."""
    new = [MaskedShard.model_validate(shard) for shard in _pulled(ti, "intake.mask")]
    if exports is None or (exports and not new and not params["force"]):
        raise AirflowSkipException(str(wording.NOTHING_TO_TRAIN_ON))
    with task_errors():
        dataset = stages.merge(Installation.load(), run_id=run_id, shards=new)
    record = dataset.model_dump(mode="json")
    outlet_events[DATASET_ASSET].extra = record
    return record


@task.branch(task_display_name=task_name("gate"))
def gate(dataset: dict[str, Any], *, run_id: str, params: dict[str, Any]) -> str:
    """Judge the candidate and follow the verdict: promote, reject or hold."""
    with task_errors():
        decision = stages.gate(
            Installation.load(),
            run_id=run_id,
            dataset=DatasetVersion.model_validate(dataset),
            options=_options(params),
        ).decision
    _explain(run_id)
    return decision


@task(outlets=[MODEL_ASSET], task_display_name=task_name("promote"))
def promote(*, run_id: str, outlet_events: Any) -> dict[str, Any]:
    """Publish the checkpoint and make it live."""
    with task_errors():
        record = stages.promote(Installation.load(), run_id=run_id).model_dump(mode="json")
    outlet_events[MODEL_ASSET].extra = record
    return record


@task(task_display_name=task_name("reject"))
def reject(*, run_id: str) -> None:
    """The gate rejected the candidate; the live model stays. The reasons stand in the log."""
    _explain(run_id)


@task(outlets=[HELD_MODEL_ASSET], task_display_name=task_name("hold"))
def hold(*, run_id: str, outlet_events: Any) -> None:
    """The gate waits for a person: the event starts `cs_promote`, which asks."""
    _explain(run_id)
    outlet_events[HELD_MODEL_ASSET].extra = {"run_id": run_id}


def _explain(run_id: str) -> None:
    for line in stages.explain_verdict(Installation.load(), run_id=run_id):
        _say(line)


def _say(line: object) -> None:
    print(line)  # noqa: T201 - a task's stdout is its log


@task(task_display_name=task_name("record"))
def record(*, run_id: str, params: dict[str, Any], ti: Any) -> dict[str, Any]:
    """Write the run's record and report, whatever the run reached."""
    if (settings := Settings.load()).train_backend == "kubernetes":
        from cs_airflow.train.leftovers import delete_pods

        delete_pods(settings, dag_id=ti.dag_id, run_id=run_id)
    reports = _pulled(ti, "intake.validate", "report")
    dataset, model = ti.xcom_pull(task_ids="merge"), ti.xcom_pull(task_ids="promote")
    with task_errors():
        run = stages.record(
            Installation.load(),
            run_id=run_id,
            options=_options(params),
            nothing_to_do=bool(ti.xcom_pull(task_ids="collect", key=NOTHING_TO_DO)),
            reports=[ValidationReport.model_validate(report) for report in reports],
            shards=[MaskedShard.model_validate(shard) for shard in _pulled(ti, "intake.mask")],
            dataset=DatasetVersion.model_validate(dataset) if dataset else None,
            model=ModelVersion.model_validate(model) if model else None,
        )
    return {"status": run.status}


def _pulled(ti: Any, task_id: str, key: str = "return_value") -> list[Any]:
    """What every mapped instance of a task pushed; those that pushed nothing are left out.

    The task id goes in as a list: for a single id Airflow unpacks a list of one.
    """
    return [value for value in ti.xcom_pull(task_ids=[task_id], key=key) if value is not None]
