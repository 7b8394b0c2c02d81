"""The command that prints what Prometheus reads."""

from collections.abc import Callable

import typer

from cs_pipeline.cli.words import add_commands


def metrics() -> None:
    """Print the metrics in Prometheus' text form, for node_exporter's textfile collector."""
    from cs_pipeline import stages

    typer.echo(stages.metrics_text(stages.Installation.load()), nl=False)


KOREAN_HELP: dict[Callable[..., None], str] = {
    metrics: "Prometheus 형식의 지표를 출력합니다. node_exporter의 textfile 수집기에 씁니다.",
}


def register(app: typer.Typer) -> None:
    """Add the command `metrics`."""
    add_commands(app, KOREAN_HELP)
