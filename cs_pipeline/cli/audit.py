"""`pii-audit`: masked rows for a person to review, and what the verdicts say."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from cs_pipeline.cli.words import add_commands, say, words
from cs_pipeline.masked.placeholders import ENTITY_NAMES

if TYPE_CHECKING:
    from cs_pipeline.stages.audit import AuditEstimate, AuditRate


Rows = Annotated[int, typer.Option(min=30, max=10_000, help=words("뽑을 행 수", "Rows to draw"))]
Out = Annotated[
    Path | None,
    typer.Option(
        help=words(
            "만들 엑셀 파일 (기본: 작업 폴더의 audits, 원본 포함 시 격리 폴더)",
            "Workbook to write (default: audits in the work folder, or the quarantine)",
        )
    ),
]
WithSource = Annotated[
    bool,
    typer.Option(
        "--with-source",
        help=words(
            "가리기 전 원문도 함께. 격리 폴더에만 만듭니다.",
            "Unmasked text beside the masked; into the quarantine only",
        ),
    ),
]


def draw(
    rows: Rows = 200,
    seed: Annotated[int, typer.Option(help=words("난수 시드", "Seed"))] = 1,
    out: Out = None,
    with_source: WithSource = False,
) -> None:
    """Draw masked rows of the current dataset into a workbook for review."""
    from cs_pipeline import stages

    audit = stages.draw_audit(
        stages.Installation.load(), rows=rows, seed=seed, out=out, with_source=with_source
    )
    plan = audit.plan
    say(
        f"{plan.dataset_version}의 {plan.rows:,}행에서 {len(plan.drawn):,}행을 뽑았습니다 "
        f"(층 {len(plan.strata)}개): {audit.path}",
        f"Drew {len(plan.drawn):,} of {plan.rows:,} rows of {plan.dataset_version} "
        f"({len(plan.strata)} strata): {audit.path}",
    )
    if audit.rows_without_source:
        say(
            f"원본 엑셀에서 찾지 못한 행: {audit.rows_without_source:,}",
            f"Rows whose source was not found in an export: {audit.rows_without_source:,}",
        )
    if with_source:
        say(
            "이 파일에는 개인정보가 그대로 있습니다. 검토가 끝나면 지워 주세요.",
            "This file holds personal data as it is. Delete it when the review is done.",
        )


def read(
    workbook: Annotated[
        Path,
        typer.Argument(
            exists=True, dir_okay=False, help=words("판정을 적은 엑셀", "Workbook with verdicts")
        ),
    ],
    json: Annotated[
        Path | None,
        typer.Option(
            help=words("결과 JSON (기본: 엑셀 옆)", "Result as JSON (default: beside the workbook)")
        ),
    ] = None,
) -> None:
    """Read the verdicts: leak and overmasking rate with a 95% confidence interval."""
    from cs_pipeline import stages

    estimate, path = stages.read_audit(workbook, json)
    print_estimate(estimate)
    say(f"결과 파일: {path}", f"Result: {path}")


def print_estimate(estimate: "AuditEstimate") -> None:
    """What was reviewed, the two rates, and where the verdicts fell."""
    unfilled = estimate.drawn - estimate.reviewed
    say(
        f"데이터셋 {estimate.dataset_version}, {estimate.rows:,}행: "
        f"뽑은 {estimate.drawn:,}행 가운데 {estimate.reviewed:,}행 판정, {unfilled:,}행 미판정",
        f"Dataset {estimate.dataset_version}, {estimate.rows:,} rows: {estimate.drawn:,} drawn, "
        f"{estimate.reviewed:,} with a verdict, {unfilled:,} without",
    )
    if left_out := estimate.rows - estimate.rows_represented:
        say(
            f"판정이 하나도 없는 층의 {left_out:,}행은 추정에서 빠졌습니다.",
            f"Left out of the estimate: {left_out:,} rows of strata without any verdict.",
        )
    _print_rate(words("누출률", "Leak rate"), estimate.leak)
    _print_rate(words("과다 마스킹률", "Overmasking rate"), estimate.overmasked)
    _print_strata(estimate)


def _print_rate(title: str, rate: "AuditRate") -> None:
    interval = f"{rate.low:.2%}–{rate.high:.2%}"
    say(
        f"{title}: {rate.share:.2%} (95% 신뢰구간 {interval}), {rate.rows:,}행에서 발견",
        f"{title}: {rate.share:.2%} (95% confidence interval {interval}), found in "
        f"{rate.rows:,} rows",
    )
    if rate.by_type:
        types = ", ".join(f"{ENTITY_NAMES[kind]} {rows}" for kind, rows in rate.by_type.items())
        say(f"  행에 가린 종류: {types}", f"  types masked in them: {types}")
    if rate.by_rule:
        rules = ", ".join(f"{rule} {rows}" for rule, rows in rate.by_rule.items())
        say(f"  행에 쓰인 규칙: {rules}", f"  rules at work in them: {rules}")


def _print_strata(estimate: "AuditEstimate") -> None:
    table = Table(box=None, pad_edge=False)
    table.add_column(words("층", "Stratum"))
    for heading in (
        words("데이터셋의 행", "Rows"),
        words("판정", "Reviewed"),
        words("누출", "Leaks"),
        words("과다", "Overmasked"),
    ):
        table.add_column(heading, justify="right")
    for stratum in estimate.strata:
        table.add_row(
            str(stratum.title),
            f"{stratum.rows:,}",
            f"{stratum.reviewed:,} / {stratum.drawn:,}",
            f"{stratum.leaks:,}",
            f"{stratum.overmasked:,}",
        )
    Console().print(table)


KOREAN_HELP: dict[Callable[..., None], str] = {
    draw: "현재 데이터셋에서 가린 행을 뽑아 검토용 엑셀을 만듭니다.",
    read: "판정을 읽어 누출률과 과다 마스킹률을 95% 신뢰구간과 함께 추정합니다.",
}


def register(app: typer.Typer) -> None:
    """Add the command group of this module."""
    group = typer.Typer(no_args_is_help=True)
    add_commands(group, KOREAN_HELP)
    app.add_typer(
        group,
        name="pii-audit",
        help=words(
            "가린 결과를 사람이 검토합니다: 표본 뽑기, 판정 읽기.",
            "Have a person review the masking: draw a sample, read the verdicts.",
        ),
    )
