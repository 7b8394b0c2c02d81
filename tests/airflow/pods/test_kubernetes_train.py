"""The train task against a stand-in for a cluster that runs the pod's command as a process."""

import asyncio
import time
from pathlib import Path

import pytest
from airflow.sdk.exceptions import TaskDeferred
from cluster import Cluster, image, now
from tries import Tries, first_event, trigger_of

from cs_airflow.train.leftovers import delete_pods
from cs_airflow.train.pod_errors import PodLost, PodStopped
from cs_pipeline.config import Settings
from cs_pipeline.stages import Installation

SLEEP = "echo training; exec sleep 300"
SAVES = "trap 'sleep 2; exit 7' TERM; while true; do sleep 0.1; done"


def runs(cluster: Cluster, script: str) -> None:
    """Let the image hold another program than the trainer."""
    image(cluster.images["trainer:1"], script)


def test_a_pod_that_ended_while_airflow_was_away_is_not_trained_again(
    tries: Tries, cluster: Cluster
) -> None:
    tries.until_deferred()
    (pod,) = tries.pods
    cluster.wait_for(lambda: pod.status["phase"] in ("Succeeded", "Failed"), seconds=180)
    assert pod.status["phase"] == "Succeeded", pod.log.read_text()

    figures = tries.whole()  # the triggerer's event was lost, the next try begins anew

    assert figures["steps"] > 0
    assert tries.pushed["return_value"] == figures
    assert len(tries.pods) == 1
    assert not cluster.pods
    assert Installation.load().runs.is_trained(tries.run_id)
    (kept,) = tries.kept
    assert (kept.name, kept.cause, kept.words) == (pod.name, None, None)
    assert kept.status["phase"] == "Succeeded"
    assert kept.log

    assert tries.whole() == figures  # somebody clears the task: the result still stands
    assert len(tries.pods) == 1


@pytest.mark.parametrize(
    ("code", "error", "cause"),
    [
        (0, PodStopped, "no_result"),
        (1, PodStopped, "failed"),
        (2, PodStopped, "settings"),
        (3, PodStopped, "data_refused"),
        (5, PodLost, "storage"),
        (6, PodStopped, "gpu_memory"),
        (7, PodLost, "stopped"),
        (139, PodLost, "crashed"),
    ],
)
def test_how_the_trainer_ends_decides_whether_it_is_tried_again(
    tries: Tries, cluster: Cluster, code: int, error: type, cause: str
) -> None:
    runs(cluster, f"echo begins; echo 'Error: the reason' >&2; exit {code}")
    with pytest.raises(error) as caught:
        tries.whole()
    assert caught.type is error
    assert caught.value.cause == cause
    (kept,) = tries.kept
    assert str(kept.words) in str(caught.value)
    assert kept.name in str(caught.value)
    assert kept.log[-1] == "Error: the reason"
    assert kept.ended_at is not None
    assert not cluster.pods


def test_memory_is_doubled_after_it_ran_out_and_only_then(tries: Tries, cluster: Cluster) -> None:
    runs(cluster, "exit 7")
    with pytest.raises(PodLost):
        tries.whole()
    runs(cluster, SLEEP)
    for _ in range(2):
        deferred = tries.until_deferred()
        cluster.run_out_of_memory(cluster.running())
        with pytest.raises(PodLost, match="ran out of memory"):
            tries.go_on(deferred)
    deferred = tries.until_deferred()
    cluster.run_out_of_memory(cluster.running())
    with pytest.raises(PodStopped, match="CS_PIPELINE_POD_MEMORY_LIMIT"):
        tries.go_on(deferred)
    asked = [pod.body["spec"]["containers"][0]["resources"] for pod in tries.pods]
    assert [amounts["limits"]["memory"] for amounts in asked] == ["16Gi", "16Gi", "32Gi", "48Gi"]
    assert all(a["limits"]["memory"] == a["requests"]["memory"] for a in asked)
    assert tries.kept[-1].cause == "memory_exhausted"


@pytest.mark.parametrize(
    ("happens", "error", "cause"),
    [
        (Cluster.evict, PodLost, "evicted"),
        (Cluster.drain, PodLost, "drained"),
        (Cluster.delete, PodLost, "deleted"),
        (Cluster.remove, PodLost, "deleted"),
        (Cluster.exceed_deadline, PodStopped, "deadline"),
    ],
)
def test_what_the_cluster_does_to_a_pod_is_told(
    tries: Tries, cluster: Cluster, happens, error: type, cause: str
) -> None:
    runs(cluster, SAVES)
    deferred = tries.until_deferred()
    pod = cluster.running()
    cluster.note(pod, "Killing", "Stopping container base", "Normal")
    asyncio.run(see_it_run(deferred))
    happens(cluster, pod)
    with pytest.raises(error) as caught:
        tries.go_on(deferred)
    assert caught.value.cause == cause
    (kept,) = tries.kept
    assert kept.cause == cause
    assert [event["reason"] for event in kept.events] == ["Killing"]
    assert not cluster.pods


async def see_it_run(deferred) -> None:
    assert (await trigger_of(deferred)._get_pod()).status.phase == "Running"


def test_a_missing_secret_is_told_at_once(tries: Tries, cluster: Cluster) -> None:
    del cluster.secrets["trainer"]
    begun = time.monotonic()
    with pytest.raises(PodStopped, match='secret "trainer" not found') as caught:
        tries.whole()
    assert caught.value.cause == "config_missing"
    assert time.monotonic() - begun < 300  # long before pod_startup_seconds are over
    assert not cluster.pods


def test_a_missing_image_is_told_at_once(tries: Tries, cluster: Cluster) -> None:
    del cluster.images["trainer:1"]
    with pytest.raises(PodStopped, match="CS_PIPELINE_POD_IMAGE") as caught:
        tries.whole()
    assert caught.value.cause == "image_refused"


@pytest.mark.parametrize(
    ("refusal", "error"),
    [
        ('pods "cs-train" is forbidden: exceeded quota: gpus, requested: 1, used: 4', PodLost),
        ('pods "cs-train" is forbidden: violates PodSecurity "restricted:latest"', PodStopped),
    ],
)
def test_a_pod_that_the_cluster_refuses_is_told_in_its_words(
    tries: Tries, cluster: Cluster, refusal: str, error: type
) -> None:
    cluster.refusal = refusal
    with pytest.raises(error, match="The cluster did not accept the training pod") as caught:
        tries.whole()
    assert refusal in str(caught.value)
    assert not tries.kept


def test_a_schedule_timeout_leaves_nothing_that_starts_later(
    tries: Tries, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CS_PIPELINE_POD_SCHEDULE_SECONDS", "1")
    runs(cluster, SLEEP)
    words = "0/4 nodes are available: 4 Insufficient nvidia.com/gpu."
    free = False

    def no_node(pod) -> bool:
        pod.condition("PodScheduled", "False", "Unschedulable", words)
        return free

    cluster.admit = no_node
    with pytest.raises(PodLost, match=r"4 Insufficient nvidia\.com/gpu"):
        tries.whole()
    assert tries.kept[-1].cause == "unschedulable"
    assert not cluster.pods
    free = True  # a GPU is free now
    deferred = tries.until_deferred()
    assert cluster.running() is tries.pods[-1]
    assert tries.pods[0].process is None
    trigger = trigger_of(deferred)
    asyncio.run(trigger.on_kill())


def test_a_pod_that_is_going_away_is_waited_for(tries: Tries, cluster: Cluster, tmp_path: Path):
    alive = tmp_path / "alive"
    runs(cluster, f"""
        [ -e {alive} ] && touch {alive}.twice
        touch {alive}
        trap 'sleep 2; rm {alive}; exit 7' TERM
        while true; do sleep 0.1; done
    """)  # fmt: skip
    deferred = tries.until_deferred()
    first = cluster.running()
    cluster.wait_for(alive.exists)
    asyncio.run(trigger_of(deferred).on_kill())  # cleared in the grid

    again = tries.until_deferred()  # at once, while the first still writes its checkpoint

    assert first.process is not None
    assert first.process.poll() == 7
    assert list(cluster.pods) == [tries.pods[1].name]
    cluster.wait_for(alive.exists)
    assert not Path(f"{alive}.twice").exists()
    assert tries.kept[0].cause == "deleted"
    asyncio.run(trigger_of(again).on_kill())


def test_a_pod_whose_grace_was_over_long_ago_is_not_waited_for_again(
    tries: Tries, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs(cluster, SLEEP)
    deferred = tries.until_deferred()
    (lost,) = tries.pods
    asyncio.run(see_it_run(deferred))
    # Its node has not answered for an hour: whoever waited for it since has waited enough.
    lost.body["metadata"] |= {"deletionTimestamp": now(-3600), "deletionGracePeriodSeconds": 5}

    def waits(seconds: float) -> None:
        raise AssertionError("waited again")

    monkeypatch.setattr("cs_airflow.train.kubernetes.time.sleep", waits)
    tries.until_deferred()
    assert len(tries.pods) == 2
    assert tries.kept[0].cause == "deleted"


def test_what_a_person_stopped_is_said_to_be_so(tries: Tries, cluster: Cluster) -> None:
    runs(cluster, SLEEP)
    deferred = tries.until_deferred()
    cluster.running()
    asyncio.run(trigger_of(deferred).on_kill())
    cluster.wait_for(lambda: not cluster.pods)
    (kept,) = tries.kept
    assert kept.cause == "killed"
    assert kept.ended_at is None


def test_no_pod_outlives_its_run(
    tries: Tries, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs(cluster, SLEEP)
    monkeypatch.setenv("KUBECONFIG", str(cluster.kubeconfig))
    tries.until_deferred()  # and stopped before the triggerer takes it up
    pod = cluster.running()
    delete_pods(Settings.load(), dag_id="cs_retrain", run_id="another")
    assert list(cluster.pods) == [pod.name]
    delete_pods(Settings.load(), dag_id="cs_retrain", run_id=tries.run_id)
    cluster.wait_for(lambda: not cluster.pods)
    assert pod.process is not None
    assert pod.process.poll() is not None
    cluster.namespace = "elsewhere"
    delete_pods(Settings.load(), dag_id="cs_retrain", run_id=tries.run_id)  # is only told of


def test_a_new_try_goes_on_with_the_pod_that_is_at_work(tries: Tries, cluster: Cluster) -> None:
    runs(cluster, SLEEP)
    tries.until_deferred()
    cluster.running()
    deferred = tries.until_deferred()
    assert len(tries.pods) == 1
    assert trigger_of(deferred).pod_name == tries.pods[0].name
    asyncio.run(trigger_of(deferred).on_kill())


def test_log_lines_come_while_the_pod_runs(
    tries: Tries, cluster: Cluster, capsys: pytest.CaptureFixture[str]
) -> None:
    runs(cluster, "for i in 1 2 3 4 5 6; do echo step $i; sleep 1; done; exit 7")
    first_event(tries.until_deferred())
    assert "[base] step 2" in capsys.readouterr().out  # before the task comes back


def test_a_log_that_cannot_be_read_does_no_harm(
    tries: Tries, cluster: Cluster, capsys: pytest.CaptureFixture[str]
) -> None:
    runs(cluster, "sleep 22; exit 7")  # longer than the client tries by itself
    deferred = tries.until_deferred()
    cluster.log_faults = 1000
    event = first_event(deferred)
    assert "log could not be read" in capsys.readouterr().out
    assert event.payload["status"] == "failed"
    operator, context = tries.begin()
    cluster.log_faults = 0
    with pytest.raises(PodLost) as caught:
        operator.trigger_reentry(context, event.payload)
    assert caught.value.cause == "stopped"
    assert len(tries.pods) == 1


def test_a_fault_of_the_watch_is_no_fault_of_the_pod(
    tries: Tries, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs(cluster, SLEEP)
    deferred = tries.until_deferred()
    pod = cluster.running()
    broken = dict(cluster.pods)
    cluster.namespace = "elsewhere"  # the triggerer has lost its rights
    event = first_event(deferred)
    assert event.payload["status"] == "error"
    cluster.namespace = "cs-pipeline"
    operator, context = tries.begin()
    with pytest.raises(TaskDeferred) as again:
        operator.trigger_reentry(context, event.payload)
    assert cluster.pods == broken
    cluster.evict(pod)
    with pytest.raises(PodLost, match="evicted"):
        tries.go_on(again.value)
