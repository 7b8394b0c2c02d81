"""The command that looks whether the installation is fit to run."""

from typing import Annotated

import typer

from cs_pipeline.cli.wording import common
from cs_pipeline.cli.wording import doctor as wording
from cs_pipeline.cli.words import add_commands

_MARKS = {
    "ok": ("✔", typer.colors.GREEN),
    "warning": ("!", typer.colors.YELLOW),
    "problem": ("✘", typer.colors.RED),
}


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help=str(common.PRINT_JSON))] = False,
) -> None:
    """Look at settings, folders, disk, stores, base model and pods; exit code 1 on a problem."""
    from cs_pipeline import stages

    examination = stages.examine()
    if as_json:
        typer.echo(examination.model_dump_json(indent=2))
    else:
        for diagnosis in examination.diagnoses:
            mark, colour = _MARKS[diagnosis.level]
            typer.echo(f"{typer.style(mark, fg=colour)} {diagnosis.words}")
    raise typer.Exit(0 if examination.fit else 1)


def register(app: typer.Typer) -> None:
    """Add the command `doctor`."""
    add_commands(app, (doctor,), wording.HELP)
