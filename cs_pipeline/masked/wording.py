"""What people read about the digests of masked values."""

from pathlib import Path

from cs_pipeline.errors import DatasetError


def digests_damaged(path: Path) -> DatasetError:
    """The file of an export's digests cannot be read."""
    return DatasetError(
        ko=f"가린 값의 해시 파일 {path}이(가) 없거나 손상되었습니다. 백업에서 복원하거나 "
        "원본 엑셀을 다시 마스킹하세요.",
        en=f"The file of masked values' digests {path} is missing or damaged. Restore it from "
        "a backup or mask its export again.",
    )
