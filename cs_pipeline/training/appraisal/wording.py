"""What an appraisal says while it runs, and why it fails."""

from cs_pipeline.errors import TrainingError
from cs_pipeline.language import Words

GENERATING = Words(ko="답변 생성", en="generating answers")

LEAK_PROBE = Words(ko="유출 검사", en="leak probe")


def not_scored(version_id: str, kind: str) -> Words:
    """The live model cannot be loaded or measured."""
    return Words(
        ko=(
            f"운영 모델 {version_id}을(를) 평가할 수 없습니다 ({kind}). 모델 저장소의 파일을 "
            "확인하세요."
        ),
        en=(
            f"The live model {version_id} cannot be scored ({kind}). Check its files in the "
            "model store."
        ),
    )


def search_failed(kind: str) -> TrainingError:
    """The leak probe stopped with an error."""
    return TrainingError(
        ko=(
            f"모델의 답변에서 개인정보를 찾는 검사가 실패했습니다 ({kind}). 개인정보 규칙 "
            "설정을 확인한 뒤 다시 실행하세요."
        ),
        en=(
            f"The search for personal data in the model's answers failed ({kind}). Check the "
            "settings of the personal-data rules and run again."
        ),
    )
