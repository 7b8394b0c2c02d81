"""Evidence of every kind, its cause, and what is done about it."""

from typing import Any

import pytest
from endings import container, died, disrupted, event, pod, terminating, unscheduled, waits

from cs_airflow.train.causes import Evidence, cause_of, start_problem
from cs_airflow.train.wording import CAUSE_NAMES

NO_NODE = "0/4 nodes are available: 4 Insufficient nvidia.com/gpu."
LOW_MEMORY = (
    "The node was low on resource: memory. Threshold quantity: 100Mi, available: 64Mi. Container "
    "base was using 15Gi, request is 16Gi, has larger consumption of memory."
)
FULL = 'Usage of EmptyDir volume "scratch" exceeds the limit "50Gi".'
EPHEMERAL = "Pod ephemeral local storage usage exceeds the total limit of containers 10Gi."
PAUSED = 'failed to pull and unpack image "registry/t:1": 503 Service Unavailable'
ABSENT = 'failed to resolve reference "registry/t:9": registry/t:9: not found'
FORBIDDEN = "pull access denied, repository does not exist or may require authorization"
NO_SECRET = 'secret "store-keys" not found'
NO_VOLUME = 'MountVolume.SetUp failed for volume "ca" : configmap "company-ca" not found'
RUNNING = [container(running={"startedAt": "2026-11-29T03:00:00Z"})]

TABLE: list[tuple[str, Evidence, str, str, str]] = [
    # What the cluster did.
    ("preempted", Evidence(pod("Failed", conditions=disrupted("PreemptionByScheduler"),
        containerStatuses=died(7))), "preempted", "retry", ""),
    ("taint", Evidence(terminating(pod(conditions=disrupted("DeletionByTaintManager"),
        containerStatuses=RUNNING))), "node_lost", "retry", ""),
    ("drain", Evidence(terminating(pod("Failed", conditions=disrupted("EvictionByEvictionAPI"),
        containerStatuses=died(143)))), "drained", "retry", ""),
    ("pod gc", Evidence(pod("Failed", conditions=disrupted("DeletionByPodGC"))), "node_lost",
        "retry", ""),
    ("autoscaler", Evidence(terminating(pod(conditions=disrupted("DeletionByClusterAutoscaler")))),
        "drained", "retry", ""),
    ("unknown disruption", Evidence(pod(conditions=disrupted("SomethingNew"))), "deleted",
        "retry", ""),
    # An evicted pod shows exit code 137 without OOMKilled and has no deletionTimestamp.
    ("node pressure", Evidence(pod("Failed", reason="Evicted", message=LOW_MEMORY,
        conditions=disrupted("TerminationByKubelet"), containerStatuses=died(137))),
        "evicted", "retry", "low on resource: memory"),
    ("evicted, no condition", Evidence(pod("Failed", reason="Evicted", message=LOW_MEMORY)),
        "evicted", "retry", "low on resource: memory"),
    ("scratch", Evidence(pod("Failed", reason="Evicted", message=FULL,
        conditions=disrupted("TerminationByKubelet"), containerStatuses=died(137))),
        "scratch_full", "stop", "50Gi"),
    ("disk of the container", Evidence(pod("Failed", reason="Evicted", message=EPHEMERAL)),
        "scratch_full", "stop", "10Gi"),
    ("stale condition", Evidence(pod("Failed", containerStatuses=died(3),
        conditions=disrupted("PreemptionByScheduler", status="False"))), "data_refused",
        "stop", ""),
    ("node lost", Evidence(pod("Failed", reason="NodeLost")), "node_lost", "retry", ""),
    ("node shut down", Evidence(pod("Failed", reason="Terminated", containerStatuses=died(143),
        message="Pod was terminated in response to imminent node shutdown.")), "node_lost",
        "retry", "node shutdown"),
    ("node shut down, with the kubelet's condition", Evidence(pod("Failed", reason="Terminated",
        conditions=disrupted("TerminationByKubelet"), containerStatuses=died(143),
        message="Pod was terminated in response to imminent node shutdown.")), "node_lost",
        "retry", "node shutdown"),
    ("made room for a pod of the node's own", Evidence(pod("Failed", reason="Preempting",
        conditions=disrupted("TerminationByKubelet"), containerStatuses=died(7),
        message="Preempted in order to admit critical pod")), "preempted", "retry",
        "critical pod"),
    ("deadline", Evidence(pod("Failed", reason="DeadlineExceeded", containerStatuses=died(7),
        message="Pod was active on the node longer than the specified deadline")), "deadline",
        "stop", "specified deadline"),
    ("no GPU after all", Evidence(pod("Failed", reason="OutOfnvidia.com/gpu",
        message="Node didn't have enough resource: nvidia.com/gpu")), "not_admitted", "retry",
        "enough resource"),
    ("admission", Evidence(pod("Failed", reason="UnexpectedAdmissionError",
        message="Allocate failed due to device plugin")), "not_admitted", "retry", "device plugin"),
    # How the container ended.
    ("out of memory", Evidence(pod("Failed", containerStatuses=died(137, "OOMKilled"))),
        "out_of_memory", "more_memory", ""),
    ("out of memory while starting", Evidence(pod("Failed", initContainerStatuses=[container(
        "warm-up", terminated={"exitCode": 137, "reason": "OOMKilled"})])), "out_of_memory",
        "more_memory", ""),
    ("training failed", Evidence(pod("Failed", containerStatuses=died(1))), "failed", "stop", ""),
    ("settings", Evidence(pod("Failed", containerStatuses=died(2, message=(
        "INFO begins\nError: CS_PIPELINE_STORE: no bucket")))), "settings", "stop", "no bucket"),
    ("data", Evidence(pod("Failed", containerStatuses=died(3))), "data_refused", "stop", ""),
    ("gate", Evidence(pod("Failed", containerStatuses=died(4))), "failed", "stop", ""),
    ("store", Evidence(pod("Failed", containerStatuses=died(5, message="timed out"))), "storage",
        "retry", "timed out"),
    ("GPU memory", Evidence(pod("Failed", containerStatuses=died(6))), "gpu_memory", "stop", ""),
    ("stopped", Evidence(pod("Failed", containerStatuses=died(7))), "stopped", "retry", ""),
    ("stopped late", Evidence(pod("Failed", containerStatuses=died(143))), "stopped", "retry", ""),
    ("killed after its grace", Evidence(pod("Failed", containerStatuses=died(137))), "crashed",
        "retry", "exit code 137"),
    ("segmentation fault", Evidence(pod("Failed", containerStatuses=died(139))), "crashed",
        "retry", "exit code 139"),
    ("no such command", Evidence(pod("Failed", containerStatuses=died(127))), "not_runnable",
        "stop", ""),
    ("cannot be run", Evidence(pod("Failed", containerStatuses=died(128, "StartError",
        'exec: "cs-pipeline": executable file not found in $PATH'))), "not_runnable", "stop",
        "not found in $PATH"),
    ("ended without a result", Evidence(pod("Succeeded", containerStatuses=died(0, "Completed"))),
        "no_result", "stop", ""),
    # It never began.
    ("no secret", Evidence(pod("Pending", containerStatuses=waits("CreateContainerConfigError",
        NO_SECRET))), "config_missing", "stop", NO_SECRET),
    ("no secret for the first container", Evidence(pod("Pending", initContainerStatuses=waits(
        "CreateContainerConfigError", NO_SECRET, "warm-up"),
        containerStatuses=waits("PodInitializing"))), "config_missing", "stop", NO_SECRET),
    ("no volume", Evidence(pod("Pending", containerStatuses=waits("ContainerCreating")),
        events=[event("FailedMount", NO_VOLUME)]), "config_missing", "stop", "company-ca"),
    ("no volume yet", Evidence(pod("Pending", containerStatuses=waits("ContainerCreating")),
        events=[event("FailedAttachVolume", "Multi-Attach error")]), "not_started", "retry",
        "Multi-Attach"),
    ("no words", Evidence(pod("Pending")), "not_started", "retry", ""),
    ("registry down", Evidence(pod("Pending", containerStatuses=waits("ErrImagePull", PAUSED))),
        "image_not_pulled", "retry", "503"),
    ("no such image", Evidence(pod("Pending", containerStatuses=waits("ImagePullBackOff", ABSENT))),
        "image_refused", "stop", "not found"),
    ("no right to pull", Evidence(pod("Pending", containerStatuses=waits("ErrImagePull",
        FORBIDDEN))), "image_refused", "stop", "denied"),
    ("wrong image name", Evidence(pod("Pending", containerStatuses=waits("InvalidImageName"))),
        "image_refused", "stop", ""),
    ("never pulled", Evidence(pod("Pending", containerStatuses=waits("ErrImageNeverPull"))),
        "image_refused", "stop", ""),
    ("runtime", Evidence(pod("Pending", containerStatuses=waits("CreateContainerError",
        "no runtime for nvidia"))), "not_created", "retry", "no runtime"),
    ("no node", Evidence(pod("Pending", conditions=unscheduled("Unschedulable", NO_NODE))),
        "unschedulable", "retry", NO_NODE),
    ("queue", Evidence(pod("Pending", conditions=unscheduled("SchedulingGated",
        "Scheduling is blocked due to non-empty scheduling gates"))), "queued", "retry", "gates"),
    ("no node, then deleted by us", Evidence(pod("Pending", conditions=unscheduled("Unschedulable",
        NO_NODE)), events=[event("FailedScheduling", NO_NODE)]), "unschedulable", "retry", NO_NODE),
    # It is gone.
    ("deleted", Evidence(pod(containerStatuses=RUNNING), gone=True), "deleted", "retry", ""),
    ("deleted, stopped in time", Evidence(terminating(pod("Failed", containerStatuses=died(7)))),
        "deleted", "retry", ""),
    ("gone, preempted", Evidence(pod(containerStatuses=RUNNING), gone=True, events=[
        event("Pulled", "image", "Normal"), event("Preempted", "Preempted by pod chat/web-2",
        "Normal")]), "preempted", "retry", "web-2"),
    ("gone with its node", Evidence(pod(containerStatuses=RUNNING), gone=True, events=[
        event("NodeNotReady", "Node is not ready")]), "node_lost", "retry", "not ready"),
    ("gone after it had ended", Evidence(pod("Failed", containerStatuses=died(3)), gone=True),
        "data_refused", "stop", ""),
    ("gone after a drain", Evidence(pod(conditions=disrupted("EvictionByEvictionAPI")), gone=True),
        "drained", "retry", ""),
    ("never seen", Evidence({}, gone=True), "deleted", "retry", ""),
    # The rest.
    ("a person", Evidence(terminating(pod("Failed", containerStatuses=died(7))), killed=True),
        "killed", "stop", ""),
    ("too long", Evidence(pod("Running", containerStatuses=RUNNING)), "deadline", "stop", ""),
    ("nothing said", Evidence(pod("Failed")), "unknown", "retry", ""),
    ("an empty object", Evidence({}), "unknown", "retry", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("evidence", "name", "action", "told"),
    [row[1:] for row in TABLE],
    ids=[row[0] for row in TABLE],
)
def test_the_evidence_has_a_cause(evidence: Evidence, name: str, action: str, told: str) -> None:
    cause = cause_of(evidence)
    assert (cause.name, cause.action) == (name, action)
    assert told in cause.words.en
    assert told in cause.words.ko


def test_the_table_has_every_cause_but_the_operators_own() -> None:
    assert CAUSE_NAMES - {row[2] for row in TABLE} == {"memory_exhausted"}


def test_every_sentence_is_in_both_languages() -> None:
    for row in TABLE:
        words = cause_of(row[1]).words
        assert any("가" <= letter <= "힣" for letter in words.ko)
        assert not any("가" <= letter <= "힣" for letter in words.en)


def test_kubernetes_own_words_stay_on_one_short_line() -> None:
    long = cause_of(Evidence(pod("Failed", reason="Evicted", message="low on\nmemory " * 200)))
    assert "\n" not in long.words.en
    assert len(long.words.en) < 600


def test_of_many_words_the_reason_at_their_end_is_kept() -> None:
    image = f"registry.example.com/cs/trainer@sha256:{'a' * 64}"
    said = (
        f'Back-off pulling image "{image}": ErrImagePull: rpc error: code = NotFound desc = failed '
        f'to pull and unpack image "{image}": failed to resolve reference "{image}": {image}: '
        "not found"
    )
    cause = cause_of(Evidence(pod("Pending", containerStatuses=waits("ImagePullBackOff", said))))
    assert cause.name == "image_refused"
    for words in (cause.words.ko, cause.words.en):
        assert "(Back-off pulling image" in words
        assert words.endswith(": not found)")


@pytest.mark.parametrize(
    ("made", "problem"),
    [
        (pod("Pending", containerStatuses=waits("CreateContainerConfigError", NO_SECRET)), True),
        (pod("Pending", initContainerStatuses=waits("CreateContainerConfigError")), True),
        (pod("Pending", initContainerStatuses=waits("RunContainerError")), True),
        (pod("Pending", containerStatuses=waits("CreateContainerError")), True),
        (pod("Pending", containerStatuses=waits("ContainerCreating")), False),
        (pod("Pending", containerStatuses=waits("PodInitializing")), False),
        (pod("Pending", conditions=unscheduled("Unschedulable", NO_NODE)), False),
        (pod(containerStatuses=RUNNING), False),
        ({}, False),
    ],
)
def test_what_never_passes_ends_the_wait_for_the_start(made: dict[str, Any], problem: bool) -> None:
    assert (start_problem(made) is not None) == problem
