"""Commands about base models in the store of the hand-over."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from cs_pipeline.cli.words import add_commands, say, words


def push(
    folder: Annotated[
        Path,
        typer.Argument(
            exists=True, file_okay=False, help=words("기반 모델 폴더", "Folder of a base model")
        ),
    ],
    name: Annotated[
        str | None,
        typer.Option(
            help=words(
                "저장소에서의 이름 (기본: 폴더 이름)", "Name in the store (default: folder's)"
            )
        ),
    ] = None,
) -> None:
    """Check a base model on Korean text and upload it for trainers without a model hub."""
    from cs_pipeline import stages

    pushed = stages.push_base(stages.Installation.load(), folder, name=name)
    say(
        f"{pushed.base_model}: {pushed.uploaded_bytes:,}바이트를 올렸습니다. "
        f"`--base-model {pushed.base_model}`로 씁니다.",
        f"{pushed.base_model}: {pushed.uploaded_bytes:,} bytes uploaded. "
        f"Use it with `--base-model {pushed.base_model}`.",
    )


KOREAN_HELP: dict[Callable[..., None], str] = {
    push: "기반 모델을 한국어로 확인한 뒤, 허브를 쓸 수 없는 학습기를 위해 저장소에 올립니다.",
}


def register(app: typer.Typer) -> None:
    """Add the command group `base`."""
    group = typer.Typer(
        no_args_is_help=True, help=words("저장소의 기반 모델", "Base models in the store")
    )
    # A group with one command would lose that command's name.
    group.callback()(lambda: None)
    add_commands(group, KOREAN_HELP)
    app.add_typer(group, name="base")
