"""What is kept of a run's pods in its folder, and what the next pod follows from it."""

from collections.abc import Sequence
from datetime import UTC, datetime

from cs_airflow.train.causes import Cause
from cs_airflow.train.memory import doubled
from cs_airflow.train.pod_state import Json, status
from cs_airflow.train.wording import sentence
from cs_pipeline.config import Pods
from cs_pipeline.records import TrainingPod, TrainingPods
from cs_pipeline.stages import Installation

_MEMORY_CAUSES = {"out_of_memory", "memory_exhausted"}


class PodHistory:
    """The pods of one run, in `runs/<run key>/pod.json`."""

    def __init__(self, installation: Installation, run_id: str) -> None:
        self._runs = installation.runs
        self._run_id = run_id
        self._asked = installation.settings.group(Pods)

    def memory_of_next(self) -> str:
        """What the settings ask for; twice that of a pod that ran out of it."""
        last, limit = self._known().newest, self._asked.pod_memory_limit
        if last is None or last.cause not in _MEMORY_CAUSES:
            return self._asked.pod_memory
        return doubled(last.memory, limit) or limit

    def began(self, name: str, *, memory: str, attempt: int) -> None:
        """A pod was made. Its cause is what is true if nobody ever comes to look for its end."""
        self._keep(
            TrainingPod(
                name=name,
                memory=memory,
                attempt=attempt,
                created_at=datetime.now(UTC),
                cause="killed",
                words=sentence("killed"),
            )
        )

    def ended(
        self, name: str, cause: Cause, *, pod: Json, events: Sequence[Json], log: Sequence[str]
    ) -> Cause:
        """A pod ended; returns its cause, which may be graver than the pod alone shows."""
        known = next((made for made in self._known().pods if made.name == name), None)
        if known is None:
            return cause
        limit = self._asked.pod_memory_limit
        if cause.name == "out_of_memory" and doubled(known.memory, limit) is None:
            cause = Cause("memory_exhausted", sentence("memory_exhausted"))
        changes = {
            "ended_at": datetime.now(UTC),
            "cause": cause.name,
            "words": cause.words,
            "status": dict(status(pod)),
            "events": tuple(map(dict, events)),
            "log": tuple(log),
        }
        self._keep(known.model_copy(update=changes))
        return cause

    def ended_well(self) -> None:
        """There is a result: whatever ended the newest pod, its work was done."""
        newest = self._known().newest
        if newest and newest.cause:
            self._keep(newest.model_copy(update={"cause": None, "words": None}))

    def _known(self) -> TrainingPods:
        return self._runs.pods(self._run_id)

    def _keep(self, pod: TrainingPod) -> None:
        self._runs.save_pods(self._run_id, self._known().with_pod(pod))
