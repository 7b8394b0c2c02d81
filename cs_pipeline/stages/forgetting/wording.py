"""Words of withdrawals: what will go, what went, what still holds it, what to do next."""

from collections.abc import Sequence
from typing import Literal

from cs_pipeline.language import Words

ModelState = Literal["live", "previous", "stored", "gone"]
ErasedKind = Literal[
    "rows", "csvs", "originals", "refused_exports", "refused_rows", "values", "token_cache",
    "audits", "samples", "weights", "reports", "store", "chat_copy",
]  # fmt: skip
LeftKind = Literal[
    "original", "copy", "unread", "model", "store_versions", "backups", "airflow", "services",
    "reviews",
]  # fmt: skip

_STATES: dict[ModelState, Words] = {
    "live": Words(ko="운영 중", en="live"),
    "previous": Words(ko="바로 앞의 운영 모델", en="live before"),
    "stored": Words(ko="저장소에 보관", en="kept in the store"),
    "gone": Words(ko="저장소에 없음", en="not in the store"),
}
_ERASED: dict[ErasedKind, Words] = {
    "rows": Words(ko="데이터셋에서 뺀 행", en="rows taken out of the dataset"),
    "csvs": Words(
        ko="CSV를 지운 이전 데이터셋 버전", en="earlier dataset versions whose CSVs were deleted"
    ),
    "originals": Words(ko="지운 원본 엑셀", en="original exports deleted"),
    "refused_exports": Words(ko="지운 거절 파일", en="refused exports deleted"),
    "refused_rows": Words(
        ko="거절된 행 엑셀에서 지운 행", en="rows taken out of workbooks of refused rows"
    ),
    "values": Words(ko="지운 마스킹 값 해시", en="digests of masked values deleted"),
    "token_cache": Words(ko="지운 토큰 캐시 파일", en="files of the token cache deleted"),
    "audits": Words(ko="지운 마스킹 검토 엑셀", en="workbooks of masking reviews deleted"),
    "samples": Words(ko="예시 답변을 지운 실행", en="runs whose sample answers were deleted"),
    "weights": Words(
        ko="체크포인트를 지운 실행 폴더", en="run folders whose checkpoints were deleted"
    ),
    "reports": Words(ko="다시 쓴 실행 보고서", en="run reports rewritten"),
    "store": Words(ko="객체 저장소에서 지운 객체", en="objects deleted from the object store"),
    "chat_copy": Words(
        ko="지운 대화용 모델 사본", en="copies of a model for `chat` that were deleted"
    ),
}
_LEFT: dict[LeftKind, Words] = {
    "original": Words(
        ko="원본 엑셀에는 남아 있습니다. 받은 파일을 고치지 않기 때문입니다. 지우려면 --export로 "
        "빼고, 고친 엑셀을 다시 올리세요.",
        en="The original export still holds it, because what was received is not changed. To "
        "remove it, withdraw it with --export and drop a corrected one.",
    ),
    "copy": Words(
        ko="같은 파일이 또 올라와 원본 옆에 둔 사본입니다.",
        en="A copy that was dropped again and is kept beside the original.",
    ),
    "unread": Words(
        ko="읽지 않은 파일(인박스, 처리 중, 통째로 거절)은 뒤지지 않았습니다. 들어 있으면 직접 "
        "지우세요.",
        en="Files that were never read (inbox, in processing, refused whole) were not searched. "
        "Delete them yourself if they hold it.",
    ),
    "model": Words(
        ko="이 데이터로 학습한 모델입니다. 파일은 지우지 않고 표시했습니다.",
        en="A model that was trained on it. It is marked, its files stay.",
    ),
    "store_versions": Words(
        ko="버킷이 객체의 옛 버전을 보관하면 지운 객체가 거기 남습니다. 버킷의 수명 주기 규칙을 "
        "확인하세요.",
        en="A bucket that keeps old versions of objects still holds what was deleted. Check its "
        "lifecycle rules.",
    ),
    "backups": Words(
        ko="백업과 스냅샷은 손대지 않았습니다. 보관 기간이 지나면 사라지게 하세요.",
        en="Backups and snapshots were not touched. Let them expire.",
    ),
    "airflow": Words(
        ko="Airflow의 데이터베이스와 작업 로그에는 대화가 없습니다. 파일 이름(마스킹됨)과 실행 "
        "메모는 남습니다.",
        en="Airflow's database and task logs hold no conversation. Names of files (masked) and "
        "notes of runs stay there.",
    ),
    "services": Words(
        ko="챗봇 서비스가 이미 내려받은 모델은 새 모델로 바꿔야 사라집니다.",
        en="A model that the chatbot service has downloaded goes when it loads a new one.",
    ),
    "reviews": Words(
        ko="--out으로 다른 곳에 둔 마스킹 검토 엑셀은 직접 지우세요.",
        en="Delete masking reviews that were written elsewhere with --out yourself.",
    ),
}
TITLE = Words(ko="데이터 삭제 확인서", en="Receipt of a withdrawal")
ERASED_TITLE = Words(ko="지운 것", en="What was erased")
LEFT_TITLE = Words(ko="아직 남아 있는 곳과 이유", en="What still holds it, and why")
NEXT_TITLE = Words(ko="다음에 할 일", en="What to do next")
NOTHING_ERASED = Words(ko="지울 것이 없었습니다.", en="There was nothing to erase.")
LATER = Words(
    ko="지금은 찾지 못했습니다. 앞으로 들어오면 뺍니다.",
    en="None of it was found now. It is left out when it comes.",
)
TRAIN_AGAIN = Words(
    ko="운영 모델이 나중에 뺀 데이터로 학습했습니다. `cs-pipeline run --force`로 다시 학습하세요.",
    en="The live model was trained on withdrawn data. Train again: `cs-pipeline run --force`.",
)
PRINT = Words(
    ko="이 확인서를 인쇄하거나 보관하고, 요청한 사람에게 알리세요.",
    en="Print or keep this receipt, and tell the person who asked.",
)
ORIGINALS = Words(
    ko="위의 원본 엑셀을 어떻게 할지 정하세요.",
    en="Decide what becomes of the original exports above.",
)


def state(model: ModelState) -> Words:
    """What becomes of a marked model."""
    return _STATES[model]


def erased(kind: ErasedKind) -> Words:
    """What was erased."""
    return _ERASED[kind]


def left(kind: LeftKind) -> Words:
    """What still holds it."""
    return _LEFT[kind]


def not_found(options: Sequence[str]) -> Words:
    """What was named by these options is nowhere."""
    listed = ", ".join(options)
    return Words(
        ko=f"찾지 못했습니다: {listed} (#은 적은 순서). 아무것도 지우지 않았습니다. 철자를 "
        "확인하세요(엑셀은 `cs-pipeline dataset log --exports`). 앞으로 들어오면 빼려면 --later를 "
        "붙이세요.",
        en=f"Not found: {listed} (# counts the options as given). Nothing was erased. Check the "
        "spelling (exports: `cs-pipeline dataset log --exports`). Add --later to have it left out "
        "when it comes.",
    )


def several_exports(count: int, least: int) -> Words:
    """A name means more than one export."""
    return Words(
        ko=f"그 이름의 엑셀이 {count}개입니다. "
        f"`cs-pipeline dataset log --exports`의 sha256을 앞 {least}자리 이상 적으세요.",
        en=f"{count} exports have that name. Name one by at least {least} characters "
        "of its sha256, from `cs-pipeline dataset log --exports`.",
    )


def no_digest(characters: int) -> Words:
    """Something is not a digest of a masked value."""
    return Words(
        ko=f"해시는 16진수 {characters}자입니다. `cs-pipeline digest`로 만드세요.",
        en=f"A digest is {characters} hexadecimal characters. Make one with `cs-pipeline digest`.",
    )
