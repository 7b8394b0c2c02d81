"""The trigger form of `cs_retrain`: one field an option, in Korean and English."""

from typing import Any

from airflow.sdk import Param

from cs_pipeline.config import RunOptions
from cs_pipeline.language import Words
from cs_pipeline.recipes.recipe import load_recipe, preset_names


def retrain_params(defaults: RunOptions) -> dict[str, Param]:
    """Every field has a default, so that scheduled and event-driven runs need no form."""
    fields = _run_fields() | _training_fields(defaults) | _gate_fields(defaults)
    return {name: fields[name] for name in RunOptions.model_fields}


def _field(default: Any, title: Words, description: Words, **schema: Any) -> Param:
    return Param(
        default,
        title=f"{title.ko} · {title.en}",
        description=f"{description.ko} {description.en}",
        **schema,
    )


def _run_fields() -> dict[str, Param]:
    return {
        "force": _field(
            False,
            Words(ko="새 파일이 없어도 학습", en="Train without a new export"),
            Words(
                ko="지금 데이터셋으로 다시 학습합니다.", en="Trains again on the present dataset."
            ),
            type="boolean",
        ),
        "note": _field(
            "",
            Words(ko="메모", en="Note"),
            Words(
                ko="실행 기록에 남길 말. 고객 정보를 적지 마세요.",
                en="Words for the run history. No customer data, please.",
            ),
            type=["string", "null"],
            maxLength=500,
        ),
    }


def _training_fields(defaults: RunOptions) -> dict[str, Param]:
    own = load_recipe(defaults.recipe)
    return {
        "recipe": _field(
            defaults.recipe,
            Words(ko="레시피", en="Recipe"),
            Words(
                ko="프리셋 이름 또는 YAML 파일의 절대 경로.",
                en="A preset's name or the absolute path of a YAML file.",
            ),
            type="string",
            minLength=1,
            examples=list(preset_names()),
        ),
        "base_model": _override(
            defaults.base_model,
            Words(ko="기반 모델", en="Base model"),
            Words(ko="허브 이름 또는 폴더.", en="A hub name or a folder."),
            f"{own.name}: {own.base_model}",
            kind="string",
            minLength=1,
        ),
        "epochs": _override(
            defaults.epochs,
            Words(ko="에폭 수", en="Epochs"),
            Words(ko="학습 데이터를 도는 횟수.", en="Passes over the training rows."),
            f"{own.name}: {own.epochs:g}",
            kind="number",
            exclusiveMinimum=0,
            maximum=100,
        ),
        "learning_rate": _override(
            defaults.learning_rate,
            Words(ko="학습률", en="Learning rate"),
            Words(ko="AdamW 최고 학습률.", en="Peak AdamW learning rate."),
            f"{own.name}: {own.learning_rate:g}",
            kind="number",
            exclusiveMinimum=0,
            exclusiveMaximum=1,
        ),
        "batch_tokens": _override(
            defaults.batch_tokens,
            Words(ko="스텝당 토큰", en="Tokens a step"),
            Words(ko="최적화 한 스텝의 토큰 수.", en="Tokens of one optimiser step."),
            f"{own.name}: {own.batch_tokens}",
            kind="integer",
            minimum=64,
        ),
    }


def _override(
    default: Any, title: Words, description: Words, own: str, *, kind: str, **schema: Any
) -> Param:
    """A field that takes the recipe's value when it is empty; `own` says which that is."""
    description = Words(
        ko=f"{description.ko} 비우면 레시피의 값({own}).",
        en=f"{description.en} Empty: the recipe's value ({own}).",
    )
    return _field(default, title, description, type=[kind, "null"], **schema)


def _gate_fields(defaults: RunOptions) -> dict[str, Param]:
    return {
        "max_eval_loss": _field(
            defaults.max_eval_loss,
            Words(ko="평가 손실 한도", en="Highest eval loss"),
            Words(ko="검증 답변의 토큰당 nats.", en="Answer loss on val, in nats per token."),
            type="number",
            exclusiveMinimum=0,
        ),
        "min_improvement": _field(
            defaults.min_improvement,
            Words(ko="최소 개선", en="Least improvement"),
            Words(
                ko="운영 모델보다 이만큼 낮아야 합니다(nats/token).",
                en="How much lower than the live model the loss must be.",
            ),
            type="number",
        ),
        "auto_promote": _field(
            defaults.auto_promote,
            Words(ko="자동 승격", en="Promote by itself"),
            Words(
                ko="끄면 판정을 통과해도 사람의 승인을 기다립니다.",
                en="Off: a candidate that passes waits for a person.",
            ),
            type="boolean",
        ),
    }
