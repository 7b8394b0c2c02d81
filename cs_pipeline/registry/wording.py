"""Words about moves of the live pointer: doubts, refusals, rules of the installation."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cs_pipeline.language import Words
from cs_pipeline.records import Outcome

if TYPE_CHECKING:
    from cs_pipeline.registry.moves import How
    from cs_pipeline.registry.soundness import Doubt, DoubtKind


def doubt(kind: "DoubtKind") -> Words:
    """Why a version is not sound."""
    return {
        "withdrawn": Words(
            ko="나중에 뺀 데이터로 학습했습니다.", en="It was trained on withdrawn data."
        ),
        "rejected": Words(ko="판정이 거절했습니다.", en="The gate rejected it."),
        "overridden": Words(
            ko="판정을 무릅쓰고 승격한 모델입니다.", en="It went live over the gate's verdict."
        ),
        "rolled_away": Words(
            ko="문제가 있어 이 모델에서 되돌린 적이 있습니다.",
            en="Somebody rolled back from it before.",
        ),
        "missing": Words(
            ko="모델 저장소에 없거나 손상되었습니다.",
            en="It is not in the model store, or damaged.",
        ),
    }[kind]


OUTCOME_ORDER: tuple[Outcome, ...] = (
    "failed",
    "hold",
    "kept",
    "warning",
    "passed",
    "not_applicable",
)
"""What a reader should see first."""


def outcome_words(outcome: Outcome) -> Words:
    """A rule's outcome."""
    return {
        "failed": Words(ko="실패", en="failed"),
        "hold": Words(ko="보류", en="hold"),
        "kept": Words(ko="차이 없음", en="no difference"),
        "warning": Words(ko="경고", en="warning"),
        "passed": Words(ko="통과", en="passed"),
        "not_applicable": Words(ko="해당 없음", en="not applicable"),
    }[outcome]


def how(move: "How") -> Words:
    """How the pointer was moved."""
    return {
        "gate": Words(ko="자동 판정", en="gate"),
        "approval": Words(ko="승인", en="approval"),
        "by_hand": Words(ko="직접 승격", en="by hand"),
        "rollback": Words(ko="되돌림", en="rollback"),
        "override": Words(ko="판정을 무릅쓰고", en="override"),
    }[move]


def nothing_to_go_back_to(uri: str) -> Words:
    """No earlier model is there, or none that is sound."""
    return Words(
        ko=f"되돌릴 만한 이전 모델이 없습니다 ({uri}). `cs-pipeline history`를 보고, 그래도 "
        "되돌리려면 `cs-pipeline rollback --to 버전 --override --note 사유`를 쓰세요.",
        en=f"There is no sound earlier model to go back to ({uri}). See `cs-pipeline history`; to "
        "go back anyway, use `cs-pipeline rollback --to VERSION --override --note WHY`.",
    )


def not_sound(version_id: str, doubts: "Sequence[Doubt]") -> Words:
    """A version that needs `--override`."""
    return Words(
        ko=f"{version_id}: {' '.join(one.words.ko for one in doubts)} 그래도 운영하려면 "
        "--override와 --note 사유를 붙이세요.",
        en=f"{version_id}: {' '.join(one.words.en for one in doubts)} To make it live "
        "anyway, add --override and --note WHY.",
    )


def not_in_store(version_id: str) -> Words:
    """A version whose files are gone."""
    return Words(
        ko=f"{version_id} 버전은 모델 저장소에 없습니다. `cs-pipeline history`를 확인하세요.",
        en=f"The version {version_id} is not in the model store. See `cs-pipeline history`.",
    )


def no_such_version(name: str, count: int) -> Words:
    """A name that means no version, or several."""
    return Words(
        ko=f"{name!r}에 해당하는 모델 버전이 {count}개입니다. `cs-pipeline history`의 번호나 "
        "버전의 앞부분, 또는 last를 쓰세요.",
        en=f"{name!r} fits {count} model versions. Use a number of `cs-pipeline history`, "
        "the first characters of a version, or last.",
    )


def no_such_run(name: str, count: int, *, least: int) -> Words:
    """A name that means no run, or several."""
    return Words(
        ko=f"{name!r}에 해당하는 실행이 {count}개입니다. `cs-pipeline status`의 실행 ID나 그 앞의 "
        f"{least}자 이상, 또는 last를 쓰세요.",
        en=f"{name!r} fits {count} runs. Use an id of `cs-pipeline status`, its first {least} "
        "characters or more, or last.",
    )


def is_live(version_id: str) -> Words:
    """A version that answers customers already."""
    return Words(ko=f"{version_id}은(는) 이미 운영 중입니다.", en=f"{version_id} is live already.")


REASON_NEEDED = Words(
    ko="사유(--note)가 비어 있습니다. 왜 바꾸는지 한 문장으로 적으세요.",
    en="The reason (--note) is blank. Say in a sentence why.",
)


def live_model_changed(run_id: str, live: str) -> Words:
    """Another model went live since the verdict."""
    return Words(
        ko=f"실행 {run_id}의 판정 뒤에 다른 모델 {live}이(가) 운영에 들어갔습니다. 같은 행으로 "
        f"다시 비교하세요: `cs-pipeline recompare {run_id}`.",
        en=f"Since the verdict on run {run_id}, another model went live: {live}. Compare again on "
        f"the same rows: `cs-pipeline recompare {run_id}`.",
    )


def nothing_to_compare_with(run_id: str) -> Words:
    """No model is live."""
    return Words(
        ko=f"운영 모델이 없어 비교할 것이 없습니다. 승격: `cs-pipeline promote {run_id} --note "
        "사유`.",
        en=f"No model is live, so there is nothing to compare with. To promote: `cs-pipeline "
        f"promote {run_id} --note WHY`.",
    )


def not_comparable(version_id: str) -> Words:
    """No loss could be worked out, of a candidate or of the live model."""
    return Words(
        ko=f"후보 {version_id}과(와) 운영 모델의 손실을 같은 행에서 계산할 수 없었습니다(검증 행이 "
        "없거나 값이 유한하지 않음). 다시 학습하세요: `cs-pipeline run --force`.",
        en=f"The losses of the candidate {version_id} and of the live model could not be computed "
        "on the same rows (no validation rows, or no finite number). Train again: "
        "`cs-pipeline run --force`.",
    )


def trained_on_withdrawn_data(version_id: str) -> Words:
    """A candidate that is marked."""
    return Words(
        ko=f"후보 {version_id}은(는) 나중에 뺀 데이터로 학습했습니다. 다시 학습하세요 "
        "(`cs-pipeline run --force`). 그래도 승격하려면 --override를 붙이세요.",
        en=f"The candidate {version_id} was trained on withdrawn data. Train again "
        "(`cs-pipeline run --force`). To promote it anyway, add --override.",
    )


def needs_override(run_id: str, failed: Sequence[Words]) -> Words:
    """Rules stand against a candidate, each of which is told."""
    return Words(
        ko=f"실행 {run_id}의 후보는 다음 규칙을 지키지 못했습니다: "
        + " ".join(words.ko for words in failed)
        + " 그래도 승격하려면 `cs-pipeline promote --override`를 쓰세요.",
        en=f"The candidate of run {run_id} breaks rules: "
        + " ".join(words.en for words in failed)
        + " To promote it anyway, use `cs-pipeline promote --override`.",
    )


def checkpoint_gone(version_id: str) -> Words:
    """A candidate of which nothing is left."""
    return Words(
        ko=f"후보 {version_id}의 파일이 남아 있지 않습니다(거절되었거나 데이터를 빼며 지워짐). "
        "다시 학습하세요: `cs-pipeline run --force`.",
        en=f"Nothing is left of the candidate {version_id} (rejected, or erased by a withdrawal). "
        "Train again: `cs-pipeline run --force`.",
    )
