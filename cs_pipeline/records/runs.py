"""Verdicts, live models and the record of a run."""

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from cs_pipeline.language import Words
from cs_pipeline.records.base import Record
from cs_pipeline.records.data import DatasetVersion, MaskedShard, ValidationReport
from cs_pipeline.records.preference import Preference
from cs_pipeline.records.training import TrainResult

Decision = Literal["promote", "reject", "hold"]
Outcome = Literal["passed", "warning", "failed", "hold", "kept", "not_applicable"]


class Reason(Record):
    """One gate rule's outcome, in figures and in words; a warning blocks nothing.

    A rule that had nothing to judge is `not_applicable`. `kept`: nothing is wrong with the
    candidate, but it cannot be told from the live model, which therefore stays.
    """

    rule: str
    outcome: Outcome
    measured: float | None = None
    limit: float | None = None
    words: Words


class Override(Record):
    """A person's decision in the place of the gate's, and why.

    `version_id` is the candidate that it is about, `previous` what held until then, `preference`
    what people had said of its answers by then.
    """

    decision: Decision
    previous: Decision
    version_id: str
    note: str
    by: str
    decided_at: datetime
    preference: Preference | None = None


class Approval(Record):
    """A person's answer about a candidate, when asked; `by` is empty where nobody answered in time.

    `live_version` is what answered customers when the question was put, None: nothing. `outdated`:
    another model went live before the answer, which was not followed. `preference` is what people
    had said of its answers by then.
    """

    choice: Literal["promote", "hold", "discard"]
    by: str
    note: str = ""
    version_id: str
    live_version: str | None
    answered_at: datetime
    outdated: bool = False
    preference: Preference | None = None


class Verdict(Record):
    """The decision about one run's candidate: the gate's, or a person's where `override` is set.

    `reasons` are the gate's in either case.
    """

    run_id: str
    decision: Decision
    dataset_version: str
    dataset_sha256: str
    reasons: tuple[Reason, ...]
    decided_at: datetime
    override: Override | None = None

    @property
    def is_kept(self) -> bool:
        """Rejected for no other reason than that it cannot be told from the live model."""
        outcomes = {reason.outcome for reason in self.reasons}
        alone = "kept" in outcomes and "failed" not in outcomes
        return self.decision == "reject" and self.override is None and alone


class ModelVersion(Record):
    """One immutable model in the store, as `live.json` points at it."""

    version_id: str
    uri: str
    manifest_sha256: str
    run_id: str
    dataset_version: str
    base_model: str
    loss_nats_per_token: float | None
    previous_version_id: str | None = None
    promoted_at: datetime


RunStatus = Literal[
    "promoted", "rejected", "kept", "held", "refused", "nothing_to_do", "failed", "compared"
]
"""`kept`: the candidate cannot be told from the live model, which stays. `compared`: trained to be
compared with others; no gate has seen it."""


class RunRecord(Record):
    """One run from end to end; what the history shows. Missing parts were not reached.

    `training_problem` says why the last pod of a run without a candidate ended, where it had
    one.
    """

    run_id: str
    status: RunStatus
    finished_at: datetime
    options: dict[str, Any] = Field(default_factory=dict)
    reports: tuple[ValidationReport, ...] = ()
    shards: tuple[MaskedShard, ...] = ()
    dataset: DatasetVersion | None = None
    result: TrainResult | None = None
    verdict: Verdict | None = None
    model: ModelVersion | None = None
    training_problem: Words | None = None
