"""Commands about base models in the store of the hand-over."""

from pathlib import Path
from typing import Annotated

import typer

from cs_pipeline.cli.wording import base as wording
from cs_pipeline.cli.words import add_commands, say


def push(
    folder: Annotated[
        Path,
        typer.Argument(exists=True, file_okay=False, help=str(wording.FOLDER)),
    ],
    name: Annotated[
        str | None,
        typer.Option(help=str(wording.NAME)),
    ] = None,
) -> None:
    """Check a base model on Korean text and upload it for trainers without a model hub."""
    from cs_pipeline import stages

    pushed = stages.push_base(stages.Installation.load(), folder, name=name)
    say(wording.pushed(pushed.base_model, pushed.uploaded_bytes))


def register(app: typer.Typer) -> None:
    """Add the command group `base`."""
    group = typer.Typer(no_args_is_help=True, help=str(wording.GROUP))
    # A group with one command would lose that command's name.
    group.callback()(lambda: None)
    add_commands(group, (push,), wording.HELP)
    app.add_typer(group, name="base")
