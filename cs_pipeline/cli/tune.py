"""`tune`: a learning rate that suits the data."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cs_pipeline.cli.run_options import takes_options_of
from cs_pipeline.cli.wording import common
from cs_pipeline.cli.wording import tune as wording
from cs_pipeline.cli.words import add_commands, say
from cs_pipeline.config import RecipeChoice, RunOptions

if TYPE_CHECKING:
    from cs_pipeline.stages.experiments.tuning import Tried, Tuned


@takes_options_of(RecipeChoice)
def tune(
    out: Annotated[Path, typer.Option(help=str(wording.OUT))],
    rate: Annotated[
        list[float],
        typer.Option(help=str(wording.RATE)),
    ] = [],  # noqa: B006 (typer copies it)
    rows: Annotated[int, typer.Option(min=10, help=str(wording.ROWS))] = 1000,
    seed: Annotated[int, typer.Option(help=str(common.SEED))] = 1,
    **given: object,
) -> None:
    """Try learning rates in short runs on a part of the newest dataset; write a recipe file."""
    from cs_pipeline import stages

    installation = stages.Installation.load()
    tuned = stages.tune(
        installation,
        options=RunOptions.from_settings(installation.settings, given),
        out=out,
        rates=rate,
        rows=rows,
        seed=seed,
        tell=_say_tried,
    )
    _print(tuned)


def _say_tried(one: "Tried") -> None:
    loss = "-" if one.loss_nats_per_token is None else f"{one.loss_nats_per_token:.4f}"
    typer.echo(f"▶ {one.learning_rate:g}: {loss} nats/token", err=True)


def _print(tuned: "Tuned") -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for heading in (
        str(wording.LEARNING_RATE),
        str(wording.PEAK_RATE),
        str(wording.STEPS),
        str(wording.NATS_PER_TOKEN),
        str(wording.BITS_PER_CHARACTER),
        str(wording.SECONDS),
    ):
        table.add_column(heading, justify="right")
    for one in tuned.tried:
        mark = " ★" if one == tuned.best else ""
        figures = (
            (one.peak_rate, "g"),
            (one.steps, ","),
            (one.loss_nats_per_token, ".4f"),
            (one.bits_per_character, ".4f"),
            (one.train_seconds, ",.1f"),
        )
        shown = ["-" if value is None else format(value, form) for value, form in figures]
        table.add_row(f"{one.learning_rate:g}{mark}", *shown)
    Console().print(table)
    say(wording.dataset(tuned.dataset_version, tuned.rows.train, tuned.rows.val))
    if tuned.at_the_edge:
        say(wording.AT_THE_EDGE)
    say(wording.written(tuned.path))


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    add_commands(app, (tune,), wording.HELP)
