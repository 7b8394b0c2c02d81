"""Wiring of the retraining; its manual is in `cs_airflow/manuals`."""

from datetime import timedelta

from airflow.sdk import (
    DAG,
    Asset,
    AssetOrTimeSchedule,
    AssetWatcher,
    CronTriggerTimetable,
    task_group,
)

from cs_airflow import tasks
from cs_airflow.form import retrain_params
from cs_airflow.inbox_trigger import InboxTrigger
from cs_airflow.manual import dag_name, manual, task_name
from cs_airflow.told import tell_failure
from cs_airflow.train import train_operator
from cs_pipeline.config import RunOptions, Settings

settings = Settings.load()

inbox = Asset(
    name="cs_inbox",
    uri="cs-pipeline://inbox",
    group=tasks.ASSET_GROUP,
    extra={"folder": settings.inbox_uri},
    watchers=[
        AssetWatcher(
            name="cs_inbox_watcher",
            trigger=InboxTrigger(
                inbox=settings.inbox_uri,
                poll_seconds=settings.poll_seconds,
                reannounce_seconds=settings.reannounce_seconds,
            ),
        )
    ],
)

with DAG(
    dag_id="cs_retrain",
    dag_display_name=dag_name("cs_retrain"),
    schedule=AssetOrTimeSchedule(
        assets=[inbox],
        timetable=CronTriggerTimetable(
            settings.retrain_cron,
            timezone=settings.time_zone,
            # The default makes up for a time of up to a tenth of a day ago: a fresh installation
            # would begin with an empty run.
            run_immediately=timedelta(0),
        ),
    ),
    catchup=False,
    max_active_runs=1,
    default_args={
        "retries": 2,
        "retry_delay": timedelta(seconds=30),
        "retry_exponential_backoff": 2.0,
        "on_failure_callback": tell_failure,
    },
    params=retrain_params(RunOptions.from_settings(settings)),
    doc_md=manual("cs_retrain", settings),
    tags=["cs-pipeline"],
):
    exports = tasks.collect()

    @task_group(group_display_name=task_name("intake"))
    def intake(export: dict[str, object]) -> object:
        """Check and mask one export; each export is its own mapped instance."""
        return tasks.mask(tasks.validate(export))

    dataset = tasks.merge(exports)
    intake.expand(export=exports) >> dataset
    train = train_operator(settings, dataset=dataset)
    gate = tasks.gate(dataset)
    outcomes = [tasks.promote(), tasks.reject(), tasks.hold()]
    # A teardown runs whatever happened before it, and leaves the run's colour to the others.
    record = tasks.record().as_teardown()

    train >> gate >> outcomes >> record
