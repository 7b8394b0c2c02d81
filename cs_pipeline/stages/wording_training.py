"""What is said of a training that is handed over, watched, fetched and uploaded."""

from pathlib import Path

from cs_pipeline.errors import (
    BaseModelError,
    CsPipelineError,
    DamagedObject,
    DatasetError,
    PointerConflict,
    SettingsError,
    StorageError,
)
from cs_pipeline.language import Words
from cs_pipeline.records import Progress


def no_weights(folder: Path) -> BaseModelError:
    """A folder without a model's weights."""
    return BaseModelError(
        ko=f"{folder}에 가중치 파일(*.safetensors 또는 pytorch_model*.bin)이 없습니다.",
        en=f"{folder} holds no weights (*.safetensors or pytorch_model*.bin).",
    )


def base_not_in_store(uri: str, name: str) -> BaseModelError:
    """A base model that was never pushed."""
    return BaseModelError(
        ko=(
            f"저장소 {uri}에 기반 모델 {name}이(가) 없습니다. `cs-pipeline base push ./{name}`으로 "
            "올리세요."
        ),
        en=(
            f"The store {uri} holds no base model {name}. Upload it with `cs-pipeline base push "
            f"./{name}`."
        ),
    )


def base_changed(name: str) -> DamagedObject:
    """Another base model under the same name."""
    return DamagedObject(
        ko=(
            f"저장소의 기반 모델 {name}이(가) 요청 뒤에 바뀌었습니다. train 작업을 다시 실행하세요."
        ),
        en=(
            f"The base model {name} in the store changed after the request. Run the train task "
            "again."
        ),
    )


def wrong_base_name() -> SettingsError:
    """A name that a store cannot hold."""
    return SettingsError(
        ko=(
            "저장소에 둘 기반 모델의 이름은 영문자, 숫자, ., _, -만 쓸 수 있습니다. --name으로 "
            "지정하세요."
        ),
        en=(
            "The name of a base model in the store takes letters, digits, ., _ and -. Name it "
            "with --name."
        ),
    )


def no_result(uri: str, result: str) -> CsPipelineError:
    """The trainer left nothing."""
    return CsPipelineError(
        ko=(
            f"저장소 {uri}에 학습 결과 {result}이(가) 없습니다. train 작업의 로그를 확인하고 "
            "다시 실행하세요."
        ),
        en=(
            f"The store {uri} holds no training result {result}. Read the train task's log and "
            "run it again."
        ),
    )


def not_this_result(result: str) -> CsPipelineError:
    """A result of another request."""
    return CsPipelineError(
        ko=(
            f"저장소의 학습 결과 {result}은(는) 이 실행이 요청한 것이 아닙니다. train 작업을 "
            "다시 실행하세요."
        ),
        en=(
            f"The training result {result} in the store is not the one that this run asked for. "
            "Run the train task again."
        ),
    )


def request_keeps_changing(request: str) -> PointerConflict:
    """Many writers at once."""
    return PointerConflict(
        ko=f"{request}을(를) 다른 작업이 계속 바꾸고 있습니다. 잠시 뒤 다시 실행하세요.",
        en=f"{request} keeps being changed by somebody else. Run again in a while.",
    )


def not_this_checkpoint(attempt: str) -> DamagedObject:
    """A checkpoint that the result does not name."""
    return DamagedObject(
        ko=f"저장소의 {attempt} 내용이 학습 결과와 다릅니다. train 작업을 다시 실행하세요.",
        en=(
            f"{attempt} in the store is not what the training result names. Run the train task "
            "again."
        ),
    )


def csvs_changed(uri: str, version_id: str) -> DatasetError:
    """A dataset version that is not what it was."""
    return DatasetError(
        ko=(
            f"{uri}의 CSV가 없거나 데이터셋 {version_id}의 내용과 다릅니다. `cs-pipeline "
            "dataset rebuild`로 되살린 뒤 다시 실행하세요."
        ),
        en=(
            f"The CSVs in {uri} are missing or not what dataset {version_id} says. Restore them "
            "with `cs-pipeline dataset rebuild` and run again."
        ),
    )


PREPARING = Words(ko="학습을 준비합니다.", en="Preparing the training.")
TRAINING = Words(ko="학습을 시작합니다.", en="Training.")
APPRAISING = Words(
    ko="후보를 평가합니다(손실, 답변 생성, 유출 검사).",
    en="Appraising the candidate (loss, answers, leak probe).",
)
UPLOADING = Words(
    ko="후보를 올리고 새로 불러와 질문합니다.",
    en="Uploading the candidate, loading it back and asking it.",
)
DONE = Words(ko="학습이 끝났습니다.", en="The training is done.")
FAILED = Words(ko="학습이 실패했습니다.", en="The training failed.")


def other_dataset(version_id: str) -> DatasetError:
    """Another dataset under the same name."""
    return DatasetError(
        ko=(
            f"저장소의 데이터셋 {version_id}이(가) 요청한 것과 다릅니다. 그 폴더를 저장소에서 "
            "지우고 train 작업을 다시 실행하세요."
        ),
        en=(
            f"The dataset {version_id} in the store is not the one that was asked for. Delete "
            "its folder in the store and run the train task again."
        ),
    )


def other_pii_rules() -> SettingsError:
    """Airflow and trainer mask by different rules."""
    return SettingsError(
        ko=(
            "학습기의 CS_PIPELINE_PII_RULES가 Airflow의 것과 다릅니다. 같은 파일을 학습기에도 "
            "연결하세요."
        ),
        en=(
            "The trainer's CS_PIPELINE_PII_RULES is not Airflow's. Mount the same file for the "
            "trainer."
        ),
    )


def too_slow(seconds: int) -> Words:
    """A model that does not answer in time."""
    return Words(
        ko=f"{seconds}초 안에 불러와 답하지 못했습니다. 컴퓨터의 부하를 확인하세요.",
        en=f"It did not load and answer within {seconds} s. Check the machine's load.",
    )


def not_fetched(version_id: str) -> StorageError:
    """An upload that cannot be downloaded."""
    return StorageError(
        ko=(
            f"모델 저장소에서 {version_id}을(를) 내려받지 못했습니다. 위의 오류를 확인하고 다시 "
            "실행하세요."
        ),
        en=(
            f"{version_id} could not be fetched from the model store. See the error above and "
            "run again."
        ),
    )


def check_ended(exit_code: int) -> Words:
    """The process that asked it failed."""
    return Words(
        ko=(
            f"불러오는 프로세스가 종료 코드 {exit_code}(으)로 끝났습니다. train 작업의 로그를 "
            "확인하세요."
        ),
        en=(
            f"The process that loaded it ended with exit code {exit_code}. Read the train "
            "task's log."
        ),
    )


def trainer_ended(exit_code: int) -> Words:
    """The trainer's process failed."""
    return Words(
        ko=f"학습기가 종료 코드 {exit_code}(으)로 끝났습니다. 위의 로그를 확인하세요.",
        en=f"The trainer ended with exit code {exit_code}; its log is above.",
    )


def progress(progress: Progress) -> Words:
    """How far a training is."""
    steps = f"{progress.steps:,}" if progress.steps else "?"
    loss = progress.loss_nats_per_token
    shown = "-" if loss is None else f"{loss:.4f}"
    ko = f"{progress.step:,}/{steps}스텝, 손실 {shown}"
    en = f"step {progress.step:,} of {steps}, loss {shown}"
    if progress.eta_seconds is not None:
        ko += f", 남은 시간 약 {progress.eta_seconds:,.0f}초"
        en += f", about {progress.eta_seconds:,.0f} s left"
    return Words(ko=ko, en=en)
