"""An export as exchanges: one question and the answer to it, with the cells they came from."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from cs_pipeline.errors import ExportError
from cs_pipeline.intake.files.workbook import RawSheet, read_workbook
from cs_pipeline.intake.left_over import refuse_left_over
from cs_pipeline.intake.looked_up import refuse_others
from cs_pipeline.intake.pairs import PairsReading, read_pairs
from cs_pipeline.intake.refusals import refusal
from cs_pipeline.intake.said import TurnsReading
from cs_pipeline.intake.sheets.block_legends import with_blocks_told
from cs_pipeline.intake.sheets.callers import with_callers_told
from cs_pipeline.intake.sheets.code_books import with_speakers
from cs_pipeline.intake.sheets.continued_speakers import with_speakers_continued
from cs_pipeline.intake.sheets.first_speakers import with_turns_told
from cs_pipeline.intake.sheets.head_rows import HEADER_ROWS
from cs_pipeline.intake.sheets.layouts import Layouts, load_layouts
from cs_pipeline.intake.sheets.people_sheets import People
from cs_pipeline.intake.sheets.personal import people_on
from cs_pipeline.intake.sheets.read_columns import read_columns
from cs_pipeline.intake.sheets.seen_headings import SeenHeading, seen_headings
from cs_pipeline.intake.sheets.sign_legends import with_signs_told
from cs_pipeline.intake.sheets.speaker_lists import with_listed_speakers
from cs_pipeline.intake.sheets.staff_lists import with_staff_told
from cs_pipeline.intake.sheets.tables import Table
from cs_pipeline.intake.sheets.turned_sheets import upright
from cs_pipeline.intake.sheets.workbook_tables import WorkbookTables
from cs_pipeline.intake.table_notes import note_on
from cs_pipeline.intake.transcript_cells import read_transcripts
from cs_pipeline.intake.turns import read_turns
from cs_pipeline.intake.wording import (
    ANSWERS_READ,
    EMPTY_SHEET,
    ERROR,
    FORMULA,
    HIDDEN_SHEET,
    PEOPLE,
    no_header_words,
    seen_words,
)
from cs_pipeline.language import Words
from cs_pipeline.packed_lists import Joined
from cs_pipeline.records import Exchange, KnownValue, RefusedRow, SheetReport

if TYPE_CHECKING:
    from pydantic import SecretStr

Hidden = Literal["read", "skip"]
"""What becomes of hidden rows and sheets."""


@dataclass(frozen=True, slots=True)
class TableReading:
    """How one table was read. `refused` counts its rows by reason, quality checks not included."""

    table: Table = field(repr=False)
    exchanges: int
    refused: Counter[str]


@dataclass(slots=True)
class ExportReading:
    """What an export holds. `rows_read` counts data rows: no headers, totals or blank rows.

    `origin_sha256` is the export whose rows were corrected, None for any other; `conversations`
    are then all exchanges of the conversations that the corrected ones belong to, in order, those
    included. `sheets` has an entry a table, in order, and one for each sheet without a table.
    `people` are the values of the sheets that list people, to be masked in every exchange. `tables`
    are as `sheets`, None for those without a table; their exchanges follow each other in
    `exchanges`. `headings` are those of the first sheet without a table that has any.
    """

    sheets: tuple[SheetReport, ...]
    rows_read: int
    exchanges: Sequence[Exchange] = field(repr=False)
    refused: Sequence[RefusedRow] = field(repr=False)
    people: list[KnownValue] = field(default_factory=list, repr=False)
    tables: tuple[TableReading | None, ...] = field(default=(), repr=False)
    origin_sha256: str | None = None
    conversations: Sequence[Exchange] = field(default=(), repr=False)
    headings: tuple[SeenHeading, ...] = field(default=(), repr=False)


_TOLD: tuple[Callable[[Sequence[RawSheet], Layouts], Sequence[RawSheet]], ...] = (
    with_speakers,
    with_speakers_continued,
    with_listed_speakers,
    with_signs_told,
    with_blocks_told,
    with_callers_told,
    with_turns_told,
    with_staff_told,
)
"""What puts words in the place of other signs for who speaks."""


def read_exchanges(
    path: Path,
    *,
    max_bytes: int,
    passwords: Sequence["SecretStr"] = (),
    hidden: Hidden = "read",
    layouts: Layouts | None = None,
) -> ExportReading:
    """Read every table of every sheet; the sheets without one are named in `sheets` with a note.

    Two layouts are told apart by their headings: a question and an answer column, or a speaker
    and a text column with one row an utterance. Questions and answers come out clean (NFC, one
    line); rows of the first layout with an empty side are kept for the quality checks to refuse.
    Of a hidden sheet that is skipped, the people it lists are masked all the same.

    Args:
        path: the export.
        max_bytes: a larger file is refused.
        passwords: tried on an encrypted workbook.
        hidden: whether hidden rows and sheets are read.
        layouts: words and layouts; None: the built-in ones.

    Raises:
        ExportError: the file cannot be read (see `read_workbook`), or no sheet has a header
            (`no_conversation_sheet`) or a row below it (`headings_without_rows`), or no row's
            formulas have a result (`formula_without_value`), or every row shows an error
            (`error_cells`).
    """
    layouts = layouts or load_layouts()
    sheets = sheets_in(path, max_bytes=max_bytes, passwords=passwords, layouts=layouts)
    reading = read_sheets(sheets, hidden=hidden, layouts=layouts)
    return checked(reading, path.name)


def sheets_in(
    path: Path, *, max_bytes: int, passwords: Sequence["SecretStr"] = (), layouts: Layouts
) -> list[RawSheet]:
    """The sheets of a file, those whose labels stand in front of the rows changed over.

    Raises:
        ExportError: the file cannot be read (see `read_workbook`).
    """
    return upright(read_workbook(path, max_bytes=max_bytes, passwords=passwords), layouts)


def read_sheets(sheets: Sequence[RawSheet], *, hidden: Hidden, layouts: Layouts) -> ExportReading:
    """As `read_exchanges`, of a workbook that is in memory; nothing is refused whole."""
    for told in _TOLD:
        sheets = told(sheets, layouts)
    tables = WorkbookTables(sheets, layouts, skip_hidden=hidden == "skip")
    export = _Export(layouts, tables, skip_hidden=hidden == "skip")
    listed = export.list_people(sheets)
    for sheet, found, people in zip(sheets, tables.of_sheets, listed, strict=True):
        export.read_sheet(sheet, found, people)
    return export.reading()


def checked(
    reading: ExportReading, file: str, *, mask: Callable[[str], str] | None = None
) -> ExportReading:
    """The reading, if there is anything to go on with.

    Args:
        reading: what was read.
        file: its masked name, for messages.
        mask: masks headings, for a message to list those that were seen; None: it lists none.

    Raises:
        ExportError: no sheet has a header or a row below it, or no row's formulas have a result, or
            every row shows an error.
    """
    if all(report.layout == "unread" for report in reading.sheets):
        error = refusal("no_conversation_sheet", file)
        if mask is None or not reading.headings:
            raise error
        seen = seen_words(
            [
                (one.heading if one.known else mask(one.heading), one.holds)
                for one in reading.headings
            ]
        )
        ko, en = f"{error.words.ko} {seen.ko}", f"{error.words.en} {seen.en}"
        raise ExportError(error.reason, ko=ko, en=en)
    if reading.exchanges:
        return reading
    refused = {row.reason for row in reading.refused}
    if refused == {FORMULA}:
        raise refusal(FORMULA, file, cell=reading.refused[0].cell)
    if refused == {ERROR}:
        raise refusal("error_cells", file, cell=reading.refused[0].cell)
    if not reading.rows_read and not refused:
        raise refusal("headings_without_rows", file)
    return reading


def without_cells(reading: ExportReading) -> ExportReading:
    """The reading without the rows below its headings, which take as much memory as all else."""
    return replace(reading, tables=tuple(one and _without_cells(one) for one in reading.tables))


def _without_cells(reading: TableReading) -> TableReading:
    sheet, header = reading.table.sheet, reading.table.header
    headings = replace(sheet, rows=sheet.rows[: header.row + 1])
    return replace(reading, table=replace(reading.table, sheet=headings))


class _Export:
    """An export while its sheets are being read."""

    def __init__(self, layouts: Layouts, found: WorkbookTables, *, skip_hidden: bool) -> None:
        self._layouts, self._found = layouts, found
        self._skip_hidden = skip_hidden
        self._people = People()
        self._listed: list[KnownValue] = []
        self._lists: list[RawSheet] = []
        self._exchanges: list[Sequence[Exchange]] = []
        self._refused: list[Sequence[RefusedRow]] = []
        self._read: list[SheetReport | tuple[Table, PairsReading | TurnsReading]] = []
        self._tables: list[TableReading | None] = []
        self._headings: tuple[SeenHeading, ...] = ()
        self.reports: list[SheetReport] = []

    def list_people(self, sheets: Sequence[RawSheet]) -> list[list[KnownValue]]:
        """Who each of the sheets without a table lists; the others' rows may name them."""
        tables = self._found.of_sheets
        vendors = [
            table.header.vendor for found in tables for table in found if table.header.vendor
        ]
        listed = [
            self._people.add(sheet, vendors) or people_on(sheet.rows, self._layouts.personal)
            if not found
            else []
            for sheet, found in zip(sheets, tables, strict=True)
        ]
        self._listed = [value for values in listed for value in values]
        self._lists = [sheet for sheet, found in zip(sheets, tables, strict=True) if not found]
        return listed

    def read_sheet(
        self, sheet: RawSheet, tables: Sequence[Table], people: Sequence[KnownValue]
    ) -> None:
        """Read the sheet's tables, or say why it has none."""
        if not tables:
            note = self._why_unread(sheet, people)
            self._headings = self._headings or tuple(seen_headings(sheet.rows, self._layouts))
            self._read.append(SheetReport(name=sheet.name, layout="unread", note=note))
        turns: Counter[str] = Counter()
        for table in tables:
            found: PairsReading | TurnsReading
            if table.header.layout == "qa":
                found = read_pairs(table, self._people, turns, skip_hidden=self._skip_hidden)
                refuse_others(table, found, self._lists)
            else:
                read = read_turns if table.header.layout == "turns" else read_transcripts
                found = read(table, self._layouts, self._people, skip_hidden=self._skip_hidden)
            self._read.append((table, found))

    def _why_unread(self, sheet: RawSheet, people: Sequence[KnownValue]) -> Words:
        if self._found.answered and sheet is self._found.answered.answers:
            return ANSWERS_READ
        if people:
            return PEOPLE
        if self._found.leaves_out(sheet):
            return HIDDEN_SHEET
        return no_header_words(HEADER_ROWS) if any(map(any, sheet.rows)) else EMPTY_SHEET

    def _add(self, table: Table, found: PairsReading | TurnsReading) -> None:
        self._exchanges.append(found.exchanges)
        self._refused.append(found.refused)
        refused = Counter(row.reason for row in found.refused)
        self._tables.append(TableReading(table, len(found.exchanges), refused))
        self.reports.append(
            SheetReport(
                name=table.sheet.name,
                layout=table.header.layout,
                header_row=table.header.row + 1,
                rows=found.rows,
                exchanges=len(found.exchanges),
                note=note_on(
                    table, self._found, found.rows, refused, skip_hidden=self._skip_hidden
                ),
                columns=tuple(read_columns(table)),
            )
        )

    def reading(self) -> ExportReading:
        """All that was read."""
        tables = [one for one in self._read if isinstance(one, tuple)]
        refuse_left_over((one, found) for one, found in tables if isinstance(found, PairsReading))
        for one in self._read:
            if isinstance(one, tuple):
                self._add(*one)
            else:
                self._tables.append(None)
                self.reports.append(one)
        return ExportReading(
            sheets=tuple(self.reports),
            rows_read=sum(report.rows for report in self.reports),
            exchanges=Joined(*self._exchanges),
            refused=Joined(*self._refused),
            people=self._listed,
            tables=tuple(self._tables),
            headings=self._headings,
        )
