"""How models are fine-tuned, and where."""

from pathlib import Path
from typing import ClassVar, Literal

from pydantic import Field, field_validator

from cs_pipeline.config.group import Group, wording
from cs_pipeline.language import Words
from cs_pipeline.recipes.export_weights import MOST_TIMES
from cs_pipeline.recipes.recipe import DEFAULT_RECIPE, anchored, preset_names

_RECIPES_OWN = Words(ko="레시피의 값", en="the recipe's")


class RecipeChoice(Group):
    """A recipe, and values in the place of its own; None: the recipe's."""

    recipe: str = Field(
        default=DEFAULT_RECIPE,
        min_length=1,
        examples=list(preset_names()),
        json_schema_extra=wording(
            "프리셋 이름 또는 YAML 파일의 절대 경로.", title=Words(ko="레시피", en="Recipe")
        ),
    )
    """A preset's name or the absolute path of a YAML file."""
    base_model: str | None = Field(
        default=None,
        min_length=1,
        json_schema_extra=wording(
            "허브 이름, 폴더, 또는 `cs-pipeline base push`로 올린 `store:이름`.",
            title=Words(ko="기반 모델", en="Base model"),
            unset=_RECIPES_OWN,
        ),
    )
    """A hub name, a folder, or `store:name` for one that `cs-pipeline base push` uploaded."""
    epochs: float | None = Field(
        default=None,
        gt=0,
        le=100,
        json_schema_extra=wording(
            "학습 데이터를 도는 횟수.",
            title=Words(ko="에폭 수", en="Epochs"),
            unset=_RECIPES_OWN,
        ),
    )
    """Passes over the training rows."""
    learning_rate: float | None = Field(
        default=None,
        gt=0,
        lt=1,
        json_schema_extra=wording(
            "AdamW 최고 학습률.",
            title=Words(ko="학습률", en="Learning rate"),
            unset=_RECIPES_OWN,
        ),
    )
    """Peak AdamW learning rate."""
    batch_tokens: int | None = Field(
        default=None,
        ge=64,
        json_schema_extra=wording(
            "최적화 한 스텝의 토큰 수.",
            title=Words(ko="스텝당 토큰", en="Tokens per step"),
            unset=_RECIPES_OWN,
        ),
    )
    """Tokens of one optimiser step."""
    new_export_weight: float | None = Field(
        default=None,
        ge=1,
        le=MOST_TIMES,
        json_schema_extra=wording(
            "운영 모델이 학습하지 않은 엑셀 파일의 행을 한 에폭에 몇 번 볼지.",
            title=Words(ko="새 파일의 가중치", en="Weight of new exports"),
            unset=_RECIPES_OWN,
        ),
    )
    """How many times per epoch rows of exports are seen that the live model was not trained on."""
    export_weights: str | None = Field(
        default=None,
        max_length=1000,
        json_schema_extra=wording(
            "파일 이름별로 행을 한 에폭에 몇 번 볼지. 예: `2025-*.xlsx = 0.5, kakao-* = 2`. 먼저 "
            "맞는 이름을 따르고, 나머지는 한 번.",
            title=Words(ko="파일별 가중치", en="Weights of exports"),
            unset=_RECIPES_OWN,
        ),
    )
    """How many times per epoch rows are seen, by their export's file name, such as
    `2025-*.xlsx = 0.5, kakao-* = 2`. The first name that fits counts, others are seen once."""


class Training(RecipeChoice):
    """The installation's recipe, and where the trainer runs."""

    heading: ClassVar[Words] = Words(ko="학습", en="Training")

    train_backend: Literal["local", "kubernetes"] = Field(
        default="local",
        json_schema_extra=wording("학습하는 곳: Airflow 워커(`local`) 또는 파드(`kubernetes`)."),
    )
    """Where the trainer runs: on the Airflow worker (`local`) or in a pod (`kubernetes`)."""

    gpu_hour_price: float = Field(
        default=0.0,
        ge=0,
        json_schema_extra=wording(
            "GPU 한 개의 한 시간 값. 모델을 비교하는 페이지가 이 단위로 비용을 보여 줌. 0이면 비용 "
            "없음."
        ),
    )
    """Price of one GPU for an hour; pages that compare models show costs in its unit. 0: none."""

    golden_questions: Path | None = Field(
        default=None,
        json_schema_extra=wording(
            "모든 후보와 운영 모델에 묻는 사이트의 질문(YAML). docs/golden-questions.example.yaml "
            "참고.",
            unset=Words(ko="없음", en="none"),
        ),
    )
    """A site's own questions that every candidate and the live model are asked (YAML). See
    docs/golden-questions.example.yaml."""

    @field_validator("golden_questions", mode="before")
    @classmethod
    def _empty_golden_is_unset(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("recipe")
    @classmethod
    def _anchored(cls, value: str) -> str:
        return anchored(value)
