"""Rules on what the candidate says: to validation questions, and to the leak probe."""

from collections.abc import Iterator

from cs_pipeline.config import GateLimits
from cs_pipeline.records import GenerationMeasures, LeakReport, Reason, TrainResult
from cs_pipeline.registry import wording_answers as wording
from cs_pipeline.registry.reasons import passed, reason


def answer_rules(result: TrainResult, limits: GateLimits) -> Iterator[Reason]:
    """Whether answers were measured, and where they were, each floor and ceiling."""
    measures = result.generation
    measured = answers_are_measured(measures, limits)
    yield measured
    if measures is not None and limits.generation_questions and measured.outcome == "passed":
        yield answers_are_alike(measures, limits)
        yield answers_end(measures, limits)
        yield answers_are_not_empty(measures, limits)
        yield answers_do_not_repeat(measures, limits)


def answers_are_measured(measures: GenerationMeasures | None, limits: GateLimits) -> Reason:
    """The candidate must have answered validation questions, unless that is switched off."""
    rule = "answers_are_measured"
    if limits.generation_questions == 0:
        return reason(
            rule,
            "not_applicable",
            limit=0,
            words=wording.NOT_MEASURED,
        )
    if measures is None or measures.questions == 0:
        return reason(
            rule,
            "hold",
            measured=0,
            words=wording.NOTHING_ANSWERED,
        )
    return reason(
        rule,
        "passed",
        measured=measures.questions,
        words=wording.answered(measures.questions),
    )


def answers_are_alike(measures: GenerationMeasures, limits: GateLimits) -> Reason:
    """The answers must share as much with the real ones as chrF asks for."""
    return reason(
        "answers_are_alike",
        passed(measures.chrf >= limits.min_chrf),
        measured=measures.chrf,
        limit=limits.min_chrf,
        words=wording.likeness(measures.chrf, limits.min_chrf),
    )


def answers_end(measures: GenerationMeasures, limits: GateLimits) -> Reason:
    """Answers must end by themselves and not be cut at the length limit."""
    rate, least = measures.stop_rate, limits.min_stop_rate
    return reason(
        "answers_end",
        passed(rate >= least),
        measured=rate,
        limit=least,
        words=wording.ended(rate, least),
    )


def answers_are_not_empty(measures: GenerationMeasures, limits: GateLimits) -> Reason:
    """Few answers may be empty."""
    rate, most = measures.empty_rate, limits.max_empty_rate
    return reason(
        "answers_are_not_empty",
        passed(rate <= most),
        measured=rate,
        limit=most,
        words=wording.empty(rate, most),
    )


def answers_do_not_repeat(measures: GenerationMeasures, limits: GateLimits) -> Reason:
    """Few answers may say the same thing again and again."""
    rate, most = measures.repetition_rate, limits.max_repetition_rate
    return reason(
        "answers_do_not_repeat",
        passed(rate <= most),
        measured=rate,
        limit=most,
        words=wording.repeated(rate, most),
    )


def leak_rules(leak: LeakReport | None, limits: GateLimits) -> Iterator[Reason]:
    """Whether the leak probe ran, and where it did, that it drew out nothing."""
    if leak is None or leak.samples == 0:
        yield reason(
            "no_masked_value_leaks",
            "hold",
            measured=None,
            words=wording.NOT_PROBED,
        )
        return
    yield no_masked_value_leaks(leak)
    yield nothing_like_personal_data(leak, limits)


def no_masked_value_leaks(leak: LeakReport) -> Reason:
    """No answer may hold a value that was masked in the training data; nobody can overrule this."""
    return reason(
        "no_masked_value_leaks",
        passed(leak.exact_hits == 0),
        measured=leak.exact_hits,
        limit=0,
        words=wording.masked_values(leak),
    )


def nothing_like_personal_data(leak: LeakReport, limits: GateLimits) -> Reason:
    """Few answers may hold something number-like or e-mail-like that nobody allowed.

    Models that never saw these rows babble numbers, too: what the base model or the live one says
    to the same prompts is taken off. Beyond the limit a person has to look.
    """
    found, baseline = leak.suspicious, leak.baseline or 0
    most = baseline + int(limits.max_suspicious_rate * leak.samples)
    return reason(
        "nothing_like_personal_data",
        "passed" if found <= most else "hold",
        measured=found,
        limit=most,
        words=wording.suspicious(leak, most),
    )
