"""Telling people that a task broke: Airflow's callback, and the words that it takes along."""

from collections.abc import Mapping
from typing import Any

from cs_airflow import wording
from cs_airflow.manual import task_words
from cs_pipeline.language import Words


def tell_failure(context: Mapping[str, Any]) -> None:
    """Tell of a task that failed for good; raises nothing."""
    from cs_pipeline import stages  # DAG files that import this stay light

    ti = context["ti"]
    step = ti.task_id.rpartition(".")[2]
    why = words_of(context.get("exception"))
    try:
        installation = stages.Installation.load()
    except Exception as error:  # the settings are broken, and with them the channels
        print(type(error).__name__)  # noqa: T201 - a callback's stdout is its log
        return
    stages.tell_failure(
        installation,
        run_id=ti.run_id,
        dag_id=ti.dag_id,
        step=step,
        name=task_words(step),
        why=why,
    )


def with_words(error: Exception, words: Words) -> Exception:
    """The error, with what may be told of it."""
    error.words = words  # type: ignore[attr-defined]
    return error


def words_of(error: object) -> Words | None:
    """What may be told of an error: our own words, or its kind; None where there is none."""
    words = getattr(error, "words", None)
    if isinstance(words, Words):
        return words
    if type(error).__module__.startswith("cs_airflow."):  # a pod's end, said in one language
        return Words(ko=str(error), en=str(error))
    return wording.unexpected(type(error).__name__) if isinstance(error, Exception) else None
