"""How an error of the library ends an Airflow task: try again, or stop and tell a person."""

from collections.abc import Iterator
from contextlib import contextmanager

from airflow.sdk.exceptions import AirflowException, AirflowFailException

from cs_pipeline.errors import CsPipelineError, PointerConflict, StorageError


@contextmanager
def task_errors() -> Iterator[None]:
    """Storage errors are retried but for lost races; every other error fails the task at once."""
    try:
        yield
    except PointerConflict as error:  # the same again would lose again
        raise AirflowFailException(str(error)) from None
    except StorageError as error:
        raise AirflowException(str(error)) from None
    except CsPipelineError as error:
        raise AirflowFailException(str(error)) from None
