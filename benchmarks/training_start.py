"""From an export in the inbox to the first training step: a process of the worker against a pod.

Two real Airflows take turns, never both at once. Pods are processes behind a stand-in for
Kubernetes' API, so that neither a wait for a node nor the pull of an image is in it; the store is a
real SeaweedFS behind a proxy that counts. Prints tables, and at the end one JSON object.

    python benchmarks/training_start.py --rounds 2 --runs 3
"""

import argparse
import base64
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "plugins"), str(ROOT / "deploy" / "demo")]

from cs_pipeline.handover.keys import RunKeys  # noqa: E402 - found by the line above
from cs_pipeline.registry.runs import run_key  # noqa: E402
from cs_pipeline.stages import push_base  # noqa: E402
from cs_pipeline.training.models.tiny_base import make_base  # noqa: E402
from tests.airflow.pods.cluster import Cluster, image  # noqa: E402
from tests.airflow.pods.pods_site import PREFIX, PodsSite, store_keys  # noqa: E402
from tests.s3_proxy import Answer, Proxy, Request, proxy_to  # noqa: E402
from tests.seaweedfs import BUCKET, SeaweedFS, running_seaweedfs  # noqa: E402

KEY = base64.b64encode(bytes(32)).decode()
BACKENDS = ("local", "kubernetes")
BEFORE = ("collect", "intake.validate", "intake.mask", "merge")
FIRST_STEP, WHOLE = "step 1/", "file to first step"


@dataclass(frozen=True, slots=True)
class Moved:
    """One request to the store: when it came, whose it was, and the bytes of its bodies."""

    at: float
    who: str
    key: str
    up_bytes: int
    down_bytes: int


class Traffic:
    """What goes through the proxy."""

    def __init__(self, proxy: Proxy) -> None:
        self.all: list[Moved] = []
        proxy.after = self._passed

    def _passed(self, request: Request, answer: Answer) -> Answer:
        signed = request.headers.get("authorization", "").partition("Credential=")[2]
        key = request.path.removeprefix(f"/{BUCKET}/{PREFIX}/")
        who = signed.partition("/")[0]
        moved = Moved(time.time(), who, key, len(request.body), len(answer.body))
        self.all.append(moved)
        return answer

    def bytes_of(self, who: str, way: str, since: float, until: float) -> int:
        """What one key's holder sent `up` to the store or got `down` from it."""
        found = [moved for moved in self.all if moved.who == who and since <= moved.at <= until]
        return sum(moved.up_bytes if way == "up" else moved.down_bytes for moved in found)


class Measured:
    """One run of one backend, from its own records."""

    def __init__(
        self, site: PodsSite, traffic: Traffic, backend: str, seed: int, rows: int
    ) -> None:
        begun = time.time()
        self.run_id = site.drop(seed, rows)
        self.dropped = site.dropped_at
        record = site.finish(self.run_id)
        assert record.result is not None, record.training_problem
        assert record.result.resumed_from_step is None
        self._site, self._traffic = site, traffic
        self._tasks = {task["task_id"]: task for task in site.airflow.task_instances(self.run_id)}
        self.first_step = self._local_step() if backend == "local" else self._pods_step()
        self.seconds = self._up_to_the_trainer()
        self.seconds |= self._local_parts() if backend == "local" else self._pods_parts()
        self.seconds[WHOLE] = self.first_step - self.dropped
        self.bytes: dict[str, float] = {
            f"{who} {way}, {what}": traffic.bytes_of(who, way, begun, until)
            for what, until in (("to the first step", self.first_step), ("whole run", time.time()))
            for who in ("airflow", "trainer")
            for way in ("up", "down")
        }

    def _moment(self, task: str, which: str) -> float:
        return datetime.fromisoformat(self._tasks[task][f"{which}_date"]).timestamp()

    def _up_to_the_trainer(self) -> dict[str, float]:
        spent = {
            task.removeprefix("intake."): self._moment(task, "end") - self._moment(task, "start")
            for task in BEFORE
        }
        noticed = self._moment("collect", "start") - self.dropped
        total = self._moment("train", "start") - self.dropped
        return {"noticed": noticed, **spent, "between": total - noticed - sum(spent.values())}

    def _local_step(self) -> float:
        return self._told(FIRST_STEP)

    def _told(self, words: str) -> float:
        """When a line with these words came into the task's log."""
        lines = map(json.loads, self._site.train_log(self.run_id, 1).splitlines())
        line = next(line for line in lines if words in str(line.get("event")))
        return datetime.fromisoformat(line["timestamp"]).timestamp()

    def _local_parts(self) -> dict[str, float]:
        started = self._told("Running command")
        return {
            "task to trainer": started - self._moment("train", "start"),
            "trainer to first step": self.first_step - started,
        }

    def _pods_step(self) -> float:
        keys = RunKeys(run_key(self.run_id))
        log, _ = self._site.installation.hand_over_store.read(keys.of_attempt(1, "log.txt"))
        line = next(line for line in log.decode().splitlines() if FIRST_STEP in line)
        return datetime.fromisoformat(line[:23].replace(",", ".")).timestamp()

    def _pods_parts(self) -> dict[str, float]:
        """Of the trainer's reads before its first step, the first is the request."""
        (pod,) = self._site.kept(self.run_id)
        created = pod.created_at.timestamp()
        keys = RunKeys(run_key(self.run_id))
        reads = [
            moved
            for moved in self._traffic.all
            if moved.who == "trainer" and created <= moved.at <= self.first_step
        ]
        asked = next(moved.at for moved in reads if moved.key == keys.request)
        files = ("datasets/", "base/", "models/versions/", keys.digests)
        fetched = max(moved.at for moved in reads if moved.key.startswith(files))
        return {
            "task to pod, dataset uploaded": created - self._moment("train", "start"),
            "pod to trainer": asked - created,
            "downloads": fetched - asked,
            "model loaded, first step": self.first_step - fetched,
        }


@contextmanager
def started(root: Path, base: Path, backend: str) -> Iterator[tuple[PodsSite, Traffic]]:
    """A fresh installation with its Airflow, store and cluster."""
    with (
        Cluster(root / "cluster") as cluster,
        running_seaweedfs(root / "seaweedfs", [*store_keys().values()]) as server,
        proxy_to(server.endpoint) as proxy,
    ):
        cluster.images["trainer:1"] = image(root / "trainer")
        here: dict[str, Any] = {"train_backend": backend, "store": "", "base_model": base}
        there = {"base_model": "store:tiny"}
        site = PodsSite(
            root,
            cluster,
            SeaweedFS(proxy.endpoint),
            key=KEY,
            epochs=1,
            **(here if backend == "local" else there),
        )
        traffic = Traffic(proxy)
        if backend == "kubernetes":
            push_base(site.installation, base, name="tiny")
        with site:
            yield site, traffic


def measure(rounds: int, runs: int, rows: int) -> dict[str, list[Measured]]:
    """The runs of each backend: the first ones after a start of Airflow, and the later ones."""
    found: dict[str, list[Measured]] = {}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        base = make_base(["안녕하세요. 배송은 언제 오나요?"] * 9, root / "tiny", vocab_size=3072)
        for number in range(rounds):
            for backend in BACKENDS if number % 2 == 0 else reversed(BACKENDS):
                with started(root / f"{number}-{backend}", base, backend) as (site, traffic):
                    for seed in range(runs):
                        one = Measured(site, traffic, backend, 100 * number + seed, rows)
                        print(f"{backend}: {one.seconds} {one.bytes}", file=sys.stderr)
                        found.setdefault(f"{backend}, {'later' if seed else 'first'}", []).append(
                            one
                        )
    return dict(sorted(found.items(), reverse=True))


def middle(figures: list[dict[str, float]]) -> dict[str, float]:
    """The median of each figure."""
    return {name: round(median(one[name] for one in figures), 2) for name in figures[0]}


def print_table(columns: dict[str, dict[str, float]]) -> None:
    """A row for each figure that any column has."""
    print(f"| | {' | '.join(columns)} |\n|{'---|' * (len(columns) + 1)}")
    for name in dict.fromkeys(name for figures in columns.values() for name in figures):
        shown = (f"{figures[name]:,}" if name in figures else "" for figures in columns.values())
        print(f"| {name} | {' | '.join(shown)} |")


def main() -> None:
    """Measure, and print medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=2, help="starts of each Airflow")
    parser.add_argument("--runs", type=int, default=3, help="runs after each start")
    parser.add_argument("--rows", type=int, default=1_000, help="exchanges of each export")
    asked = parser.parse_args()
    found = measure(asked.rounds, asked.runs, asked.rows)
    seconds = {name: middle([one.seconds for one in runs]) for name, runs in found.items()}
    pods = {name: runs for name, runs in found.items() if name.startswith("kubernetes")}
    moved = {name: middle([one.bytes for one in runs]) for name, runs in pods.items()}
    print("Seconds\n")
    print_table(seconds)
    print("\nBytes of the bodies\n")
    print_table(moved)
    figures = {"benchmark": "training_start", **vars(asked), "at": f"{datetime.now(UTC):%Y-%m-%d}"}
    print(json.dumps(figures | {"median_seconds": seconds, "median_bytes": moved}))


if __name__ == "__main__":
    main()
