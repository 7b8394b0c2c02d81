"""CSV and the like as rows of text: encoding and delimiter are found out."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from cs_pipeline.intake.files.first_bytes import HEAD_BYTES, encoding_without_mark
from cs_pipeline.intake.files.reader_problem import ReaderProblem

DELIMITERS = ",\t;|"
MAX_ROWS = 10_000_000
_SAMPLE_CHARACTERS = 256 * 1024
_SAMPLE_ROWS = 200
_CHUNK_BYTES = 1024**2
_SEPARATOR_LINE = "sep="
"""Excel's own first line of a CSV: `sep=;`."""


def csv_rows(stream: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    """0-based row number and cells of every row that holds anything.

    A line break inside quotes belongs to its cell, so rows are counted, not lines.

    Raises:
        ReaderProblem: `unknown_encoding` or `unreadable_csv` with the line, `not_a_workbook`
            when no delimiter divides it into columns, `too_large`.
    """
    encoding = _encoding_of(stream)
    stream.seek(0)
    with io.TextIOWrapper(stream, encoding=encoding, newline="") as text:
        sample = text.read(_SAMPLE_CHARACTERS)
        delimiter, skipped = _delimiter_of(sample)
        text.seek(0)
        for _ in range(skipped):
            text.readline()
        yield from _rows(text, delimiter, skipped)


def _rows(text: io.TextIOWrapper, delimiter: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    line = 0
    try:
        for row, cells in enumerate(reader, start=skipped):
            if row >= MAX_ROWS:
                raise ReaderProblem("too_large")
            line = reader.line_num
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                yield row, cells
    except csv.Error:
        raise ReaderProblem("unreadable_csv", line=skipped + line + 1) from None


def _encoding_of(stream: BinaryIO) -> str:
    """UTF-8 or UTF-16 with or without byte order mark, or what Korean Excel writes (CP949)."""
    stream.seek(0)
    head = stream.read(HEAD_BYTES)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates: tuple[str, ...] = ("utf-16",)
    elif unmarked := encoding_without_mark(head):
        candidates = (unmarked,)
    else:
        candidates = ("utf-8-sig", "cp949")
    broken_lines = []
    for encoding in candidates:
        line = _first_broken_line(stream, encoding)
        if line is None:
            return encoding
        broken_lines.append(line)
    raise ReaderProblem("unknown_encoding", line=max(broken_lines))


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


def _delimiter_of(sample: str) -> tuple[str, int]:
    """The delimiter, and how many lines name it and are no data (0 or 1).

    The one that divides the most rows into the same number of columns; of equals the one with
    more columns, then the more usual one. Titles above a table have one column and do not count.
    """
    first = sample.split("\n", 1)[0].strip()
    if first.lower().startswith(_SEPARATOR_LINE) and len(first) == len(_SEPARATOR_LINE) + 1:
        return first[-1], 1
    scored = {delimiter: _agreement(sample, delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=scored.__getitem__)
    if scored[best] == (0, 0):
        raise ReaderProblem("not_a_workbook")
    return best, 0


def _agreement(sample: str, delimiter: str) -> tuple[int, int]:
    """How many rows of the sample agree on a number of columns above one, and that number."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    widths: Counter[int] = Counter()
    try:
        widths.update(len(cells) for cells in islice(reader, _SAMPLE_ROWS) if len(cells) > 1)
    except csv.Error:  # such as a cell beyond the size limit: quotes of another dialect
        return 0, 0
    return max(((rows, width) for width, rows in widths.items()), default=(0, 0))
