"""An experiment's models in pods: two at once, of which one fails and the other's result stands."""

import json
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from cluster import Cluster, image
from tries import Tries, options

from cs_airflow.manual import task_name
from cs_airflow.train.kubernetes import KubernetesTrainOperator
from cs_airflow.train.pod_errors import PodStopped
from cs_pipeline import stages
from cs_pipeline.records import DatasetVersion
from cs_pipeline.registry.runs import run_key
from cs_pipeline.stages import Installation


class Mapped(Tries):
    """The try of one mapped task, which trains one model of an experiment."""

    def __init__(self, index: int, member: dict[str, Any], dataset: DatasetVersion, **more: Any):
        super().__init__(member["run_id"], dataset, **more)
        self.index = index
        self.member = member | {"dataset": dataset.model_dump(mode="json")}

    def begin(self) -> tuple[KubernetesTrainOperator, dict[str, Any]]:
        """As the operator is made that is mapped over the models."""
        self.number += 1
        operator = KubernetesTrainOperator(
            task_id="train", task_display_name=task_name("train"), member=self.member
        )
        operator.logging_interval, operator.poll_interval = 1, 0.1
        operator.startup_check_interval_seconds = 1
        operator.config_file = str(self.cluster.kubeconfig)
        ti = SimpleNamespace(
            dag_id="cs_experiment",
            task_id="train",
            map_index=self.index,
            try_number=self.number,
            start_date=datetime.now(UTC),
            xcom_push=lambda key, value: self.pushed.update({key: value}),
        )
        dag = SimpleNamespace()
        return operator, {"ti": ti, "run_id": "exp", "params": {}, "dag": dag}


@pytest.fixture
def members(
    made: tuple[Path, DatasetVersion],
    environment: None,
    cluster: Cluster,
    tiny_base: Path,
    tmp_path: Path,
) -> list[Mapped]:
    own = tmp_path / "slow.yaml"
    own.write_text("extends: tiny\nlearning_rate: 0.0001\n", encoding="utf-8")
    planned = stages.plan_experiment(
        Installation.load(),
        experiment_id="exp",
        recipes=["tiny", str(own)],
        base_models=[str(tiny_base)],
        epochs=0.2,
    )
    given = {"params": options(tiny_base), "cluster": cluster}
    return [
        Mapped(index, member.model_dump(mode="json"), planned.dataset, **given)
        for index, member in enumerate(planned.experiment.members)
    ]


def test_two_models_are_trained_at_once_and_the_failure_of_one_is_its_own(
    members: list[Mapped], cluster: Cluster, tmp_path: Path
) -> None:
    good, bad = members
    gate = tmp_path / "go"
    folder = cluster.images["trainer:1"]
    real = image(folder).joinpath("cs-pipeline").read_text().partition("\n")[2]
    waits = f'until [ -e "{gate}" ]; do sleep 0.1; done'
    fails = f'case "$*" in *{run_key(bad.run_id)}*) echo "no rows" >&2; exit 3;; esac'
    image(folder, f"{waits}\n{fails}\n{real}")

    waiting = [one.until_deferred() for one in members]
    cluster.wait_for(
        lambda: [pod.status["phase"] for pod in cluster.created] == ["Running", "Running"], 120
    )
    names = {pod.name for pod in cluster.created}
    assert len(names) == 2
    gate.touch()
    with pytest.raises(PodStopped) as failed:
        bad.go_on(waiting[1])
    ended = ("Succeeded", "Failed")
    cluster.wait_for(lambda: cluster.created[0].status["phase"] in ended, seconds=600)
    figures = good.go_on(waiting[0])

    assert failed.value.cause == "data_refused"
    assert figures["steps"] > 0
    assert not cluster.pods
    assert len(cluster.created) == 2
    installation = Installation.load()
    assert [installation.runs.is_trained(one.run_id) for one in members] == [True, False]
    page = stages.conclude_experiment(installation, "exp")
    records = [installation.runs.read(one.run_id) for one in members]
    assert [record.status for record in records if record] == ["compared", "failed"]
    assert records[1]
    assert records[1].training_problem is not None
    figures_of = json.loads((page.parent / "report.json").read_text("utf-8"))["runs"]
    assert figures_of[good.run_id]["bits_per_character"] is not None
    assert figures_of[bad.run_id]["device"] is None
    assert "the training did not finish" in page.read_text("utf-8")
