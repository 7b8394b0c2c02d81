"""Tells people what nobody else tells: waiting, silence, disks that fill, runs that do not end."""

from datetime import timedelta

from airflow.sdk import DAG, CronTriggerTimetable, task

from cs_airflow.manual import dag_name, manual, task_name
from cs_airflow.told import tell_failure
from cs_pipeline.config import Settings

settings = Settings.load()

with DAG(
    dag_id="cs_watch",
    dag_display_name=dag_name("cs_watch"),
    schedule=CronTriggerTimetable(
        "*/15 * * * *", timezone=settings.time_zone, run_immediately=timedelta(0)
    ),
    catchup=False,
    max_active_runs=1,
    default_args={
        "retries": 1,
        "retry_delay": timedelta(minutes=1),
        "on_failure_callback": tell_failure,
    },
    doc_md=manual("cs_watch", settings),
    tags=["cs-pipeline"],
):

    @task(task_display_name=task_name("look"))
    def look() -> list[str]:
        """Look around and tell what is due; the kinds of what is so now are returned."""
        from cs_airflow.task_errors import task_errors
        from cs_pipeline import stages

        with task_errors():
            found = stages.look_and_tell(stages.Installation.load())
        for message in found:
            print(message.words)  # noqa: T201 - a task's stdout is its log
        return [message.kind for message in found]

    look()
