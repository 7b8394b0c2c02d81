"""Rules on a site's own golden questions."""

from collections.abc import Iterator, Sequence

from cs_pipeline.config import GateLimits
from cs_pipeline.records import GoldenMeasures, Outcome, Reason
from cs_pipeline.registry.reasons import passed, reason

_SHOWN = 10


def golden_rules(golden: GoldenMeasures | None, limits: GateLimits) -> Iterator[Reason]:
    """Whether enough golden questions are met, and none is lost that the live model meets."""
    if golden is None:
        yield reason(
            "golden_questions_are_met",
            "not_applicable",
            ko="골든 질문이 없습니다(CS_PIPELINE_GOLDEN_QUESTIONS).",
            en="There are no golden questions (CS_PIPELINE_GOLDEN_QUESTIONS).",
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
            ko="골든 질문에 답해 보지 않은 후보입니다. train 작업을 다시 실행하거나 직접 물어본 뒤 "
            "승격하세요.",
            en="The candidate was not asked the golden questions. Run the train task again, or ask "
            "it yourself before promoting it.",
        )


def golden_questions_are_met(golden: GoldenMeasures, limits: GateLimits) -> Reason:
    """The least share of them must be met."""
    share, least = golden.met / golden.questions, limits.min_golden_share
    enough = share >= least
    missed_ko = "" if enough else f" 못 지킨 질문: {_places(golden.missed)}."
    missed_en = "" if enough else f" Not met: {_places(golden.missed)}."
    live = golden.live_met
    return reason(
        "golden_questions_are_met",
        passed(enough),
        measured=share,
        limit=least,
        ko=f"골든 질문 {golden.questions:,}개 가운데 {golden.met:,}개를 지켰습니다({share:.0%}), "
        f"필요 {least:.0%} 이상."
        + ("" if live is None else f" 운영 모델은 {live:,}개.")
        + missed_ko,
        en=f"{golden.met:,} of {golden.questions:,} golden questions are met ({share:.0%}), needed "
        f"{least:.0%} or more."
        + ("" if live is None else f" The live model meets {live:,}.")
        + missed_en,
    )


def no_golden_question_is_lost(golden: GoldenMeasures, limits: GateLimits) -> Reason:
    """What the live model answers well, the candidate must answer well, too."""
    rule, lost = "no_golden_question_is_lost", len(golden.lost)
    if golden.live_met is None:
        return reason(
            rule,
            "not_applicable",
            ko="골든 질문을 비교할 운영 모델이 없습니다.",
            en="There is no live model to compare golden questions with.",
        )
    when_lost: Outcome = "warning" if limits.allow_golden_loss else "failed"
    return reason(
        rule,
        when_lost if lost else "passed",
        measured=lost,
        limit=0,
        ko="운영 모델이 지키는 골든 질문을 모두 지켰습니다."
        if not lost
        else f"운영 모델은 지키고 후보는 못 지킨 골든 질문 {lost:,}개: {_places(golden.lost)}.",
        en="Every golden question that the live model meets is met."
        if not lost
        else f"{lost:,} golden questions that the live model meets are lost: "
        f"{_places(golden.lost)}.",
    )


def _places(places: Sequence[int]) -> str:
    """The first of them: `#1, #4`."""
    listed = ", ".join(f"#{place}" for place in places[:_SHOWN])
    return listed + (" …" if len(places) > _SHOWN else "")
