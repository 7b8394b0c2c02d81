"""Rules on the model as it was uploaded, its licence, its data, and who promotes."""

import re

from cs_pipeline.config import GateLimits
from cs_pipeline.profiles.drift import DriftParts, drift_parts
from cs_pipeline.records import Reason, TrainResult
from cs_pipeline.registry.manifests import candidate_version
from cs_pipeline.registry.reasons import passed, reason

_UNKNOWN_LICENCES = {"", "other", "unknown"}
_LICENCE_ID = re.compile(r"[a-z0-9][a-z0-9.+-]*")


def uploaded_model_answers(result: TrainResult) -> Reason:
    """The very bytes that would go live must load and answer in a fresh process."""
    rule, check = "uploaded_model_answers", result.upload
    if check is None:
        return reason(
            rule,
            "hold",
            ko="모델 저장소에 올려 다시 불러와 보지 않은 후보입니다. train 작업을 다시 실행하세요.",
            en="The candidate was not uploaded and loaded back. Run the train task again.",
        )
    same = check.version_id == candidate_version(result)
    answered = same and check.problem is None and 0 < check.asked <= check.answered
    ko = f"저장소에서 새로 불러와 질문 {check.asked}개 중 {check.answered}개에 답했습니다."
    en = f"Loaded from the store, it answered {check.answered} of {check.asked} questions."
    if check.empty:
        ko += f" 그중 {check.empty}개는 빈 답변입니다."
        en += f" {check.empty} of the answers were empty."
    if not same:
        ko += f" 이 학습 결과가 아닌 {check.version_id}입니다. train 작업을 다시 실행하세요."
        en += f" That was {check.version_id}, another candidate. Run the train task again."
    if check.problem is not None:
        ko, en = f"{ko} {check.problem.ko}", f"{en} {check.problem.en}"
    return reason(rule, passed(answered), measured=check.answered, limit=check.asked, ko=ko, en=en)


def licence_is_allowed(result: TrainResult, limits: GateLimits) -> Reason:
    """The base model's licence must not be one that this installation refuses."""
    rule, declared = "licence_is_allowed", result.licence
    if not limits.refused_licences:
        return reason(
            rule,
            "not_applicable",
            ko=f"기반 모델의 라이선스: {declared or '표시 없음'}. 거절하는 라이선스가 없습니다.",
            en=f"Licence of the base model: {declared or 'none declared'}. "
            "No licences are refused.",
        )
    if declared is None or _licence_key(declared) in _UNKNOWN_LICENCES:
        return reason(
            rule,
            "hold",
            ko=f"기반 모델 {result.base_model}의 라이선스를 알 수 없습니다. 모델의 문서를 확인한 "
            "뒤 승격하세요.",
            en=f"The licence of the base model {result.base_model} is not known. Read its licence "
            "files before promoting it.",
        )
    refused = {_licence_key(licence) for licence in limits.refused_licences}
    allowed = not refused & _licence_ids(declared)
    return reason(
        rule,
        passed(allowed),
        ko=f"기반 모델의 라이선스: {declared}."
        + ("" if allowed else " 거절하는 라이선스입니다. 다른 기반 모델로 다시 학습하세요."),
        en=f"Licence of the base model: {declared}."
        + ("" if allowed else " It is refused here. Train again from another base model."),
    )


def data_is_alike(result: TrainResult, limits: GateLimits) -> Reason:
    """Warn when the data changed much since the live model; never blocks."""
    ours, champion = result.profile, result.champion
    if champion is None:
        return reason(
            "data_is_alike",
            "not_applicable",
            ko="운영 모델이 아직 없어 데이터를 비교하지 않았습니다.",
            en="There is no live model yet whose data could be compared.",
        )
    theirs = champion.profile
    if ours is None or theirs is None or len(ours.word_buckets) != len(theirs.word_buckets):
        return reason(
            "data_is_alike",
            "not_applicable",
            ko="운영 모델의 데이터에 대한 기록이 없어 비교하지 않았습니다.",
            en="Nothing is known of the live model's data, so nothing was compared.",
        )
    parts = drift_parts(theirs, ours)
    alike = parts.total < limits.max_drift
    return reason(
        "data_is_alike",
        "passed" if alike else "warning",
        measured=parts.total,
        limit=limits.max_drift,
        ko=_drift_ko(parts)
        + ("" if alike else " 데이터가 크게 달라졌습니다. 새 파일이 같은 업무의 것인지 보세요."),
        en=_drift_en(parts)
        + ("" if alike else " The data changed much: are the new exports about the same work?"),
    )


def promotion_is_automatic(limits: GateLimits) -> Reason:
    """Without `auto_promote`, or where approval is required, a person decides."""
    if limits.approval == "required":
        return reason(
            "promotion_is_automatic",
            "hold",
            ko="모든 모델은 사람이 승인해야 합니다(CS_PIPELINE_APPROVAL).",
            en="Every model needs a person's approval (CS_PIPELINE_APPROVAL).",
        )
    return reason(
        "promotion_is_automatic",
        "passed" if limits.auto_promote else "hold",
        ko="자동 승격이 켜져 있습니다."
        if limits.auto_promote
        else "자동 승격이 꺼져 있습니다. `cs-pipeline promote`로 사람이 승격합니다.",
        en="Automatic promotion is on."
        if limits.auto_promote
        else "Automatic promotion is off. A person promotes with `cs-pipeline promote`.",
    )


def _drift_ko(parts: DriftParts) -> str:
    return (
        f"운영 모델의 데이터와의 차이: 단어 {parts.words:.2f}, 질문 길이 "
        f"{parts.question_length:.2f}, 답변 길이 {parts.answer_length:.2f}, 중복 비율 "
        f"{parts.duplicates:.2f}."
    )


def _drift_en(parts: DriftParts) -> str:
    return (
        f"Difference from the live model's data: words {parts.words:.2f}, question length "
        f"{parts.question_length:.2f}, answer length {parts.answer_length:.2f}, share of "
        f"duplicates {parts.duplicates:.2f}."
    )


def _licence_key(licence: str) -> str:
    return re.sub(r"[\s_]+", "-", licence.strip().casefold())


def _licence_ids(declared: str) -> set[str]:
    """The id as a whole, and each id of an expression such as `MIT AND CC-BY-NC-4.0`."""
    return {_licence_key(declared), *_LICENCE_ID.findall(declared.casefold())}
