"""Telling people what became of a run, and what broke. Nothing here fails what it tells of."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from cs_pipeline.language import Words
from cs_pipeline.notify import Delivery, Message, wording
from cs_pipeline.notify.messages import APPROVALS_PATH, run_path
from cs_pipeline.records import Outcome, RunRecord, Verdict
from cs_pipeline.registry.manifests import candidate_version
from cs_pipeline.stages.installation import Installation

log = logging.getLogger(__name__)


@contextmanager
def nothing_fails() -> Iterator[None]:
    """Telling is beside the work: an error in it is logged by its kind and ends here."""
    try:
        yield
    except Exception as error:
        log.warning("Could not tell anybody: %s", type(error).__name__)


def tell_of_run(installation: Installation, run: RunRecord) -> None:
    """Tell of a run's end, of rows to correct, and that all is well again. Raises nothing."""
    with nothing_fails():
        announcer = installation.announcer
        if run.status == "failed":
            if not announcer.was_told_of(run.run_id, "failed"):
                announcer.tell(_failed(run.run_id, None, run.training_problem))
        else:
            announcer.settle(["failed"])
        for message in _messages(run):
            announcer.tell(message)


def tell_failure(
    installation: Installation,
    *,
    run_id: str,
    step: str,
    name: Words,
    why: Words | None,
    dag_id: str = "cs_retrain",
) -> None:
    """Tell which step of a run broke and why. Raises nothing.

    Args:
        installation: whose.
        run_id: the run.
        step: an identifier: the same step is told of once an hour.
        name: what people call it.
        why: in words that hold no customer's; None: not known.
        dag_id: whose run it is.
    """
    with nothing_fails():
        changed = {"key": f"failed:{step}", "path": run_path(run_id, dag_id)}
        installation.announcer.tell(_failed(run_id, name, why).model_copy(update=changed))


def send_test_message(installation: Installation) -> list[Delivery]:
    """Send every channel a test; says what became of each."""
    return installation.announcer.test()


def approval_message(run_id: str, verdict: Verdict, version_id: str) -> Message:
    """A candidate waits for a person."""
    return Message(
        kind="approval",
        key=f"approval:{run_id}",
        words=wording.approval(version_id, _first(verdict, "hold")),
        path=APPROVALS_PATH,
        run_id=run_id,
    )


def promotion_message(
    run_id: str, version_id: str, *, loss: float | None, before: float | None
) -> Message:
    """A model went live."""
    return Message(
        kind="promoted",
        key=f"promoted:{version_id}",
        words=wording.promoted(version_id, loss, before),
        path=run_path(run_id),
        run_id=run_id,
    )


def _messages(run: RunRecord) -> Iterator[Message]:
    if run.status == "promoted" and run.model is not None:
        champion = run.result.champion if run.result else None
        before = champion.score.loss_nats_per_token if champion and champion.score else None
        loss = run.model.loss_nats_per_token
        yield promotion_message(run.run_id, run.model.version_id, loss=loss, before=before)
    if run.status == "rejected" and run.verdict is not None:
        yield Message(
            kind="rejected",
            key=f"rejected:{run.run_id}",
            words=wording.rejected(_first(run.verdict, "failed")),
            path=run_path(run.run_id),
            run_id=run.run_id,
        )
    if run.status == "kept":
        yield Message(
            kind="kept",
            key=f"kept:{run.run_id}",
            words=wording.kept(),
            path=run_path(run.run_id),
            run_id=run.run_id,
        )
    if run.status == "held" and run.verdict is not None and run.result is not None:
        yield approval_message(run.run_id, run.verdict, candidate_version(run.result))
    yield from _rows_to_correct(run)


def _rows_to_correct(run: RunRecord) -> Iterator[Message]:
    whole = sum(report.quarantined is not None for report in run.reports)
    partly = [report for report in run.reports if report.refused and not report.quarantined]
    rows = sum(sum(report.refused.values()) for report in partly)
    if rows or whole:
        yield Message(
            kind="rows_to_correct",
            key=f"rows_to_correct:{run.run_id}",
            words=wording.rows_to_correct(rows, len(partly), whole),
            path=run_path(run.run_id),
            run_id=run.run_id,
        )


def _failed(run_id: str, step: Words | None, why: Words | None) -> Message:
    return Message(
        kind="failed",
        key="failed:run",
        words=wording.failed(step, why),
        path=run_path(run_id),
        run_id=run_id,
    )


def _first(verdict: Verdict, outcome: Outcome) -> Words | None:
    """The first reason with this outcome."""
    return next((one.words for one in verdict.reasons if one.outcome == outcome), None)
