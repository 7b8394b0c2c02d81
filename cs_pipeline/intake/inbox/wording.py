"""What is wrong with files on their way through the inbox, and what to do."""

from cs_pipeline.errors import StorageError


def not_moved(name: str, reason: str) -> StorageError:
    """A file stays in the inbox."""
    return StorageError(
        ko=f"{name} 파일을 인박스에서 옮기지 못했습니다 ({reason}). "
        "폴더의 권한과 남은 공간을 확인하세요.",
        en=f"{name} could not be moved out of the inbox ({reason}). "
        "Check the folder's permissions and the free space.",
    )
