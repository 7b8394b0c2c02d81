"""Short forms for printing in the reader's language."""

from collections.abc import Callable, Mapping

import typer

from cs_pipeline.language import Words


def words(ko: str, en: str) -> str:
    """One of the two, by `CS_PIPELINE_LANG`."""
    return str(Words(ko=ko, en=en))


def say(ko: str, en: str, *, err: bool = False) -> None:
    """Print one of the two on stdout, or on stderr."""
    typer.echo(words(ko, en), err=err)


def add_commands(app: typer.Typer, korean_help: Mapping[Callable[..., None], str]) -> None:
    """Register functions as subcommands; their English help is their docstring."""
    for command, korean in korean_help.items():
        name = command.__name__.replace("_", "-")
        app.command(name, help=words(korean, command.__doc__ or ""))(command)
