"""A real Airflow that trains in pods, against the stand-in for a cluster.

File dropped, pod evicted, another one goes on, promoted; then a person stops the task.
"""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cluster import Cluster, Pod, image
from tries import KEY

from cs_pipeline.config import Settings
from cs_pipeline.records import RunRecord
from cs_pipeline.samples.workbook import write_sample_export
from cs_pipeline.stages import Installation
from standalone import StandaloneAirflow, free_port
from tests.installation import QUICK

pytestmark = pytest.mark.standalone


class Site:
    """An installation whose trainings run in pods."""

    def __init__(self, root: Path, base: Path, cluster: Cluster) -> None:
        self.cluster = cluster
        values = {
            "DATA_DIR": root / "data-train",
            "WORK_DIR": root / "var",
            "STORE": root / "store",
            "HANDOVER_KEY": KEY,
            "LEASE_SECONDS": 5,
            "MIRROR_SECONDS": 1,
            "TRAIN_BACKEND": "kubernetes",
            "TRAIN_GPUS": 0,
            "POD_IMAGE": "trainer:1",
            "POD_SECRETS": '["trainer"]',
            "POD_GRACE_SECONDS": 20,
            "BASE_MODEL": base,
            "EPOCHS": 1,
            "LEARNING_RATE": 0.005,
            "MAX_EVAL_LOSS": 20,
            "MIN_IMPROVEMENT": -20,
            "SETTLE_SECONDS": 1,
            "POLL_SECONDS": 1,
            "RETRAIN_CRON": "0 3 29 2 *",
            "LANG": "en",
            **{name.upper(): value for name, value in QUICK.items()},
        }
        environment = {f"CS_PIPELINE_{name}": str(value) for name, value in values.items()}
        environment |= {
            "KUBECONFIG": str(cluster.kubeconfig),
            "OMP_NUM_THREADS": "1",
            "AIRFLOW__CORE__DEFAULT_TASK_RETRY_DELAY": "2",
        }
        self.settings = Settings.load(data_dir=root / "data-train", work_dir=root / "var")
        self.airflow = StandaloneAirflow(root / "airflow", environment, port=free_port(18180))

    def wait_for(self, found: Callable[[], Any], seconds: float = 240) -> Any:
        deadline = time.monotonic() + seconds
        while not (value := found()):
            assert time.monotonic() < deadline, "waited in vain"
            time.sleep(0.5)
        return value

    def next_pod(self, known: int) -> Pod:
        """The pod after so many others, once its process runs."""
        created = self.cluster.created
        self.wait_for(lambda: len(created) > known and created[known].process)
        return created[known]

    def train_task(self, run_id: str) -> dict[str, Any]:
        tasks = self.airflow.task_instances(run_id)
        return next(task for task in tasks if task["task_id"] == "train")

    def record(self, run_id: str) -> RunRecord:
        record = Installation(self.settings).runs.read(run_id)
        assert record is not None
        return record


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, tiny_base: Path) -> Iterator[Site]:
    root = tmp_path_factory.mktemp("pods")
    with Cluster(root / "cluster") as cluster:
        cluster.secrets["trainer"] = {"CS_PIPELINE_HANDOVER_KEY": KEY, "OMP_NUM_THREADS": "1"}
        cluster.images["trainer:1"] = image(root / "trainer")
        site = Site(root, tiny_base, cluster)
        site.settings.data_dir.mkdir()
        Path(site.settings.inbox_uri).mkdir()
        with site.airflow:
            yield site


def test_an_export_is_trained_on_in_pods_and_promoted_though_one_is_evicted(site: Site) -> None:
    export = site.cluster.folder / "a.xlsx"
    write_sample_export(export, rows=150, seed=1, layout="qa")
    export.rename(Path(site.settings.inbox_uri) / "a.xlsx")
    first = site.next_pod(0)
    (run,) = site.airflow.runs()
    run_id = str(run["dag_run_id"])
    site.wait_for(lambda: site.train_task(run_id)["state"] == "deferred")
    site.cluster.evict(first)
    site.next_pod(1)

    run = site.airflow.wait_for_run(run_id, 300)

    assert run["state"] == "success"
    record = site.record(run_id)
    assert record.status == "promoted"
    assert record.training_problem is None
    assert record.result is not None
    assert record.result.trained_by is not None
    assert record.result.trained_by.holder == site.cluster.created[1].body["metadata"]["uid"]
    assert [pod.cause for pod in Installation(site.settings).runs.pods(run_id).pods] == [
        "evicted", None,
    ]  # fmt: skip
    assert site.train_task(run_id)["try_number"] == 2
    assert len(site.cluster.created) == 2
    assert not site.cluster.pods
    logs = site.airflow.home / "logs" / "dag_id=cs_retrain" / f"run_id={run_id}" / "task_id=train"
    first_try, second_try = ("".join(p.read_text() for p in sorted(logs.glob(f"attempt={n}.log*")))
                             for n in (1, 2))  # fmt: skip
    assert "evicted it" in first_try
    assert "no node" not in second_try
    assert KEY not in first_try + second_try


def test_a_person_who_stops_the_task_stops_the_pod(site: Site) -> None:
    image(site.cluster.images["trainer:1"], "echo begins; exec sleep 300")
    known = len(site.cluster.created)
    run_id = site.airflow.trigger(force=True)
    pod = site.next_pod(known)
    site.wait_for(lambda: site.train_task(run_id)["state"] == "deferred")
    site.airflow.patch(
        f"dags/cs_retrain/dagRuns/{run_id}/taskInstances/train", {"new_state": "failed"}
    )
    site.wait_for(lambda: not site.cluster.pods)
    assert pod.process is not None
    assert pod.process.poll() is not None
    assert site.airflow.wait_for_run(run_id, 120)["state"] == "failed"
    record = site.record(run_id)
    assert record.status == "failed"
    assert "stopped in Airflow" in json.dumps(record.model_dump(mode="json"))
    assert len(site.cluster.created) == known + 1
