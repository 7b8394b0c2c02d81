"""`tune`: a learning rate that suits the data."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cs_pipeline.cli.run_options import takes_options_of
from cs_pipeline.cli.words import add_commands, say, words
from cs_pipeline.config import RecipeChoice, RunOptions

if TYPE_CHECKING:
    from cs_pipeline.stages.experiments.tuning import Tried, Tuned


@takes_options_of(RecipeChoice)
def tune(
    out: Annotated[
        Path, typer.Option(help=words("만들 레시피 파일(.yaml)", "Recipe file to write (.yaml)"))
    ],
    rate: Annotated[
        list[float],
        typer.Option(
            help=words(
                "해 볼 학습률, 여러 번 가능 (기본: 레시피의 1/4, 1/2, 1, 2, 4배)",
                "A rate to try, may come several times (default: 1/4 to 4 times the recipe's)",
            )
        ),
    ] = [],  # noqa: B006 (typer copies it)
    rows: Annotated[
        int, typer.Option(min=10, help=words("학습할 행 수", "Rows to train on"))
    ] = 1000,
    seed: Annotated[int, typer.Option(help=words("난수 시드", "Seed"))] = 1,
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
        words("학습률", "Learning rate"),
        words("실제 최고 학습률", "Peak rate"),
        words("스텝", "Steps"),
        words("토큰당 nats", "Nats per token"),
        words("글자당 비트", "Bits per character"),
        words("초", "Seconds"),
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
    say(
        f"데이터셋 {tuned.dataset_version}: 학습 {tuned.rows.train:,}행, 검증 {tuned.rows.val:,}행",
        f"Dataset {tuned.dataset_version}: {tuned.rows.train:,} rows to train on, "
        f"{tuned.rows.val:,} validation rows",
    )
    if tuned.at_the_edge:
        say(
            "가장 좋은 학습률이 끝에 있습니다. 그 너머도 --rate로 해 보세요.",
            "The best rate is the lowest or the highest one. Try some beyond it with --rate.",
        )
    say(f"레시피: {tuned.path}", f"Recipe: {tuned.path}")


KOREAN_HELP: dict[Callable[..., None], str] = {
    tune: "최신 데이터셋의 일부로 학습률을 짧게 시험해 레시피 파일을 만듭니다.",
}


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    add_commands(app, KOREAN_HELP)
