"""Rules on the data: may it judge a model, and does it teach what customers are to hear?"""

from collections.abc import Iterator

from cs_pipeline.config import GateLimits
from cs_pipeline.records import ContentMeasures, Outcome, PairedComparison, Reason, TrainResult
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
            ko="답변이 질문에 맞는지 재지 않은 후보입니다. train 작업을 다시 실행하세요.",
            en="Whether the answers belong to their questions was not measured. Run the train "
            "task again.",
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
        ko=f"다른 곳에서 가린 값이 그대로 남은 행: {missed:,}개."
        + (" 학습과 검증에서 뺐습니다. 개인정보 규칙을 확인하세요." if missed else ""),
        en=f"Rows that show a value which was masked elsewhere: {missed:,}."
        + (" They were left out. Check the masking rules." if missed else ""),
    )


def validation_is_unseen(content: ContentMeasures, rows: int) -> Reason:
    """Rows that were trained on would praise what was learnt by heart; one in 200 is let pass."""
    seen = content.overlap_rows
    return reason(
        "validation_is_unseen",
        passed(seen <= rows // 200),
        measured=seen,
        limit=rows // 200,
        ko=f"학습 데이터에도 그대로 있는 검증 행: {rows:,}개 중 {seen:,}개."
        + (" 데이터셋을 다시 만드세요." if seen > rows // 200 else ""),
        en=f"{seen:,} of {rows:,} validation rows stand in the training data word for word."
        + (" Build the dataset again." if seen > rows // 200 else ""),
    )


def answers_differ(content: ContentMeasures, limits: GateLimits) -> Reason:
    """Validation rows that mostly have one answer cannot tell a model that always says it."""
    share, most = content.top_answer_share, limits.max_answer_share
    return reason(
        "answers_differ",
        "passed" if share <= most else "hold",
        measured=share,
        limit=most,
        ko=f"가장 흔한 답변의 비율 {share:.0%}, 한도 {most:.0%}."
        + ("" if share <= most else " 검증 답변이 한 가지에 몰려 사람의 확인이 필요합니다."),
        en=f"The most frequent answer makes up {share:.0%} of the validation rows, limit "
        f"{most:.0%}." + ("" if share <= most else " A person must look at the answers."),
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
            ko="검증 행이 적어 답변이 질문에 맞는지 따지지 않았습니다.",
            en="Too few validation rows to tell whether the answers belong to their questions.",
        )
    least = limits.min_information
    unfit = [
        one
        for one in content.slices
        if one.information is not None and not one.information.low > least
    ]
    fits = known.low > least and not unfit
    named = ", ".join(one.export_sha256[:_SHORT_SHA] for one in unfit)
    return reason(
        rule,
        "passed" if fits else "hold",
        measured=known.improvement,
        limit=least,
        ko=f"자기 질문 뒤에서 답변의 손실이 다른 질문 뒤보다 {_interval(known)} 낮습니다 "
        "(nats/token)."
        + ("" if fits else " 답변이 질문과 무관하게 섞였거나 한 가지뿐인 것 같습니다.")
        + (f" 해당 엑셀 파일(sha256): {named}." if named else ""),
        en=f"After its own question an answer costs {_interval(known)} nats per token less than "
        "after another one."
        + ("" if fits else " The answers seem shuffled, or all the same.")
        + (f" Exports concerned (sha256): {named}." if named else ""),
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
            ko="운영 모델을 평가한 검증 행이 없거나 적어 따로 비교하지 않았습니다.",
            en="There are no validation rows, or too few, that the live model was judged by.",
        )
    return reason(
        rule,
        passed(known.high >= -limits.max_regression),
        measured=known.improvement,
        limit=-limits.max_regression,
        ko=f"운영 모델을 평가한 {known.rows:,}행에서 개선 {_interval(known)} ({known.unit}).",
        en=f"On the {known.rows:,} rows that the live model was judged by: improvement "
        f"{_interval(known)} ({known.unit}).",
    )


def answers_stay_alike(content: ContentMeasures) -> Reason:
    """The answers must not be surely less like the real ones than the live model's."""
    rule, likeness = "answers_stay_alike", content.likeness
    if likeness is None:
        return reason(
            rule,
            "not_applicable",
            ko="운영 모델의 답변과 비교할 질문이 없거나 적습니다.",
            en="There are no answers of a live model to compare with, or too few.",
        )
    return reason(
        rule,
        passed(likeness.high >= 0),
        measured=likeness.improvement,
        limit=0,
        ko=f"같은 질문 {likeness.rows:,}개에 대한 chrF의 변화 {_interval(likeness, digits=1)}.",
        en=f"Change of chrF on the same {likeness.rows:,} questions: "
        f"{_interval(likeness, digits=1)}.",
    )


def _interval(comparison: PairedComparison, *, digits: int = 4) -> str:
    improvement, low, high = (
        f"{figure:+.{digits}f}"
        for figure in (comparison.improvement, comparison.low, comparison.high)
    )
    return f"{improvement} ({comparison.confidence:.0%}: {low} ~ {high})"
