"""Rules on the data: may it judge a model, and does it teach what customers are to hear?"""

from collections.abc import Iterator

from cs_pipeline.config import GateLimits
from cs_pipeline.records import ContentMeasures, Outcome, Reason, TrainResult
from cs_pipeline.registry import wording_content as wording
from cs_pipeline.registry.reasons import passed, reason

_SHORT_SHA = 12


def content_rules(result: TrainResult, limits: GateLimits, *, left_out: int) -> Iterator[Reason]:
    """Whether the content was looked at, and where it was, each rule on it.

    `left_out` counts the masking misses that the dataset was made without; the trainer looks for
    others.
    """
    content = result.content
    if content is None:
        yield reason(
            "content_is_measured",
            "hold",
            words=wording.NOT_MEASURED,
        )
        return
    yield masking_is_complete(
        left_out + content.masking_misses, result.train_rows + result.candidate.rows
    )
    yield validation_is_unseen(content, result.candidate.rows)
    yield answers_differ(content, limits)
    yield answers_fit_questions(content, result.candidate.rows, limits)
    yield known_rows_are_kept(content, limits)
    yield answers_stay_alike(content)


def masking_is_complete(missed: int, rows: int) -> Reason:
    """Rows that hold a value masked elsewhere are left out; many of them need a person."""
    most = 0.01
    share = missed / max(missed + rows, 1)
    outcome: Outcome = "passed"
    if missed:
        outcome = "warning" if share <= most else "hold"
    return reason(
        "masking_is_complete",
        outcome,
        measured=missed,
        limit=0,
        words=wording.masking_misses(missed),
    )


def validation_is_unseen(content: ContentMeasures, rows: int) -> Reason:
    """Rows that were trained on would praise what was learnt by heart; one in 200 is let pass."""
    seen, most = content.overlap_rows, rows // 200
    return reason(
        "validation_is_unseen",
        passed(seen <= most),
        measured=seen,
        limit=most,
        words=wording.seen_in_training(seen, rows, many=seen > most),
    )


def answers_differ(content: ContentMeasures, limits: GateLimits) -> Reason:
    """Validation rows that mostly have one answer cannot tell a model that always says it."""
    share, most = content.top_answer_share, limits.max_answer_share
    return reason(
        "answers_differ",
        "passed" if share <= most else "hold",
        measured=share,
        limit=most,
        words=wording.top_answer(share, most),
    )


def answers_fit_questions(content: ContentMeasures, rows: int, limits: GateLimits) -> Reason:
    """Answers must be surely likelier after their own question than after another one.

    Over all validation rows and in each export of ten or more. Shuffled and canned ones are not.
    """
    rule = "answers_fit_questions"
    known = content.information
    if known is None or rows < limits.min_val_rows:
        return reason(
            rule,
            "not_applicable",
            words=wording.TOO_FEW_TO_FIT,
        )
    least = limits.min_information
    unfit = [
        one.export_sha256[:_SHORT_SHA]
        for one in content.slices
        if one.information is not None and not one.information.low > least
    ]
    fits = known.low > least and not unfit
    return reason(
        rule,
        "passed" if fits else "hold",
        measured=known.improvement,
        limit=least,
        words=wording.information(known, unfit, fits=fits),
    )


def known_rows_are_kept(content: ContentMeasures, limits: GateLimits) -> Reason:
    """On the rows that the live model was judged by, the candidate must not surely be worse.

    `max_regression` is let pass, in the unit of the comparison.
    """
    rule, known = "known_rows_are_kept", content.known_rows
    if known is None:
        return reason(
            rule,
            "not_applicable",
            words=wording.NO_KNOWN_ROWS,
        )
    return reason(
        rule,
        passed(known.high >= -limits.max_regression),
        measured=known.improvement,
        limit=-limits.max_regression,
        words=wording.known_rows(known),
    )


def answers_stay_alike(content: ContentMeasures) -> Reason:
    """The answers must not be surely less like the real ones than the live model's."""
    rule, likeness = "answers_stay_alike", content.likeness
    if likeness is None:
        return reason(
            rule,
            "not_applicable",
            words=wording.NO_ANSWERS_TO_COMPARE,
        )
    return reason(
        rule,
        passed(likeness.high >= 0),
        measured=likeness.improvement,
        limit=0,
        words=wording.likeness(likeness),
    )
