"""How an error of the library ends an Airflow task: try again, or stop and tell a person."""

from collections.abc import Iterator
from contextlib import contextmanager

from airflow.sdk.exceptions import AirflowException, AirflowFailException

from cs_pipeline.errors import CsPipelineError, StorageError


@contextmanager
def task_errors() -> Iterator[None]:
    """Storage errors are retried; every other error of the library fails the task at once."""
    try:
        yield
    except StorageError as error:
        raise AirflowException(str(error)) from None
    except CsPipelineError as error:
        raise AirflowFailException(str(error)) from None
