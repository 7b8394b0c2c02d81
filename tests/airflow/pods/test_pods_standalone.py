"""A real Airflow that trains in pods, with a real object store, against a stand-in for a cluster.

File dropped, pod evicted, another one goes on, promoted; then a person stops the task. Airflow and
the pods have the keys of `deploy/policies/seaweedfs-identities.json`, each its own.
"""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from cluster import Cluster, Pod, image
from tries import KEY

from cs_pipeline.config import RunOptions, Settings
from cs_pipeline.errors import ObjectNotFound
from cs_pipeline.handover.keys import RunKeys
from cs_pipeline.records import Progress, RunRecord
from cs_pipeline.registry.runs import run_key
from cs_pipeline.samples.workbook import write_sample_export
from cs_pipeline.stages import Installation, push_base, train
from standalone import StandaloneAirflow, free_port
from tests.installation import QUICK
from tests.seaweedfs import BUCKET, Identity, SeaweedFS, running_seaweedfs

pytestmark = pytest.mark.standalone

PREFIX = "chat"
WEIGHTS = "model.safetensors"
CHECKPOINTS = 5
RECIPE = """\
base_model: store:tiny
epochs: 6
learning_rate: 0.005
batch_tokens: 512
checkpoint_minutes: 0  # at each step
"""


def keys() -> dict[str, Identity]:
    policy = Path(__file__).parents[3] / "deploy" / "policies" / "seaweedfs-identities.json"
    text = policy.read_text(encoding="utf-8").replace("BUCKET", BUCKET).replace("PREFIX", PREFIX)
    known = json.loads(text)["identities"]
    return {identity["name"]: Identity(identity["name"], identity["actions"]) for identity in known}


KEYS = keys()


class Site:
    """An installation whose trainings run in pods."""

    def __init__(self, root: Path, cluster: Cluster, server: SeaweedFS) -> None:
        self.cluster = cluster
        recipe = root / "recipe.yaml"
        recipe.write_text(RECIPE, encoding="utf-8")
        values = {
            **{name.upper(): value for name, value in server.settings(KEYS["airflow"]).items()},
            "DATA_DIR": root / "data-train",
            "WORK_DIR": root / "var",
            "STORE": f"s3://{BUCKET}/{PREFIX}",
            "HANDOVER_KEY": KEY,
            "LEASE_SECONDS": 5,
            "MIRROR_SECONDS": 1,
            "TRAIN_BACKEND": "kubernetes",
            "TRAIN_GPUS": 0,
            "POD_IMAGE": "trainer:1",
            "POD_SECRETS": '["trainer"]',
            "POD_GRACE_SECONDS": 20,
            "RECIPE": recipe,
            "MAX_EVAL_LOSS": 20,
            "MIN_IMPROVEMENT": -20,
            "SETTLE_SECONDS": 1,
            "POLL_SECONDS": 1,
            "RETRAIN_CRON": "0 3 29 2 *",
            "LANG": "en",
            **{name.upper(): value for name, value in QUICK.items() if name != "batch_tokens"},
        }
        environment = {f"CS_PIPELINE_{name}": str(value) for name, value in values.items()}
        environment |= {
            "KUBECONFIG": str(cluster.kubeconfig),
            "OMP_NUM_THREADS": "1",
            "AIRFLOW__CORE__DEFAULT_TASK_RETRY_DELAY": "2",
        }
        self.settings = Settings.load(
            data_dir=root / "data-train",
            work_dir=root / "var",
            store=f"s3://{BUCKET}/{PREFIX}",
            handover_key=KEY,
            recipe=str(recipe),
            **server.settings(KEYS["airflow"]),
        )
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

    def step(self, run_id: str) -> int:
        """The step that the first attempt has mirrored to the store; 0 before that."""
        store = Installation(self.settings).hand_over_store
        try:
            data, _ = store.read(RunKeys(run_key(run_id)).of_attempt(1, "progress.json"))
        except ObjectNotFound:
            return 0
        return Progress.model_validate_json(data).step or 0

    def record(self, run_id: str) -> RunRecord:
        record = Installation(self.settings).runs.read(run_id)
        assert record is not None
        return record


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, tiny_base: Path) -> Iterator[Site]:
    root = tmp_path_factory.mktemp("pods")
    with Cluster(root / "cluster") as cluster:
        cluster.images["trainer:1"] = image(root / "trainer")
        with running_seaweedfs(root / "seaweedfs", [*KEYS.values()]) as server:
            cluster.secrets["trainer"] = {
                "CS_PIPELINE_HANDOVER_KEY": KEY,
                "CS_PIPELINE_S3_ACCESS_KEY_ID": KEYS["trainer"].name,
                "CS_PIPELINE_S3_SECRET_ACCESS_KEY": KEYS["trainer"].secret,
                "OMP_NUM_THREADS": "1",
            }
            site = Site(root, cluster, server)
            push_base(Installation(site.settings), tiny_base, name="tiny")
            site.settings.data_dir.mkdir()
            Path(site.settings.inbox_uri).mkdir()
            with site.airflow:
                yield site


def uninterrupted(site: Site, folder: Path) -> str:
    """The sha256 of the weights that the same work comes to in this process, in one go."""
    torch.set_num_threads(1)
    installation = Installation(site.settings)
    head = installation.versions.current()
    assert head is not None
    result = train(
        installation,
        run_id="uninterrupted",
        dataset=installation.versions.describe(head),
        options=RunOptions.from_settings(site.settings),
        out=folder / "train",
    )
    assert result is not None
    assert result.resumed_from_step is None
    return result.checkpoint_files[WEIGHTS]


def test_an_export_is_trained_on_in_pods_and_promoted_though_one_is_evicted(
    site: Site, tmp_path: Path
) -> None:
    export = site.cluster.folder / "a.xlsx"
    write_sample_export(export, rows=150, seed=1, layout="qa")
    export.rename(Path(site.settings.inbox_uri) / "a.xlsx")
    first = site.next_pod(0)
    (run,) = site.airflow.runs()
    run_id = str(run["dag_run_id"])
    site.wait_for(lambda: site.train_task(run_id)["state"] == "deferred")
    site.wait_for(lambda: site.step(run_id) >= CHECKPOINTS)
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
    assert record.result.resumed_from_step
    assert record.result.checkpoint_files[WEIGHTS] == uninterrupted(site, tmp_path)
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
