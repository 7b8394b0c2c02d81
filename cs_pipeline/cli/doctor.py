"""The command that looks whether the installation is fit to run."""

from collections.abc import Callable
from typing import Annotated

import typer

from cs_pipeline.cli.words import add_commands, words

_MARKS = {
    "ok": ("✔", typer.colors.GREEN),
    "warning": ("!", typer.colors.YELLOW),
    "problem": ("✘", typer.colors.RED),
}


def doctor(
    as_json: Annotated[
        bool, typer.Option("--json", help=words("JSON으로 출력", "Print JSON"))
    ] = False,
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


KOREAN_HELP: dict[Callable[..., None], str] = {
    doctor: "설정, 폴더, 디스크, 저장소, 기반 모델, 파드를 점검합니다. 문제가 있으면 종료 코드 "
    "1입니다.",
}


def register(app: typer.Typer) -> None:
    """Add the command `doctor`."""
    add_commands(app, KOREAN_HELP)
