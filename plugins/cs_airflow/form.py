"""The trigger form of `cs_retrain`: one field per option, in Korean and English."""

from typing import Any

from airflow.sdk import Param

from cs_airflow import wording_forms as words
from cs_pipeline.config import Declared, GateChoice, RecipeChoice, RunOptions, declared
from cs_pipeline.language import Words
from cs_pipeline.recipes.recipe import Recipe, load_recipe

_SECTIONS = ((RecipeChoice, words.RECIPE), (GateChoice, words.GATE))


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
        title=words.heading(title),
        description=words.sentences(description),
        type=[option.kind, "null"] if _may_be_cleared(option) else option.kind,
        section=_section(option.name),
        **option.limits,
    )


def _section(name: str) -> str:
    """The heading that the form shows an option under."""
    found = (heading for group, heading in _SECTIONS if name in group.model_fields)
    return words.heading(next(found, words.THIS_RUN))


def _may_be_cleared(option: Declared) -> bool:
    """Whether the value may go away; Airflow sends a cleared text field as null."""
    return option.optional or (option.kind == "string" and "minLength" not in option.limits)


def _with_the_recipes_value(option: Declared, recipe: Recipe) -> Words:
    """What an option means that takes the recipe's value when it is empty; says which that is."""
    value = getattr(recipe, option.name)
    shown = f"{value:g}" if isinstance(value, float) else value or "-"
    return words.or_the_recipes_value(option.meaning, f"{recipe.name}: {shown}")
