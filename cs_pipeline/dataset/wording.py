"""What people read about shards, CSVs and versions: errors that say what is wrong, what to do."""

from pathlib import Path

from cs_pipeline.errors import DatasetError
from cs_pipeline.language import Words


def nothing_to_train_on() -> DatasetError:
    """A merge of nothing into nothing."""
    return DatasetError(
        ko="학습할 데이터가 없습니다. 상담 엑셀 파일을 인박스에 넣으세요.",
        en="There is no data to train on. Drop an export of conversations into the inbox.",
    )


def no_dataset_yet() -> DatasetError:
    """No version was made so far."""
    return DatasetError(
        ko="아직 데이터셋이 없습니다. 상담 엑셀을 인박스에 넣고 먼저 한 번 실행하세요.",
        en="There is no dataset yet. Drop an export into the inbox and run once first.",
    )


def no_such_dataset(name: str) -> DatasetError:
    """A name that fits no version."""
    return DatasetError(
        ko=f"데이터셋 {name}이(가) 없습니다. `cs-pipeline dataset log`로 확인하세요.",
        en=f"There is no dataset {name}. See `cs-pipeline dataset log`.",
    )


def damaged_manifest(path: Path) -> DatasetError:
    """A manifest that is not there or no manifest."""
    return DatasetError(
        ko=f"데이터셋 목록 {path}이(가) 없거나 손상되었습니다. 백업에서 복원하세요.",
        en=f"The dataset manifest {path} is missing or damaged. Restore it from a backup.",
    )


def made_by_another_version(version_id: str) -> DatasetError:
    """CSVs that this program would make otherwise."""
    return DatasetError(
        ko=f"데이터셋 {version_id}은(는) 다른 버전의 프로그램으로 만들어져 다시 "
        "만들 수 없습니다. 병합하면 같은 샤드로 새 버전이 만들어집니다.",
        en=f"Dataset {version_id} was made by another version of this program and "
        "cannot be made again. A merge makes a new version of the same shards.",
    )


def rebuilt_otherwise(version_id: str) -> DatasetError:
    """Shards that no longer give the bytes that a manifest names."""
    return DatasetError(
        ko=f"데이터셋 {version_id}을(를) 다시 만들었지만 기록된 sha256과 "
        "다릅니다. 샤드 폴더를 백업에서 복원하세요.",
        en=f"Dataset {version_id} was rebuilt but differs from its recorded "
        "sha256. Restore the shards folder from a backup.",
    )


def without_masking_mark(path: Path) -> DatasetError:
    """A shard that the mask step did not write."""
    return DatasetError(
        ko=f"샤드 {path.name}에 마스킹 표시가 없습니다. mask 단계로 다시 만드세요.",
        en=f"Shard {path.name} carries no masking mark. Make it again with the mask step.",
    )


def changed_shard(path: Path) -> DatasetError:
    """A shard whose bytes are not those of its manifest."""
    return DatasetError(
        ko=f"샤드 {path.name}이(가) 없거나 내용이 바뀌었습니다. "
        "원본 엑셀을 다시 인박스에 넣거나 백업에서 복원하세요.",
        en=f"Shard {path.name} is missing or changed. "
        "Drop its export into the inbox again or restore it from a backup.",
    )


def shard_not_whole(name: str, export_name: str) -> Words:
    """The same, as one of several problems of a version."""
    return Words(
        ko=f"샤드 {name} ({export_name})이 없거나 바뀌었습니다.",
        en=f"Shard {name} ({export_name}) is missing or changed.",
    )


def csvs_not_whole(folder: Path, version_id: str) -> Words:
    """CSVs whose bytes are not those of their manifest."""
    return Words(
        ko=f"{folder}의 CSV가 기록된 sha256과 다릅니다. `cs-pipeline dataset rebuild "
        f"{version_id}`로 되살리세요.",
        en=f"The CSVs in {folder} do not match their sha256. Bring them back with "
        f"`cs-pipeline dataset rebuild {version_id}`.",
    )
