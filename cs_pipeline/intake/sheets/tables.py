"""The tables on a sheet: one as a rule, or several, side by side or one below the other."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from itertools import chain, islice

from cs_pipeline.intake.files.workbook import RawSheet
from cs_pipeline.intake.sheets.attribute_rows import attribute_table
from cs_pipeline.intake.sheets.body import sample_of
from cs_pipeline.intake.sheets.cards import card_table
from cs_pipeline.intake.sheets.cells import cell_address, cell_at, label_of
from cs_pipeline.intake.sheets.columns import COVER_ROWS, find_header, is_heading_row
from cs_pipeline.intake.sheets.cut_answers import with_fuller
from cs_pipeline.intake.sheets.follow_ups import starts_of_follow_ups
from cs_pipeline.intake.sheets.header import Header, Row
from cs_pipeline.intake.sheets.layouts import Layouts
from cs_pipeline.intake.sheets.marked_lines import marked_lines
from cs_pipeline.intake.sheets.numbered_pairs import numbered_pairs
from cs_pipeline.intake.sheets.rows_above import rows_above
from cs_pipeline.intake.sheets.split_answers import split_answers
from cs_pipeline.packed_lists import items_from

_HEAD_ROWS = COVER_ROWS + 10
# Beyond, it is not a sheet that a person laid out, and looking into each would take forever.
_MOST_TABLES = 100
_LONGEST_HEADING, _LEAST_COLUMNS = 12, 2
_COUNTED = re.compile(r"^(?:추가|재|최초|\d차)|(?:내용)?\d*$")
"""What makes 추가문의, 문의2 and 재문의내용 of 문의: the next pair of a row."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with conversations. `columns` are its own where others stand beside it, else None.

    Columns before `shared` belong to each of the tables, such as an id in front of several pairs
    of question and answer. The rows from `stop` on belong to the table below. A row whose answer is
    among the `other_answers`, a column, belongs to the table of that one; of two such tables the
    one that `leads` has the rows without an answer. So many rows `above` the header are its, too.
    """

    sheet: RawSheet = field(repr=False)
    header: Header
    columns: range | None = None
    shared: int = 0
    stop: int | None = None
    other_answers: int | None = None
    leads: bool = True
    above: int = 0

    @property
    def width(self) -> int:
        """How many cells a row of a text file has below this header."""
        return self.sheet.widths.get(self.header.row, len(self.header.labels[-1]))

    def rows(self, *, skip_hidden: bool = False) -> Iterator[tuple[int, Row]]:
        """0-based row and its cells, for all below the header; blank rows come as they are.

        A cell merged over several rows counts in each of them (its text column in a conversation
        log apart: an utterance is said once). Cells of tables beside this one come as blank.
        """
        sheet, start = self.sheet, self.header.row + 1
        hidden = sheet.hidden_rows if skip_hidden else frozenset()
        filled = self._filled_down()
        stop = len(sheet.rows) if self.stop is None else self.stop
        last = -1
        if self.stop is None:
            last = max((row for row, _ in sheet.errors | sheet.formulas), default=-1)
        below = islice(items_from(sheet.rows, start), max(stop - start, 0))
        numbered: Iterator[tuple[int, Row]] = enumerate(below, start=start)
        if self.above:
            first = self.header.row - self.above
            sorted_up = sheet.rows[first : self.header.row]
            numbered = chain(enumerate(sorted_up, start=first), numbered)
        for index, row in numbered:
            if index in hidden:
                continue
            if self.columns is not None:
                row = _own(row, self.columns, self.shared)  # noqa: PLW2901 - still the same row
            if row and index in filled:
                row = _with(row, filled[index])  # noqa: PLW2901
            if self.other_answers is not None and self._is_others(row):
                row = ()  # noqa: PLW2901
            yield index, row
        for index in range(len(sheet.rows), last + 1):
            if index not in hidden:
                yield index, ()

    def address(self, index: int, column: int) -> str:
        """A1-style address of a cell in the file; of a text file the row is its line."""
        return cell_address(index - self.sheet.added_rows, column)

    def raw(self, index: int) -> Row:
        """The row as the sheet has it, without what is merged down to it."""
        rows = self.sheet.rows
        row = rows[index] if index < len(rows) else ()
        return row if self.columns is None else _own(row, self.columns, self.shared)

    def whole(self, row: Row) -> Row:
        """The row as far as both columns, where one empty at its end has a place to fill.

        An answer that another column has whole stands whole, and a revised one as it was revised.
        """
        width = 1 + max(self.header.first, self.header.second)
        row = row if len(row) >= width else (*row, *[""] * (width - len(row)))
        if self.header.revised is not None:
            answer = self.header.revised.answer_in(row)
            row = (*row[: self.header.second], answer, *row[self.header.second + 1 :])
        if self.header.fuller is None:
            return row
        return with_fuller(row, self.header.second, self.header.fuller)

    def _is_others(self, row: Row) -> bool:
        """Whether the row belongs to the table with the other column of answers."""
        if cell_at(row, self.header.second).strip():
            return False
        return not self.leads or bool(cell_at(row, self.other_answers or 0).strip())

    def _filled_down(self) -> dict[int, list[tuple[int, str]]]:
        """0-based row -> columns and texts of the cells that are merged down to it."""
        header = self.header
        columns = {header.first, header.second, header.conversation, header.person}
        columns |= set(header.personal)
        if header.layout == "turns":
            columns.discard(header.second)
            if header.tells == "column":
                columns.discard(header.first)
        found: dict[int, list[tuple[int, str]]] = defaultdict(list)
        ends: dict[int, int] = {}
        for top, left, bottom, _ in sorted(self.sheet.merged):
            if left not in columns or top <= max(header.row, ends.get(left, -1)):
                continue  # ranges of a sound workbook do not overlap
            below = range(top + 1, min(bottom + 1, len(self.sheet.rows)))
            ends[left] = bottom
            for row in below:
                found[row].append((left, cell_at(self.sheet.rows[top], left)))
        return found


def tables_on(sheet: RawSheet, layouts: Layouts) -> list[Table]:
    """The tables of a sheet that name their columns; [] when there are none.

    Tables side by side are told by blank columns between them, each with a header of its own, or by
    headings that repeat (질문, 답변, 질문, 답변); they come from left to right. Tables one below
    the other are told by headings that are unlike those above.
    """
    if attributes := attribute_table(sheet, layouts):
        return [Table(*attributes)]
    header = _header(sheet, layouts)
    if header is None:
        if pairs := numbered_pairs(sheet, layouts):
            return [Table(sheet, one, range(len(one.labels[-1]))) for one in pairs]
        cards = card_table(sheet, layouts) or marked_lines(sheet, layouts)
        return [Table(*cards)] if cards else []
    if two := split_answers(sheet, header):
        (one, other), width = two, len(header.labels[-1])
        return [
            Table(sheet, one, range(width), other_answers=other.second),
            Table(sheet, other, range(width), other_answers=one.second, leads=False),
        ]
    starts = (
        _starts_by_blank_columns(sheet, header, layouts)
        or _starts_by_repetition(header)
        or starts_of_follow_ups(header, layouts.headings)
    )
    if not 2 <= len(starts) <= _MOST_TABLES:
        return _one_below_the_other(sheet, header, layouts)
    width = max(map(len, sheet.rows))
    tables = []
    for start, stop in zip(starts, [*starts[1:], width], strict=True):
        if table := _table(sheet, range(start, stop), starts[0], layouts):
            tables.append(table)
    return tables


def _header(sheet: RawSheet, layouts: Layouts) -> Header | None:
    """The sheet's first header; its columns are judged by the rows above the next one."""
    rows = sheet.rows
    is_heading = cache(lambda index: is_heading_row(rows[index], layouts))

    def below(index: int) -> list[Row]:
        following = range(index + 1, min(len(rows), _HEAD_ROWS))
        stop = next(filter(is_heading, following), len(rows))
        return sample_of(rows, index + 1, stop)

    return find_header(rows[:_HEAD_ROWS], layouts, sheet.merged, below)


def _next_heading(rows: Sequence[Row], start: int, layouts: Layouts) -> int:
    """The first of the next rows that names columns: the table above ends there."""
    stop = min(len(rows), start + _HEAD_ROWS)
    found = (index for index in range(start, stop) if is_heading_row(rows[index], layouts))
    return next(found, len(rows))


def _one_below_the_other(sheet: RawSheet, header: Header, layouts: Layouts) -> list[Table]:
    """The table below the header, and those below it whose headings are other ones."""
    tables: list[Table] = []
    above, at = rows_above(sheet, header), header.row + 1
    while len(tables) < _MOST_TABLES:
        below = _lower_header(sheet, header, at, layouts)
        if below is None:
            break
        top = below.row + 1 - len(below.labels)
        tables.append(Table(sheet, header, stop=top, above=above))
        header, above, at = below, 0, below.row + 1
    return [*tables, Table(sheet, header, above=above)]


def _lower_header(sheet: RawSheet, header: Header, start: int, layouts: Layouts) -> Header | None:
    """The next header below that is not this one once more."""
    own = [
        (set(filter(None, level)), cell_at(level, header.first), cell_at(level, header.second))
        for level in header.labels
    ]
    is_sure = cache(layouts.headings.is_sure)
    alone = False
    for index, row in enumerate(items_from(sheet.rows, start), start=start):
        after_gap, alone = alone, len(row) < _LEAST_COLUMNS or (row[0] == "" and _shows_one(row))
        first, second = cell_at(row, header.first), cell_at(row, header.second)
        if not (
            after_gap
            or (len(first) <= _LONGEST_HEADING and is_sure(first))
            or (len(second) <= _LONGEST_HEADING and is_sure(second))
        ):
            continue  # quick, since every row asks
        names = (set(filter(None, map(label_of, row))), label_of(first), label_of(second))
        if names in own or not is_heading_row(row, layouts):
            continue  # the same columns in another order are other ones
        following = _next_heading(sheet.rows, index + 1, layouts)
        found = find_header(
            sheet.rows[index : index + 2],
            layouts,
            [
                (top - index, left, bottom - index, right)
                for top, left, bottom, right in sheet.merged
            ],
            partial(_sample_between, sheet.rows, index, following),
        )
        if found is not None:
            return replace(found, row=found.row + index)
    return None


def _sample_between(rows: Sequence[Row], first: int, stop: int, at: int) -> list[Row]:
    """A sample of the rows below the one that is `at` rows below `first`."""
    return sample_of(rows, first + at + 1, stop)


def _shows_one(row: Row) -> bool:
    """True for a blank row and for one with a single filled cell, such as a title."""
    return sum(map(bool, row)) < _LEAST_COLUMNS


def _table(sheet: RawSheet, columns: range, shared: int, layouts: Layouts) -> Table | None:
    """The table in these columns; the shared ones may say which conversation and who."""
    for before in dict.fromkeys((shared, 0)):

        def below(index: int, before: int = before) -> list[Row]:
            return [_own(row, columns, before) for row in sample_of(sheet.rows, index + 1)]

        head = [_own(row, columns, before) for row in sheet.rows[:_HEAD_ROWS]]
        header = find_header(head, layouts, sheet.merged, below)
        if header and columns.start <= min(header.first, header.second):
            return Table(sheet, header, columns, before)
    return None


def _own(row: Row, columns: range, shared: int) -> Row:
    """The row without the cells of other tables; () when the table has none in it."""
    own = row[columns.start : columns.stop]
    if not any(cell.strip() for cell in own):
        return ()
    return (*row[:shared], *[""] * (columns.start - shared), *own)


def _starts_by_blank_columns(sheet: RawSheet, header: Header, layouts: Layouts) -> list[int]:
    """First columns of the stretches between blank columns that have a header of their own."""
    top = header.row + 1 - len(header.labels)
    filled = {
        column
        for row in sheet.rows[top : top + _HEAD_ROWS]
        for column, cell in enumerate(row)
        if cell.strip()
    }
    starts = sorted(column for column in filled if column - 1 not in filled)
    stops = sorted(column + 1 for column in filled if column + 1 not in filled)
    if not 2 <= len(starts) <= _MOST_TABLES:
        return []
    return [
        start
        for start, stop in zip(starts, stops, strict=True)
        if _table(sheet, range(start, stop), 0, layouts)
    ]


def _starts_by_repetition(header: Header) -> list[int]:
    """First columns of the tables whose headings repeat at a fixed distance, numbered or not."""
    labels = [_COUNTED.sub("", label) or label for label in header.labels[-1]]
    first, second = labels[header.first], labels[header.second]
    at = [column for column, label in enumerate(labels) if label == first]
    period = at[1] - at[0] if len(at) > 1 else 0
    beside = [column + header.second - header.first for column in at]
    if (
        not period
        or not first
        or first == second
        or at != list(range(at[0], at[-1] + 1, period))
        or beside != [column for column, label in enumerate(labels) if label == second]
    ):
        return []
    start = min(at[0], beside[0])
    while start and labels[start - 1] and labels[start - 1] == labels[start - 1 + period]:
        start -= 1
    return [start + step * period for step in range(len(at))]


def _with(row: Row, cells: Sequence[tuple[int, str]]) -> Row:
    """The row with the texts at their columns, where it shows none itself."""
    wide = [*row, *[""] * (1 + max(column for column, _ in cells) - len(row))]
    for column, text in cells:
        wide[column] = wide[column] or text
    return tuple(wide)
