"""The manuals that the Airflow UI shows, in the reader's language, and what all is called."""

from pathlib import Path

from cs_airflow.wording_names import DAGS, TASKS
from cs_pipeline.config import Settings
from cs_pipeline.language import Words, current_language

_FOLDER = Path(__file__).parent / "manuals"


def manual(dag_id: str, settings: Settings) -> str:
    """The manual of a DAG as Markdown: `manuals/<dag>.<language>.md`."""
    text = (_FOLDER / f"{dag_id}.{current_language()}.md").read_text(encoding="utf-8")
    return text.format(schedule=settings.retrain_cron, zone=settings.time_zone)


def dag_name(dag_id: str) -> str:
    """What the UI calls a DAG; its id stands behind."""
    return f"{DAGS[dag_id]} · {dag_id}"


def task_name(task_id: str) -> str:
    """What the UI calls a task; its id stands behind, because manual and logs use it."""
    return f"{TASKS[task_id]} · {task_id}"


def task_words(task_id: str) -> Words:
    """What people call a task; one that has no name goes by its id."""
    return TASKS.get(task_id, Words(ko=task_id, en=task_id))
