"""Asking before something is done, and by whom."""

from typing import Annotated

import typer

from cs_pipeline.cli.words import words

Yes = Annotated[bool, typer.Option("--yes", help=words("묻지 않고 진행", "Do not ask"))]
By = Annotated[
    str | None,
    typer.Option(help=words("결정한 사람 (기본: 이 프로세스의 사용자)", "Who decides this")),
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
