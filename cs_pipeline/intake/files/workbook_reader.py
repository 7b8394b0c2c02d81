"""Read one export and write its filled rows to standard output, one JSON a line.

A process of its own with limits on memory and time: some legal workbooks abort calamine's. It
imports the standard library, calamine, the libraries for encrypted files and its own small
neighbours. The passwords come as one JSON list on standard input.

    {"sheet": "...", ...}                       a sheet begins; the other keys: `SheetHead`
    [[3, ["", "...", "..."]], [5, ["...", 0], 1]]
                                                its rows 4 and 6, from column A to the last filled
                                                cell; of a row with a third entry a number stands
                                                for the long text of that number (see `repeats`)
    {"shifted": [7], "loose": [[8, 0]], "widths": {"0": 4}}
                                                of a text file: rows that seem to be shifted, cells
                                                that may be cut, and how wide the first rows are
    {"problem": "...", "details": {...}}        the file is refused: one of `intake.refusals`
    {"again": true}                             what was said counts no more; it is read anew
    {"done": true}                              everything was read
"""

import datetime
import json
import resource
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from cs_pipeline.intake.files.archive import check_archive
from cs_pipeline.intake.files.encryption import opened
from cs_pipeline.intake.files.first_bytes import HEAD_BYTES, container_of
from cs_pipeline.intake.files.flat_ods import as_archive
from cs_pipeline.intake.files.html_tables import HtmlTable, html_tables, table_rows
from cs_pipeline.intake.files.plain_office import plain_sheets
from cs_pipeline.intake.files.reader_problem import ReaderProblem
from cs_pipeline.intake.files.repeats import LONG_CELL, Repeats
from cs_pipeline.intake.files.second_reader import read_again
from cs_pipeline.intake.files.sheet_head import SheetHead
from cs_pipeline.intake.files.sheet_marks import SheetMarks, sheet_marks
from cs_pipeline.intake.files.soundness import is_sound
from cs_pipeline.intake.files.struck_runs import with_texts
from cs_pipeline.intake.files.text_sheets import text_sheets

MEMORY_BYTES = 4 * 1024**3
CPU_SECONDS = 300
MAX_OUTPUT_CHARACTERS = 512 * 1024**2
CELL_OVERHEAD_CHARACTERS = 8
ROWS_A_MESSAGE, CHARACTERS_A_MESSAGE = 256, 1024**2


def limit_process() -> None:
    """Bound memory and time; write no file and no core dump, which would hold customer text."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def cell_text(value: Any) -> str:
    """A cell as text: whole numbers without `.0`, dates in ISO form, an empty cell as ''."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime.datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return "" if value is None else str(value)


def filled_rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """0-based Excel row and its cells from column A on, for rows that hold anything."""
    if sheet.start is None:
        return
    before = [""] * sheet.start[1]
    for index, values in enumerate(sheet.iter_rows()):
        if values.count("") == len(values):
            continue
        # Most cells are texts and whole numbers: no call for each of them.
        cells = [
            value
            if type(value) is str
            else str(int(value))
            if type(value) is float and value.is_integer()
            else cell_text(value)
            for value in values
        ]
        while cells and not cells[-1]:
            cells.pop()
        yield index, before + cells


Sheets = Iterator[tuple[SheetHead, Iterator[Any]]]


def sheets(path: Path, passwords: Sequence[str], *, reader: int = 0) -> Sheets:
    """Head and filled rows of every worksheet; a text file is one sheet of the file's name.

    `reader`: the place in `READERS` of what reads workbooks.

    Raises:
        ReaderProblem: the file is refused.
        Exception: whatever a broken workbook leads calamine into, its panics among them.
    """
    with path.open("rb") as file:
        stream: BinaryIO = file
        try:
            container = container_of(stream.read(HEAD_BYTES))
        except ReaderProblem as problem:
            if problem.explanation != "html_page":
                raise
            yield from page_sheets(html_tables(stream), path.stem)
            return
        if container == "web_archive":
            from cs_pipeline.intake.files.web_archives import archived_tables

            yield from page_sheets(archived_tables(stream), path.stem)
            return
        if container == "xml_2003":
            yield from xml_worksheets(stream)
            return
        if container == "text":
            yield from text_sheets(stream, path.stem)
            return
        if container == "flat_ods":
            stream, container = as_archive(stream), "zip"
        if container == "ole":
            stream = opened(stream, passwords)
            container = container_of(stream.read(HEAD_BYTES))
        if container == "zip":
            check_archive(stream)
        stream.seek(0)
        yield from READERS[reader](stream, is_zip=container == "zip")


def page_sheets(tables: Iterable[HtmlTable], name: str) -> Sheets:
    """Head and rows of each table of a web page."""
    for number, table in enumerate(tables, start=1):
        title = name if number == 1 else f"{name} ({number})"
        yield SheetHead(title, merged=table.merged), table_rows(table)


def xml_worksheets(stream: BinaryIO) -> Sheets:
    """Head and rows of each worksheet of a workbook in one XML file."""
    from cs_pipeline.intake.files.xml_2003 import xml_sheets

    for sheet in xml_sheets(stream):
        head = SheetHead(
            sheet.name,
            sheet.hidden,
            sheet.merged,
            sheet.hidden_rows,
            sheet.errors,
            sheet.formulas,
        )
        yield head, sheet.filled_rows()


def worksheets(stream: BinaryIO, *, is_zip: bool) -> Sheets:
    """Head and filled rows of every worksheet; macro and chart sheets are passed over.

    What calamine does not tell is found in a thread of its own: calamine, which takes as long,
    leaves the interpreter free.
    """
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum

    content = stream.read()
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
    except PasswordError:
        raise ReaderProblem("unsupported_encryption") from None
    wanted = [
        (index, about)
        for index, about in enumerate(workbook.sheets_metadata)
        if about.typ == SheetTypeEnum.WorkSheet
    ]
    with ThreadPoolExecutor(1) as marker, ThreadPoolExecutor(1) as loader:
        marking = marker.submit(sheet_marks, BytesIO(content) if is_zip else BytesIO())
        loading = [loader.submit(workbook.get_sheet_by_index, index) for index, _ in wanted[:1]]
        for number, (index, about) in enumerate(wanted):
            sheet = loading.pop().result()
            loading += [
                loader.submit(workbook.get_sheet_by_index, following)
                for following, _ in wanted[number + 1 : number + 2]
            ]
            marks = marking.result()
            known = marks[index] if index < len(marks) else SheetMarks()
            rows = filled_rows(sheet)
            yield (
                _head(about, sheet, known),
                with_texts(rows, known.unstruck) if known.unstruck else rows,
            )


def second_worksheets(stream: BinaryIO, *, is_zip: bool) -> Sheets:
    """The same, by libraries that read what calamine does not.

    Raises:
        ReaderProblem: `unreadable_workbook`, for an .xls that neither reads: what calamine found
            nothing in may hold much.
        Exception: whatever they make of another workbook.
    """
    try:
        for sheet in read_again(stream.read(), is_zip=is_zip):
            head = SheetHead(sheet.name, sheet.hidden, sheet.merged, errors=sheet.errors)
            yield head, text_rows(sheet.rows)
    except (ReaderProblem, MemoryError):
        raise
    except Exception:
        if is_zip:
            raise
        raise ReaderProblem("unreadable_workbook") from None


def plain_worksheets(stream: BinaryIO, *, is_zip: bool) -> Sheets:
    """The same of an .xlsx, as its XML says.

    Raises:
        Exception: it is no .xlsx, or is damaged.
    """
    if not is_zip:
        raise ReaderProblem("empty_workbook")
    for sheet in plain_sheets(stream.read()):
        yield SheetHead(sheet.name, sheet.hidden), placed_rows(sheet.rows)


READERS = (worksheets, second_worksheets, plain_worksheets)
"""What reads workbooks; each where those before it failed or found nothing."""


def text_rows(rows: Iterable[Sequence[Any]]) -> Iterator[tuple[int, list[str]]]:
    """0-based row and cells of every row of values that holds anything."""
    return placed_rows(enumerate(rows))


def placed_rows(rows: Iterable[tuple[int, Sequence[Any]]]) -> Iterator[tuple[int, list[str]]]:
    """As `text_rows`, of rows that come with their 0-based numbers."""
    for index, values in rows:
        cells = list(map(cell_text, values))
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield index, cells


def _head(about: Any, sheet: Any, known: SheetMarks) -> SheetHead:
    from python_calamine import SheetVisibleEnum

    return SheetHead(
        about.name,
        hidden=about.visible != SheetVisibleEnum.Visible,
        merged=[(*first, *last) for first, last in sheet.merged_cell_ranges or ()] or known.merged,
        hidden_rows=known.hidden_rows,
        errors=known.errors,
        formulas=known.formulas,
        struck=known.struck,
        faulted=known.faulted,
    )


def messages(path: Path, passwords: Sequence[str], *, reader: int = 0) -> Iterator[Any]:
    """Everything that there is to say about the export at `path`, but for how it ends."""
    written, filled, repeats = 0, False, Repeats()
    nothing = ReaderProblem("empty_workbook")
    for head, rows in sheets(path, passwords, reader=reader):
        nothing = head.without_values() or nothing
        written += CELL_OVERHEAD_CHARACTERS * head.places()
        if written > MAX_OUTPUT_CHARACTERS:
            raise ReaderProblem("too_large")
        yield head.message()
        waiting: list[Any] = []
        most = written + CHARACTERS_A_MESSAGE
        for row, cells in rows:
            characters = sum(map(len, cells))
            said: tuple[Any, ...] = row, cells
            if characters >= LONG_CELL:
                shared = list(map(repeats.shared, cells))
                characters = sum(len(cell) for cell in shared if isinstance(cell, str))
                said = row, shared, 1
            written += characters + CELL_OVERHEAD_CHARACTERS * len(cells)
            if written > MAX_OUTPUT_CHARACTERS:
                raise ReaderProblem("too_large")
            filled = True
            waiting.append(said)
            if len(waiting) == ROWS_A_MESSAGE or written > most:
                yield waiting
                waiting, most = [], written + CHARACTERS_A_MESSAGE
        if waiting:
            yield waiting
        if head.widths is not None:
            yield head.widths.message()
    if not filled:
        raise nothing


def ending(path: Path, passwords: Sequence[str]) -> dict[str, Any]:
    """Write the messages; returns the last one, which says how it went.

    A workbook that one reader cannot read, or finds nothing in, is read once more from its
    beginning by the next one. What none of them reads is damaged only where its container is.
    """
    is_empty = False
    for reader in range(len(READERS)):
        if reader:
            write({"again": True})
        try:
            for message in messages(path, passwords, reader=reader):
                write(message)
        except ReaderProblem as told:
            if told.explanation != "empty_workbook":
                return {"problem": told.explanation, "details": told.details}
            is_empty = is_empty or reader == 0  # the others do not know every format
        except MemoryError:
            return {"problem": "reader_crashed", "details": {}}
        except BaseException:  # noqa: S112 - a panic inside calamine is no `Exception`
            continue
        else:
            return {"done": True}
    if is_empty:
        return {"problem": "empty_workbook", "details": {}}
    return {
        "problem": "unreadable_workbook" if is_sound(path) else "damaged_workbook",
        "details": {},
    }


def write(message: Any) -> None:
    """One line of standard output. A name that is not Unicode is written as its bytes allow."""
    line = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
    sys.stdout.buffer.write(line.encode(errors="replace") + b"\n")


def main() -> None:
    """Read the export named by the first argument."""
    limit_process()
    passwords = json.load(sys.stdin)
    write(ending(Path(sys.argv[1]), passwords))


if __name__ == "__main__":
    main()
