"""What the trigger forms ask for. A form shows both languages at once."""

from typing import NamedTuple

from cs_pipeline.language import Words

THIS_RUN = Words(ko="이번 실행", en="This run")
RECIPE = Words(ko="레시피", en="Recipe")
GATE = Words(ko="판정 (느슨하게 하면 보류)", en="Gate (looser: on hold)")
ASK = Words(ko="승인 묻기", en="ask for approval")
ROLL_BACK = Words(ko="되돌리기", en="roll back")


def heading(words: Words) -> str:
    """A field's title, or the heading of some."""
    return f"{words.ko} · {words.en}"


def sentences(words: Words) -> str:
    """A field's description."""
    return f"{words.ko} {words.en}"


class Field(NamedTuple):
    """What a form says of one field."""

    title: Words
    meaning: Words | None = None

    @property
    def shown(self) -> dict[str, str]:
        """As arguments of a `Param`."""
        meaning = {"description": sentences(self.meaning)} if self.meaning else {}
        return {"title": heading(self.title)} | meaning


ACTION = Field(Words(ko="할 일", en="What to do"))
RUN = Field(
    Words(ko="실행", en="Run"),
    Words(ko="실행 ID, 그 앞부분, 또는 last.", en="A run's id, its first characters, or last."),
)
VERSION = Field(
    Words(ko="되돌릴 버전", en="Version to roll back to"),
    Words(ko="비우면 문제없던 마지막 운영 모델.", en="Empty: the last sound one."),
)
OVERRIDE = Field(
    Words(ko="규칙을 무릅쓰고", en="Over the rules"),
    Words(ko="규칙을 어긴 모델이라도.", en="Even a model that breaks rules."),
)
BASE_MODELS = Field(
    Words(ko="기반 모델", en="Base models"),
    Words(
        ko="한 줄에 하나. 레시피마다 모두 학습합니다. 비우면 레시피의 것.",
        en="One per line, each with every recipe. Empty: the recipes' own.",
    ),
)
EPOCHS = Field(
    Words(ko="에폭 수", en="Epochs"), Words(ko="비우면 레시피의 값.", en="Empty: the recipes' own.")
)
PAGE_NOTE = Field(
    Words(ko="메모", en="Note"),
    Words(
        ko="비교 페이지에 남길 말. 고객 정보를 적지 마세요.",
        en="Words for the page. No customer data, please.",
    ),
)
DRY_RUN = Field(
    Words(ko="보기만", en="Only show"),
    Words(ko="지우지 않고 로그에 보여 줍니다.", en="Shows in the log what would go."),
)


def why(meaning: Words) -> Field:
    """The field for a reason; `meaning` is what it is kept for."""
    return Field(Words(ko="사유", en="Why"), meaning)


def recipes(presets: str) -> Field:
    """The field for recipes; `presets` are the names of those that come along."""
    return Field(
        Words(ko="레시피", en="Recipes"),
        Words(
            ko=f"한 줄에 하나: 프리셋({presets}) 또는 YAML 파일의 절대 경로.",
            en="One per line: a preset or the absolute path of a YAML file.",
        ),
    )


def or_the_recipes_value(meaning: Words, value: str) -> Words:
    """What a field means that takes the recipe's `value` when it is empty."""
    return Words(
        ko=f"{meaning.ko} 비우면 레시피의 값({value}).",
        en=f"{meaning.en} Empty: the recipe's value ({value}).",
    )
