"""The command that prints or serves what Prometheus reads."""

from typing import Annotated

import typer

from cs_pipeline.cli.wording import metrics as wording
from cs_pipeline.cli.words import add_commands


def metrics(
    port: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=65535,
            help=str(wording.PORT),
        ),
    ] = None,
    host: Annotated[str, typer.Option(help=str(wording.HOST))] = "127.0.0.1",
) -> None:
    """Print the metrics in Prometheus' text form, or answer with them at a port."""
    from cs_pipeline import stages

    installation = stages.Installation.load()
    if port is None:
        typer.echo(stages.metrics_text(installation), nl=False)
    else:
        stages.serve_metrics(installation, host=host, port=port)


def register(app: typer.Typer) -> None:
    """Add the command `metrics`."""
    add_commands(app, (metrics,), wording.HELP)
