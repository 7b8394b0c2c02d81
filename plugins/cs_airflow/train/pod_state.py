"""What the JSON of a pod says of its state. Every part of it may still be missing."""

from collections.abc import Iterator, Mapping
from typing import Any

from cs_airflow.train.template import BASE

Json = Mapping[str, Any]


def exit_code(pod: Json) -> int | None:
    """The trainer's exit code, None while it has none."""
    code = ended(pod).get("exitCode")
    return None if code is None else int(code)


def status(pod: Json) -> Json:
    """The part that the cluster writes."""
    return pod.get("status") or {}


def message(pod: Json) -> str:
    """What the node said of the pod's end."""
    return str(status(pod).get("message") or "")


def conditions(pod: Json, kind: str) -> list[Json]:
    """Its conditions of one type."""
    return [c for c in status(pod).get("conditions") or [] if c.get("type") == kind]


def states(pod: Json) -> Iterator[Json]:
    """States of all containers, those that prepare the pod first."""
    for kind in ("initContainerStatuses", "containerStatuses"):
        for container in status(pod).get(kind) or []:
            yield container.get("state") or {}


def ended(pod: Json) -> Json:
    """How the trainer's own container ended."""
    for container in status(pod).get("containerStatuses") or []:
        if container.get("name") == BASE:
            return (container.get("state") or {}).get("terminated") or {}
    return {}
