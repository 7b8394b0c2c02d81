"""Runs side by side: what they were trained by, how well they answer, what they cost."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from cs_pipeline.cli.wording import common
from cs_pipeline.cli.wording import compare as wording
from cs_pipeline.cli.words import add_commands, say

if TYPE_CHECKING:
    from cs_pipeline.stages.experiments.comparing import Comparison


def compare(
    runs: Annotated[
        list[str],
        typer.Argument(metavar="RUN...", help=str(wording.RUNS)),
    ],
    as_json: Annotated[bool, typer.Option("--json", help=str(common.PRINT_JSON))] = False,
) -> None:
    """Runs side by side: base, recipe, losses, answers, leaks and cost; the best is marked."""
    from cs_pipeline import stages

    installation = stages.Installation.load()
    run_ids = stages.named_runs(installation, runs)
    comparison = stages.compare_runs(installation, run_ids)
    if as_json:
        report = {
            "same_dataset": comparison.same_dataset,
            "same_tokenizer": comparison.same_tokenizer,
            "runs": comparison.runs,
            "live": comparison.live,
        }
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
        return
    _print_table(comparison)
    for warning in comparison.warnings():
        typer.secho(f"{warning}", fg=typer.colors.YELLOW, err=True)
    path = stages.page_about_runs(installation, run_ids)
    say(common.page(path))


def _print_table(comparison: "Comparison") -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from cs_pipeline.stages.experiments.comparing import LIVE, MEASURES, shown

    table = Table(box=None, pad_edge=False)
    table.add_column("")
    columns = comparison.shown()
    for run_id in columns:
        label = str(wording.LIVE) if run_id == LIVE else run_id
        table.add_column(Text(label), overflow="fold")
    for measure in MEASURES:
        best = comparison.best(measure)
        cells = [
            Text(f"{shown(measure, figures[measure.name])} ★", style="bold")
            if run_id in best
            else Text(shown(measure, figures[measure.name]))
            for run_id, figures in columns.items()
        ]
        table.add_row(Text(f"{measure.words}"), *cells)
    # Wider than the terminal rather than cut: a run id is there to be copied.
    Console(width=max(Console().width, 24 + 44 * len(columns))).print(table)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    add_commands(app, (compare,), wording.HELP)
