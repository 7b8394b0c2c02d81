"""What stops a model from going live or being read, and what to do."""

from collections.abc import Sequence
from pathlib import Path

from cs_pipeline.errors import (
    CsPipelineError,
    DamagedObject,
    GateNotMet,
    ObjectNotFound,
    PointerConflict,
    StorageError,
)
from cs_pipeline.language import Words
from cs_pipeline.records import Override, Verdict


def damaged_experiment(path: Path) -> StorageError:
    """An experiment's record that cannot be read."""
    return StorageError(
        ko=f"{path} 파일이 손상되었습니다. 지우고 실험을 다시 실행하세요.",
        en=f"{path} is damaged. Delete it and run the experiment again.",
    )


def damaged_record(path: Path) -> StorageError:
    """A run's record that cannot be read."""
    return StorageError(
        ko=f"{path} 파일이 손상되었습니다. 지우고 해당 작업을 다시 실행하세요.",
        en=f"{path} is damaged. Delete it and run its task again.",
    )


def damaged_move(uri: str, key: str) -> DamagedObject:
    """A move of the history that cannot be read, or another one under its number."""
    return DamagedObject(
        ko=f"{uri}의 이력 {key}이(가) 손상되었거나 다른 내용입니다. 백업에서 복원하세요.",
        en=f"The move {key} in {uri} is damaged or is not the one expected. Restore it from a "
        "backup.",
    )


def damaged_object(what: str) -> DamagedObject:
    """Something in the model store that is not what it should be."""
    return DamagedObject(
        ko=f"모델 저장소의 {what} 내용이 기록된 sha256과 다르거나 읽을 수 없습니다. "
        "다시 내려받거나 다른 버전으로 되돌리세요(`cs-pipeline rollback`).",
        en=f"{what} in the model store is unreadable or does not match its sha256. "
        "Pull again or go back to another version (`cs-pipeline rollback`).",
    )


def live_model_moved(expected: str | None, live: str | None) -> PointerConflict:
    """Another model went live since the candidate was compared."""
    return PointerConflict(
        ko=f"그 사이 운영 모델이 {expected or '없음'}에서 {live or '없음'}(으)로 바뀌었습니다. "
        "다시 학습하거나 `cs-pipeline promote`로 직접 승격하세요.",
        en=f"The live model changed meanwhile from {expected or 'none'} to {live or 'none'}. "
        "Train again, or promote with `cs-pipeline promote`.",
    )


def nothing_live(uri: str) -> ObjectNotFound:
    """No model was ever promoted."""
    return ObjectNotFound(
        ko=f"아직 운영 모델이 없습니다 ({uri}). 먼저 한 번 학습을 승격하세요.",
        en=f"No model is live yet ({uri}). Promote a training run first.",
    )


def not_a_model(target: Path) -> StorageError:
    """A folder with other files, which are not overwritten."""
    return StorageError(
        ko=f"{target} 폴더에 모델이 아닌 파일이 있습니다. 다른 폴더를 지정하세요.",
        en=f"The folder {target} holds files that are not a model. Name another folder.",
    )


def changed_checkpoint(name: str) -> StorageError:
    """A file of the checkpoint is missing, or not the one that was measured."""
    return StorageError(
        ko=f"체크포인트 파일 {name}이(가) 학습 결과와 다릅니다. train 작업을 다시 실행하세요.",
        en=f"Checkpoint file {name} does not match the training result. Run the train task again.",
    )


def no_result(path: Path) -> CsPipelineError:
    """A run without a training."""
    return CsPipelineError(
        ko=f"학습 결과 {path}이(가) 없습니다. train 작업의 로그를 확인하고 다시 실행하세요.",
        en=f"There is no training result {path}. Read the train task's log and run it again.",
    )


def no_verdict(run_id: str) -> GateNotMet:
    """A run that was not judged."""
    return GateNotMet(
        ko=f"실행 {run_id}에는 아직 판정이 없습니다. gate 단계를 먼저 실행하세요.",
        en=f"Run {run_id} has no verdict yet. Run its gate step first.",
    )


def is_live_already(run_id: str, version_id: str) -> GateNotMet:
    """The live model cannot be discarded or held."""
    return GateNotMet(
        ko=f"실행 {run_id}의 모델 {version_id}은(는) 이미 운영 중입니다. "
        "`cs-pipeline rollback`으로 되돌리세요.",
        en=f"The model {version_id} of run {run_id} is live already. "
        "Go back with `cs-pipeline rollback`.",
    )


def gate_not_met(verdict: Verdict) -> GateNotMet:
    """Each reason that stands against a promotion, and how a person may overrule it."""
    reasons = [item.words for item in verdict.reasons if item.outcome in {"failed", "hold", "kept"}]
    ko, en = [words.ko for words in reasons], [words.en for words in reasons]
    if verdict.override is not None:
        ko, en = [*ko, verdict.override.note], [*en, verdict.override.note]
    if verdict.decision == "reject":
        ko = [*ko, "그래도 승격하려면 `cs-pipeline promote --override`를 쓰세요."]
        en = [*en, "To promote it anyway, use `cs-pipeline promote --override`."]
    return GateNotMet(
        ko=f"실행 {verdict.run_id}의 판정은 {verdict.decision}입니다: " + " ".join(ko),
        en=f"The verdict on run {verdict.run_id} is {verdict.decision}: " + " ".join(en),
    )


def cannot_be_overruled(run_id: str, reasons: Sequence[Words]) -> GateNotMet:
    """Rules that nobody may overrule."""
    return GateNotMet(
        ko=f"실행 {run_id}은(는) 사람도 승격할 수 없습니다: "
        + " ".join(words.ko for words in reasons),
        en=f"Nobody can promote run {run_id}: " + " ".join(words.en for words in reasons),
    )


def decided_by_a_person(override: Override, moment: str) -> Words:
    """Who decided what in the place of the gate, when and why."""
    change = f"{override.previous} → {override.decision}"
    return Words(
        ko=f"사람의 결정({change}): {override.by}, {moment}. 사유: {override.note}",
        en=f"A person's decision ({change}): {override.by}, {moment}. Reason: {override.note}",
    )
