"""`answers`: two models' answers for a person to compare blind, and what the verdicts say."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cs_pipeline.cli.deciding import Run
from cs_pipeline.cli.wording import answers as wording
from cs_pipeline.cli.wording import common
from cs_pipeline.cli.words import add_commands, say

if TYPE_CHECKING:
    from cs_pipeline.records import Preference


def draw(
    run_id: Run = "last",
    questions: Annotated[
        int,
        typer.Option(min=10, max=2000, help=str(wording.QUESTIONS)),
    ] = 100,
    seed: Annotated[int, typer.Option(help=str(common.SEED))] = 1,
    out: Annotated[
        Path | None,
        typer.Option(help=str(wording.OUT)),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=str(common.PRINT_JSON))] = False,
) -> None:
    """Lay a candidate's answers beside the live model's in a workbook, blind."""
    from cs_pipeline import stages

    drawn = stages.draw_answers(
        stages.Installation.load(), run_id, questions=questions, seed=seed, out=out
    )
    told = drawn.draw
    if as_json:
        typer.echo(json.dumps({"draw_id": told.draw_id, "pairs": len(told.pairs)}))
        return
    say(wording.drawn(len(told.pairs), told.questions, told.same, drawn.path))
    if told.unsafe:
        say(wording.unsafe(told.unsafe))
    say(wording.WHAT_NEXT)


def read(
    workbook: Annotated[
        Path,
        typer.Argument(exists=True, dir_okay=False, help=str(common.WORKBOOK_WITH_VERDICTS)),
    ],
) -> None:
    """Read the verdicts: how often the candidate is preferred, with a 95% interval."""
    from cs_pipeline import stages

    found = stages.read_answers(stages.Installation.load(), workbook)
    _print(found.run_id, found.preference)
    if found.reason is not None:
        typer.echo(str(found.reason.words))


def _print(run_id: str, told: "Preference") -> None:
    say(wording.judged(run_id, told))
    say(wording.preferred(told.share, told.low, told.high))


def register(app: typer.Typer) -> None:
    """Add the command group of this module."""
    group = typer.Typer(no_args_is_help=True)
    add_commands(group, (draw, read), wording.HELP)
    app.add_typer(
        group,
        name="answers",
        help=str(wording.GROUP),
    )
