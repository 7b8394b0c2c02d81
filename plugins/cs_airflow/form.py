"""The trigger form of `cs_retrain`: one field per option, in Korean and English."""

from typing import Any

from airflow.sdk import Param

from cs_pipeline.config import Declared, RunOptions, declared
from cs_pipeline.language import Words
from cs_pipeline.recipes.recipe import Recipe, load_recipe


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
        **option.limits,
    )


def _may_be_cleared(option: Declared) -> bool:
    """Whether the value may go away; Airflow sends a cleared text field as null."""
    return option.optional or (option.kind == "string" and "minLength" not in option.limits)


def _with_the_recipes_value(option: Declared, recipe: Recipe) -> Words:
    """What an option means that takes the recipe's value when it is empty; says which that is."""
    value = getattr(recipe, option.name)
    shown = f"{recipe.name}: {value:g}" if isinstance(value, float) else f"{recipe.name}: {value}"
    return Words(
        ko=f"{option.meaning.ko} 비우면 레시피의 값({shown}).",
        en=f"{option.meaning.en} Empty: the recipe's value ({shown}).",
    )
