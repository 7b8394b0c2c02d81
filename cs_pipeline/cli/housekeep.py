"""The command that deletes what is too old."""

from typing import Annotated

import typer

from cs_pipeline.cli.wording import common
from cs_pipeline.cli.wording import housekeep as wording
from cs_pipeline.cli.words import add_commands


def housekeep(
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help=str(wording.DRY_RUN)),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help=str(common.PRINT_JSON))] = False,
) -> None:
    """Delete what is older than the settings keep; says how much of what."""
    from cs_pipeline import stages

    done = stages.housekeep(stages.Installation.load(), dry_run=dry_run)
    if as_json:
        typer.echo(done.model_dump_json(indent=2))
        return
    for one in done.freed:
        typer.echo(str(one.words))
        for name in one.names:
            typer.echo(f"  {name}")
    total = wording.total(done.size_bytes, dry_run=dry_run)
    typer.echo(str(total if done.freed else wording.NOTHING))


def register(app: typer.Typer) -> None:
    """Add the command `housekeep`."""
    add_commands(app, (housekeep,), wording.HELP)
