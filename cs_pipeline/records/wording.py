"""What is wrong with an export on its way, whichever room it is in."""

from cs_pipeline.errors import StorageError


def vanished(name: str) -> StorageError:
    """A claimed export is not in the processing folder any more."""
    return StorageError(
        ko=f"{name} 파일이 처리 폴더에서 사라졌습니다. 파일을 다시 올려 주세요.",
        en=f"{name} has vanished from the processing folder. Drop the file again.",
    )
