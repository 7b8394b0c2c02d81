"""How an error of the library ends an Airflow task: try again, or stop and tell a person."""

from collections.abc import Iterator
from contextlib import contextmanager

from airflow.sdk.exceptions import AirflowException, AirflowFailException

from cs_airflow import wording
from cs_pipeline.errors import DISK_FULL, CsPipelineError, PointerConflict, StorageError


@contextmanager
def task_errors() -> Iterator[None]:
    """Storage errors are retried but for lost races; every other error fails the task at once."""
    try:
        yield
    except PointerConflict as error:  # the same again would lose again
        raise AirflowFailException(_said(error)) from None
    except StorageError as error:
        raise AirflowException(_said(error)) from None
    except CsPipelineError as error:
        raise AirflowFailException(_said(error)) from None
    except OSError as error:
        if error.errno not in DISK_FULL:
            raise
        raise AirflowException(_said(wording.DISK_FULL)) from None


def _said(what: object) -> str:
    """The sentence; it stands in the log before Airflow's traceback."""
    print(what)  # noqa: T201 - a task's stdout is its log
    return str(what)
