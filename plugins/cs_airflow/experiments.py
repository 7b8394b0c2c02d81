"""The tasks of `cs_experiment`: name the models, and compare what they came to.

What the models are trained by is the operator of the retraining, mapped over them.
"""

from typing import Any

from airflow.sdk import Param, TriggerRule, task

from cs_airflow import wording_forms as words
from cs_airflow.manual import task_name
from cs_airflow.task_errors import task_errors
from cs_pipeline import stages
from cs_pipeline.config import RecipeChoice, Settings, declared
from cs_pipeline.recipes.recipe import preset_names
from cs_pipeline.stages import Installation


def experiment_params(settings: Settings) -> dict[str, Param]:
    """The form: lists of recipes and base models, epochs and a note."""
    epochs = next(option for option in declared(RecipeChoice) if option.name == "epochs")
    presets = ", ".join(preset_names())
    return {
        "recipes": Param(
            [settings.recipe],
            **words.recipes(presets).shown,
            type="array",
            items={"type": "string", "minLength": 1},
            minItems=1,
        ),
        "base_models": Param(
            [],
            **words.BASE_MODELS.shown,
            type=["array", "null"],
            items={"type": "string", "minLength": 1},
        ),
        "epochs": Param(
            None,
            **words.EPOCHS.shown,
            type=["number", "null"],
            **epochs.limits,
        ),
        "note": Param(
            "",
            **words.PAGE_NOTE.shown,
            type=["string", "null"],
            maxLength=500,
        ),
    }


@task(task_display_name=task_name("plan"))
def plan(*, run_id: str, params: dict[str, Any]) -> list[dict[str, Any]]:
    """Pin the newest dataset version and name the models; XCom carries no text of customers."""
    with task_errors():
        planned = stages.plan_experiment(
            Installation.load(),
            experiment_id=run_id,
            recipes=params["recipes"],
            base_models=params["base_models"] or (),
            epochs=params["epochs"],
            note=params["note"] or "",
        )
    dataset = planned.dataset.model_dump(mode="json")
    return [
        member.model_dump(mode="json") | {"dataset": dataset}
        for member in planned.experiment.members
    ]


@task(trigger_rule=TriggerRule.ALL_DONE, task_display_name=task_name("compare"))
def compare(*, run_id: str, ti: Any) -> str:
    """Write the page; a model whose training failed is shown as such."""
    if (settings := Settings.load()).train_backend == "kubernetes":
        from cs_airflow.train.leftovers import delete_pods

        delete_pods(settings, dag_id=ti.dag_id, run_id=run_id)
    with task_errors():
        page = stages.conclude_experiment(Installation.load(), run_id)
    print(page)  # noqa: T201 - a task's stdout is its log
    return str(page)
