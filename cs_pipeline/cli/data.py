"""Commands about data: masking by hand and synthetic exports."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

import typer

from cs_pipeline.cli.words import add_commands, say, words


def init() -> None:
    """Make the folders of this installation; those with raw text are closed to others."""
    from cs_pipeline import stages

    installation = stages.Installation.load()
    stages.prepare_folders(installation)
    inbox = installation.inbox.uri
    say(f"준비되었습니다. 인박스: {inbox}", f"Ready. Inbox: {inbox}")


def mask() -> None:
    """Read lines on stdin, write them masked."""
    from cs_pipeline import stages

    for masked in stages.mask_lines(stages.Installation.load(), sys.stdin):
        typer.echo(masked)


def sample_export(
    out: Annotated[Path, typer.Option(help=words("만들 엑셀 파일", "Workbook to write"))],
    rows: Annotated[int, typer.Option(min=1, help=words("대화 수", "Exchanges"))] = 2000,
    seed: Annotated[int, typer.Option(help=words("난수 시드", "Seed"))] = 1,
    layout: Annotated[
        Literal["qa", "turns"],
        typer.Option(
            help=words("질문/답변 열 또는 발화별 행", "Columns, or one utterance per row")
        ),
    ] = "qa",
    truth: Annotated[
        Path | None,
        typer.Option(help=words("심어 둔 개인정보 목록 (JSONL)", "Planted personal data (JSONL)")),
    ] = None,
) -> None:
    """Write a synthetic Korean call-centre export with planted fictitious personal data."""
    from cs_pipeline import stages

    stages.write_sample_export(out, rows=rows, seed=seed, layout=layout, truth=truth)
    say(f"{out}: 대화 {rows:,}건", f"{out}: {rows:,} exchanges")


KOREAN_HELP: dict[Callable[..., None], str] = {
    init: "폴더를 만듭니다. 원문이 담기는 폴더는 본인만 볼 수 있습니다.",
    mask: "표준 입력의 각 줄을 마스킹해 출력합니다.",
    sample_export: "가상의 개인정보가 담긴 한국어 상담 예제 엑셀을 만듭니다.",
}


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    add_commands(app, KOREAN_HELP)
