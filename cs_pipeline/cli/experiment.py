"""`experiment`: several models on the same data, and handing one of them to the gate."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated

import typer

from cs_pipeline.cli.summary import print_verdict, status_words
from cs_pipeline.cli.words import add_commands, say, words


def run(
    recipes: Annotated[
        list[str],
        typer.Option("--recipe", help=words("프리셋 또는 YAML 파일", "A preset or a YAML file")),
    ],
    base_models: Annotated[
        list[str],
        typer.Option(
            "--base-model",
            help=words("기반 모델 (기본: 레시피의 것)", "Base model (default: the recipe's)"),
        ),
    ] = [],  # noqa: B006 (typer copies it)
    epochs: Annotated[
        float | None, typer.Option(help=words("에폭 수 (기본: 레시피의 값)", "Epochs"))
    ] = None,
    note: Annotated[str, typer.Option(help=words("메모", "Note"))] = "",
) -> None:
    """Train each recipe with each base model on the newest dataset, and compare them."""
    from cs_pipeline.retrain import compare_models
    from cs_pipeline.stages import Installation

    page = compare_models(
        Installation.load(),
        experiment_id=f"cli__{datetime.now(UTC):%Y-%m-%dT%H%M%S}-experiment",
        recipes=recipes,
        base_models=base_models,
        epochs=epochs,
        note=note,
        announce=lambda step: typer.echo(f"▶ {step}", err=True),
    )
    say(f"비교 페이지: {page}", f"Page: {page}")


def candidate(
    run_id: Annotated[
        str,
        typer.Argument(
            metavar="RUN",
            help=words("실험 모델의 실행 ID", "Run id of a model of an experiment"),
        ),
    ],
) -> None:
    """Hand one model of an experiment to the gate; exit code 4 unless it goes live."""
    from cs_pipeline import stages

    judged = stages.judge_candidate(stages.Installation.load(), run_id)
    print_verdict(judged.verdict)
    if judged.model:
        say(f"운영 모델: {judged.model.version_id}", f"Live model: {judged.model.version_id}")
    say(f"결과: {status_words(judged.run.status)}", f"Outcome: {status_words(judged.run.status)}")
    if judged.model is None:
        raise typer.Exit(4)


KOREAN_HELP: dict[Callable[..., None], str] = {
    run: "레시피와 기반 모델마다 최신 데이터셋으로 학습해 나란히 비교합니다.",
    candidate: "실험의 한 모델을 후보로 판정에 넘깁니다. 운영에 들어가지 않으면 종료 코드 4.",
}


def register(app: typer.Typer) -> None:
    """Add the command group of this module."""
    group = typer.Typer(no_args_is_help=True)
    add_commands(group, KOREAN_HELP)
    app.add_typer(
        group,
        name="experiment",
        help=words(
            "여러 모델을 같은 데이터로 학습해 비교합니다.",
            "Train several models on the same data and compare them.",
        ),
    )
