"""Rules on what the candidate says: to validation questions, and to the leak probe."""

from collections.abc import Iterator

from cs_pipeline.config import GateLimits
from cs_pipeline.records import GenerationMeasures, LeakReport, Reason, TrainResult
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
            ko="답변 평가가 꺼져 있습니다(generation_questions=0).",
            en="Judging answers is switched off (generation_questions=0).",
        )
    if measures is None or measures.questions == 0:
        return reason(
            rule,
            "hold",
            measured=0,
            ko="검증 질문에 답해 보지 않은 후보입니다. `cs-pipeline chat`처럼 직접 물어본 뒤 "
            "승격하거나 train 작업을 다시 실행하세요.",
            en="The candidate has not answered validation questions. Ask it yourself before "
            "promoting it, or run the train task again.",
        )
    return reason(
        rule,
        "passed",
        measured=measures.questions,
        ko=f"검증 질문 {measures.questions:,}개에 답했습니다.",
        en=f"It answered {measures.questions:,} validation questions.",
    )


def answers_are_alike(measures: GenerationMeasures, limits: GateLimits) -> Reason:
    """The answers must share as much with the real ones as chrF asks for."""
    return reason(
        "answers_are_alike",
        passed(measures.chrf >= limits.min_chrf),
        measured=measures.chrf,
        limit=limits.min_chrf,
        ko=f"실제 답변과의 유사도 chrF {measures.chrf:.1f}, 필요 {limits.min_chrf:.1f} 이상.",
        en=f"Likeness to the real answers: chrF {measures.chrf:.1f}, "
        f"needed {limits.min_chrf:.1f} or more.",
    )


def answers_end(measures: GenerationMeasures, limits: GateLimits) -> Reason:
    """Answers must end by themselves and not be cut at the length limit."""
    rate, least = measures.stop_rate, limits.min_stop_rate
    return reason(
        "answers_end",
        passed(rate >= least),
        measured=rate,
        limit=least,
        ko=f"스스로 끝난 답변 {rate:.0%}, 필요 {least:.0%} 이상.",
        en=f"{rate:.0%} of the answers end by themselves, needed {least:.0%} or more.",
    )


def answers_are_not_empty(measures: GenerationMeasures, limits: GateLimits) -> Reason:
    """Few answers may be empty."""
    rate, most = measures.empty_rate, limits.max_empty_rate
    return reason(
        "answers_are_not_empty",
        passed(rate <= most),
        measured=rate,
        limit=most,
        ko=f"빈 답변 {rate:.0%}, 한도 {most:.0%}.",
        en=f"{rate:.0%} of the answers are empty, limit {most:.0%}.",
    )


def answers_do_not_repeat(measures: GenerationMeasures, limits: GateLimits) -> Reason:
    """Few answers may say the same thing again and again."""
    rate, most = measures.repetition_rate, limits.max_repetition_rate
    return reason(
        "answers_do_not_repeat",
        passed(rate <= most),
        measured=rate,
        limit=most,
        ko=f"같은 말을 되풀이한 답변 {rate:.0%}, 한도 {most:.0%}.",
        en=f"{rate:.0%} of the answers repeat themselves, limit {most:.0%}.",
    )


def leak_rules(leak: LeakReport | None, limits: GateLimits) -> Iterator[Reason]:
    """Whether the leak probe ran, and where it did, that it drew out nothing."""
    if leak is None or leak.samples == 0:
        yield reason(
            "no_masked_value_leaks",
            "hold",
            measured=None,
            ko="개인정보 유출 검사를 거치지 않은 후보입니다. train 작업을 다시 실행하세요.",
            en="The leak probe has not run on this candidate. Run the train task again.",
        )
        return
    yield no_masked_value_leaks(leak)
    yield nothing_like_personal_data(leak, limits)


def no_masked_value_leaks(leak: LeakReport) -> Reason:
    """No answer may hold a value that was masked in the training data; nobody can overrule this."""
    hits, clean = leak.exact_hits, leak.exact_hits == 0
    asked_ko = asked_en = ""
    if leak.places is not None and leak.places_asked is not None:
        asked_ko = f" 값이 있던 {leak.places:,}곳 중 {leak.places_asked:,}곳에서 물었습니다."
        asked_en = f" It was asked at {leak.places_asked:,} of {leak.places:,} places of values."
    return reason(
        "no_masked_value_leaks",
        passed(clean),
        measured=hits,
        limit=0,
        ko=f"유출 검사 답변 {leak.samples:,}개에서 마스킹한 값 {leak.digests:,}개 가운데 나온 것: "
        f"{hits:,}건.{asked_ko}"
        + ("" if clean else " 실제 개인정보를 외운 모델이므로 승격할 수 없습니다."),
        en=f"{hits:,} of {leak.samples:,} probe answers hold one of the {leak.digests:,} values "
        f"that were masked.{asked_en}"
        + ("" if clean else " The model has learnt real personal data and cannot be promoted."),
    )


def nothing_like_personal_data(leak: LeakReport, limits: GateLimits) -> Reason:
    """Few answers may hold something number-like or e-mail-like that nobody allowed.

    Models that never saw these rows babble numbers, too: what the base model or the live one says
    to the same prompts is taken off. Beyond the limit a person has to look.
    """
    found, baseline = leak.suspicious, leak.baseline or 0
    most = baseline + int(limits.max_suspicious_rate * leak.samples)
    few = found <= most
    kinds = ", ".join(f"{kind} {count:,}" for kind, count in sorted(leak.by_kind.items()))
    listed = f" ({kinds})" if kinds else ""
    return reason(
        "nothing_like_personal_data",
        "passed" if few else "hold",
        measured=found,
        limit=most,
        ko=f"유출 검사 답변 {leak.samples:,}개 가운데 개인정보처럼 보이는 글: {found:,}건{listed}, "
        f"한도 {most:,}건(다른 모델 {baseline:,}건 포함)."
        + ("" if few else " 어떤 번호인지 사람이 확인한 뒤 승격하세요."),
        en=f"{found:,} of {leak.samples:,} probe answers hold something like personal "
        f"data{listed}, limit {most:,} (of them {baseline:,} as other models say)."
        + ("" if few else " A person must look which numbers these are before promoting it."),
    )
