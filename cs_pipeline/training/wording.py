"""Why a training ends without a model."""

from pathlib import Path

from cs_pipeline.errors import DatasetError, TrainingError


def nothing_left_to_train() -> DatasetError:
    """Masking misses are all that there is."""
    return DatasetError(
        ko=(
            "학습 데이터의 모든 행에 다른 곳에서 가린 값이 그대로 남아 있어 학습할 수 "
            "없습니다. 개인정보 규칙을 확인하고 엑셀 파일을 다시 마스킹하세요."
        ),
        en=(
            "Every training row holds a value that was masked elsewhere, so there is nothing "
            "to train on. Check the masking rules and mask the exports again."
        ),
    )


def not_saved(target: Path, kind: str, needed: int, free: int) -> TrainingError:
    """There is no room for the model."""
    return TrainingError(
        ko=(
            f"학습한 모델을 {target}에 저장하지 못했습니다 ({kind}). {needed:,}바이트 이상이 "
            f"필요하고 {free:,}바이트가 남아 있습니다. 디스크를 비운 뒤 같은 명령을 다시 "
            "실행하면 마지막 체크포인트부터 이어집니다."
        ),
        en=(
            f"The trained model could not be saved to {target} ({kind}). It needs at least "
            f"{needed:,} bytes and {free:,} are left. Make room and run the same command again: "
            "it goes on from the last checkpoint."
        ),
    )
