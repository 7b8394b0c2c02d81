"""The command that prints or serves what Prometheus reads."""

from collections.abc import Callable
from typing import Annotated

import typer

from cs_pipeline.cli.words import add_commands, words


def metrics(
    port: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=65535,
            help=words("출력하는 대신 이 포트에서 HTTP로 응답", "Answer over HTTP instead"),
        ),
    ] = None,
    host: Annotated[
        str, typer.Option(help=words("응답할 주소", "Address to answer at"))
    ] = "127.0.0.1",
) -> None:
    """Print the metrics in Prometheus' text form, or answer with them at a port."""
    from cs_pipeline import stages

    installation = stages.Installation.load()
    if port is None:
        typer.echo(stages.metrics_text(installation), nl=False)
    else:
        stages.serve_metrics(installation, host=host, port=port)


KOREAN_HELP: dict[Callable[..., None], str] = {
    metrics: "Prometheus 형식의 지표를 출력합니다. --port가 있으면 HTTP로 응답합니다.",
}


def register(app: typer.Typer) -> None:
    """Add the command `metrics`."""
    add_commands(app, KOREAN_HELP)
