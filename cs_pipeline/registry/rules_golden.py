"""Rules on a site's own golden questions."""

from collections.abc import Iterator

from cs_pipeline.config import GateLimits
from cs_pipeline.records import GoldenMeasures, Outcome, Reason
from cs_pipeline.registry import wording_answers as wording
from cs_pipeline.registry.reasons import passed, reason


def golden_rules(golden: GoldenMeasures | None, limits: GateLimits) -> Iterator[Reason]:
    """Whether enough golden questions are met, and none is lost that the live model meets."""
    if golden is None:
        yield reason(
            "golden_questions_are_met",
            "not_applicable",
            words=wording.NO_GOLDEN,
        )
        return
    yield golden_questions_are_met(golden, limits)
    yield no_golden_question_is_lost(golden, limits)


def golden_questions_were_asked(wanted: bool, golden: GoldenMeasures | None) -> Iterator[Reason]:
    """A site that has golden questions wants every candidate to be asked them."""
    if wanted and golden is None:
        yield reason(
            "golden_questions_were_asked",
            "hold",
            words=wording.GOLDEN_NOT_ASKED,
        )


def golden_questions_are_met(golden: GoldenMeasures, limits: GateLimits) -> Reason:
    """The least share of them must be met."""
    share, least = golden.met / golden.questions, limits.min_golden_share
    enough = share >= least
    return reason(
        "golden_questions_are_met",
        passed(enough),
        measured=share,
        limit=least,
        words=wording.golden_met(golden, least, enough=enough),
    )


def no_golden_question_is_lost(golden: GoldenMeasures, limits: GateLimits) -> Reason:
    """What the live model answers well, the candidate must answer well, too."""
    rule, lost = "no_golden_question_is_lost", len(golden.lost)
    if golden.live_met is None:
        return reason(
            rule,
            "not_applicable",
            words=wording.NO_GOLDEN_OF_A_LIVE_MODEL,
        )
    when_lost: Outcome = "warning" if limits.allow_golden_loss else "failed"
    return reason(
        rule,
        when_lost if lost else "passed",
        measured=lost,
        limit=0,
        words=wording.golden_lost(golden.lost),
    )
