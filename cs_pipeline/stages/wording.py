"""What stages say on their way, and why they fail."""

from pathlib import Path

from cs_pipeline.errors import SettingsError, SomebodyAtWork, StorageError
from cs_pipeline.language import Words
from cs_pipeline.numbers import shown_size

NOT_COUNTED = Words(
    ko="이 데이터셋에는 파일별 행 수가 없어 레시피의 가중치를 쓸 수 없습니다. 새 엑셀을 한 "
    "번 합치거나, new_export_weight와 export_weights 없이 학습하세요.",
    en="This dataset does not say how many rows come from which export, so the recipe's weights "
    "cannot be used. Merge a new export once, or train without new_export_weight and "
    "export_weights.",
)


def no_installation(data: Path, work: Path) -> SettingsError:
    """Nothing is where an installation should be."""
    return SettingsError(
        ko=f"설치를 찾지 못했습니다: {data}과(와) {work}이(가) 없습니다. CS_PIPELINE_DATA_DIR과 "
        "CS_PIPELINE_WORK_DIR을 확인하거나, 설치가 있는 폴더에서 실행하세요.",
        en=f"There is no installation: neither {data} nor {work} exists. Check "
        "CS_PIPELINE_DATA_DIR and CS_PIPELINE_WORK_DIR, or run where the installation is.",
    )


def no_store_to_hand_over() -> SettingsError:
    """Something needs the store by which trainings are handed over."""
    return SettingsError(
        ko="넘겨주기에 쓸 저장소가 없습니다. CS_PIPELINE_STORE를 지정하세요 (예: s3://bucket/cs).",
        en="There is no store to hand trainings over with. Set CS_PIPELINE_STORE, such as "
        "s3://bucket/cs.",
    )


def somebody_at_work(by: str | None, what: str, where: str) -> SomebodyAtWork:
    """Somebody else changes the installation; `by` is None where it is not known who."""
    ko, en = f"{by}의 {what} 작업이 ({where})", f"{by} with {what} ({where})"
    if by is None:
        ko, en = "다른 작업이", "somebody else"
    return SomebodyAtWork(
        ko=f"지금 {ko} 진행 중입니다. 파일은 그대로 두고, 끝난 뒤 다시 실행하세요.",
        en=f"At work now: {en}. Leave the files as they are and run again afterwards.",
    )


def quarantine_only(quarantine: Path) -> SettingsError:
    """Unmasked text anywhere else."""
    return SettingsError(
        ko=(
            f"원본이 담긴 파일은 격리 폴더 {quarantine} 안에만 만들 수 있습니다. --out을 빼거나 "
            "그 폴더 안의 경로를 쓰세요."
        ),
        en=(
            f"A file with the source may be written into the quarantine {quarantine} only. Omit "
            "--out or name a path in that folder."
        ),
    )


def there_already(path: Path) -> SettingsError:
    """A workbook that may hold verdicts."""
    return SettingsError(
        ko=f"{path} 파일이 이미 있습니다. 판정이 지워지지 않도록 다른 이름이나 시드를 쓰세요.",
        en=f"{path} is there already. Use another name or seed, so that no verdict is lost.",
    )


def wrong_file_name(option: str, suffix: str) -> SettingsError:
    """A path that is no file name."""
    return SettingsError(
        ko=f"{option}에는 {suffix}로 끝나는 파일 이름을 적으세요.",
        en=f"{option} must be a file name that ends in {suffix}.",
    )


def processed_already(name: str, when: str, dataset_version: str) -> Words:
    """A file that was used before."""
    return Words(
        ko=(
            f"{name}: 같은 파일을 {when}에 이미 처리했습니다(데이터셋 {dataset_version}). 원본 "
            "옆에 두었습니다."
        ),
        en=(
            f"{name}: the same file was processed at {when} (dataset {dataset_version}). It was "
            "put beside the original."
        ),
    )


def export_taken(name: str) -> StorageError:
    """Two runs at one export."""
    return StorageError(
        ko=(
            f"엑셀 파일 {name}은(는) 다른 실행이 맡고 있습니다. 다시 올리지 말고, 그 실행이 "
            "끝난 뒤 다시 실행하세요."
        ),
        en=(
            f"Another run is at work on the export {name}. Do not drop it again; run again when "
            "that one is over."
        ),
    )


def export_gone(name: str) -> StorageError:
    """A claimed export is not there."""
    return StorageError(
        ko=f"엑셀 파일 {name}을(를) 찾을 수 없습니다. 다시 인박스에 넣으세요.",
        en=f"The export {name} cannot be found. Drop it into the inbox again.",
    )


def masking_misses(rows: int) -> Words:
    """Rows that a merge left out."""
    return Words(
        ko=(
            f"다른 곳에서 가린 값이 그대로 남은 {rows:,}행을 데이터셋에서 뺐습니다. 개인정보 "
            "규칙을 확인하세요."
        ),
        en=(
            f"{rows:,} rows show a value that was masked elsewhere and are left out of the "
            "dataset. Check the masking rules."
        ),
    )


def report(path: object) -> Words:
    """Where the report is."""
    return Words(ko=f"보고서: {path}", en=f"Report: {path}")


def cannot_answer(host: str, port: int, fault: str | None) -> SettingsError:
    """A port that is taken, or an address that is not this machine's."""
    return SettingsError(
        ko=f"{host}:{port}에서 응답할 수 없습니다({fault}). 다른 포트나 주소를 쓰세요.",
        en=f"Cannot answer at {host}:{port} ({fault}). Use another port or address.",
    )


def freed(kind: str, count: int, size_bytes: int) -> Words:
    """What housekeeping deleted, or would delete, of one kind."""
    what, size = _KINDS_FREED[kind], shown_size(size_bytes)
    return Words(ko=f"{what.ko}: {count:,}개, {size}", en=f"{what.en}: {count:,}, {size}")


_KINDS_FREED = {
    "exports": Words(ko="처리가 끝난 원본 엑셀", en="processed exports"),
    "refused": Words(ko="거절된 파일과 거절된 행의 엑셀", en="refused exports and rows"),
    "weights": Words(ko="실행 폴더의 모델", en="models in run folders"),
    "versions": Words(ko="모델 저장소의 버전", en="versions of the model store"),
    "cache": Words(ko="토큰 캐시", en="files of the token cache"),
    "staged": Words(ko="학습기에 넘긴 파일", en="files handed to trainers"),
    "uploads": Words(
        ko="페이지에 올리고 넣지 않은 파일", en="files sent to the page and not put in"
    ),
    "mirrored": Words(ko="체크포인트 사본", en="mirrored checkpoints"),
}


def no_run(run_id: str) -> SettingsError:
    """A run id that nothing is known of."""
    return SettingsError(
        ko=f"실행 {run_id}이(가) 없습니다. `cs-pipeline status`로 실행 ID를 확인하세요.",
        en=f"There is no run {run_id}. See the run ids with `cs-pipeline status`.",
    )


def personal_note() -> SettingsError:
    """Personal data in a note."""
    return SettingsError(
        ko=(
            "메모에 개인정보로 보이는 글이 있어 시작하지 않았습니다. 전화번호, 이름 등을 빼고 "
            "다시 실행하세요. 양식에 적은 메모는 Airflow의 데이터베이스에 남으니, 이 실행을 "
            "Airflow에서 지우세요."
        ),
        en=(
            "The note holds what looks like personal data, so the run was not started. Leave "
            "out phone numbers, names and the like and run again. A note in the form stays in "
            "Airflow's database: delete this run there."
        ),
    )
