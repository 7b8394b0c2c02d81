"""Wiring of experiments: several models side by side; its manual is in `cs_airflow/manuals`."""

from datetime import timedelta

from airflow.sdk import DAG

from cs_airflow import experiments
from cs_airflow.manual import dag_name, manual
from cs_airflow.told import tell_failure
from cs_airflow.train import train_each
from cs_pipeline.config import Settings

settings = Settings.load()

with DAG(
    dag_id="cs_experiment",
    dag_display_name=dag_name("cs_experiment"),
    schedule=None,
    catchup=False,
    max_active_runs=1,
    default_args={
        "retries": 2,
        "retry_delay": timedelta(seconds=30),
        "retry_exponential_backoff": 2.0,
        "on_failure_callback": tell_failure,
    },
    params=experiments.experiment_params(settings),
    doc_md=manual("cs_experiment", settings),
    tags=["cs-pipeline"],
):
    models = experiments.plan()
    train_each(settings, members=models) >> experiments.compare()
