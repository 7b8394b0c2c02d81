"""What `cs-pipeline doctor` says, and what to do about it."""

from collections.abc import Sequence
from pathlib import Path

from cs_pipeline.language import Words
from cs_pipeline.storage import Conditions

_GIB = 1024**3


def settings_read(count: int) -> Words:
    """All values are allowed."""
    return Words(
        ko=f"설정을 읽었습니다 (환경 변수 {count}개).",
        en=f"The settings are readable ({count} environment variables).",
    )


def folder_usable(folder: Path) -> Words:
    """May be written to."""
    return Words(ko=f"{folder}에 쓸 수 있습니다.", en=f"{folder} can be written to.")


def folder_to_be_made(folder: Path) -> Words:
    """Is not there, and can be."""
    return Words(
        ko=f"{folder}은(는) 아직 없으며, 처음 실행할 때 만듭니다.",
        en=f"{folder} is not there yet and will be made by the first run.",
    )


def folder_not_writable(folder: Path, owner: int) -> Words:
    """May not be written to."""
    return Words(
        ko=f"{folder}에 쓸 수 없습니다 (소유자 uid {owner}). 실행하는 사용자에게 쓰기 권한을 "
        "주거나 CS_PIPELINE_DATA_DIR, CS_PIPELINE_WORK_DIR을 바꾸세요.",
        en=f"{folder} cannot be written to (its owner is uid {owner}). Give the user that runs "
        "this the right, or change CS_PIPELINE_DATA_DIR or CS_PIPELINE_WORK_DIR.",
    )


def no_symbolic_links(folder: Path) -> Words:
    """A file system that lacks what the datasets need."""
    return Words(
        ko=f"{folder}의 파일 시스템에는 심볼릭 링크를 만들 수 없습니다. 데이터셋을 한 번에 바꾸는 "
        "데 필요하니 CS_PIPELINE_DATA_DIR을 로컬 디스크나 NFS로 옮기세요.",
        en=f"The file system of {folder} has no symbolic links, which switch datasets in one "
        "step. Move CS_PIPELINE_DATA_DIR to a local disk or NFS.",
    )


def open_to_others(folder: Path) -> Words:
    """Raw text that others may read."""
    return Words(
        ko=f"{folder}에는 가리지 않은 글이 있는데 다른 사용자도 읽을 수 있습니다. "
        f"`chmod 700 {folder}`을(를) 실행하세요.",
        en=f"{folder} holds unmasked text, and other users may read it. Run `chmod 700 {folder}`.",
    )


def disk_free(folder: Path, free_bytes: int) -> Words:
    """Room enough."""
    return Words(
        ko=f"{folder}의 디스크에 {free_bytes / _GIB:.1f} GiB가 비어 있습니다.",
        en=f"{free_bytes / _GIB:.1f} GiB are free on the disk of {folder}.",
    )


def disk_short(folder: Path, free_bytes: int, wanted_bytes: int) -> Words:
    """Little room."""
    return Words(
        ko=f"{folder}의 디스크에 {free_bytes / _GIB:.1f} GiB만 남았습니다. 적어도 "
        f"{wanted_bytes / _GIB:.0f} GiB가 되도록 오래된 실행 폴더를 지우거나 디스크를 늘리세요.",
        en=f"Only {free_bytes / _GIB:.1f} GiB are free on the disk of {folder}. Delete old run "
        f"folders or enlarge it, to at least {wanted_bytes / _GIB:.0f} GiB.",
    )


def store_reachable(uri: str, ahead_seconds: float | None) -> Words:
    """Answers, and the clocks agree."""
    if ahead_seconds is None:
        return Words(ko=f"{uri}에 닿습니다.", en=f"{uri} is in reach.")
    return Words(
        ko=f"{uri}에 닿습니다 (시계 차이 {abs(ahead_seconds):.0f}초).",
        en=f"{uri} is in reach (clocks {abs(ahead_seconds):.0f} s apart).",
    )


def clocks_apart(uri: str, ahead_seconds: float) -> Words:
    """Signed requests will be refused, or soon."""
    seconds = abs(ahead_seconds)
    ko, en = ("빠릅니다", "ahead") if ahead_seconds > 0 else ("느립니다", "behind")
    return Words(
        ko=f"저장소 {uri}의 시계가 이 컴퓨터보다 {seconds:,.0f}초 {ko}. 15분을 넘으면 요청이 "
        "거절됩니다. NTP(chrony 등)로 시각을 맞추세요.",
        en=f"The clock of the store {uri} is {seconds:,.0f} s {en} of this machine's. Beyond 15 "
        "minutes requests are refused. Set the time with NTP (chrony, for example).",
    )


def store_rights(uri: str) -> Words:
    """All that Airflow's side needs."""
    return Words(
        ko=f"{uri} 아래를 목록으로 보고, 쓰고, 읽고, 지울 수 있습니다.",
        en=f"Listing, writing, reading and deleting work below {uri}.",
    )


def store_listed(uri: str) -> Words:
    """All that can be tried of an inbox."""
    return Words(ko=f"{uri} 아래를 목록으로 볼 수 있습니다.", en=f"Listing works below {uri}.")


def perhaps_encryption(failed: Words) -> Words:
    """A write that failed while encryption was asked for: some stores answer 500 then."""
    return Words(
        ko=f"{failed.ko} 암호화(CS_PIPELINE_S3_SSE)를 요청한 쓰기입니다. 저장소가 그 암호화를 할 "
        "수 있는지도 확인하세요.",
        en=f"{failed.en} It was asked to encrypt (CS_PIPELINE_S3_SSE): see whether it can do that.",
    )


def store_damages(uri: str) -> Words:
    """Bytes that come back changed."""
    return Words(
        ko=f"{uri}에 쓴 내용이 다르게 돌아옵니다. 저장소와 중간의 프록시를 확인하고 그때까지 쓰지 "
        "마세요.",
        en=f"What is written to {uri} comes back changed. Check the store and any proxy in "
        "front of it, and do not use it until then.",
    )


def store_conditions(uri: str, conditions: Conditions) -> Words:
    """What kind of pointer there will be."""
    if conditions is Conditions.COMPARE_AND_SWAP:
        return Words(
            ko=f"{uri}은(는) 조건부 쓰기를 모두 지킵니다. 운영 모델은 live.json이 가리킵니다.",
            en=f"{uri} supports all conditional writes; live.json points at the live model.",
        )
    return Words(
        ko=f"{uri}은(는) 새로 만들 때의 조건만 지킵니다. 운영 모델은 live/00000001.json처럼 번호가 "
        "가장 큰 것이 가리킵니다. `cs-pipeline pull`을 쓰지 않는 서비스는 이를 알아야 합니다 "
        "(docs/object-stores.md).",
        en=f"{uri} supports create-only writes only: the highest number of live/00000001.json and "
        "so on points at the live model. A service that does not use `cs-pipeline pull` must know "
        "that (docs/object-stores.md).",
    )


def base_in_store(name: str) -> Words:
    """A base model that trainers fetch from the store."""
    return Words(ko=f"기반 모델 {name}이(가) 저장소에 있습니다.", en=f"{name} is in the store.")


def base_in_folder(folder: Path) -> Words:
    """A base model on this machine."""
    return Words(ko=f"기반 모델이 {folder}에 있습니다.", en=f"The base model is in {folder}.")


def base_without_weights(folder: Path) -> Words:
    """A folder that is not a base model."""
    return Words(
        ko=f"{folder}에 기반 모델의 config.json이나 가중치(*.safetensors, pytorch_model*.bin)가 "
        "없습니다. 모델 폴더를 다시 받으세요.",
        en=f"{folder} lacks the config.json or the weights of a base model (*.safetensors, "
        "pytorch_model*.bin). Fetch the folder again.",
    )


def base_from_hub(name: str) -> Words:
    """A base model that is fetched when it is needed."""
    return Words(
        ko=f"기반 모델 {name}은(는) 처음 학습할 때 Hugging Face에서 받습니다. 학습기에서 인터넷을 "
        "쓸 수 없으면 `cs-pipeline base push`로 저장소에 올리세요.",
        en=f"The base model {name} is fetched from Hugging Face by the first training. If the "
        "trainer has no internet, put it into the store with `cs-pipeline base push`.",
    )


def base_out_of_a_pods_reach(base: str) -> Words:
    """A folder of this machine, for a trainer in a pod."""
    return Words(
        ko=f"기반 모델 {base}은(는) 폴더인데, 파드는 학습 이미지 안의 폴더만 봅니다. "
        "`cs-pipeline base push`로 저장소에 올리고 `store:이름`을 쓰세요.",
        en=f"The base model {base} is a folder, and a pod sees only folders of its image. Put it "
        "into the store with `cs-pipeline base push` and use `store:name`.",
    )


def nobody_is_told() -> Words:
    """No channel."""
    return Words(
        ko="알림을 받을 곳이 없습니다. CS_PIPELINE_NOTIFY_URLS에 적고 `cs-pipeline notify "
        "--test`로 확인하세요 (docs/notifications.md).",
        en="Nobody is told anything. Set CS_PIPELINE_NOTIFY_URLS and try it with `cs-pipeline "
        "notify --test` (docs/notifications.md).",
    )


def channel_usable(channel: str) -> Words:
    """Its address is understood; whether it answers, only a message shows."""
    return Words(
        ko=f"알림 채널 {channel}을(를) 쓸 수 있습니다.",
        en=f"Notification channel {channel} can be used.",
    )


def channel_failed(channel: str, problem: Words) -> Words:
    """The last message did not get through."""
    return Words(
        ko=f"알림 채널 {channel}의 마지막 알림이 실패했습니다: {problem.ko} `cs-pipeline notify "
        "--test`로 다시 확인하세요.",
        en=f"The last message on notification channel {channel} failed: {problem.en} Try again "
        "with `cs-pipeline notify --test`.",
    )


def messages_without_links() -> Words:
    """No address of Airflow."""
    return Words(
        ko="알림에 링크가 없습니다. CS_PIPELINE_AIRFLOW_URL에 사람이 Airflow를 여는 주소를 "
        "적으세요.",
        en="Messages have no link. Set CS_PIPELINE_AIRFLOW_URL to the address at which people open "
        "Airflow.",
    )


def gpus_found(names: Sequence[str]) -> Words:
    """What the driver lists."""
    listed = "; ".join(names)
    return Words(ko=f"GPU {len(names)}개: {listed}.", en=f"GPUs: {listed}.")


def no_gpu() -> Words:
    """No driver."""
    return Words(
        ko="이 컴퓨터에는 GPU가 없어 CPU로 학습합니다. 큰 기반 모델은 몇 시간이 걸리니 GPU가 있는 "
        "컴퓨터나 파드(CS_PIPELINE_TRAIN_BACKEND=kubernetes)를 쓰세요.",
        en="This machine has no GPU and trains on the CPU: hours with a large base model. Use a "
        "machine with a GPU, or pods (CS_PIPELINE_TRAIN_BACKEND=kubernetes).",
    )


def gpu_driver_fails() -> Words:
    """A driver that says nothing."""
    return Words(
        ko="GPU 드라이버(nvidia-smi)가 답하지 않습니다. 드라이버를 다시 설치하거나 재시작하세요.",
        en="The GPU driver (nvidia-smi) does not answer. Reinstall it or restart the machine.",
    )
