"""The sheets of an export with corrected cells in their places."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, repeat

from cs_pipeline.excel_sheets import printable
from cs_pipeline.intake.corrections.pages import Correction, Line
from cs_pipeline.intake.exchanges import ExportReading
from cs_pipeline.intake.files.workbook import Place, RawSheet
from cs_pipeline.intake.sheets.cell_kinds import kind_of
from cs_pipeline.intake.sheets.cells import cell_at, clean_text, column_number
from cs_pipeline.intake.sheets.header import Row
from cs_pipeline.intake.wording import (
    NOT_CORRECTED_WORDS,
    UNKNOWN_ROW_WORDS,
    UNKNOWN_SPEAKER,
)
from cs_pipeline.language import Words
from cs_pipeline.packed_lists import PackedList
from cs_pipeline.records import RefusedRow

At = tuple[str, str]
"""Name of a sheet and A1-style address of a cell."""
NOT_CORRECTED, UNKNOWN_ROW = "not_corrected", "unknown_row"
# Rows that are refused as too long have this many characters at least in one cell.
_LEAST_TO_SPLIT = 500


@dataclass(frozen=True, slots=True)
class Laid:
    """Sheets with corrected cells in place, and what became of the correction's lines.

    `rows` counts corrected lines by sheet, `replaced` those that a later line for the same row
    replaced; `left` are the lines that came back as they were, or whose place the export does not
    know, refused again.
    """

    sheets: list[RawSheet] = field(repr=False)
    corrected: frozenset[At] = field(repr=False)
    rows: Counter[str] = field(repr=False)
    replaced: Counter[str] = field(repr=False)
    left: list[RefusedRow] = field(repr=False)


def laid_over(sheets: list[RawSheet], reading: ExportReading, correction: Correction) -> Laid:
    """Put the cells of the lines that differ from what was written into their places.

    A speaker that was not known is corrected in all rows of that speaker. A row that was too long
    may come back as several: those behind the first are put below the sheet's rows.
    """
    lines = correction.lines
    if correction.counts_headings and len(sheets) == 1:
        lines = [_without_headings(line, sheets[0].added_rows) for line in lines]
    laying = _Laying(sheets, reading, lines)
    for line in lines:
        laying.lay(line)
    return laying.laid()


def _without_headings(line: Line, added_rows: int) -> Line:
    """The line with its row counted as the file counts them."""
    letters = line.cell.rstrip("0123456789")
    row = line.cell.removeprefix(letters)
    return replace(line, cell=f"{letters}{int(row) - added_rows}") if row else line


class _Laying:
    """Sheets while a correction is being laid over them."""

    def __init__(
        self, sheets: list[RawSheet], reading: ExportReading, lines: Sequence[Line]
    ) -> None:
        self._sheets = sheets
        self._by_name = {sheet.name: sheet for sheet in sheets}
        self._name_of = _names(sheets)
        named = {(self._name_of(line.sheet), line.cell) for line in lines}
        self._shown = _shown_rows(reading, named)
        self._reasons = {(row.sheet, row.cell): row.reason for row in reading.refused}
        self._alone = _tables_of_pairs(reading)
        self._changes: dict[str, dict[Place, str]] = defaultdict(dict)
        self._corrected: dict[At, None] = {}
        self._left: list[RefusedRow] = []
        self._replaced: Counter[str] = Counter()
        self._ends = {sheet.name: len(sheet.rows) for sheet in sheets}

    def lay(self, line: Line) -> None:
        """Take in one line."""
        at = (self._name_of(line.sheet), line.cell)
        row = self._shown.get(at)
        if row is None:
            self._left.append(_unknown(line))
            return
        changed = _changed(row, line)
        if not changed:
            self._left.append(_uncorrected(at, line, row))
            return
        index = _row_of(line.cell) + self._by_name[at[0]].added_rows
        if at in self._corrected:
            if self._may_split(at, line, row):
                self._append(at, row, changed)
                return
            self._replaced[at[0]] += 1
            self._withdraw(at[0], index)
        self._corrected[at] = None
        changes = self._changes[at[0]]
        changes |= {(index, column): text for column, text in changed.items()}
        if self._reasons.get(at) == UNKNOWN_SPEAKER:
            self._name_speaker(at, row, changed)

    def _may_split(self, at: At, line: Line, row: Row) -> bool:
        """Whether a row too long was cut in two, in a sheet of pairs alone."""
        too_long = any(len(cell) > _LEAST_TO_SPLIT for cell in row)
        return at[0] in self._alone and too_long and at not in self._reasons

    def _append(self, at: At, row: Row, changed: Mapping[int, str]) -> None:
        """Put the line below the rows of its sheet."""
        name, cell = at
        index = self._ends[name]
        self._ends[name] += 1
        width = max(len(row), *(column + 1 for column in changed))
        texts = {column: cell_at(row, column) for column in range(width)} | dict(changed)
        self._changes[name] |= {(index, column): text for column, text in texts.items()}
        letters = cell.rstrip("0123456789")
        number = index + 1 - self._by_name[name].added_rows
        self._corrected[name, f"{letters}{number}"] = None

    def _withdraw(self, name: str, index: int) -> None:
        changes = self._changes[name]
        for place in [place for place in changes if place[0] == index]:
            del changes[place]

    def _name_speaker(self, at: At, row: Row, changed: Mapping[int, str]) -> None:
        """Write who speaks into all rows of a speaker; a name stays beside it, to be masked."""
        name, cell = at
        column = column_number(cell)
        was, role = cell_at(row, column).strip(), changed.get(column)
        if role is None or not was:
            return
        if kind_of(was) == "name" and was not in role:
            role = f"{role} ({was})"
        for index, other in enumerate(self._by_name[name].rows):
            if cell_at(other, column).strip() == was:
                self._changes[name][index, column] = role

    def laid(self) -> Laid:
        """The sheets with all of it in place."""
        return Laid(
            [_with(sheet, self._changes[sheet.name]) for sheet in self._sheets],
            frozenset(self._corrected),
            Counter(sheet for sheet, _ in self._corrected),
            self._replaced,
            self._left,
        )


def _row_of(cell: str) -> int:
    return int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) - 1


def _tables_of_pairs(reading: ExportReading) -> set[str]:
    """Sheets with one table, of questions and answers."""
    tables = Counter(report.name for report in reading.sheets)
    return {
        report.name
        for report in reading.sheets
        if report.layout == "qa" and tables[report.name] == 1
    }


def _names(sheets: Sequence[RawSheet]) -> Callable[[str], str]:
    """From what the workbook shows of a sheet's name to the name.

    With one sheet there is no doubt; of a text file it is the file's name, which may change.
    """
    if len(sheets) == 1:
        return lambda _: sheets[0].name
    names = {_plain(sheet.name): sheet.name for sheet in sheets}
    return lambda shown: names.get(_plain(shown), shown)


def _shown_rows(reading: ExportReading, named: set[At]) -> dict[At, Row]:
    """The row that a workbook of refused rows shows for each of the named places, if any does."""
    shown = {
        (row.sheet, row.cell): row.original
        for row in reading.refused
        if (row.sheet, row.cell) in named
    }
    for exchange in reading.exchanges:
        for cell in (exchange.answer_cell, exchange.question_cell):
            if (exchange.sheet, cell) in named:
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
    by_row: dict[int, dict[int, str]] = defaultdict(dict)
    for (index, column), text in changes.items():
        by_row[index][column] = text
    beyond = repeat((), 1 + max(by_row) - len(sheet.rows))
    loose = frozenset(one for one in sheet.loose if one[0] not in by_row)
    return replace(
        sheet,
        rows=PackedList(
            _corrected(row, by_row[index]) if index in by_row else row
            for index, row in enumerate(chain(sheet.rows, beyond))
        ),
        errors=sheet.errors - set(changes),
        formulas=sheet.formulas - set(changes),
        shifted=sheet.shifted - set(by_row),
        loose=loose,
    )


def _corrected(row: Row, texts: Mapping[int, str]) -> Row:
    cells = [*row, *[""] * (1 + max(texts) - len(row))]
    for column, text in texts.items():
        cells[column] = text
    return tuple(cells)


def _uncorrected(at: At, line: Line, row: Row) -> RefusedRow:
    words = Words(ko=line.reason, en=line.reason) if line.reason else NOT_CORRECTED_WORDS
    return RefusedRow(*at, NOT_CORRECTED, words, row)


def _unknown(line: Line) -> RefusedRow:
    width = max(line.cells, default=-1) + 1
    cells = tuple(line.cells.get(column, "") for column in range(width))
    return RefusedRow(line.sheet, line.cell, UNKNOWN_ROW, UNKNOWN_ROW_WORDS, cells)
