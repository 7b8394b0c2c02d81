"""The command that shows what would be read of an export."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cs_pipeline.cli.words import add_commands, say, words
from cs_pipeline.refused.reasons import reason_words

if TYPE_CHECKING:
    from rich.table import Table

    from cs_pipeline.records import ReadColumn
    from cs_pipeline.stages.inspecting import InspectedTable, Inspection

LEAST_WIDTH = 120


def inspect(
    file: Annotated[
        Path, typer.Argument(exists=True, help=words("살펴볼 파일", "File to look into"))
    ],
    rows: Annotated[
        int, typer.Option(min=0, help=words("표마다 보여 줄 행 수", "Rows to show of each table"))
    ] = 5,
    as_json: Annotated[
        bool, typer.Option("--json", help=words("한 줄의 JSON으로 출력", "Print one line of JSON"))
    ] = False,
) -> None:
    """Show what would be read of an export, its first rows masked; exit code 3 if refused."""
    from cs_pipeline import stages

    if as_json:
        told = stages.tell_export(stages.Installation.load(), file, rows=rows)
        typer.echo(told.model_dump_json())
        raise typer.Exit(3 if told.refusal else 0)
    inspection = stages.inspect_export(stages.Installation.load(), file, rows=rows)
    _print(inspection)
    if inspection.refusal:
        raise inspection.refusal


def _print(inspection: "Inspection") -> None:
    from rich.console import Console

    console = Console(width=max(Console().width, LEAST_WIDTH), markup=False, highlight=False)
    say(f"파일: {inspection.name}", f"File: {inspection.name}")
    console.print(_overview(inspection))
    for number, table in enumerate(inspection.tables, start=1):
        for column in table.report.columns:
            console.print(f"  [{number}] {column_words(column)}")
        if table.rows:
            console.print(_first_rows(number, table))
    for finding in inspection.warnings:
        say(f"경고: {finding.words.ko}", f"Warning: {finding.words.en}")


def _overview(inspection: "Inspection") -> "Table":
    from rich.table import Table

    overview = Table(box=None, pad_edge=False)
    for heading, figures in (
        ("#", True),
        (words("시트", "Sheet"), False),
        (words("형식", "Layout"), False),
        (words("제목 행", "Header row"), True),
        (words("행", "Rows"), True),
        (words("대화", "Exchanges"), True),
    ):
        overview.add_column(heading, justify="right" if figures else "left", no_wrap=True)
    overview.add_column(words("거절", "Refused"), no_wrap=True)
    overview.add_column(words("알림", "Note"))
    for number, table in enumerate(inspection.tables, start=1):
        report = table.report
        overview.add_row(
            str(number),
            report.name,
            layout_words(table),
            str(report.header_row or "-"),
            f"{report.rows:,}",
            f"{report.exchanges:,}",
            "\n".join(
                f"{reason_words(reason)} {count:,}" for reason, count in table.refused.most_common()
            )
            or "-",
            str(report.note or "-"),
        )
    return overview


def _first_rows(number: int, table: "InspectedTable") -> "Table":
    from rich.table import Table

    shown = Table(title=f"[{number}] {table.report.name}", title_justify="left")
    for heading in (
        words("셀", "Cells"),
        words("질문 (가린 뒤)", "Question (masked)"),
        words("답변 (가린 뒤)", "Answer (masked)"),
    ):
        shown.add_column(heading)
    for row in table.rows:
        shown.add_row(f"{row.question_cell}, {row.answer_cell}", row.question, row.answer)
    return shown


def layout_words(table: "InspectedTable") -> str:
    """How a table is laid out, in words; with the product whose export it is."""
    layout = {
        "qa": words("질문·답변", "question, answer"),
        "turns": words("발화별 행", "one utterance per row"),
        "transcript": words("한 칸에 대화 전체", "one conversation per cell"),
        "unread": words("읽지 않음", "not read"),
    }[table.report.layout]
    return f"{layout} ({table.vendor})" if table.vendor else layout


def column_words(column: "ReadColumn") -> str:
    """Which column was read as what, its heading, and its share of sentences."""
    said = f"{column.letters} {use_words(column.use)}: {column.heading}"
    if column.sentences is None:
        return said
    return f"{said} ({words('문장', 'sentences')} {column.sentences:.0%})"


def use_words(use: str) -> str:
    """What a column is read for, in words; an entity type by its name."""
    from cs_pipeline.masked.placeholders import ENTITY_NAMES

    uses = {
        "question": words("질문", "question"),
        "answer": words("답변", "answer"),
        "speaker": words("발화자", "speaker"),
        "text": words("내용", "text"),
        "conversation": words("대화 구분", "conversation"),
        "person": words("말한 사람 ID", "who speaks"),
        "time": words("시각", "time"),
        "order": words("순번", "order"),
        "private": words("내부 메모 표시", "mark of internal notes"),
        "transcript": words("대화 전체", "whole conversation"),
    }
    return uses.get(use) or words(
        f"{ENTITY_NAMES[use].ko} (가릴 값)", f"{ENTITY_NAMES[use].en} (to be masked)"
    )


KOREAN_HELP: dict[Callable[..., None], str] = {
    inspect: "엑셀이 어떻게 읽힐지 보여 줍니다. 첫 행은 가려서 보여 주고, 거절될 파일이면 종료 "
    "코드 3입니다.",
}


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    add_commands(app, KOREAN_HELP)
