"""Pods as the API shows them at their end, for tests."""

from typing import Any

Json = dict[str, Any]


def pod(phase: str = "Running", **status: Any) -> Json:
    """A pod with a node; what is None is left out."""
    known = {
        "phase": phase,
        "conditions": [{"type": "PodScheduled", "status": "True"}],
        "startTime": "2026-11-29T03:00:00Z",
    } | status
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "cs-train-x7", "namespace": "chat", "uid": "u-1"},
        "spec": {"nodeName": "gpu-3", "containers": [{"name": "base"}]},
        "status": {name: value for name, value in known.items() if value is not None},
    }


def container(name: str = "base", **state: Any) -> Json:
    return {"name": name, "ready": False, "restartCount": 0, "image": "t", "imageID": "",
            "state": state}  # fmt: skip


def died(code: int, reason: str = "Error", message: str = "") -> list[Json]:
    ended = {
        "exitCode": code,
        "reason": reason,
        "startedAt": "2026-11-29T03:00:00Z",
        "finishedAt": "2026-11-29T03:10:00Z",
    }
    return [container(terminated=ended | ({"message": message} if message else {}))]


def waits(reason: str, message: str = "", name: str = "base") -> list[Json]:
    return [container(name, waiting={"reason": reason, "message": message})]


def disrupted(reason: str, status: str = "True", message: str = "") -> list[Json]:
    target = {"type": "DisruptionTarget", "status": status, "reason": reason, "message": message}
    return [{"type": "PodScheduled", "status": "True"}, target]


def unscheduled(reason: str, message: str) -> list[Json]:
    return [{"type": "PodScheduled", "status": "False", "reason": reason, "message": message}]


def event(reason: str, message: str, kind: str = "Warning") -> Json:
    return {"type": kind, "reason": reason, "message": message}


def terminating(made: Json) -> Json:
    return made | {"metadata": made["metadata"] | {"deletionTimestamp": "2026-11-29T03:09:00Z"}}
