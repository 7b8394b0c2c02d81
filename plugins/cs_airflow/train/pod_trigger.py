"""Watches a training's pod from the triggerer, and remembers what was last seen of it.

The provider's trigger ends at the first log that cannot be read, waits a quarter of an hour for a
Secret that is not there, and tells nothing of a pod that is gone.
"""

import time
from functools import cached_property
from typing import Any

from airflow.providers.cncf.kubernetes.triggers.pod import KubernetesPodTrigger
from airflow.providers.cncf.kubernetes.utils.pod_manager import (
    AsyncPodManager,
    PodLaunchFailedException,
)
from kubernetes.client import ApiClient

from cs_airflow.train.causes import start_problem

LAST_SEEN, FAULTS = "last_seen", "watch_faults"
# Beyond the grace, for the API server and the kubelet to agree that a pod is gone.
MARGIN_SECONDS = 60
_STEADY_SECONDS = 60.0


def as_json(model: Any) -> Any:
    """An object of either of Kubernetes' clients as the JSON of its API."""
    return ApiClient().sanitize_for_serialization(model)


class _WatchedPods(AsyncPodManager):
    """Reads of the trigger; each pod that comes by is noted."""

    def __init__(self, trigger: "TrainPodTrigger") -> None:
        super().__init__(async_hook=trigger.hook)
        self._trigger = trigger

    async def read_pod(self, pod: Any) -> Any:
        """The pod as it is now.

        Raises:
            PodLaunchFailedException: it waits for what does not come by itself.
        """
        found = await super().read_pod(pod)
        if problem := start_problem(self._trigger.note(found)):
            raise PodLaunchFailedException(problem)
        return found

    async def fetch_container_logs_before_current_sec(
        self, pod: Any, container_name: str, since_time: Any = None
    ) -> Any:
        """Pass the log on; what cannot be read now is read the next time."""
        try:
            return await super().fetch_container_logs_before_current_sec(
                pod, container_name=container_name, since_time=since_time
            )
        except Exception as error:
            # Whatever it is: the training does not depend on it.
            self.log.warning("The pod's log could not be read: %s", type(error).__name__)
            return since_time


class TrainPodTrigger(KubernetesPodTrigger):
    """The provider's trigger; each of its events tells what was last seen of the pod."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._watched_since = time.monotonic()
        self._going_since: float | None = None

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """Class path and arguments, from which the triggerer makes this trigger again."""
        return f"{__name__}.{type(self).__qualname__}", super().serialize()[1]

    @cached_property
    def pod_manager(self) -> AsyncPodManager:
        """What the provider's code reads pods and logs with."""
        return _WatchedPods(self)

    async def _get_pod(self) -> Any:
        pod = await super()._get_pod()
        if "deletionTimestamp" in self.note(pod)["metadata"]:
            self._end_the_watch_of_a_pod_that_stays()
        return pod

    def _end_the_watch_of_a_pod_that_stays(self) -> None:
        """A node that does not answer keeps a deleted pod for ever, and shows it as running."""
        self._going_since = self._going_since or time.monotonic()
        seconds = (self.termination_grace_period or 0) + MARGIN_SECONDS
        if time.monotonic() - self._going_since > seconds:
            raise TimeoutError(f"the pod was deleted and is still there after {seconds:.0f} s")

    def note(self, pod: Any) -> dict[str, Any]:
        """Keep what decides on the cause of the pod's end, for the event; returns it."""
        found = as_json(pod)
        told = {"name", "namespace", "uid", "deletionTimestamp"}
        metadata = {name: value for name, value in found["metadata"].items() if name in told}
        spec = {"nodeName": found.get("spec", {}).get("nodeName")}
        seen = {"metadata": metadata, "spec": spec, "status": found.get("status") or {}}
        self.trigger_kwargs[LAST_SEEN] = seen
        if time.monotonic() - self._watched_since > _STEADY_SECONDS:
            self.trigger_kwargs[FAULTS] = 0
        return seen
