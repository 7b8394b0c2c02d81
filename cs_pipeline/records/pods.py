"""The pods that a training had: what is kept of them once the cluster has deleted them."""

from datetime import datetime
from typing import Any

from pydantic import Field

from cs_pipeline.language import Words
from cs_pipeline.records.base import Record


class TrainingPod(Record):
    """One pod. `cause` and `words` say why it ended without a result; None: it ended well.

    While `ended_at` is None they say what is true if nobody comes to look for its end. `status` and
    `events` are Kubernetes' own, `log` the last lines of the trainer.
    """

    name: str
    memory: str
    attempt: int
    created_at: datetime
    ended_at: datetime | None = None
    cause: str | None = None
    words: Words | None = None
    status: dict[str, Any] = Field(default_factory=dict)
    events: tuple[dict[str, Any], ...] = ()
    log: tuple[str, ...] = ()


class TrainingPods(Record):
    """All pods of one run, oldest first."""

    pods: tuple[TrainingPod, ...] = ()

    @property
    def newest(self) -> TrainingPod | None:
        """The pod that was made last."""
        return self.pods[-1] if self.pods else None

    def with_pod(self, pod: TrainingPod) -> "TrainingPods":
        """The same with one pod more, or with what became of one of them."""
        if all(known.name != pod.name for known in self.pods):
            return TrainingPods(pods=(*self.pods, pod))
        return TrainingPods(pods=tuple(pod if p.name == pod.name else p for p in self.pods))
