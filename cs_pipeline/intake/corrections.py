"""Refused rows that come back corrected: laid over the export that they were refused from.

That export is read anew with the corrected cells in place, by the same code and in whatever layout
it has, and what the corrections changed or made possible is taken. Rows that came back as they
were stay refused. A correction's own refused rows may be corrected again, and so on: then each
correction is laid over what the one before it left.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from cs_pipeline.intake.cells import cell_at, clean_text
from cs_pipeline.intake.columns import Row
from cs_pipeline.intake.correction_pages import Correction, Line, correction_in
from cs_pipeline.intake.exchanges import ExportReading, TableReading
from cs_pipeline.intake.refusals import refusal
from cs_pipeline.intake.workbook import Place, RawSheet
from cs_pipeline.language import Words
from cs_pipeline.records import Exchange, RefusedRow, SheetReport
from cs_pipeline.refused_form import printable

MOST_LINKS = 20
"""Corrections of corrections; each of them costs a reading of the whole export."""
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

Read = Callable[[Path], list[RawSheet]]
Understand = Callable[[Sequence[RawSheet]], ExportReading]
Find = Callable[[str], Path | None]
_At = tuple[str, str]
"""Name of a sheet and A1-style address of a cell."""


def read_correction(
    correction: Correction, file: str, *, find: Find, read: Read, understand: Understand
) -> ExportReading:
    """The exchanges that a correction changed or made possible, and its rows that stay refused.

    `rows_read` counts its corrected rows.

    Args:
        correction: what came back.
        file: its masked name, for messages.
        find: where the bytes with a sha256 lie now; None when they are gone.
        read: the sheets of a workbook (`read_workbook` with the installation's limits).
        understand: what sheets hold (`read_sheets` with the installation's layouts).

    Raises:
        ExportError: no cell was corrected (`nothing_corrected`), the export is gone
            (`origin_missing`) or can no longer be read, or `too_many_corrections`.
    """
    chain, sheets = _origin(correction, file, find, read)
    for earlier in reversed(chain[1:]):
        sheets = _laid_over(sheets, understand(sheets), earlier).sheets
    before = understand(sheets)
    laid = _laid_over(sheets, before, correction)
    if not laid.corrected:
        raise refusal("nothing_corrected", file)
    return _taken(before, understand(laid.sheets), laid, chain[-1].origin_sha256)


def _origin(
    correction: Correction, file: str, find: Find, read: Read
) -> tuple[list[Correction], list[RawSheet]]:
    """The chain of corrections, newest first, and the sheets of the export at its end."""
    chain = [correction]
    while len(chain) <= MOST_LINKS:
        path = find(chain[-1].origin_sha256)
        if path is None:
            raise refusal("origin_missing", file)
        sheets = read(path)
        earlier = correction_in(sheets, file)
        if earlier is None:
            return chain, sheets
        chain.append(earlier)
    raise refusal("too_many_corrections", file)


@dataclass(frozen=True, slots=True)
class _Laid:
    """Sheets with corrected cells in place, and what became of the correction's lines.

    `rows` counts corrected lines by sheet; `left` are the lines that came back as they were, or
    whose place the export does not know, refused again.
    """

    sheets: list[RawSheet] = field(repr=False)
    corrected: frozenset[_At] = field(repr=False)
    rows: Counter[str] = field(repr=False)
    left: list[RefusedRow] = field(repr=False)


def _laid_over(sheets: list[RawSheet], reading: ExportReading, correction: Correction) -> _Laid:
    """Put the cells of the lines that differ from what was written into their places."""
    name_of = _names(sheets)
    shown = _shown_rows(reading)
    changes: dict[str, dict[Place, str]] = defaultdict(dict)
    corrected: dict[_At, None] = {}
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
    return _Laid(
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


def _shown_rows(reading: ExportReading) -> dict[_At, Row]:
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
        sheet, rows=rows, errors=sheet.errors - set(changes), formulas=sheet.formulas - set(changes)
    )


def _uncorrected(at: _At, line: Line, row: Row) -> RefusedRow:
    words = Words(ko=line.reason, en=line.reason) if line.reason else _NOT_CORRECTED
    return RefusedRow(*at, NOT_CORRECTED, words, row)


def _unknown(line: Line) -> RefusedRow:
    width = max(line.cells, default=-1) + 1
    cells = tuple(line.cells.get(column, "") for column in range(width))
    return RefusedRow(line.sheet, line.cell, UNKNOWN_ROW, _UNKNOWN_ROW, cells)


def _taken(before: ExportReading, after: ExportReading, laid: _Laid, root: str) -> ExportReading:
    """What the corrected sheets hold more than the sheets did."""
    known = {_said(exchange) for exchange in before.exchanges}
    taken = [
        exchange
        for exchange in after.exchanges
        if _said(exchange) not in known or not laid.corrected.isdisjoint(_places([exchange]))
    ]
    done = set(_places(taken))
    were = {(row.sheet, row.cell) for row in before.refused}
    again = [
        row
        for row in after.refused
        if (row.sheet, row.cell) in laid.corrected or (row.sheet, row.cell) not in were
    ]
    settled = done | laid.corrected
    refused = [*again, *(row for row in laid.left if (row.sheet, row.cell) not in settled)]
    conversations = {row.conversation_id for row in taken if row.conversation_id is not None}
    tables = list(_tables(after, done, laid.rows, refused))
    return replace(
        after,
        sheets=tuple(report for report, _ in tables),
        tables=tuple(table for _, table in tables),
        rows_read=laid.rows.total(),
        exchanges=taken,
        refused=refused,
        origin_sha256=root,
        conversations=[
            row
            for row in after.exchanges
            if row.conversation_id in conversations or (row.sheet, row.question_cell) in done
        ],
    )


def _said(exchange: Exchange) -> tuple[str, ...]:
    return (
        exchange.sheet,
        exchange.question_cell,
        exchange.answer_cell,
        exchange.question,
        exchange.answer,
    )


def _places(exchanges: Iterable[Exchange]) -> Iterator[_At]:
    for exchange in exchanges:
        yield exchange.sheet, exchange.question_cell
        yield exchange.sheet, exchange.answer_cell


def _tables(
    after: ExportReading, done: set[_At], rows: Counter[str], refused: Iterable[RefusedRow]
) -> Iterator[tuple[SheetReport, TableReading]]:
    """The tables whose sheets have corrected rows; a sheet's rows count in its first table."""
    reasons: dict[str, Counter[str]] = defaultdict(Counter)
    for row in refused:
        reasons[row.sheet][row.reason] += 1
    counts, exchanges = Counter(rows), iter(after.exchanges)
    for report, table in zip(after.sheets, after.tables, strict=True):
        if table is None:
            continue
        of_table = islice(exchanges, table.exchanges)
        taken = sum((row.sheet, row.question_cell) in done for row in of_table)
        if not rows[report.name]:
            continue
        yield (
            report.model_copy(
                update={
                    "rows": counts.pop(report.name, 0),
                    "exchanges": taken,
                    "note": _CORRECTED,
                }
            ),
            replace(table, exchanges=taken, refused=reasons.pop(report.name, Counter())),
        )


_CORRECTED = Words(
    ko="거절된 행을 고쳐 올린 파일입니다. 고친 행만 셉니다.",
    en="A workbook of refused rows; only corrected ones are counted.",
)
