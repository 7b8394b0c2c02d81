"""What an export would be read as, as a record that travels: for other processes and pages."""

from pathlib import Path

from cs_pipeline.errors import ExportError
from cs_pipeline.language import Words
from cs_pipeline.records import Record
from cs_pipeline.records.data import Layout, ReadColumn
from cs_pipeline.refused.reasons import ROW_REASONS
from cs_pipeline.stages.inspecting import InspectedTable, inspect_export
from cs_pipeline.stages.installation import Installation


class RefusedCount(Record):
    """So many rows would be refused, and why."""

    words: Words
    rows: int


class TableTold(Record):
    """One table, or a sheet without one. All text is masked; `shown` are (question, answer)."""

    sheet: str
    layout: Layout
    vendor: str | None
    header_row: int | None
    rows: int
    exchanges: int
    note: Words | None
    columns: tuple[ReadColumn, ...]
    refused: tuple[RefusedCount, ...]
    shown: tuple[tuple[str, str], ...]


class ExportTold(Record):
    """An export in a few figures and rows. `refusal` is why it would be refused whole."""

    name: str
    tables: tuple[TableTold, ...] = ()
    warnings: tuple[Words, ...] = ()
    refusal: Words | None = None


def tell_export(installation: Installation, path: Path, *, rows: int) -> ExportTold:
    """As `inspect_export`; a file that cannot be read at all is told as refused.

    Raises:
        SettingsError: a file of the settings cannot be used.
    """
    try:
        seen = inspect_export(installation, path, rows=rows)
    except ExportError as error:
        return ExportTold(name=installation.mask_text(path.name), refusal=error.words)
    return ExportTold(
        name=seen.name,
        tables=tuple(map(_table, seen.tables)),
        warnings=tuple(finding.words for finding in seen.warnings),
        refusal=seen.refusal.words if seen.refusal else None,
    )


def _table(table: InspectedTable) -> TableTold:
    report = table.report
    return TableTold(
        sheet=report.name,
        layout=report.layout,
        vendor=table.vendor,
        header_row=report.header_row,
        rows=report.rows,
        exchanges=report.exchanges,
        note=report.note,
        columns=report.columns,
        refused=tuple(
            RefusedCount(words=ROW_REASONS.get(reason, Words(ko=reason, en=reason)), rows=rows)
            for reason, rows in table.refused.most_common()
        ),
        shown=tuple((row.question, row.answer) for row in table.rows),
    )
