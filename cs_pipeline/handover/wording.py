"""What people read when a hand-over goes wrong: errors that say what it is and what to do."""

from pathlib import Path

from cs_pipeline.errors import DamagedObject, LeaseLost, SettingsError, StorageError


def no_room(folder: Path, *, needed_bytes: int, free_bytes: int) -> StorageError:
    """A download that would fill the disk."""
    return StorageError(
        ko=f"{folder}의 디스크에 {needed_bytes:,}바이트를 받을 자리가 없습니다 "
        f"({free_bytes:,}바이트 남음). 공간을 비우거나 CS_PIPELINE_SCRATCH로 다른 폴더를 "
        "지정하세요.",
        en=f"The disk of {folder} has no room for {needed_bytes:,} bytes ({free_bytes:,} are "
        "free). Make room, or name another folder with CS_PIPELINE_SCRATCH.",
    )


def folder_taken(store: str, prefix: str) -> StorageError:
    """Another folder has this name."""
    return StorageError(
        ko=f"저장소 {store}의 {prefix}에 내용이 다른 파일이 이미 있습니다. 다른 이름을 "
        "쓰거나, 잘못 올린 것이면 그 폴더를 지운 뒤 다시 실행하세요.",
        en=f"{prefix} in the store {store} already holds other files. Use another name, or "
        "delete that folder if it was a mistake, and run again.",
    )


def file_damaged(store: str, key: str) -> DamagedObject:
    """A file of a folder, or its manifest."""
    return DamagedObject(
        ko=f"저장소 {store}의 {key} 내용이 기록된 sha256과 다르거나 읽을 수 없습니다. 다시 "
        "실행해도 같으면 그 폴더를 저장소에서 지우고 다시 올리세요.",
        en=f"{key} in the store {store} is unreadable or does not match its sha256. If running "
        "again does not help, delete its folder in the store and upload it again.",
    )


def result_unreadable(store: str, key: str) -> DamagedObject:
    """A `result.json` that is not one."""
    return DamagedObject(
        ko=f"저장소 {store}의 {key}을(를) 읽을 수 없습니다. 지우고 train 작업을 다시 실행하세요.",
        en=f"{key} in the store {store} cannot be read. Delete it and run the train task again.",
    )


def request_unreadable(key: str) -> SettingsError:
    """A `request.json` of another version of the package."""
    return SettingsError(
        ko=f"저장소의 학습 요청 {key}을(를) 읽을 수 없습니다. Airflow와 학습 이미지에 "
        "같은 버전의 cs-pipeline을 설치하세요.",
        en=f"The training request {key} in the store cannot be read. Install the same "
        "version of cs-pipeline in Airflow and in the trainer's image.",
    )


def not_an_address_of_a_request() -> SettingsError:
    """What a trainer was started with."""
    return SettingsError(
        ko="학습 요청의 주소는 <저장소>/runs/<실행>/request.json 꼴이어야 합니다.",
        en="The address of a training request has the form <store>/runs/<run>/request.json.",
    )


def no_key() -> SettingsError:
    """The key is missing or not one."""
    return SettingsError(
        ko="CS_PIPELINE_HANDOVER_KEY가 없거나 base64로 적은 32바이트가 아닙니다. "
        "`openssl rand -base64 32`로 만들어 Airflow와 학습기에 같은 값을 주세요.",
        en="CS_PIPELINE_HANDOVER_KEY is missing or not 32 bytes in base64. Make one with "
        "`openssl rand -base64 32` and give the same to Airflow and the trainer.",
    )


def digests_sealed() -> DamagedObject:
    """The digests of masked values cannot be opened."""
    return DamagedObject(
        ko="가린 값의 해시를 열 수 없습니다: 키가 다르거나, 다른 실행의 것이거나, "
        "손상되었습니다. Airflow와 학습기의 CS_PIPELINE_HANDOVER_KEY가 같은지 확인하고 "
        "다시 실행하세요.",
        en="The digests of masked values cannot be opened: another key, another run's, or "
        "damaged. Check that Airflow and the trainer have the same CS_PIPELINE_HANDOVER_KEY, "
        "and run again.",
    )


def lease_taken(place: str) -> LeaseLost:
    """Another trainer holds the lease at `place`."""
    return LeaseLost(
        ko=f"다른 학습기가 이 실행을 맡고 있습니다 ({place}). "
        "이 학습기는 아무것도 더 쓰지 않고 끝냅니다.",
        en=f"Another trainer is at work on this run ({place}). This one ends and writes "
        "nothing more.",
    )
