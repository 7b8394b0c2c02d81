"""An installation whose trainings run in pods: an Airflow, a stand-in for a cluster, a real store.

Airflow and the pods have the keys of `deploy/policies/seaweedfs-identities.json`, each its own.
"""

import json
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

import psutil

from cs_pipeline.config import Settings
from cs_pipeline.records import RunRecord, TrainingPod
from cs_pipeline.samples.workbook import write_sample_export
from cs_pipeline.stages import Installation
from cs_pipeline.stages.progress import training_progress
from standalone import BIN, StandaloneAirflow, free_port
from tests.airflow.pods.cluster import Cluster, Pod
from tests.installation import QUICK
from tests.seaweedfs import BUCKET, Identity, SeaweedFS

ROOT = Path(__file__).resolve().parents[3]
PREFIX = "chat"
GRACE_SECONDS = 120
WEIGHTS = "model.safetensors"


def store_keys() -> dict[str, Identity]:
    """The identities of the repository's policy for SeaweedFS, by name."""
    path = ROOT / "deploy" / "policies" / "seaweedfs-identities.json"
    text = path.read_text(encoding="utf-8").replace("BUCKET", BUCKET).replace("PREFIX", PREFIX)
    known = json.loads(text)["identities"]
    return {identity["name"]: Identity(identity["name"], identity["actions"]) for identity in known}


class PodsSite:
    """A machine with Airflow, and what a person and a cluster do to it.

    Args:
        root: where all of it lies; made if missing.
        cluster: where pods run.
        server: the object store, which knows `store_keys`.
        key: of the hand-over.
        values: further settings, by the names of their fields.
    """

    def __init__(
        self, root: Path, cluster: Cluster, server: SeaweedFS, *, key: str, **values: Any
    ) -> None:
        self.root, self.cluster = root, cluster
        keys = store_keys()
        cluster.secrets["trainer"] = {
            "CS_PIPELINE_HANDOVER_KEY": key,
            "CS_PIPELINE_S3_ACCESS_KEY_ID": keys["trainer"].name,
            "CS_PIPELINE_S3_SECRET_ACCESS_KEY": keys["trainer"].secret,
            "OMP_NUM_THREADS": "1",
        }
        given = {
            **QUICK,
            **server.settings(keys["airflow"]),
            "data_dir": root / "data-train",
            "work_dir": root / "var",
            "store": f"s3://{BUCKET}/{PREFIX}",
            "handover_key": key,
            "lease_seconds": 5,
            "mirror_seconds": 1,
            "train_backend": "kubernetes",
            "train_gpus": 0,
            "pod_image": "trainer:1",
            "pod_secrets": '["trainer"]',
            "pod_memory": "16Gi",
            "pod_grace_seconds": GRACE_SECONDS,
            "learning_rate": 0.005,
            "max_eval_loss": 20,
            "min_improvement": -20,
            "settle_seconds": 1,
            "poll_seconds": 1,
            "retrain_cron": "0 3 29 2 *",
            **values,
        }
        environment = {f"CS_PIPELINE_{name.upper()}": str(value) for name, value in given.items()}
        environment |= {
            "CS_PIPELINE_LANG": "en",
            "KUBECONFIG": str(cluster.kubeconfig),
            "OMP_NUM_THREADS": "1",
            "AIRFLOW__CORE__DEFAULT_TASK_RETRY_DELAY": "2",
        }
        known = {name: given[name] for name in ("data_dir", "work_dir", "store", "handover_key")}
        self.settings = Settings.load(**known, **server.settings(keys["airflow"]))
        self.airflow = StandaloneAirflow(root / "airflow", environment, port=free_port(18180))
        self.dropped_at = 0.0
        self._restarted: list[subprocess.Popen[bytes]] = []
        Path(self.settings.inbox_uri).mkdir(parents=True)

    @property
    def installation(self) -> Installation:
        return Installation(self.settings)

    def drop(self, seed: int, rows: int = 150) -> str:
        """Put an export into the inbox; returns the id of the run that it starts."""
        known = {run["dag_run_id"] for run in self.airflow.runs()}
        export = self.root / f"export-{seed}.xlsx"
        write_sample_export(export, rows=rows, seed=seed, layout="qa")
        export.rename(Path(self.settings.inbox_uri) / export.name)
        self.dropped_at = time.time()

        def started() -> str | None:
            new = [run["dag_run_id"] for run in self.airflow.runs()]
            return next((str(run_id) for run_id in new if run_id not in known), None)

        return str(self.wait_for(started))

    def wait_for(self, found: Callable[[], Any], seconds: float = 400) -> Any:
        deadline = time.monotonic() + seconds
        while not (value := found()):
            assert time.monotonic() < deadline, "waited in vain"
            time.sleep(0.3)
        return value

    def next_pod(self, known: int) -> Pod:
        """The pod after so many others, once its process runs."""
        created = self.cluster.created
        self.wait_for(lambda: len(created) > known and created[known].process)
        return created[known]

    def wait_for_step(self, run_id: str, step: int) -> None:
        """Wait until the store tells that the newest attempt has come so far, and has not ended."""

        def reached() -> bool:
            told = training_progress(self.installation, run_id)
            return told is not None and told.phase == "training" and (told.step or 0) >= step

        self.wait_for(reached)

    def train_task(self, run_id: str) -> dict[str, Any]:
        tasks = self.airflow.task_instances(run_id)
        return next(task for task in tasks if task["task_id"] == "train")

    def wait_for_train_task(self, run_id: str, state: str, number: int = 1) -> None:
        """Wait until the train task is in a state, in its try of this number or a later one."""

        def there() -> bool:
            task = self.train_task(run_id)
            return task["state"] == state and task["try_number"] >= number

        self.wait_for(there)

    def set_train_task(self, run_id: str, state: str) -> None:
        """Mark the train task, as a person does in the grid."""
        path = f"dags/cs_retrain/dagRuns/{run_id}/taskInstances/train"
        self.airflow.patch(path, {"new_state": state})

    def clear_train_task(self, run_id: str) -> None:
        """Clear the train task, as a person does in the grid."""
        asked = {"dag_run_id": run_id, "task_ids": ["train"], "only_failed": False}
        self.airflow.post("dags/cs_retrain/clearTaskInstances", asked | {"dry_run": False})

    def finish(self, run_id: str) -> RunRecord:
        """Wait for a run's end; returns its record."""
        run = self.airflow.wait_for_run(run_id, 800)
        record = self.installation.runs.read(run_id)
        assert record is not None, run
        return record

    def kept(self, run_id: str) -> list[TrainingPod]:
        """What is kept of a run's pods."""
        return list(self.installation.runs.pods(run_id).pods)

    def promotions(self, run_id: str) -> int:
        """How often a model of this run went live."""
        return sum(move.run_id == run_id for move in self.installation.models.moves())

    def train_log(self, run_id: str, number: int) -> str:
        """The log of one try of the train task."""
        logs = self.airflow.home / "logs" / "dag_id=cs_retrain" / f"run_id={run_id}"
        paths = sorted((logs / "task_id=train").glob(f"attempt={number}.log*"))
        return "".join(path.read_text(encoding="utf-8") for path in paths)

    @contextmanager
    def without(self, component: str) -> Iterator[None]:
        """Kill a component, with what it started, as a lost machine is; at the end it is back."""
        _kill_with_children(self.airflow.component_pid(component))
        yield
        with (self.airflow.home / f"{component}.log").open("wb") as log:
            again = subprocess.Popen(
                [BIN / "airflow", component],
                env=self.airflow.environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._restarted.append(again)

    def __enter__(self) -> Self:
        self.airflow.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.airflow.stop()
        for process in self._restarted:
            _kill_with_children(process.pid)
            process.wait()


def _kill_with_children(pid: int) -> None:
    with suppress(psutil.NoSuchProcess):
        leader = psutil.Process(pid)
        for process in [leader, *leader.children(recursive=True)]:
            with suppress(psutil.NoSuchProcess):
                process.kill()
