"""Tries of the train task, with worker and triggerer in this process."""

import asyncio
import base64
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from airflow.sdk.exceptions import TaskDeferred
from airflow.triggers.base import TriggerEvent
from cluster import Cluster, Pod

from cs_airflow.train import train_operator
from cs_airflow.train.kubernetes import KubernetesTrainOperator
from cs_pipeline.config import RunOptions, Settings
from cs_pipeline.records import DatasetVersion, TrainingPod
from cs_pipeline.stages import Installation

KEY = base64.b64encode(b"k" * 32).decode()


class Tries:
    """One run's train task against a cluster; every try is a new operator, as on a worker."""

    def __init__(
        self, run_id: str, dataset: DatasetVersion, params: dict[str, Any], cluster: Cluster
    ) -> None:
        self.run_id = run_id
        self.dataset = dataset
        self.cluster = cluster
        self.params = params
        self.number = 0
        self.pushed: dict[str, Any] = {}

    @property
    def installation(self) -> Installation:
        return Installation.load()

    @property
    def kept(self) -> list[TrainingPod]:
        """What is kept of this run's pods."""
        return list(self.installation.runs.pods(self.run_id).pods)

    def begin(self) -> tuple[KubernetesTrainOperator, dict[str, Any]]:
        self.number += 1
        operator = train_operator(Settings.load(), dataset=self.dataset.model_dump(mode="json"))
        assert isinstance(operator, KubernetesTrainOperator)
        operator.logging_interval, operator.poll_interval = 1, 0.1
        operator.startup_check_interval_seconds = 1
        # Kubernetes' client has read KUBECONFIG when it was imported.
        operator.config_file = str(self.cluster.kubeconfig)
        ti = SimpleNamespace(
            dag_id="cs_retrain",
            task_id="train",
            map_index=-1,
            try_number=self.number,
            start_date=datetime.now(UTC),
            xcom_push=lambda key, value: self.pushed.update({key: value}),
        )
        context = {"ti": ti, "run_id": self.run_id, "params": self.params, "dag": SimpleNamespace()}
        return operator, context

    def until_deferred(self) -> TaskDeferred:
        """The first half of a try: until the task waits in the triggerer."""
        operator, context = self.begin()
        with pytest.raises(TaskDeferred) as deferred:
            operator.execute(context)
        return deferred.value

    def go_on(self, deferred: TaskDeferred) -> Any:
        """The other half: the trigger, and the task again, until it ends."""
        while True:
            event = first_event(deferred)
            operator, context = self.begin()
            try:
                return getattr(operator, deferred.method_name)(context, event.payload)
            except TaskDeferred as again:
                deferred = again

    def whole(self) -> Any:
        """One try from its begin to its end."""
        operator, context = self.begin()
        try:
            return operator.execute(context)
        except TaskDeferred as deferred:
            return self.go_on(deferred)

    @property
    def pods(self) -> list[Pod]:
        return self.cluster.created


def trigger_of(deferred: TaskDeferred) -> Any:
    """The trigger as the triggerer makes it, from class path and arguments."""
    path, arguments = deferred.trigger.serialize()
    module, _, name = path.rpartition(".")
    return getattr(__import__(module, fromlist=[name]), name)(**arguments)


def first_event(deferred: TaskDeferred, seconds: float = 400) -> TriggerEvent:
    async def wait() -> TriggerEvent:
        async for event in trigger_of(deferred).run():
            return event  # type: ignore[no-any-return]
        raise AssertionError("no event")

    return asyncio.run(asyncio.wait_for(wait(), seconds))


def options(base: Path) -> dict[str, Any]:
    """Form values of a run that trains for a second."""
    given = {"base_model": str(base), "epochs": 1, "max_eval_loss": 20}
    return RunOptions.from_settings(Settings.load(), given).model_dump(mode="json")
