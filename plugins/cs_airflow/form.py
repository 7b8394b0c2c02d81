"""The trigger form of `cs_retrain`: one field per option, in Korean and English."""

from typing import Any

from airflow.sdk import Param

from cs_pipeline.config import Declared, GateChoice, RecipeChoice, RunOptions, declared
from cs_pipeline.language import Words
from cs_pipeline.recipes.recipe import Recipe, load_recipe

_RUN = Words(ko="이번 실행", en="This run")
_SECTIONS = (
    (RecipeChoice, Words(ko="레시피", en="Recipe")),
    (GateChoice, Words(ko="판정 (느슨하게 하면 보류)", en="Gate (looser: on hold)")),
)


def retrain_params(defaults: RunOptions) -> dict[str, Param]:
    """Every field has a default, so that scheduled and event-driven runs need no form."""
    recipe = load_recipe(defaults.recipe)
    return {
        option.name: _param(option, getattr(defaults, option.name), recipe)
        for option in declared(RunOptions)
    }


def _param(option: Declared, default: Any, recipe: Recipe) -> Param:
    title = option.title or Words(ko=option.name, en=option.name)
    description = _with_the_recipes_value(option, recipe) if option.optional else option.meaning
    return Param(
        default,
        title=f"{title.ko} · {title.en}",
        description=f"{description.ko} {description.en}",
        type=[option.kind, "null"] if _may_be_cleared(option) else option.kind,
        section=_section(option.name),
        **option.limits,
    )


def _section(name: str) -> str:
    """The heading that the form shows an option under."""
    for group, words in _SECTIONS:
        if name in group.model_fields:
            return f"{words.ko} · {words.en}"
    return f"{_RUN.ko} · {_RUN.en}"


def _may_be_cleared(option: Declared) -> bool:
    """Whether the value may go away; Airflow sends a cleared text field as null."""
    return option.optional or (option.kind == "string" and "minLength" not in option.limits)


def _with_the_recipes_value(option: Declared, recipe: Recipe) -> Words:
    """What an option means that takes the recipe's value when it is empty; says which that is."""
    value = getattr(recipe, option.name)
    value = f"{value:g}" if isinstance(value, float) else value or "-"
    shown = f"{recipe.name}: {value}"
    return Words(
        ko=f"{option.meaning.ko} 비우면 레시피의 값({shown}).",
        en=f"{option.meaning.en} Empty: the recipe's value ({shown}).",
    )
