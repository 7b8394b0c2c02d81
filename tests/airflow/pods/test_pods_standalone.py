"""A real Airflow that trains in pods, with a real object store, against a stand-in for a cluster.

One Airflow serves all scenarios. They train the same work again and again, while one thing after
another goes wrong: in the end the weights are always those of the pod that was left alone.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tries import KEY

from cs_pipeline.records import RunRecord
from cs_pipeline.stages import Installation, push_base
from tests.airflow.pods.cluster import Cluster, Pod, image
from tests.airflow.pods.pods_site import WEIGHTS, PodsSite, store_keys
from tests.seaweedfs import running_seaweedfs

pytestmark = [pytest.mark.standalone, pytest.mark.timeout(1800)]

CHECKPOINTS = 5
SCHEDULE_SECONDS = 30
RECIPE = """\
base_model: store:tiny
epochs: 2
learning_rate: 0.005
batch_tokens: 512
checkpoint_minutes: 0  # at each step
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, tiny_base: Path) -> Iterator[PodsSite]:
    root = tmp_path_factory.mktemp("pods")
    recipe = root / "recipe.yaml"
    recipe.write_text(RECIPE, encoding="utf-8")
    with (
        Cluster(root / "cluster") as cluster,
        running_seaweedfs(root / "seaweedfs", [*store_keys().values()]) as server,
    ):
        cluster.images["trainer:1"] = image(root / "trainer")
        values = {"recipe": recipe, "pod_schedule_seconds": SCHEDULE_SECONDS}
        site = PodsSite(root, cluster, server, key=KEY, **values)
        push_base(Installation(site.settings), tiny_base, name="tiny")
        with site:
            yield site


@pytest.fixture(autouse=True)
def _as_at_the_beginning(site: PodsSite) -> None:
    image(site.cluster.images["trainer:1"])
    site.cluster.admit = lambda _: True


@pytest.fixture(scope="module")
def undisturbed(site: PodsSite) -> RunRecord:
    """A file is dropped, and its training left alone."""
    return site.finish(site.drop(1))


def weights(record: RunRecord) -> str:
    """The sha256 of the weights that a run came to."""
    assert record.result is not None, record.training_problem
    return record.result.checkpoint_files[WEIGHTS]


def holder(record: RunRecord) -> str:
    """The uid of the pod whose result it is."""
    assert record.result is not None
    assert record.result.trained_by is not None
    return record.result.trained_by.holder


def uid(pod: Pod) -> str:
    return str(pod.body["metadata"]["uid"])


def memory(pod: Pod) -> str:
    return str(pod.body["spec"]["containers"][0]["resources"]["limits"]["memory"])


def test_a_dropped_export_is_trained_on_in_a_pod_and_promoted(
    site: PodsSite, undisturbed: RunRecord
) -> None:
    (pod,) = site.cluster.created
    assert undisturbed.status == "promoted"
    assert undisturbed.result is not None
    assert undisturbed.result.resumed_from_step is None
    assert undisturbed.result.steps > 3 * CHECKPOINTS
    assert holder(undisturbed) == uid(pod)
    assert not site.cluster.pods
    assert [kept.cause for kept in site.kept(undisturbed.run_id)] == [None]
    log = site.train_log(undisturbed.run_id, 1)
    assert f"step {undisturbed.result.steps}/{undisturbed.result.steps}" in log
    assert "Appraising the candidate" in log
    for secret in (KEY, *(key.secret for key in store_keys().values())):
        assert secret not in log


@pytest.mark.parametrize(
    ("happens", "cause", "words", "more"),
    [
        (Cluster.evict, "evicted", "evicted it", "16Gi"),
        (Cluster.run_out_of_memory, "out_of_memory", "ran out of memory", "32Gi"),
    ],
)
def test_a_pod_that_dies_is_followed_by_one_that_comes_to_the_same_weights(
    site: PodsSite, undisturbed: RunRecord, happens, cause: str, words: str, more: str
) -> None:
    known = len(site.cluster.created)
    run_id = site.airflow.trigger(force=True)
    first = site.next_pod(known)
    site.wait_for_train_task(run_id, "deferred")
    site.wait_for_step(run_id, CHECKPOINTS)
    happens(site.cluster, first)

    record = site.finish(run_id)

    second = site.cluster.created[known + 1]
    assert site.cluster.created[known:] == [first, second]
    assert (memory(first), memory(second)) == ("16Gi", more)
    assert record.status == "promoted"
    assert record.training_problem is None
    assert record.result is not None
    assert record.result.resumed_from_step
    assert record.result.resumed_from_step >= CHECKPOINTS - 1
    assert weights(record) == weights(undisturbed)
    assert holder(record) == uid(second)
    assert [pod.cause for pod in site.kept(run_id)] == [cause, None]
    assert site.train_task(run_id)["try_number"] == 2
    assert words in site.train_log(run_id, 1)
    assert not site.cluster.pods


@pytest.mark.parametrize("component", ["triggerer", "scheduler"])
def test_a_component_that_is_killed_while_a_pod_trains_takes_its_result_when_it_is_back(
    site: PodsSite, undisturbed: RunRecord, component: str
) -> None:
    known = len(site.cluster.created)
    run_id = site.airflow.trigger(force=True)
    pod = site.next_pod(known)
    site.wait_for_train_task(run_id, "deferred")
    with site.without(component):
        site.wait_for(lambda: pod.status["phase"] != "Running")

    record = site.finish(run_id)

    assert record.status == "promoted"
    assert site.promotions(run_id) == 1
    assert site.cluster.created[known:] == [pod]
    assert holder(record) == uid(pod)
    assert weights(record) == weights(undisturbed)
    assert not site.cluster.pods


def test_a_task_that_is_cleared_waits_for_its_old_pod_to_save_and_go(
    site: PodsSite, undisturbed: RunRecord, tmp_path: Path
) -> None:
    known, may_go = len(site.cluster.created), tmp_path / "may-go"
    program = site.cluster.images["trainer:1"] / "cs-pipeline"
    trainer = program.read_text().strip().replace("exec ", "")
    lingers = f"wait; while [ ! -e {may_go} ]; do sleep 0.1; done; exit 7"
    program.write_text(f"#!/bin/bash\ntrap '{lingers}' TERM\n{trainer} &\nwait $!\n")
    run_id = site.airflow.trigger(force=True)
    first = site.next_pod(known)
    site.wait_for_train_task(run_id, "deferred")
    site.wait_for_step(run_id, CHECKPOINTS)

    site.clear_train_task(run_id)
    site.wait_for(lambda: "deletionTimestamp" in first.body["metadata"])
    asked = len(site.cluster.calls)
    site.wait_for_train_task(run_id, "running", number=2)
    looked = f"GET /api/v1/namespaces/cs-pipeline/pods/{first.name}"
    site.wait_for(lambda: site.cluster.calls[asked:].count(looked) > 2)
    assert site.cluster.created[known:] == [first]
    may_go.touch()
    record = site.finish(run_id)

    second = site.cluster.created[known + 1]
    assert site.cluster.created[known:] == [first, second]
    assert holder(record) == uid(second)
    assert record.result is not None
    assert record.result.resumed_from_step
    assert weights(record) == weights(undisturbed)
    assert site.promotions(run_id) == 1


def test_a_pod_that_found_no_node_in_time_does_not_start_later(
    site: PodsSite, undisturbed: RunRecord
) -> None:
    known = len(site.cluster.created)
    words = "0/4 nodes are available: 4 Insufficient nvidia.com/gpu."

    def has_room(pod: Pod) -> bool:
        """A node is free as soon as a second pod asks for one, for the first one, too."""
        pod.condition("PodScheduled", "False", "Unschedulable", words)
        return len(site.cluster.created) > known + 1

    site.cluster.admit = has_room
    run_id = site.airflow.trigger(force=True)
    record = site.finish(run_id)

    first, second = site.cluster.created[known:]
    assert first.process is None
    assert words in site.train_log(run_id, 1)
    assert [pod.cause for pod in site.kept(run_id)] == ["unschedulable", None]
    assert holder(record) == uid(second)
    assert weights(record) == weights(undisturbed)
    assert not site.cluster.pods


def test_a_person_who_stops_the_task_stops_the_pod(site: PodsSite) -> None:
    image(site.cluster.images["trainer:1"], "echo begins; exec sleep 300")
    known = len(site.cluster.created)
    run_id = site.airflow.trigger(force=True)
    pod = site.next_pod(known)
    site.wait_for_train_task(run_id, "deferred")
    site.set_train_task(run_id, "failed")
    site.wait_for(lambda: not site.cluster.pods)
    assert pod.process is not None
    assert pod.process.poll() is not None
    record = site.finish(run_id)
    assert record.status == "failed"
    assert "stopped in Airflow" in record.model_dump_json()
    assert site.cluster.created[known:] == [pod]
