"""The sheets of an export with corrected cells in their places."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cs_pipeline.excel_sheets import printable
from cs_pipeline.intake.corrections.pages import Correction, Line
from cs_pipeline.intake.exchanges import ExportReading
from cs_pipeline.intake.files.workbook import Place, RawSheet
from cs_pipeline.intake.sheets.cells import cell_at, clean_text
from cs_pipeline.intake.sheets.columns import Row
from cs_pipeline.language import Words
from cs_pipeline.records import RefusedRow

At = tuple[str, str]
"""Name of a sheet and A1-style address of a cell."""
NOT_CORRECTED, UNKNOWN_ROW = "not_corrected", "unknown_row"
_NOT_CORRECTED = Words(
    ko="고치지 않은 행입니다. 고쳐서 다시 올려 주세요.",
    en="The row was not corrected. Correct it and drop the file again.",
)
_UNKNOWN_ROW = Words(
    ko="원본 엑셀에 거절된 행으로 없는 '시트'와 '셀'입니다. 두 칸을 처음 받은 대로 되돌려 다시 "
    "올려 주세요.",
    en="The export has no refused row with this 'Sheet' and 'Cell'. Put back what these two "
    "columns said and drop the file again.",
)


@dataclass(frozen=True, slots=True)
class Laid:
    """Sheets with corrected cells in place, and what became of the correction's lines.

    `rows` counts corrected lines by sheet; `left` are the lines that came back as they were, or
    whose place the export does not know, refused again.
    """

    sheets: list[RawSheet] = field(repr=False)
    corrected: frozenset[At] = field(repr=False)
    rows: Counter[str] = field(repr=False)
    left: list[RefusedRow] = field(repr=False)


def laid_over(sheets: list[RawSheet], reading: ExportReading, correction: Correction) -> Laid:
    """Put the cells of the lines that differ from what was written into their places."""
    name_of = _names(sheets)
    shown = _shown_rows(reading)
    changes: dict[str, dict[Place, str]] = defaultdict(dict)
    corrected: dict[At, None] = {}
    left: list[RefusedRow] = []
    for line in correction.lines:
        at = (name_of(line.sheet), line.cell)
        row = shown.get(at)
        if row is None:
            left.append(_unknown(line))
        elif changed := _changed(row, line):
            index = int(line.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) - 1
            changes[at[0]] |= {(index, column): text for column, text in changed.items()}
            corrected[at] = None
        else:
            left.append(_uncorrected(at, line, row))
    return Laid(
        [_with(sheet, changes[sheet.name]) for sheet in sheets],
        frozenset(corrected),
        Counter(sheet for sheet, _ in corrected),
        left,
    )


def _names(sheets: Sequence[RawSheet]) -> Callable[[str], str]:
    """From what the workbook shows of a sheet's name to the name.

    With one sheet there is no doubt; of a text file it is the file's name, which may change.
    """
    if len(sheets) == 1:
        return lambda _: sheets[0].name
    names = {_plain(sheet.name): sheet.name for sheet in sheets}
    return lambda shown: names.get(_plain(shown), shown)


def _shown_rows(reading: ExportReading) -> dict[At, Row]:
    """The row that a workbook of refused rows shows for each place that a refusal may name."""
    shown = {(row.sheet, row.cell): row.original for row in reading.refused}
    for exchange in reading.exchanges:
        for cell in (exchange.answer_cell, exchange.question_cell):
            shown[exchange.sheet, cell] = exchange.row_of(cell)
    return shown


def _changed(row: Row, line: Line) -> dict[int, str]:
    """The cells of the line that say something else than was written."""
    return {
        column: text
        for column, text in line.cells.items()
        if _plain(text) != _plain(cell_at(row, column))
    }


def _plain(text: str) -> str:
    """What survives a way through Excel and other programs."""
    return clean_text(printable(text))


def _with(sheet: RawSheet, changes: Mapping[Place, str]) -> RawSheet:
    """The sheet with these cells; they are no errors or open formulas any more."""
    if not changes:
        return sheet
    rows = list(sheet.rows)
    for (index, column), text in changes.items():
        rows.extend([()] * (index + 1 - len(rows)))
        cells = [*rows[index], *[""] * (column + 1 - len(rows[index]))]
        cells[column] = text
        rows[index] = tuple(cells)
    return replace(
        sheet,
        rows=rows,
        errors=sheet.errors - set(changes),
        formulas=sheet.formulas - set(changes),
        shifted=sheet.shifted - {row for row, _ in changes},
    )


def _uncorrected(at: At, line: Line, row: Row) -> RefusedRow:
    words = Words(ko=line.reason, en=line.reason) if line.reason else _NOT_CORRECTED
    return RefusedRow(*at, NOT_CORRECTED, words, row)


def _unknown(line: Line) -> RefusedRow:
    width = max(line.cells, default=-1) + 1
    cells = tuple(line.cells.get(column, "") for column in range(width))
    return RefusedRow(line.sheet, line.cell, UNKNOWN_ROW, _UNKNOWN_ROW, cells)
