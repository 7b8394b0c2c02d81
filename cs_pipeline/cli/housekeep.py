"""The command that deletes what is too old."""

from collections.abc import Callable
from typing import Annotated

import typer

from cs_pipeline.cli.words import add_commands, words


def housekeep(
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help=words("지울 것만 보여 줌", "Only show what would go")),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help=words("JSON으로 출력", "Print JSON"))
    ] = False,
) -> None:
    """Delete what is older than the settings keep; says how much of what."""
    from cs_pipeline import stages
    from cs_pipeline.stages import housekeeping_wording as wording

    done = stages.housekeep(stages.Installation.load(), dry_run=dry_run)
    if as_json:
        typer.echo(done.model_dump_json(indent=2))
        return
    for one in done.freed:
        typer.echo(str(one.words))
        for name in one.names:
            typer.echo(f"  {name}")
    typer.echo(str(wording.total(dry_run, done.size_bytes) if done.freed else wording.NOTHING))


KOREAN_HELP: dict[Callable[..., None], str] = {
    housekeep: "설정보다 오래된 것을 지우고 무엇을 얼마나 비웠는지 보여 줍니다.",
}


def register(app: typer.Typer) -> None:
    """Add the command `housekeep`."""
    add_commands(app, KOREAN_HELP)
