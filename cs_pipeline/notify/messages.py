"""What is told: a sentence in both languages, and what tells it from other messages."""

from datetime import timedelta
from typing import Literal
from urllib.parse import quote

from cs_pipeline.config import NotifyKind
from cs_pipeline.language import Words
from cs_pipeline.records import Record

Level = Literal["info", "success", "warning", "failure"]

FAULT_AGAIN = timedelta(hours=1)
"""The same fault is told at most so often."""
WAITING_AGAIN = timedelta(hours=24)
"""What waits for a person is told again after that."""

_LEVELS: dict[NotifyKind, Level] = {
    "promoted": "success",
    "recovered": "success",
    "rejected": "info",
    "kept": "info",
    "nothing_new": "info",
    "rows_to_correct": "warning",
    "approval": "warning",
    "inbox_stuck": "warning",
    "run_late": "warning",
    "watcher_silent": "failure",
    "disk_low": "failure",
    "failed": "failure",
}
_AGAIN: dict[NotifyKind, timedelta] = {
    "approval": WAITING_AGAIN,
    "nothing_new": WAITING_AGAIN,
    "failed": FAULT_AGAIN,
    "inbox_stuck": FAULT_AGAIN,
    "watcher_silent": FAULT_AGAIN,
    "disk_low": FAULT_AGAIN,
    "run_late": FAULT_AGAIN,
}


class Message(Record):
    """One thing to tell.

    `key` is the same for the same thing: a fault, or what became of one run. `path` is where its
    link leads, below Airflow's address; `run_id` is the run that it is about, None: no run.
    """

    kind: NotifyKind
    key: str
    words: Words
    path: str = "/dags/cs_retrain"
    run_id: str | None = None

    @property
    def level(self) -> Level:
        """How a channel may colour it."""
        return _LEVELS[self.kind]

    @property
    def again_after(self) -> timedelta | None:
        """When the same may be told again; None: never."""
        return _AGAIN.get(self.kind)


APPROVALS_PATH = "/required_actions?response_received=false"
"""Airflow's page of questions that wait for an answer."""


def run_path(run_id: str, dag_id: str = "cs_retrain") -> str:
    """Airflow's page of a run."""
    return f"/dags/{dag_id}/runs/{quote(run_id, safe='')}"
