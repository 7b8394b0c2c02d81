"""CSV and the like as rows of text: encoding and delimiter are found out."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Any, BinaryIO

from cs_pipeline.intake.files.first_bytes import HEAD_BYTES, encoding_without_mark
from cs_pipeline.intake.files.reader_problem import ReaderProblem
from cs_pipeline.intake.files.row_ends import RowEnd, row_end, whole_rows, with_breaks
from cs_pipeline.intake.files.row_widths import CODE, TOLD_ROWS, Widths, begins_with_space

DELIMITERS = ",\t;|"
MAX_ROWS = 10_000_000
_SAMPLE_CHARACTERS = 256 * 1024
_SAMPLE_ROWS = 200
_CHUNK_BYTES = 1024**2
_SEPARATOR_LINE = "sep="
"""Excel's own first line of a CSV: `sep=;`."""
_USUALLY = 0.2
_BROKEN_SHARE, _LEAST_LINES = 0.02, 10
_BROKEN_LINE = re.compile("[^\n]*\ufffd[^\n]*")
_HANGUL = re.compile("[가-힣]")
_ESCAPED_QUOTE = re.compile(r'\\"')
_EMPTY_CELL = re.compile(r'(?<![^,;|\t\r\n])""(?![^,;|\t\r\n])')
_GUARDED = re.compile(r'="((?:[^"]|"")*)"')
_SQL_NULL = re.compile(r"(?<![^,;|\t\r\n])\\N(?![^,;|\t\r\n])")
_SQL_ROW = re.compile(r"\t\\N(?=[\t\r\n])")
"""Of a dump with tabs between its cells, in which line breaks are written as letters, too."""
_SQL_ESCAPE = re.compile(r"\\([\\ntr])")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
_ROWS_ABOVE = re.compile(
    r"\s*\(?\d{1,9}\s?(?:rows?(?: (?:selected|affected|in set|returned))?"
    r"|개?\s?행(?:이\s?(?:선택되었습니다|영향을 받음))?)\)?[^\w]{0,3}(?:\([\d.]+ sec\))?\s*"
)
"""What a database writes below the rows that it gave."""
_NEARLY_ALL = 0.95


def csv_rows(stream: BinaryIO, widths: Widths | None = None) -> Iterator[tuple[int, list[str]]]:
    """0-based row number and cells of every row that holds anything.

    A line break inside quotes belongs to its cell, so rows are counted, not lines. A byte that is
    no character shows as U+FFFD where few lines have one. `widths` is filled on the way.

    Raises:
        ReaderProblem: `unknown_encoding` or `unreadable_csv` with the line, `not_a_workbook`
            when no delimiter divides it into columns, `too_large`.
    """
    with decoded(stream) as text:
        yield from table_text_rows(text, widths or Widths())


def table_text_rows(text: io.TextIOWrapper, widths: Widths) -> Iterator[tuple[int, list[str]]]:
    """As `csv_rows`, of a file that is being read as text from its beginning."""
    sample = text.read(_SAMPLE_CHARACTERS)
    dialect = _dialect_of(sample)
    widths.usual, widths.spaced, widths.keyed = dialect.width, dialect.spaced, dialect.keyed
    text.seek(0)
    for _ in range(dialect.skipped):
        text.readline()
    yield from _rows(text, dialect, widths)


def decoded(stream: BinaryIO) -> io.TextIOWrapper:
    """The file as text, from its beginning.

    Raises:
        ReaderProblem: `unknown_encoding` with the line.
    """
    encoding, errors = _encoding_of(stream)
    stream.seek(0)
    return io.TextIOWrapper(stream, encoding=encoding, errors=errors, newline="")


def _rows(
    text: io.TextIOWrapper, dialect: "_Dialect", widths: Widths
) -> Iterator[tuple[int, list[str]]]:
    lines: Iterable[str] = whole_rows(text, dialect.row_end) if dialect.row_end else text
    lines = _unescaped(lines) if dialect.escaped else lines
    reader = csv.reader(_without_nulls(lines), strict=True, **dialect.options())
    line, usual, careful = 0, dialect.width, dialect.spaced
    try:
        for row, cells in enumerate(reader, start=dialect.skipped):
            if row >= MAX_ROWS:
                raise ReaderProblem("too_large")
            line = reader.line_num
            if len(cells) == 1 and _ROWS_ABOVE.fullmatch(cells[0]):
                continue
            if cells and (careful or len(cells) != usual or row < TOLD_ROWS):
                widths.see(row, cells)
            if dialect.guarded:
                cells = [_unguarded(cell) for cell in cells]  # noqa: PLW2901
            if dialect.row_end:
                cells = list(map(with_breaks, cells))  # noqa: PLW2901
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                yield row, cells
    except csv.Error as error:
        explanation = "long_cell" if _is_too_long(error) else "unreadable_csv"
        raise ReaderProblem(explanation, line=dialect.skipped + line + 1) from None


def _without_nulls(lines: Iterable[str]) -> Iterator[str]:
    r"""The lines with empty cells where a database wrote that nothing stands there (`\N`)."""
    for line in lines:
        yield _SQL_NULL.sub("", line) if "\\N" in line else line


def _unescaped(lines: Iterable[str]) -> Iterator[str]:
    r"""The lines with escaped line breaks and tabs instead of the letters for them (`\n`, `\t`)."""
    for line in lines:
        yield _SQL_ESCAPE.sub(_escaped, line) if "\\" in line else line


def _escaped(match: re.Match[str]) -> str:
    return "\\" + _ESCAPES.get(match[1], match[1])


def _unguarded(cell: str) -> str:
    """The text that a cell's formula shows, where that is all that it does."""
    match = _GUARDED.fullmatch(cell)
    return match[1].replace('""', '"') if match else cell


def _is_too_long(error: csv.Error) -> bool:
    """Whether a cell has more characters than the csv module takes (131,072)."""
    return "field larger" in str(error)


def _encoding_of(stream: BinaryIO) -> tuple[str, str]:
    """UTF-8 or UTF-16 with or without byte order mark, or what Korean Excel writes (CP949).

    Returns:
        The encoding, and what to do about bytes that are not in it: `strict` as a rule, `replace`
        where so few lines hold one that the others are sure.
    """
    stream.seek(0)
    head = stream.read(HEAD_BYTES)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates: tuple[str, ...] = ("utf-16",)
    elif unmarked := encoding_without_mark(head):
        candidates = (unmarked,)
    else:
        candidates = ("utf-8-sig", "cp949")
    broken = {}
    for encoding in candidates:
        line = _first_broken_line(stream, encoding)
        if line is None:
            return encoding, "strict"
        broken[encoding] = line
    for encoding in candidates:
        if len(candidates) > 1 and _is_nearly(stream, encoding):
            return encoding, "replace"
    raise ReaderProblem("unknown_encoding", line=max(broken.values()))


def _is_nearly(stream: BinaryIO, encoding: str) -> bool:
    """Whether all but few of the lines are in the encoding, with Hangul in some of them."""
    stream.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    lines = broken = hangul = 0
    while chunk := stream.read(_CHUNK_BYTES):
        text = decoder.decode(chunk)
        lines += text.count("\n")
        broken += len(_BROKEN_LINE.findall(text))
        hangul = hangul or _HANGUL.search(text) is not None
    broken += bool(decoder.decode(b"", final=True))
    return bool(hangul) and broken <= max(lines >= _LEAST_LINES, lines * _BROKEN_SHARE)


def _first_broken_line(stream: BinaryIO, encoding: str) -> int | None:
    """Number of the line that is not in `encoding`; None when all of them are."""
    stream.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    lines = 1
    try:
        while chunk := stream.read(_CHUNK_BYTES):
            lines += decoder.decode(chunk).count("\n")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        return lines + before.decode(encoding, errors="replace").count("\n")
    return None


@dataclass(frozen=True, slots=True)
class _Dialect:
    """How a file divides rows into cells. `skipped` lines name the delimiter and are no data.

    Most rows have `width` cells; `spaced` says that a space after a comma is unusual, `guarded`
    that cells are written as formulas (`="0012"`), so that Excel changes nothing in them, `keyed`
    that rows begin with a number or a code, `row_end` that other line breaks are those of cells.
    """

    delimiter: str
    skipped: int = 0
    escaped: bool = False
    width: int = 0
    spaced: bool = False
    guarded: bool = False
    keyed: bool = False
    row_end: RowEnd | None = None

    def options(self) -> dict[str, Any]:
        r"""For the csv module; `escaped` is how MySQL and others write a quote: `\"`."""
        if self.escaped:
            return {"delimiter": self.delimiter, "escapechar": "\\", "doublequote": False}
        return {"delimiter": self.delimiter}


def _dialect_of(sample: str) -> _Dialect:
    """The delimiter that divides the most rows into the same number of columns.

    Of equals the one with more columns, then the more usual one. Titles above a table have one
    column and do not count.
    """
    unescaped = _ESCAPED_QUOTE.sub("", sample)  # one may stand right before the end of its cell
    told = unescaped != sample or _SQL_ROW.search(sample) is not None
    escaped = told and '""' not in _EMPTY_CELL.sub("", unescaped)
    first = sample.split("\n", 1)[0].strip()
    if first.lower().startswith(_SEPARATOR_LINE) and len(first) == len(_SEPARATOR_LINE) + 1:
        return _measured(_Dialect(first[-1], 1, escaped), sample)
    dialects = [_Dialect(delimiter, escaped=escaped) for delimiter in DELIMITERS]
    scored = [(_agreement(sample, dialect), dialect) for dialect in dialects]
    (rows, _), best = max(scored, key=lambda one: one[0])
    if not rows:
        raise ReaderProblem("not_a_workbook")
    return _measured(best, sample)


def _measured(dialect: _Dialect, sample: str) -> _Dialect:
    """The dialect with what the sample tells of rows and spaces."""
    end = row_end(
        sample.rpartition("\n")[0], lambda text: list(map(len, _sample_rows(text, dialect)))
    )
    if end:
        sample = "".join(whole_rows(io.StringIO(sample, newline=""), end))
    width = _agreement(sample, dialect)[1]
    rows = list(islice(_sample_rows(sample, dialect), _SAMPLE_ROWS))
    spaced = sum(map(begins_with_space, rows))
    unusual = dialect.delimiter == "," and spaced < _USUALLY * len(rows)
    guarded = any(map(_GUARDED.fullmatch, chain.from_iterable(rows)))
    first = [row[0].strip() for row in rows[1:] if len(row) == width]
    keyed = sum(1 for cell in first if CODE.fullmatch(cell)) > _NEARLY_ALL * len(first)
    return replace(dialect, width=width, spaced=unusual, guarded=guarded, keyed=keyed, row_end=end)


def _sample_rows(sample: str, dialect: _Dialect) -> Iterator[list[str]]:
    with suppress(csv.Error):
        yield from csv.reader(io.StringIO(sample, newline=""), **dialect.options())


def _agreement(sample: str, dialect: _Dialect) -> tuple[int, int]:
    """How many rows of the sample agree on a number of columns above one, and that number."""
    reader = csv.reader(io.StringIO(sample, newline=""), **dialect.options())
    widths: Counter[int] = Counter()
    try:
        widths.update(len(cells) for cells in islice(reader, _SAMPLE_ROWS) if len(cells) > 1)
    except csv.Error as error:
        if not _is_too_long(error):  # quotes of another dialect
            return 0, 0
    return max(((rows, width) for width, rows in widths.items()), default=(0, 0))
