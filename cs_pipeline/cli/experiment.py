"""`experiment`: several models on the same data, and handing one of them to the gate."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from cs_pipeline.cli.summary import print_verdict, status_words
from cs_pipeline.cli.wording import common
from cs_pipeline.cli.wording import experiment as wording
from cs_pipeline.cli.words import add_commands, say


def run(
    recipes: Annotated[
        list[str],
        typer.Option("--recipe", help=str(wording.RECIPE)),
    ],
    base_models: Annotated[
        list[str],
        typer.Option(
            "--base-model",
            help=str(wording.BASE_MODEL),
        ),
    ] = [],  # noqa: B006 (typer copies it)
    epochs: Annotated[float | None, typer.Option(help=str(wording.EPOCHS))] = None,
    note: Annotated[str, typer.Option(help=str(wording.NOTE))] = "",
) -> None:
    """Train each recipe with each base model on the newest dataset, and compare them."""
    from cs_pipeline.retrain import compare_models
    from cs_pipeline.stages import Installation

    page = compare_models(
        Installation.load(),
        experiment_id=f"cli__{datetime.now(UTC):%Y-%m-%dT%H%M%S}-experiment",
        recipes=recipes,
        base_models=base_models,
        epochs=epochs,
        note=note,
        announce=lambda step: typer.echo(f"▶ {step}", err=True),
    )
    say(common.page(page))


def candidate(
    run_id: Annotated[
        str,
        typer.Argument(
            metavar="RUN",
            help=str(wording.RUN),
        ),
    ],
) -> None:
    """Hand one model of an experiment to the gate; exit code 4 unless it goes live."""
    from cs_pipeline import stages

    judged = stages.judge_candidate(stages.Installation.load(), run_id)
    print_verdict(judged.verdict)
    if judged.model:
        say(common.live_model(judged.model.version_id))
    say(common.outcome(status_words(judged.run.status)))
    if judged.model is None:
        raise typer.Exit(4)


def register(app: typer.Typer) -> None:
    """Add the command group of this module."""
    group = typer.Typer(no_args_is_help=True)
    add_commands(group, (run, candidate), wording.HELP)
    app.add_typer(
        group,
        name="experiment",
        help=str(wording.GROUP),
    )
