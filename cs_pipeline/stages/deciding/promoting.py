"""What people do to the live pointer: promote, hold, roll back, look at the history."""

from datetime import UTC, datetime
from typing import Literal

from cs_pipeline.errors import GateNotMet, SettingsError
from cs_pipeline.language import Words
from cs_pipeline.people import acting_person
from cs_pipeline.records import ModelVersion, Reason, Record, TrainResult, Verdict
from cs_pipeline.registry import promotion, wording
from cs_pipeline.registry.maintenance import Maintenance
from cs_pipeline.registry.manifests import candidate_version
from cs_pipeline.registry.moves import How, Move, live_at
from cs_pipeline.registry.names import LAST, find_run, find_version
from cs_pipeline.registry.overrides import binding_failures
from cs_pipeline.registry.rules_installation import (
    data_is_not_older,
    data_was_not_withdrawn,
    nobody_discarded_it,
    recomparison_is_not_worse,
)
from cs_pipeline.registry.runs import Recomparison
from cs_pipeline.stages.deciding.model_cards import (
    Change,
    ModelCard,
    candidate_card,
    card,
    soundness_of,
)
from cs_pipeline.stages.installation import Installation
from cs_pipeline.stages.models import keep_record
from cs_pipeline.stages.telling import nothing_fails, promotion_message


class PromotionOutlook(Record):
    """What stands against a candidate, before a person decides.

    `against` are rules that failed or are on hold; `live_changed`: another model went live since
    the verdict, and nothing is offered before `recomparison` is there.
    """

    run_id: str
    change: Change
    against: tuple[Reason, ...]
    binding: tuple[Reason, ...]
    live_changed: bool
    recomparison: Recomparison | None
    is_live: bool = False

    @property
    def needs_override(self) -> bool:
        """Whether a rule failed."""
        return any(reason.outcome == "failed" for reason in self.against)

    @property
    def compared(self) -> Words | None:
        """What came of comparing again with the model that is live now; None: nobody did."""
        again = self.recomparison
        if again is None:
            return None
        return recomparison_is_not_worse(again.comparison, again.live_version).words


def history(installation: Installation) -> list[Move]:
    """Every move of the pointer, oldest first.

    Raises:
        SettingsError: there is no installation.
    """
    installation.require()
    return installation.models.moves()


def how_words(how: How) -> Words:
    """How the pointer was moved, in words."""
    return wording.how(how)


def live_model_at(installation: Installation, moment: datetime) -> Move | None:
    """The move by which a model answered at a moment; None: none did yet."""
    return live_at(history(installation), moment)


def promotion_outlook(installation: Installation, run: str) -> PromotionOutlook:
    """What a person should see before promoting a run's candidate.

    Raises:
        SettingsError: there is no installation, or not one run of that name.
        GateNotMet: the run has no verdict yet.
    """
    installation.require()
    run_id = find_run(installation.runs, run)
    verdict = promotion.verdict_of(installation.runs, run_id)
    result = installation.runs.result(run_id)
    version_id = candidate_version(result)
    live = installation.models.live()
    compared = result.champion.version_id if result.champion else None
    now = live.version_id if live else None
    changed = now not in (compared, version_id)
    again = installation.runs.recomparison(run_id)
    recomparison = again if again and again.live_version == now else None
    goes = card(installation, now) if now and now != version_id else None
    return PromotionOutlook(
        run_id=run_id,
        change=Change(goes=goes, comes=candidate_card(installation, result)),
        against=_against(installation, verdict, result, goes, recomparison),
        binding=tuple(binding_failures(verdict)),
        live_changed=changed,
        recomparison=recomparison,
        is_live=now == version_id,
    )


def promote_held(
    installation: Installation,
    *,
    run_id: str,
    note: str,
    by: str | None = None,
    override: bool = False,
    action: Literal["approve", "approval"] = "approve",
) -> ModelVersion:
    """Promote a candidate because a person says so; its record and report follow.

    With `override` even one against which a rule stands, unless it leaks or is not this run's.

    Args:
        installation: whose.
        run_id: the run, as `find_run` knows it.
        note: why; not blank.
        by: who says so; None: the user of this process.
        override: over rules that failed; where none did it is an ordinary promotion.
        action: whether a person came by (`approve`) or was asked (`approval`).

    Raises:
        SettingsError: there is no such run, or the note is blank.
        GateNotMet: no verdict yet; a rule stands against it; another model went live since and
            nothing was compared again.
    """
    said = _reason(installation, note)
    installation.require()
    with installation.at_work.held("promote", by):
        outlook = promotion_outlook(installation, run_id)
        live, version_id = installation.models.live(), outlook.change.comes.version_id
        if live is None or live.version_id != version_id:
            _check(installation, outlook, override=override)
        model = promotion.promote_by_hand(
            installation.runs,
            installation.models,
            run_id=outlook.run_id,
            note=said,
            by=by,
            override=override and outlook.needs_override,
            action=action,
        )
        _follow(installation, outlook.run_id, status="promoted", model=model)
    _tell(installation, outlook, model)
    return model


def hold(installation: Installation, *, run_id: str, note: str, by: str | None = None) -> Verdict:
    """Keep a candidate that may be promoted from going live; its record and report follow.

    Raises:
        SettingsError: there is no such run, or the note is blank.
        GateNotMet: the run has no verdict yet, is rejected, or is live already.
    """
    said = _reason(installation, note)
    installation.require()
    with installation.at_work.held("hold", by):
        run_id = find_run(installation.runs, run_id)
        verdict = promotion.hold(
            installation.runs, installation.models, run_id=run_id, note=said, by=by
        )
        _follow(installation, run_id, status="held")
    return verdict


def discard_held(
    installation: Installation, *, run_id: str, note: str, by: str | None = None
) -> Verdict:
    """Reject a candidate that waits for a person; its record and report follow.

    Raises:
        SettingsError: there is no such run, or the note is blank.
        GateNotMet: the run has no verdict yet, or its candidate is live.
    """
    said = _reason(installation, note)
    installation.require()
    with installation.at_work.held("discard", by):
        run_id = find_run(installation.runs, run_id)
        verdict = promotion.discard(
            installation.runs, installation.models, run_id=run_id, note=said, by=by
        )
        _follow(installation, run_id, status="rejected")
    return verdict


def rollback_outlook(installation: Installation, to: str | None = None) -> Change:
    """What a rollback would take and bring; without `to`, the last version that is sound.

    Raises:
        SettingsError: there is no installation, nothing to go back to, no such version, or it is
            live already.
    """
    installation.require()
    soundness = soundness_of(installation)
    target = (
        soundness.last_sound() if to in (None, LAST) else find_version(installation.models, str(to))
    )
    live = installation.models.live()
    if live is not None and live.version_id == target:
        raise SettingsError.of(wording.is_live(target))
    return Change(
        goes=card(installation, live.version_id) if live else None,
        comes=card(installation, target),
    )


def rollback(
    installation: Installation,
    *,
    note: str = "",
    to: str | None = None,
    by: str | None = None,
    override: bool = False,
) -> ModelVersion:
    """Make an earlier version live again.

    Args:
        installation: whose.
        note: why; needed with `override`.
        to: the version, as `find_version` knows it; None: the last one that was live and is sound.
        by: who says so; None: the user of this process.
        override: even a version that was rejected, overridden, rolled away from, or trained on
            data that was withdrawn since.

    Raises:
        SettingsError: nothing to go back to, no such version, or no reason for an override.
        GateNotMet: the version is not sound.
        PointerConflict: somebody else moved the pointer meanwhile.
    """
    if override:
        _reason(installation, note)
    installation.require()
    with installation.at_work.held("rollback", by):
        change = rollback_outlook(installation, to)
        target, doubts = change.comes.version_id, change.comes.doubts
        if any(doubt.kind == "missing" for doubt in doubts):
            raise SettingsError.of(wording.not_in_store(target))
        if doubts and not override:
            raise GateNotMet.of(wording.not_sound(target, doubts))
        return installation.models.promote(
            target,
            expected_live=change.goes.version_id if change.goes else None,
            action="override" if doubts else "rollback",
            note=installation.mask_text(note),
            by=by or acting_person(),
        )


def switch_maintenance(
    installation: Installation, *, until: datetime, reason: str, by: str | None = None
) -> Maintenance:
    """Stop automatic promotion of all runs until a moment; one that has gone by ends it.

    Raises:
        SettingsError: there is no installation, or the reason is blank.
    """
    installation.require()
    said = _reason(installation, reason)
    return installation.maintenance.set(until, reason=said, by=by or acting_person())


def end_maintenance(installation: Installation, *, reason: str = "", by: str | None = None) -> None:
    """Let the gate promote again; without a reason, the one that it began for stays noted.

    Raises:
        SettingsError: there is no installation.
    """
    installation.require()
    switched = installation.maintenance.current()
    if switched is not None:
        said = installation.mask_text(reason.strip()) or switched.reason
        installation.maintenance.set(datetime.now(UTC), reason=said, by=by or acting_person())


def _against(
    installation: Installation,
    verdict: Verdict,
    result: TrainResult,
    live: ModelCard | None,
    again: Recomparison | None,
) -> tuple[Reason, ...]:
    """The verdict's reasons that did not pass, and what came since."""
    rules = {reason.rule: reason for reason in verdict.reasons}
    withdrawn = data_was_not_withdrawn(installation.notices.on(candidate_version(result)))
    older = data_is_not_older(result.dataset_version, live.dataset_version if live else None)
    discarded = nobody_discarded_it(verdict.override)
    rules |= {rule.rule: rule for rule in (withdrawn, older, discarded)}
    if again is not None:
        found = recomparison_is_not_worse(again.comparison, again.live_version)
        rules[found.rule] = found
    return tuple(reason for reason in rules.values() if reason.outcome in ("failed", "hold"))


def _check(installation: Installation, outlook: PromotionOutlook, *, override: bool) -> None:
    version_id = outlook.change.comes.version_id
    if outlook.live_changed and outlook.recomparison is None:
        live = outlook.change.goes.version_id if outlook.change.goes else ""
        raise GateNotMet.of(wording.live_model_changed(outlook.run_id, live))
    if outlook.needs_override and not override and not outlook.binding:
        failed = [reason.words for reason in outlook.against if reason.outcome == "failed"]
        raise GateNotMet.of(wording.needs_override(outlook.run_id, failed))
    result = installation.runs.result(outlook.run_id)
    checkpoint = installation.runs.checkpoint(outlook.run_id)
    if version_id not in installation.models.versions() and not all(
        (checkpoint / name).is_file() for name in result.checkpoint_files
    ):
        raise GateNotMet.of(wording.checkpoint_gone(version_id))


def _reason(installation: Installation, note: str) -> str:
    if not note.strip():
        raise SettingsError.of(wording.REASON_NEEDED)
    return installation.mask_text(note.strip())


def _tell(installation: Installation, outlook: PromotionOutlook, model: ModelVersion) -> None:
    with nothing_fails():
        goes, loss = outlook.change.goes, model.loss_nats_per_token
        before = goes.loss_nats_per_token if goes else None
        run_id, version_id = outlook.run_id, model.version_id
        message = promotion_message(run_id, version_id, loss=loss, before=before)
        installation.announcer.tell(message)


def _follow(installation: Installation, run_id: str, **changed: object) -> None:
    """The run's record and report say what became of it."""
    run = installation.runs.read(run_id)
    if run is not None:
        verdict = installation.runs.verdict(run_id)
        keep_record(installation, run.model_copy(update={**changed, "verdict": verdict}))
