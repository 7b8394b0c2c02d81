"""Causes of a pod's end that `test_kubernetes_train` does not show, from the pod to the error."""

import json
import os
import signal
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from cluster import Cluster, Pod, image
from tries import Tries

from cs_airflow.train import kubernetes, pod_trigger
from cs_airflow.train.pod_errors import PodLost, PodStopped
from cs_pipeline.files import exclusive
from cs_pipeline.registry.runs import run_key
from cs_pipeline.stages import Installation

FULL = 'Usage of EmptyDir volume "scratch" exceeds the limit "50Gi".'


def ends(tries: Tries, run: Callable[[], Any], error: type, cause: str, words: str) -> None:
    """Let a try, or the rest of one, end in this error, and everything be told."""
    with pytest.raises(error) as raised:
        run()
    assert raised.type is error
    assert raised.value.cause == cause == tries.kept[-1].cause
    assert words in str(raised.value)
    assert not tries.cluster.pods


@pytest.mark.parametrize(
    ("happens", "error", "cause", "words"),
    [
        (
            lambda cluster, pod: cluster.disrupt(pod, "PreemptionByScheduler", "for chat/web-2"),
            PodLost, "preempted", "for chat/web-2",
        ),
        (
            lambda cluster, pod: cluster.disrupt(pod, "DeletionByTaintManager", "not-ready"),
            PodLost, "node_lost", "Its node was lost",
        ),
        (
            lambda cluster, pod: cluster.fail(pod, "Evicted", FULL),
            PodStopped, "scratch_full", FULL,
        ),
        (
            lambda cluster, pod: pod.set_state("Failed"),
            PodLost, "unknown", "without saying why",
        ),
    ],
)  # fmt: skip
def test_what_happens_to_a_pod_that_trains(
    tries: Tries,
    cluster: Cluster,
    happens: Callable[[Cluster, Pod], None],
    error: type,
    cause: str,
    words: str,
) -> None:
    image(
        cluster.images["trainer:1"], "trap 'sleep 3; exit 7' TERM; while true; do sleep 0.1; done"
    )
    deferred = tries.until_deferred()
    happens(cluster, cluster.running())
    ends(tries, partial(tries.go_on, deferred), error, cause, words)


def waits(reason: str, message: str = "") -> Callable[[Pod], bool]:
    """A container that the kubelet cannot start."""

    def admit(pod: Pod) -> bool:
        pod.condition("PodScheduled", "True")
        pod.set_state(waiting={"reason": reason, "message": message})
        return False

    return admit


def gated(pod: Pod) -> bool:
    pod.condition("PodScheduled", "False", "SchedulingGated", "Scheduling is blocked")
    return False


def not_admitted(pod: Pod) -> bool:
    pod.condition("PodScheduled", "True")
    words = "Node didn't have enough resource: nvidia.com/gpu"
    pod.body["status"] |= {"phase": "Failed", "reason": "OutOfnvidia.com/gpu", "message": words}
    return False


@pytest.mark.parametrize(
    ("admit", "cause", "words"),
    [
        (gated, "queued", "Scheduling is blocked"),
        (not_admitted, "not_admitted", "enough resource"),
        (waits("ContainerCreating"), "not_started", "did not start"),
        (waits("ErrImagePull", "503 Service Unavailable"), "image_not_pulled", "503"),
        (waits("CreateContainerError", "no runtime for nvidia"), "not_created", "no runtime"),
    ],
)
def test_what_keeps_a_pod_from_training(
    tries: Tries,
    cluster: Cluster,
    monkeypatch: pytest.MonkeyPatch,
    admit: Callable[[Pod], bool],
    cause: str,
    words: str,
) -> None:
    monkeypatch.setenv("CS_PIPELINE_POD_SCHEDULE_SECONDS", "1")
    monkeypatch.setenv("CS_PIPELINE_POD_STARTUP_SECONDS", "3")
    cluster.admit = admit
    ends(tries, tries.whole, PodLost, cause, words)
    assert tries.pods[0].process is None


def test_an_image_without_the_trainer_is_told(tries: Tries, cluster: Cluster) -> None:
    (cluster.images["trainer:1"] / "cs-pipeline").unlink()
    ends(tries, tries.whole, PodStopped, "not_runnable", "CS_PIPELINE_POD_IMAGE")


def test_two_trainers_at_once_where_a_node_does_not_answer_give_one_result(
    tries: Tries, cluster: Cluster, made, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (kubernetes, pod_trigger):
        monkeypatch.setattr(module, "MARGIN_SECONDS", 1)
    deferred = tries.until_deferred()
    first = cluster.running()
    assert first.process is not None
    lease = cluster.wait_for(
        lambda: next((made[0] / "store").glob(place(tries, "lease.json")), None)
    )
    with exclusive(made[0] / "store" / ".lock"):  # which the machine that stops does not hold then
        os.killpg(first.process.pid, signal.SIGSTOP)
        time.sleep(0.5)
    first.unreachable = True
    cluster.disrupt(first, "DeletionByTaintManager", "deleting due to NoExecute taint")
    with pytest.raises(PodLost) as caught:
        tries.go_on(deferred)
    assert caught.value.cause == "node_lost"
    assert cluster.pods[first.name] is first

    figures = tries.whole()

    second = tries.pods[1]
    assert figures["steps"] > 0
    assert first.process.poll() is None
    before = (lease.parent / "result.json").read_bytes()
    os.killpg(first.process.pid, signal.SIGCONT)  # the node is back
    assert first.process.wait(timeout=120) == 5, first.log.read_text()
    assert (lease.parent / "result.json").read_bytes() == before
    assert json.loads(before)["trained_by"]["holder"] == second.body["metadata"]["uid"]
    assert Installation.load().runs.is_trained(tries.run_id)


def place(tries: Tries, name: str) -> str:
    return f"runs/{run_key(tries.run_id)}/{name}"
