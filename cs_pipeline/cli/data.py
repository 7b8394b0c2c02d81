"""Commands about data: masking by hand and synthetic exports."""

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from cs_pipeline.cli.wording import common
from cs_pipeline.cli.wording import data as wording
from cs_pipeline.cli.words import add_commands, say


def init() -> None:
    """Make the folders of this installation; those with raw text are closed to others."""
    from cs_pipeline import stages

    installation = stages.Installation.load()
    stages.prepare_folders(installation)
    inbox = installation.inbox.uri
    say(wording.ready(inbox))


def mask() -> None:
    """Read lines on stdin, write them masked."""
    from cs_pipeline import stages

    for masked in stages.mask_lines(stages.Installation.load(), sys.stdin):
        typer.echo(masked)


def sample_export(
    out: Annotated[Path, typer.Option(help=str(wording.OUT))],
    rows: Annotated[int, typer.Option(min=1, help=str(wording.EXCHANGES))] = 2000,
    seed: Annotated[int, typer.Option(help=str(common.SEED))] = 1,
    layout: Annotated[
        Literal["qa", "turns"],
        typer.Option(help=str(wording.LAYOUT)),
    ] = "qa",
    truth: Annotated[
        Path | None,
        typer.Option(help=str(wording.TRUTH)),
    ] = None,
) -> None:
    """Write a synthetic Korean call-centre export with planted fictitious personal data."""
    from cs_pipeline import stages

    stages.write_sample_export(out, rows=rows, seed=seed, layout=layout, truth=truth)
    say(wording.written(out, rows))


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    add_commands(app, (init, mask, sample_export), wording.HELP)
