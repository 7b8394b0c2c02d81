"""Asking before something is done, and by whom."""

from typing import Annotated

import typer

from cs_pipeline.cli.wording import confirm as wording

Yes = Annotated[bool, typer.Option("--yes", help=str(wording.YES))]
By = Annotated[
    str | None,
    typer.Option(help=str(wording.BY)),
]


def confirmed(question: str, *, yes: bool) -> None:
    """Go on, or end with exit code 2 where the answer is no or there is nobody to answer."""
    if yes:
        return
    try:
        agreed = typer.confirm(question)
    except typer.Abort:
        agreed = False
    if not agreed:
        raise typer.Exit(2)
