"""Wiring of approvals and of the form for people; its manual is in `cs_airflow/manuals`."""

from datetime import timedelta

from airflow.sdk import DAG

from cs_airflow import promoting
from cs_airflow.manual import dag_name, manual
from cs_airflow.tasks import HELD_MODEL_ASSET
from cs_airflow.told import tell_failure
from cs_pipeline.config import Settings

settings = Settings.load()

with DAG(
    dag_id="cs_promote",
    dag_display_name=dag_name("cs_promote"),
    schedule=[HELD_MODEL_ASSET],
    catchup=False,
    default_args={
        "retries": 2,
        "retry_delay": timedelta(seconds=30),
        "on_failure_callback": tell_failure,
    },
    params=promoting.promote_params(),
    doc_md=manual("cs_promote", settings),
    tags=["cs-pipeline"],
):
    begin = promoting.begin()
    asked = promoting.question()
    decide = promoting.decide(settings)
    follow = promoting.follow(asked, decide.output)
    act, live = promoting.act(), promoting.live()
    begin >> [asked, act]
    asked >> decide >> follow >> [promoting.ask_again(asked), live]
    act >> live
