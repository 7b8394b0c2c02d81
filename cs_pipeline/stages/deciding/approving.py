"""Asking a person about a candidate that waits, and doing what the answer says."""

from datetime import datetime
from typing import Literal

from cs_pipeline.language import Words
from cs_pipeline.records import Approval, Record
from cs_pipeline.registry import promotion
from cs_pipeline.registry.manifests import candidate_version
from cs_pipeline.registry.names import LAST, find_run
from cs_pipeline.stages.deciding import wording
from cs_pipeline.stages.deciding.promoting import (
    PromotionOutlook,
    discard_held,
    promote_held,
    promotion_outlook,
)
from cs_pipeline.stages.deciding.recompare import recompare
from cs_pipeline.stages.installation import Installation

Choice = Literal["promote", "hold", "discard"]


class Question(Record):
    """Which candidate it is about, and what answered customers when it was put (None: nothing)."""

    run_id: str
    version_id: str
    live_version: str | None


def question(installation: Installation, run: str = LAST) -> Question | None:
    """Prepare to ask about a run's candidate; None: it does not wait for a person.

    Where another model went live since the verdict, the two are compared again first.

    Raises:
        SettingsError: there is not one run of that name.
        CsPipelineError: the two could not be compared.
    """
    if run == LAST and installation.runs.last_verdict() is None:
        return None
    run_id = find_run(installation.runs, run)
    verdict = installation.runs.verdict(run_id)
    if verdict is None or verdict.decision != "hold" or not installation.runs.is_trained(run_id):
        return None
    outlook = promotion_outlook(installation, run_id)
    if outlook.live_changed and outlook.recomparison is None:
        recompare(installation, run_id)
    live = installation.models.live()
    version_id = candidate_version(installation.runs.result(run_id))
    if live is not None and live.version_id == version_id:
        return None
    return Question(
        run_id=run_id, version_id=version_id, live_version=live.version_id if live else None
    )


def question_words(installation: Installation, asked: Question) -> tuple[Words, Words]:
    """Title and text (Markdown) of a question: the models, the verdict, what the answers mean."""
    outlook = promotion_outlook(installation, asked.run_id)
    lines = [*_models(outlook), *_comparison(outlook), *_verdict(installation, asked.run_id)]
    report = installation.runs.folder_of(asked.run_id) / "report.html"
    lines.append(wording.report_line(str(report)))
    lines.append(wording.what_answers_mean(installation.settings.approval_timeout_hours))
    text = Words(
        ko="\n\n".join(line.ko for line in lines), en="\n\n".join(line.en for line in lines)
    )
    return wording.title(asked.version_id), text


def follow_answer(
    installation: Installation,
    asked: Question,
    choice: Choice,
    *,
    by: str | None,
    note: str,
    answered_at: datetime,
) -> bool:
    """Do what a person answered; False: another model went live meanwhile, so ask anew.

    Who answered what and when is kept with the run, and is where nothing came of it.

    Args:
        installation: whose.
        asked: the question.
        choice: the answer.
        by: who gave it; None: nobody did in time, and nothing goes live.
        note: why; may be blank.
        answered_at: when.

    Raises:
        GateNotMet: a rule stands against the candidate since.
    """
    choice = choice if by else "hold"
    live = installation.models.live()
    now = live.version_id if live else None
    outdated = choice == "promote" and now not in (asked.live_version, asked.version_id)
    reason = installation.mask_text(note.strip()) or str(wording.NO_REASON)
    approval = Approval(
        choice=choice,
        by=by or "",
        note=reason if by else str(wording.NOBODY),
        version_id=asked.version_id,
        live_version=asked.live_version,
        answered_at=answered_at,
        outdated=outdated,
        preference=installation.runs.preference_of(asked.run_id, asked.version_id),
    )
    installation.runs.add_approval(asked.run_id, approval)
    if outdated:
        return False
    if choice == "promote":
        promote_held(installation, run_id=asked.run_id, note=reason, by=by, action="approval")
    if choice == "discard":
        discard_held(installation, run_id=asked.run_id, note=reason, by=by)
    return True


def answer_words(asked: Question, choice: Choice, by: str | None) -> Words:
    """What was done, for a log."""
    return wording.done(choice if by else "hold", asked.version_id, by or "")


def outdated_words(installation: Installation, asked: Question) -> Words:
    """Why a candidate was not promoted although a person said so."""
    live = installation.models.live()
    return wording.outdated(asked.version_id, live.version_id if live else None)


def _models(outlook: PromotionOutlook) -> list[Words]:
    comes, goes = outlook.change.comes, outlook.change.goes
    live = (
        (goes.version_id, goes.loss_nats_per_token, goes.dataset_version) if goes else (None,) * 3
    )
    return [
        wording.candidate_line(comes.version_id, comes.loss_nats_per_token, comes.dataset_version),
        wording.live_line(*live),
    ]


def _comparison(outlook: PromotionOutlook) -> list[Words]:
    if outlook.recomparison is None:
        return []
    found = outlook.recomparison.comparison
    return [
        wording.compared_again(found.improvement, found.low, found.high, found.unit, found.rows)
    ]


def _verdict(installation: Installation, run_id: str) -> list[Words]:
    verdict = promotion.verdict_of(installation.runs, run_id)
    order = ("failed", "hold", "warning", "passed")
    reasons = [one for one in verdict.reasons if one.outcome in order]
    return wording.reason_lines(sorted(reasons, key=lambda one: order.index(one.outcome)))
