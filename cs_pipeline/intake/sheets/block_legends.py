"""Lines above tables that say who the codes of speakers are, each for the rows below it.

3월 상담 (화자 1=고객, 2=상담사)
통화번호 | 화자 | 내용
4월 상담 (화자 1=상담사, 2=고객)
통화번호 | 화자 | 내용
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from cs_pipeline.intake.files.workbook import RawSheet
from cs_pipeline.intake.sheets.cells import cell_at, label_of
from cs_pipeline.intake.sheets.code_books import Codes, codes_told_in, plain_code
from cs_pipeline.intake.sheets.headings import candidates
from cs_pipeline.intake.sheets.layouts import Layouts
from cs_pipeline.packed_lists import PackedList

Row = tuple[str, ...]

_HEAD_ROWS, _LONGEST_LINE = 20, 120


def with_blocks_told(sheets: Sequence[RawSheet], layouts: Layouts) -> Sequence[RawSheet]:
    """The sheets with words in the place of codes for who speaks, below lines that explain them."""
    return [_told(sheet, layouts) for sheet in sheets]


def _told(sheet: RawSheet, layouts: Layouts) -> RawSheet:
    if not any(map(_legend, islice(sheet.rows, _HEAD_ROWS))):
        return sheet
    return replace(sheet, rows=PackedList(_in_words(sheet.rows, layouts)))


def _legend(row: Row) -> Codes:
    """The codes that a line of one cell explains."""
    filled = [cell for cell in row if cell.strip()]
    return codes_told_in(filled[0]) if len(filled) == 1 and len(filled[0]) <= _LONGEST_LINE else {}


def _in_words(rows: Iterable[Row], layouts: Layouts) -> Iterator[Row]:
    codes: Codes = {}
    column, at_head = -1, False
    for row in rows:
        if told := _legend(row):
            codes, at_head = told, True
        elif at_head and sum(map(bool, row)) > 1:
            column, at_head = _speakers(row, column, codes, layouts), False
        word = codes.get(plain_code(cell_at(row, column))) if codes and column >= 0 else None
        yield (*row[:column], word, *row[column + 1 :]) if word else row


def _speakers(row: Row, above: int, codes: Codes, layouts: Layouts) -> int:
    """The column of speakers below a legend, by its heading, or else that of the table above."""
    headings, known = [(label_of(cell),) for cell in row], layouts.headings
    found = candidates(headings, known.speaker) or candidates(headings, known.maybe_speaker)
    if found:
        return found[0].column
    return above if above >= 0 and plain_code(cell_at(row, above)) in codes else -1
