"""The command that tells people what they must know."""

from typing import Annotated

import typer

from cs_pipeline.cli.wording import notify as wording
from cs_pipeline.cli.words import add_commands, say


def notify(
    test: Annotated[
        bool,
        typer.Option("--test", help=str(wording.TEST)),
    ] = False,
) -> None:
    """Look at disks, inbox, runs and approvals, and tell people; exit code 1 if a test fails."""
    from cs_pipeline import stages

    installation = stages.Installation.load()
    if not installation.settings.notify_urls:
        say(wording.NOBODY)
        raise typer.Exit(2)
    if not test:
        for message in stages.look_and_tell(installation):
            typer.echo(str(message.words))
        return
    deliveries = stages.send_test_message(installation)
    for delivery in deliveries:
        if delivery.problem is None:
            say(wording.sent(delivery.channel))
        else:
            typer.echo(f"✘ {delivery.channel}: {delivery.problem}")
    raise typer.Exit(1 if any(delivery.problem for delivery in deliveries) else 0)


def register(app: typer.Typer) -> None:
    """Add the command `notify`."""
    add_commands(app, (notify,), wording.HELP)
