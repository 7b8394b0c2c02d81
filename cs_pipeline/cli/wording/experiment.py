"""What the commands of `cli/experiment.py` say."""

from cs_pipeline.language import Words

RECIPE = Words(ko="프리셋 또는 YAML 파일", en="A preset or a YAML file")

BASE_MODEL = Words(ko="기반 모델 (기본: 레시피의 것)", en="Base model (default: the recipe's)")

EPOCHS = Words(ko="에폭 수 (기본: 레시피의 값)", en="Epochs")

NOTE = Words(ko="메모", en="Note")

RUN = Words(ko="실험 모델의 실행 ID", en="Run id of a model of an experiment")

GROUP = Words(
    ko="여러 모델을 같은 데이터로 학습해 비교합니다.",
    en="Train several models on the same data and compare them.",
)


HELP = {
    "run": "레시피와 기반 모델마다 최신 데이터셋으로 학습해 나란히 비교합니다.",
    "candidate": "실험의 한 모델을 후보로 판정에 넘깁니다. 운영에 들어가지 않으면 종료 코드 4.",
}
"""Korean help of each command; the English is its docstring."""
