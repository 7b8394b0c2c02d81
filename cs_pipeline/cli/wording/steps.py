"""What the commands of `cli/steps.py` say."""

from cs_pipeline.errors import SettingsError
from cs_pipeline.language import Words

RUN_ID = Words(ko="실행 ID", en="Run id")

RECIPE_JSON = Words(
    ko="레시피 전체의 JSON; 설정과 다른 옵션은 적용되지 않음",
    en="A whole recipe as JSON; neither settings nor other options change it",
)

FORCE = Words(ko="새 파일이 없어도 진행", en="Go on without a new export")

DATASET = Words(ko="데이터셋 버전 폴더", en="Folder of a dataset version")

OUT = Words(ko="결과 폴더", en="Folder for the results")

REQUEST = Words(
    ko="저장소에 있는 학습 요청의 주소; 나머지는 모두 요청에 있음",
    en="Address of a training request in a store; it says all the rest",
)

ATTEMPT = Words(ko="요청의 시도 번호", en="Attempt at the request")


def no_training_named() -> SettingsError:
    """Neither a request nor a dataset to train on."""
    return SettingsError(
        ko="--request 하나, 또는 --run-id, --dataset, --out을 지정하세요.",
        en="Give either --request, or --run-id, --dataset and --out.",
    )


def request_stands_alone() -> SettingsError:
    """Options beside `--request`."""
    return SettingsError(
        ko="--request와 함께 쓸 수 있는 옵션은 --attempt뿐입니다. 나머지는 요청에 있습니다.",
        en="With --request, only --attempt may be given: the request says all the rest.",
    )


def recipe_stands_alone() -> SettingsError:
    """Options of the recipe beside `--recipe-json`."""
    return SettingsError(
        ko="--recipe-json은 레시피의 다른 옵션과 함께 쓸 수 없습니다. 하나만 지정하세요.",
        en="--recipe-json is a whole recipe. Leave out the other options of the recipe.",
    )


def not_a_record(number: int, kind: str) -> SettingsError:
    """A line on stdin that is not the record which the step before prints."""
    return SettingsError(
        ko=(
            f"표준 입력 {number}번째 줄이 {kind} JSON이 아닙니다. 앞 단계의 출력을 그대로 넘기세요."
        ),
        en=f"Line {number} on stdin is not a {kind} JSON. Pipe in the output of the step before.",
    )


HELP = {
    "run": "인박스부터 판정까지 한 번에 실행합니다.",
    "collect": "대기 중인 엑셀을 가져옵니다. 한 줄에 하나씩 출력합니다.",
    "validate": "표준 입력의 엑셀을 검사해 보고서를 출력합니다.",
    "shard": "표준 입력의 검사 보고서를 마스킹된 샤드로 만듭니다.",
    "merge": "표준 입력의 샤드를 데이터셋에 합칩니다.",
    "train": "기반 모델을 미세조정하고 체크포인트와 result.json을 씁니다.",
    "gate": "실행 결과를 판정합니다. 승격이 아니면 종료 코드 4입니다.",
}
"""Korean help of each command; the English is its docstring."""
