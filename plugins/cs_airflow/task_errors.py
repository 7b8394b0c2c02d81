"""How an error of the library ends an Airflow task: try again, or stop and tell a person."""

from collections.abc import Iterator
from contextlib import contextmanager

from airflow.sdk.exceptions import AirflowException, AirflowFailException

from cs_airflow import wording
from cs_airflow.told import with_words
from cs_pipeline.errors import DISK_FULL, CsPipelineError, PointerConflict, StorageError
from cs_pipeline.language import Words


@contextmanager
def task_errors() -> Iterator[None]:
    """Storage errors are retried but for lost races; every other error fails the task at once."""
    try:
        yield
    except PointerConflict as error:  # the same again would lose again
        raise _told(AirflowFailException, error.words) from None
    except StorageError as error:
        raise _told(AirflowException, error.words) from None
    except CsPipelineError as error:
        raise _told(AirflowFailException, error.words) from None
    except OSError as error:
        if error.errno not in DISK_FULL:
            raise
        raise _told(AirflowException, wording.DISK_FULL) from None


def _told(kind: type[AirflowException], words: Words) -> Exception:
    """The error with its sentence, which stands in the log before Airflow's traceback."""
    print(words)  # noqa: T201 - a task's stdout is its log
    return with_words(kind(str(words)), words)
