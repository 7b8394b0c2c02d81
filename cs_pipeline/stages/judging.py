"""From a training result to a verdict, and to the live pointer where the gate says so."""

from collections.abc import Iterator
from contextlib import suppress

from cs_pipeline.config import GateLimits, RunOptions
from cs_pipeline.errors import DamagedObject, GateNotMet, ObjectNotFound
from cs_pipeline.moments import shown_moment
from cs_pipeline.records import DatasetVersion, ModelVersion, Reason, TrainResult, Verdict
from cs_pipeline.registry import promotion
from cs_pipeline.registry.gate import decide
from cs_pipeline.registry.manifests import candidate_version
from cs_pipeline.registry.notices import WithdrawalNotice
from cs_pipeline.registry.overrides import carried_over, described
from cs_pipeline.registry.rules_golden import golden_questions_were_asked
from cs_pipeline.registry.rules_installation import (
    data_is_not_older,
    data_was_not_withdrawn,
    limits_are_not_loosened,
    promotion_is_not_suspended,
    with_reasons,
)
from cs_pipeline.registry.rules_preference import people_prefer_it
from cs_pipeline.registry.wording import OUTCOME_ORDER, outcome_words, trained_on_withdrawn_data
from cs_pipeline.stages import wording
from cs_pipeline.stages.forgetting.traces import Traces
from cs_pipeline.stages.installation import Installation


def gate(
    installation: Installation, *, run_id: str, dataset: DatasetVersion, options: RunOptions
) -> Verdict:
    """Judge the run's `result.json` and keep the verdict; a rejected model leaves the store.

    What a person decided on this candidate before still holds when its gate runs again. Of a run
    whose data was withdrawn while it was trained, what it left of that data is erased.

    Raises:
        SomebodyAtWork: a person decides on a model in this moment.
    """
    result = installation.runs.result(run_id)
    limits = installation.settings.group(GateLimits, options)
    judged = decide(result, run_id=run_id, dataset=dataset, limits=limits)
    with installation.at_work.held("gate"):
        verdict = _kept(installation, result, judged, options)
        promotion.discard_rejected(installation.models, verdict, result)
        if any(reason.rule == "data_was_not_withdrawn" for reason in verdict.reasons):
            Traces(installation, {result.dataset_version}).erase()
    return verdict


def _kept(
    installation: Installation, result: TrainResult, judged: Verdict, options: RunOptions
) -> Verdict:
    """The whole verdict, on record."""
    run_id = result.run_id
    verdict = carried_over(
        with_reasons(judged, _occasion(installation, result, options)),
        installation.runs.verdict(run_id),
        version_id=candidate_version(result),
    )
    installation.runs.save_verdict(verdict)
    _keep_checkpoint(installation, verdict, result)
    return verdict


def _occasion(
    installation: Installation, result: TrainResult, options: RunOptions
) -> Iterator[Reason]:
    """Rules on what the gate's own do not see: this run's limits, the live model, maintenance."""
    settings = installation.settings
    if notice := _noticed(installation, result):
        yield data_was_not_withdrawn(notice)
    wanted = settings.golden_questions is not None
    yield from golden_questions_were_asked(wanted, result.golden)
    yield from preferred_by_people(installation, result)
    yield limits_are_not_loosened(options, settings)
    yield data_is_not_older(result.dataset_version, _live_dataset(installation))
    switched = installation.maintenance.current()
    until = shown_moment(switched.until, installation.zone) if switched else ""
    yield promotion_is_not_suspended(switched, until)


def preferred_by_people(installation: Installation, result: TrainResult) -> Iterator[Reason]:
    """What people said of the candidate's answers beside those of the model that is live now."""
    run_id = result.run_id
    preference = installation.runs.preference_of(run_id, candidate_version(result))
    live = installation.models.live()
    version = live.version_id if live else None
    limits = installation.settings.group(GateLimits)
    yield from people_prefer_it(preference, version, run_id, limits)


def _live_dataset(installation: Installation) -> str | None:
    """The live model's dataset version; None where none is live or it is damaged."""
    with suppress(ObjectNotFound, DamagedObject):
        live = installation.models.live_version()
        return live.dataset_version if live else None
    return None


def _noticed(installation: Installation, result: TrainResult) -> WithdrawalNotice | None:
    """The candidate's mark; one whose data was withdrawn while it was trained gets it here."""
    from cs_pipeline.dataset.withdraw import diminished

    version_id, dataset_version = candidate_version(result), result.dataset_version
    notice = installation.notices.on(version_id)
    if notice is None and dataset_version in diminished(installation.versions):
        notice = installation.notices.mark(version_id, dataset_version=dataset_version)
    return notice


def _keep_checkpoint(installation: Installation, verdict: Verdict, result: TrainResult) -> None:
    """Fetch a rejected candidate that was trained elsewhere, before it leaves the model store.

    A person may still promote it.
    """
    checkpoint = installation.runs.checkpoint(result.run_id)
    if verdict.decision == "reject" and result.trained_by and not checkpoint.exists():
        with suppress(ObjectNotFound):  # an earlier gate discarded it
            installation.models.pull(checkpoint, candidate_version(result))


def explain_verdict(installation: Installation, *, run_id: str) -> list[str]:
    """The reasons of a run's verdict, one line each, in the reader's language.

    A person's decision in its place stands first, then what failed, waits or warns; the path of the
    report comes last.
    """
    verdict = installation.runs.verdict(run_id)
    if verdict is None:
        return []
    override = [str(described(verdict.override))] if verdict.override else []
    reasons = sorted(verdict.reasons, key=lambda reason: OUTCOME_ORDER.index(reason.outcome))
    told = [f"{outcome_words(reason.outcome)}: {reason.words}" for reason in reasons]
    report = installation.runs.folder_of(run_id) / "report.html"
    return [*override, *told, str(wording.report(report))]


def promote(installation: Installation, *, run_id: str) -> ModelVersion:
    """Publish the checkpoint of a run whose verdict is `promote` and make it live.

    Raises:
        GateNotMet: the verdict is another one, or since then data of the candidate was withdrawn or
            automatic promotion was switched off.
        PointerConflict: the live model is no longer the one that the gate compared with.
    """
    with installation.at_work.held("promote"):
        _refuse_what_came_since(installation, run_id)
        return promotion.promote(installation.runs, installation.models, run_id=run_id)


def _refuse_what_came_since(installation: Installation, run_id: str) -> None:
    if not installation.runs.is_trained(run_id):
        return
    version_id = candidate_version(installation.runs.result(run_id))
    live = installation.models.live()
    if live is not None and live.version_id == version_id:
        return
    if installation.notices.on(version_id) is not None:
        raise GateNotMet.of(trained_on_withdrawn_data(version_id))
    verdict = installation.runs.verdict(run_id)
    if (switched := installation.maintenance.current()) and not (verdict and verdict.override):
        until = shown_moment(switched.until, installation.zone)
        raise GateNotMet.of(promotion_is_not_suspended(switched, until).words)
