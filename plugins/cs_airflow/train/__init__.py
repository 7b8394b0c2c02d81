"""Where the trainer runs: in a process of this machine, or in a pod."""

from datetime import timedelta
from typing import Any

from airflow.sdk import BaseOperator
from airflow.sdk.definitions.mappedoperator import MappedOperator

from cs_airflow.manual import task_name
from cs_airflow.train.local import LocalTrainOperator
from cs_airflow.train.wording_settings import no_extra
from cs_pipeline.config import Settings

# The cluster takes pods away as a matter of course; each time the training goes on where it was.
POD_RETRIES = 5


def train_operator(settings: Settings, *, dataset: Any) -> BaseOperator:
    """The task `train` of the backend that the settings choose.

    Raises:
        SettingsError: something that the backend needs is missing or wrong.
    """
    kind, how = _backend(settings)
    given = {"settings": settings} if settings.train_backend == "kubernetes" else {}
    return kind(**_NAMED, **how, **given, dataset=dataset)


def train_each(settings: Settings, *, members: Any) -> MappedOperator:
    """The task `train` for each model of an experiment.

    In processes of this machine one after the other; pods stand side by side.

    Args:
        settings: choose the backend.
        members: XCom of the models, each with its dataset.

    Raises:
        SettingsError: something that the backend needs is missing.
    """
    kind, how = _backend(settings)
    if settings.train_backend == "local":
        how |= {"max_active_tis_per_dagrun": 1}
    # A mapped task's arguments are kept in the database: settings, which hold secrets, are none.
    return kind.partial(**_NAMED, **how, map_index_template="{{ model }}").expand(member=members)


_NAMED = {"task_id": "train", "task_display_name": task_name("train")}


def _backend(settings: Settings) -> tuple[type[BaseOperator], dict[str, Any]]:
    """The operator, and what it is given for any training."""
    if settings.train_backend == "local":
        return LocalTrainOperator, {"execution_timeout": timedelta(hours=12)}
    try:
        # Takes seconds to import, which local installations need not wait for.
        from cs_airflow.train.kubernetes import KubernetesTrainOperator
    except ModuleNotFoundError as error:
        if not (error.name or "").startswith(("airflow.providers.cncf", "kubernetes")):
            raise
        raise no_extra() from None
    return KubernetesTrainOperator, {"retries": POD_RETRIES}
