"""From what is known of a pod to the cause of its end, and whether a new pod would help.

The rules are asked in their order. An evicted pod also shows exit code 137, a preempted one our own
code for a stop: what the cluster did comes before how the process died of it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from cs_airflow.train.exit_codes import ExitCode
from cs_airflow.train.pod_state import Json, conditions, ended, exit_code, message, states, status
from cs_airflow.train.wording import sentence
from cs_pipeline.language import Words

Action = Literal["retry", "more_memory", "stop"]

# A new pod would end the same way: a person has to change something first.
_STOPS = {
    "config_missing", "data_refused", "deadline", "failed", "gpu_memory", "image_refused",
    "killed", "memory_exhausted", "no_result", "not_runnable", "scratch_full", "settings",
}  # fmt: skip
_DISRUPTIONS = {
    "PreemptionByScheduler": "preempted",
    "DeletionByTaintManager": "node_lost",
    "EvictionByEvictionAPI": "drained",
    "DeletionByPodGC": "node_lost",
    "TerminationByKubelet": "evicted",
    "DeletionByClusterAutoscaler": "drained",
    "ScaleDown": "drained",
}
_POD_REASONS = {
    "Evicted": "evicted",
    "NodeLost": "node_lost",
    "NodeShutdown": "node_lost",
    "Shutdown": "node_lost",
    "Terminated": "node_lost",
    "Preempting": "preempted",
    "DeadlineExceeded": "deadline",
    "UnexpectedAdmissionError": "not_admitted",
}
_ENDINGS = {
    ExitCode.FAILED: "failed",
    ExitCode.SETTINGS: "settings",
    ExitCode.DATA_REFUSED: "data_refused",
    ExitCode.GATE: "failed",
    ExitCode.STORAGE: "storage",
    ExitCode.GPU_MEMORY: "gpu_memory",
    126: "not_runnable",
    127: "not_runnable",
    128: "not_runnable",
}
_STOPPED = {ExitCode.STOPPED, 143}
_WAITING = {
    "InvalidImageName": "image_refused",
    "ErrImageNeverPull": "image_refused",
    "ErrImagePull": "image_not_pulled",
    "ImagePullBackOff": "image_not_pulled",
    "CreateContainerConfigError": "config_missing",
    "CreateContainerError": "not_created",
    "RunContainerError": "not_created",
}
# What needs no waiting for: Kubernetes would go on trying for as long as it is let.
_FATAL_WAITING = {"CreateContainerConfigError", "CreateContainerError", "RunContainerError"}
_EVENTS = {
    "Preempted": "preempted",
    "TaintManagerEviction": "node_lost",
    "NodeNotReady": "node_lost",
    "DeletingNode": "node_lost",
    "Evicted": "evicted",
}
_SCRATCH = re.compile(r"EmptyDir volume|ephemeral local storage|ephemeral-storage usage exceeds")
_NO_SUCH_IMAGE = re.compile(
    r"not found|manifest unknown|does not exist|denied|unauthorized|invalid reference",
    re.IGNORECASE,
)
_NO_SUCH_CONFIG = re.compile(r"(secret|configmap) \"?[^\s\"]+\"? not found", re.IGNORECASE)


@dataclass(frozen=True)
class Evidence:
    """What is known of a pod that is no longer wanted.

    `pod` is its JSON as last seen, `gone` says that the API does not know it any more, `killed`
    that a person stopped the task.
    """

    pod: Json
    events: Sequence[Json] = ()
    gone: bool = False
    killed: bool = False


@dataclass(frozen=True)
class Cause:
    """Why a pod ended, and what is to be done."""

    name: str
    words: Words

    @property
    def action(self) -> Action:
        """Try again, with more memory or with the same, or wait for a person."""
        if self.name == "out_of_memory":
            return "more_memory"
        return "stop" if self.name in _STOPS else "retry"


def cause_of(evidence: Evidence) -> Cause:
    """The first cause that the evidence shows; `unknown` where it shows none."""
    for rule in _RULES:
        if found := rule(evidence):
            name, detail = found
            return Cause(name, sentence(name, detail))
    return Cause("unknown", sentence("unknown"))


def start_problem(pod: Json) -> str | None:
    """What keeps a container from starting and will not pass by itself; the kubelet's words."""
    for state in states(pod):
        waiting = state.get("waiting") or {}
        if waiting.get("reason") in _FATAL_WAITING:
            return f"{waiting['reason']}: {waiting.get('message', '')}"
    return None


Found = tuple[str, str] | None


def _killed(evidence: Evidence) -> Found:
    return ("killed", "") if evidence.killed else None


def _disrupted(evidence: Evidence) -> Found:
    for condition in conditions(evidence.pod, "DisruptionTarget"):
        # A stale one is set back to False by the disruption controller.
        if condition.get("status") == "True":
            # The kubelet's says no more than that; why, it says in the pod's own reason.
            if condition.get("reason") == "TerminationByKubelet" and (
                found := _ended_by_its_node(evidence)
            ):
                return found
            name = _DISRUPTIONS.get(condition.get("reason", ""), "deleted")
            return _scratch_or(name, message(evidence.pod) or condition.get("message", ""))
    return None


def _ended_by_its_node(evidence: Evidence) -> Found:
    reason = status(evidence.pod).get("reason", "")
    name = "not_admitted" if reason.startswith("OutOf") else _POD_REASONS.get(reason)
    return _scratch_or(name, message(evidence.pod) or reason) if name else None


def _out_of_memory(evidence: Evidence) -> Found:
    killed = any(
        (s.get("terminated") or {}).get("reason") == "OOMKilled" for s in states(evidence.pod)
    )
    return ("out_of_memory", "") if killed else None


def _ended_by_itself(evidence: Evidence) -> Found:
    code = exit_code(evidence.pod)
    if code == ExitCode.OK:
        return "no_result", ""
    name = _ENDINGS.get(code) if code is not None else None
    return (name, _last_line(ended(evidence.pod).get("message", ""))) if name else None


def _deleted(evidence: Evidence) -> Found:
    if not (evidence.gone or evidence.pod.get("metadata", {}).get("deletionTimestamp")):
        return None
    for event in evidence.events:
        if name := _EVENTS.get(event.get("reason", "")):
            return name, event.get("message", "")
    return "deleted", ""


def _died(evidence: Evidence) -> Found:
    code = exit_code(evidence.pod)
    if code is None:
        return None
    return ("stopped", "") if code in _STOPPED else ("crashed", f"exit code {code}")


def _kept_from_starting(evidence: Evidence) -> Found:
    for state in states(evidence.pod):
        waiting = state.get("waiting") or {}
        said = waiting.get("message", "")
        name = _WAITING.get(waiting.get("reason", ""))
        if name == "image_not_pulled" and _NO_SUCH_IMAGE.search(said):
            name = "image_refused"
        if name:
            return name, said
    return None


def _without_a_node(evidence: Evidence) -> Found:
    for condition in conditions(evidence.pod, "PodScheduled"):
        if condition.get("status") == "False":
            gated = condition.get("reason") == "SchedulingGated"
            return "queued" if gated else "unschedulable", condition.get("message", "")
    return None


def _late(evidence: Evidence) -> Found:
    phase = status(evidence.pod).get("phase")
    if phase == "Running":
        return "deadline", ""
    if phase != "Pending":
        return None
    warnings = [e.get("message", "") for e in evidence.events if e.get("type") == "Warning"]
    missing = next((words for words in warnings if _NO_SUCH_CONFIG.search(words)), None)
    if missing:
        return "config_missing", missing
    return "not_started", warnings[-1] if warnings else ""


_RULES: tuple[Callable[[Evidence], Found], ...] = (
    _killed,
    _disrupted,
    _ended_by_its_node,
    _out_of_memory,
    _ended_by_itself,
    _deleted,
    _died,
    _kept_from_starting,
    _without_a_node,
    _late,
)


def _scratch_or(name: str, said: str) -> tuple[str, str]:
    full = name == "evicted" and _SCRATCH.search(said)
    return ("scratch_full" if full else name), said


def _last_line(message: str) -> str:
    lines = message.strip().splitlines()
    return lines[-1] if lines else ""
