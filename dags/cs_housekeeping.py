"""Deletes what is too old, once a day; its manual is in `cs_airflow/manuals`."""

from datetime import timedelta

from airflow.sdk import DAG, CronTriggerTimetable, Param, task

from cs_airflow.manual import dag_name, manual, task_name
from cs_airflow.told import tell_failure
from cs_airflow.wording_forms import DRY_RUN
from cs_pipeline.config import Settings

settings = Settings.load()

with DAG(
    dag_id="cs_housekeeping",
    dag_display_name=dag_name("cs_housekeeping"),
    schedule=CronTriggerTimetable(
        "30 4 * * *", timezone=settings.time_zone, run_immediately=timedelta(0)
    ),
    catchup=False,
    max_active_runs=1,
    default_args={
        # Somebody may be at work.
        "retries": 4,
        "retry_delay": timedelta(minutes=15),
        "on_failure_callback": tell_failure,
    },
    params={
        "dry_run": Param(
            False,
            **DRY_RUN.shown,
            type="boolean",
        )
    },
    doc_md=manual("cs_housekeeping", settings),
    tags=["cs-pipeline"],
):

    @task(task_display_name=task_name("tidy"))
    def tidy(*, params: dict[str, object]) -> dict[str, int]:
        """Delete what is older than the settings keep; returns bytes by kind."""
        from cs_airflow.task_errors import task_errors
        from cs_pipeline import stages

        with task_errors():
            done = stages.housekeep(stages.Installation.load(), dry_run=bool(params["dry_run"]))
        for one in done.freed:
            print(one.words, *one.names)  # noqa: T201 - a task's stdout is its log
        return {one.kind: one.size_bytes for one in done.freed}

    tidy()
