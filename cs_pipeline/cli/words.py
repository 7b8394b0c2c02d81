"""Printing in the reader's language, and commands with help in it."""

from collections.abc import Callable, Iterable, Mapping

import typer

from cs_pipeline.language import Words


def say(told: Words, *, err: bool = False) -> None:
    """Print it on stdout, or on stderr."""
    typer.echo(str(told), err=err)


def add_commands(
    app: typer.Typer, commands: Iterable[Callable[..., None]], korean_help: Mapping[str, str]
) -> None:
    """Register functions as subcommands; their English help is their docstring."""
    for command in commands:
        told = Words(ko=korean_help[command.__name__], en=command.__doc__ or "")
        app.command(command.__name__.replace("_", "-"), help=str(told))(command)
