"""The command that tells people what they must know."""

from collections.abc import Callable
from typing import Annotated

import typer

from cs_pipeline.cli.words import add_commands, say, words


def notify(
    test: Annotated[
        bool,
        typer.Option("--test", help=words("채널마다 시험 알림을 보냄", "Send each channel a test")),
    ] = False,
) -> None:
    """Look at disks, inbox, runs and approvals, and tell people; exit code 1 if a test fails."""
    from cs_pipeline import stages

    installation = stages.Installation.load()
    if not installation.settings.notify_urls:
        say(
            "알림을 받을 곳이 없습니다. CS_PIPELINE_NOTIFY_URLS를 지정하세요.",
            "Nobody is told anything: set CS_PIPELINE_NOTIFY_URLS.",
        )
        raise typer.Exit(2)
    if not test:
        for message in stages.look_and_tell(installation):
            typer.echo(str(message.words))
        return
    deliveries = stages.send_test_message(installation)
    for delivery in deliveries:
        if delivery.problem is None:
            say(f"✔ {delivery.channel}: 보냈습니다.", f"✔ {delivery.channel}: sent.")
        else:
            typer.echo(f"✘ {delivery.channel}: {delivery.problem}")
    raise typer.Exit(1 if any(delivery.problem for delivery in deliveries) else 0)


KOREAN_HELP: dict[Callable[..., None], str] = {
    notify: "디스크, 인박스, 실행, 승인을 살펴 사람에게 알립니다. 시험이 실패하면 종료 코드 "
    "1입니다.",
}


def register(app: typer.Typer) -> None:
    """Add the command `notify`."""
    add_commands(app, KOREAN_HELP)
