"""What housekeeping says."""

from cs_pipeline.language import Words

_KINDS = {
    "exports": Words(ko="처리가 끝난 원본 엑셀", en="processed exports"),
    "refused": Words(ko="거절된 파일과 거절된 행의 엑셀", en="refused exports and rows"),
    "weights": Words(ko="실행 폴더의 모델", en="models in run folders"),
    "versions": Words(ko="모델 저장소의 버전", en="versions of the model store"),
    "cache": Words(ko="토큰 캐시", en="files of the token cache"),
    "staged": Words(ko="학습기에 넘긴 파일", en="files handed to trainers"),
    "uploads": Words(
        ko="페이지에 올리고 넣지 않은 파일", en="files sent to the page, never put in"
    ),
    "mirrored": Words(ko="체크포인트 사본", en="mirrored checkpoints"),
}


def freed(kind: str, count: int, size_bytes: int) -> Words:
    """What went, or would go, of one kind."""
    what, size = _KINDS[kind], shown_size(size_bytes)
    return Words(ko=f"{what.ko}: {count:,}개, {size}", en=f"{what.en}: {count:,}, {size}")


def total(dry_run: bool, size_bytes: int) -> Words:
    """The last line."""
    size = shown_size(size_bytes)
    if dry_run:
        return Words(
            ko=f"지우면 {size}이(가) 비워집니다. 아직 아무것도 지우지 않았습니다.",
            en=f"It would free {size}. Nothing was deleted.",
        )
    return Words(ko=f"{size}을(를) 비웠습니다.", en=f"Freed {size}.")


NOTHING = Words(ko="지울 것이 없습니다.", en="There is nothing to delete.")


def shown_size(size_bytes: int) -> str:
    """Bytes in the unit that reads best."""
    size, units = float(size_bytes), ("B", "KiB", "MiB", "GiB", "TiB")
    for unit in units:
        if size < 1024 or unit == units[-1]:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1024
    raise AssertionError
