"""What the rules on the uploaded model and on the occasion say."""

from collections.abc import Sequence

from cs_pipeline.language import Words
from cs_pipeline.profiles.drift import DriftParts
from cs_pipeline.records import PairedComparison, UploadCheck

NOT_UPLOADED = Words(
    ko="모델 저장소에 올려 다시 불러와 보지 않은 후보입니다. train 작업을 다시 실행하세요.",
    en="The candidate was not uploaded and loaded back. Run the train task again.",
)
NO_LIVE_DATA = Words(
    ko="운영 모델이 아직 없어 데이터를 비교하지 않았습니다.",
    en="There is no live model yet whose data could be compared.",
)
LIVE_DATA_UNKNOWN = Words(
    ko="운영 모델의 데이터에 대한 기록이 없어 비교하지 않았습니다.",
    en="Nothing is known of the live model's data, so nothing was compared.",
)
APPROVAL_REQUIRED = Words(
    ko="모든 모델은 사람이 승인해야 합니다(CS_PIPELINE_APPROVAL).",
    en="Every model needs a person's approval (CS_PIPELINE_APPROVAL).",
)
PROMOTION_IS_ON = Words(ko="자동 승격이 켜져 있습니다.", en="Automatic promotion is on.")
PROMOTION_IS_OFF = Words(
    ko="자동 승격이 꺼져 있습니다. `cs-pipeline promote`로 사람이 승격합니다.",
    en="Automatic promotion is off. A person promotes with `cs-pipeline promote`.",
)
NOT_DISCARDED = Words(ko="사람이 폐기한 적이 없습니다.", en="Nobody discarded it.")
NO_MAINTENANCE = Words(ko="점검 기간이 아닙니다.", en="No maintenance is in force.")
WITHDRAWN = Words(
    ko="학습한 데이터의 일부를 그 뒤에 뺐습니다. 다시 학습하세요.",
    en="Some of its training data was withdrawn since. Train again.",
)
NOT_WITHDRAWN = Words(
    ko="학습한 데이터에서 그 뒤에 뺀 것이 없습니다.", en="None of its training data was withdrawn."
)


def uploaded(check: UploadCheck, *, same: bool) -> Words:
    """How the model answered from the store; `same`: it is this result's."""
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
    return Words(ko=ko, en=en)


def no_licence_refused(declared: str | None) -> Words:
    """This installation refuses no licence."""
    return Words(
        ko=f"기반 모델의 라이선스: {declared or '표시 없음'}. 거절하는 라이선스가 없습니다.",
        en=f"Licence of the base model: {declared or 'none declared'}. No licences are refused.",
    )


def licence_unknown(base_model: str) -> Words:
    """The base model does not say what its licence is."""
    return Words(
        ko=f"기반 모델 {base_model}의 라이선스를 알 수 없습니다. 모델의 문서를 확인한 뒤 "
        "승격하세요.",
        en=f"The licence of the base model {base_model} is not known. Read its licence files "
        "before promoting it.",
    )


def licence(declared: str, *, allowed: bool) -> Words:
    """The base model's licence, and whether it is refused."""
    return Words(
        ko=f"기반 모델의 라이선스: {declared}."
        + ("" if allowed else " 거절하는 라이선스입니다. 다른 기반 모델로 다시 학습하세요."),
        en=f"Licence of the base model: {declared}."
        + ("" if allowed else " It is refused here. Train again from another base model."),
    )


def drift(parts: DriftParts, *, alike: bool) -> Words:
    """How far the data is from the live model's."""
    return Words(
        ko=f"운영 모델의 데이터와의 차이: 단어 {parts.words:.2f}, 질문 길이 "
        f"{parts.question_length:.2f}, 답변 길이 {parts.answer_length:.2f}, 중복 비율 "
        f"{parts.duplicates:.2f}."
        + ("" if alike else " 데이터가 크게 달라졌습니다. 새 파일이 같은 업무의 것인지 보세요."),
        en=f"Difference from the live model's data: words {parts.words:.2f}, question length "
        f"{parts.question_length:.2f}, answer length {parts.answer_length:.2f}, share of "
        f"duplicates {parts.duplicates:.2f}."
        + ("" if alike else " The data changed a lot: are the new exports from the same desk?"),
    )


def looser_limits(names: Sequence[str]) -> Words:
    """The limits of a run that are looser than the installation's, if any."""
    if not names:
        return Words(
            ko="이 실행의 한도는 설치의 한도보다 느슨하지 않습니다.",
            en="This run's limits are no looser than the installation's.",
        )
    listed = ", ".join(names)
    return Words(
        ko=f"이 실행의 한도가 설치의 한도보다 느슨합니다({listed}). 사람이 승격합니다.",
        en=f"This run's limits are looser than the installation's ({listed}). A person promotes.",
    )


def data_age(candidate: str, live: str | None, *, older: bool) -> Words:
    """The candidate's dataset version beside the live model's."""
    if older:
        return Words(
            ko=f"후보의 데이터셋 {candidate}이(가) 운영 모델의 {live}보다 오래되었습니다. 사람이 "
            "승격합니다.",
            en=f"The candidate's dataset {candidate} is older than the live model's {live}. A "
            "person promotes.",
        )
    return Words(
        ko=f"후보의 데이터셋 {candidate}: 운영 모델의 데이터셋({live or '없음'})보다 오래되지 "
        "않았습니다.",
        en=f"The candidate's dataset {candidate} is no older than the live model's "
        f"({live or 'none'}).",
    )


def discarded(by: str, note: str) -> Words:
    """A person discarded it."""
    return Words(
        ko=f"{by}의 결정으로 폐기한 후보입니다: {note}",
        en=f"{by} discarded this candidate: {note}",
    )


def suspended(until: str, by: str, reason: str) -> Words:
    """Maintenance is in force."""
    return Words(
        ko=f"{until}까지 자동 승격을 멈췄습니다({by}: {reason}).",
        en=f"Automatic promotion is off until {until} ({by}: {reason}).",
    )


def compared_again(comparison: PairedComparison, live: str) -> Words:
    """The candidate beside a model that went live since the verdict."""
    interval = f"{comparison.low:+.4f} ~ {comparison.high:+.4f} {comparison.unit}"
    return Words(
        ko=f"운영 모델 {live}과(와) 같은 {comparison.rows:,}행에서 다시 비교: 개선 {interval}.",
        en=f"Compared again with {live}, which is live now, on the same {comparison.rows:,} rows: "
        f"improvement {interval}.",
    )
