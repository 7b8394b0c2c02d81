"""What the commands of `cli/tune.py` say."""

from cs_pipeline.language import Words

OUT = Words(ko="만들 레시피 파일(.yaml)", en="Recipe file to write (.yaml)")

RATE = Words(
    ko="해 볼 학습률, 여러 번 가능 (기본: 레시피의 1/4, 1/2, 1, 2, 4배)",
    en="A rate to try; may be repeated (default: 1/4 to 4 times the recipe's)",
)

ROWS = Words(ko="학습할 행 수", en="Rows to train on")

LEARNING_RATE = Words(ko="학습률", en="Learning rate")

PEAK_RATE = Words(ko="실제 최고 학습률", en="Peak rate")

STEPS = Words(ko="스텝", en="Steps")

NATS_PER_TOKEN = Words(ko="토큰당 nats", en="Nats per token")

BITS_PER_CHARACTER = Words(ko="글자당 비트", en="Bits per character")

SECONDS = Words(ko="초", en="Seconds")


def dataset(version_id: str, train: int, val: int) -> Words:
    """What the rates were tried on."""
    return Words(
        ko=f"데이터셋 {version_id}: 학습 {train:,}행, 검증 {val:,}행",
        en=f"Dataset {version_id}: {train:,} rows to train on, {val:,} validation rows",
    )


AT_THE_EDGE = Words(
    ko="가장 좋은 학습률이 끝에 있습니다. 그 너머도 --rate로 해 보세요.",
    en="The best rate is the lowest or the highest one. Try some beyond it with --rate.",
)


def written(path: object) -> Words:
    """Where the recipe is."""
    return Words(ko=f"레시피: {path}", en=f"Recipe: {path}")


HELP = {
    "tune": "최신 데이터셋의 일부로 학습률을 짧게 시험해 레시피 파일을 만듭니다.",
}
"""Korean help of each command; the English is its docstring."""
