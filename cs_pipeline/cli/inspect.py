"""The command that shows what would be read of an export."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cs_pipeline.cli.wording import common
from cs_pipeline.cli.wording import inspect as wording
from cs_pipeline.cli.words import add_commands, say
from cs_pipeline.refused.reasons import reason_words

if TYPE_CHECKING:
    from rich.table import Table

    from cs_pipeline.records import ReadColumn
    from cs_pipeline.stages.inspecting import InspectedTable, Inspection

LEAST_WIDTH = 120


def inspect(
    file: Annotated[Path, typer.Argument(exists=True, help=str(wording.FILE))],
    rows: Annotated[int, typer.Option(min=0, help=str(wording.ROWS_SHOWN))] = 5,
    as_json: Annotated[bool, typer.Option("--json", help=str(common.PRINT_JSON_LINE))] = False,
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
    say(wording.file(inspection.name))
    console.print(_overview(inspection))
    for number, table in enumerate(inspection.tables, start=1):
        for column in table.report.columns:
            console.print(f"  [{number}] {column_words(column)}")
        if table.rows:
            console.print(_first_rows(number, table))
    for finding in inspection.warnings:
        say(wording.warning(finding.words))


def _overview(inspection: "Inspection") -> "Table":
    from rich.table import Table

    overview = Table(box=None, pad_edge=False)
    for heading, figures in (
        ("#", True),
        (str(wording.SHEET), False),
        (str(wording.LAYOUT), False),
        (str(wording.HEADER_ROW), True),
        (str(wording.ROWS), True),
        (str(wording.EXCHANGES), True),
    ):
        overview.add_column(heading, justify="right" if figures else "left", no_wrap=True)
    overview.add_column(str(wording.REFUSED), no_wrap=True)
    overview.add_column(str(wording.NOTE))
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
        str(wording.CELLS),
        str(wording.QUESTION_MASKED),
        str(wording.ANSWER_MASKED),
    ):
        shown.add_column(heading)
    for row in table.rows:
        shown.add_row(f"{row.question_cell}, {row.answer_cell}", row.question, row.answer)
    return shown


def layout_words(table: "InspectedTable") -> str:
    """How a table is laid out, in words; with the product whose export it is."""
    layout = str(wording.LAYOUTS[table.report.layout])
    return f"{layout} ({table.vendor})" if table.vendor else layout


def column_words(column: "ReadColumn") -> str:
    """Which column was read as what, its heading, and its share of sentences."""
    said = f"{column.letters} {use_words(column.use)}: {column.heading}"
    if column.sentences is None:
        return said
    return f"{said} ({wording.SENTENCES!s} {column.sentences:.0%})"


def use_words(use: str) -> str:
    """What a column is read for, in words; an entity type by its name."""
    from cs_pipeline.masked.placeholders import ENTITY_NAMES

    return str(wording.USES.get(use) or wording.masked_as(ENTITY_NAMES[use]))


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    add_commands(app, (inspect,), wording.HELP)
