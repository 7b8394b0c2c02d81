"""Excel workbooks and CSV files as rows of text, in memory only."""

import json
import signal
import subprocess
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import repeat
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from cs_pipeline.child_processes import child_environment, module_command
from cs_pipeline.intake.files.repeats import Repeated
from cs_pipeline.intake.refusals import refusal
from cs_pipeline.packed_lists import PackedList, give_back_memory

if TYPE_CHECKING:
    from pydantic import SecretStr

READER_COMMAND = module_command("cs_pipeline.intake.files.workbook_reader")
READER_SECONDS = 300.0
HELD_BYTES = 640 * 1024**2
"""Beyond this much memory for the rows of one export, and for what is made of them, it is refused
as too large."""
_TIMES_HELD, _ROW_BYTES, _GAP_BYTES = 3, 200, 8
"""Packed, an export is held as rows, as what was said and as exchanges for a while. What a row
needs besides when it is put into order and checked, and what a row that is not there does."""

Place = tuple[int, int]
"""0-based row and column of a cell."""
MergedRange = tuple[int, int, int, int]
"""First row and column, last row and column; 0-based."""


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet. `rows[i][j]` is the text of Excel row i + 1, column j + 1; rows differ in length.

    The name is hidden from `repr` like the rows: people name sheets after customers. `errors` are
    cells that show an error such as #N/A, `formulas` those without a stored result; both are empty
    text in `rows`. `struck` are cells whose text is struck through, `faulted` those with a comment
    that says that it is wrong. These four and `hidden_rows` are known of .xlsx and .xlsm alone,
    `merged` of .xls and .ods, too. Of a text file `shifted` are rows with more or fewer cells than
    others have, `loose` cells of which a part may stand in a
    line of its own, `widths` says how many cells each of its first rows has. `added_rows` stand on
    top and not in the file: the headings of a chat that begins with its first line. A
    `turned` one has rows for the file's columns.
    """

    name: str = field(repr=False)
    rows: Sequence[tuple[str, ...]] = field(repr=False)
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    merged: tuple[MergedRange, ...] = ()
    errors: frozenset[Place] = frozenset()
    formulas: frozenset[Place] = frozenset()
    struck: frozenset[Place] = frozenset()
    faulted: frozenset[Place] = frozenset()
    shifted: frozenset[int] = frozenset()
    loose: frozenset[Place] = frozenset()
    widths: Mapping[int, int] = field(default_factory=dict)
    added_rows: int = 0
    turned: bool = False


def read_workbook(
    path: Path, *, max_bytes: int, passwords: Sequence["SecretStr"] = ()
) -> list[RawSheet]:
    """All worksheets of an .xlsx, .xlsm, .xlsb, .xls, .ods or .csv file, told apart by content.

    They are read in a child process with limits on memory and time, after their first bytes, and
    of a zip its sizes and its reach, were checked. The passwords go to it through a pipe; each is
    tried on an encrypted workbook, which is decrypted in the child's memory only. Macros never
    run and links are never followed.

    Raises:
        ExportError: the file is refused; `reason` is one of those in `intake.refusals`.
    """
    if path.is_dir():
        raise refusal("not_a_file", path.name)
    size = path.stat().st_size
    if size == 0:
        raise refusal("empty_file", path.name)
    if size > max_bytes:
        raise refusal("too_large", path.name)
    return _read_in_child(path, json.dumps([word.get_secret_value() for word in passwords]))


def _read_in_child(path: Path, passwords: str) -> list[RawSheet]:
    """Start the reader, collect what it says and see it end.

    Its standard error is dropped: a crash may print what the workbook holds.
    """
    began = time.monotonic()
    with subprocess.Popen(
        [*READER_COMMAND, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=child_environment(),
    ) as child:
        asked, heard = cast("IO[bytes]", child.stdin), cast("IO[bytes]", child.stdout)
        alarm = threading.Timer(READER_SECONDS, child.kill)
        alarm.start()
        try:
            with suppress(BrokenPipeError):  # it died at once; its exit status says how
                asked.write(passwords.encode())
                asked.close()
            sheets, last = _collect(heard)
            if "problem" in last:
                child.kill()  # it may have more to say, which nobody hears
            status = child.wait()
        finally:
            alarm.cancel()
            child.kill()
    if "problem" in last:
        raise refusal(last["problem"], path.name, **last["details"])
    if "done" not in last:
        late = status == -signal.SIGXCPU or time.monotonic() - began >= READER_SECONDS
        raise refusal("reader_timeout" if late else "reader_crashed", path.name)
    give_back_memory()
    return sheets


def _collect(lines: Iterable[bytes]) -> tuple[list[RawSheet], dict[str, Any]]:
    """The sheets, and the last message; without one the child did not live to the end.

    A small file may have rows enough to fill any memory: what is held is counted.
    """
    sheets: list[RawSheet] = []
    rows: PackedList[tuple[str, ...]] = PackedList()
    held = _Held()
    for line in lines:
        try:
            message = json.loads(line)
        except ValueError:  # it was killed in the middle of a line
            break
        if isinstance(message, list):
            if not held.takes(rows, message):
                return [], {"problem": "too_large", "details": {}}
        elif "again" in message:
            sheets, held = [], _Held()
        elif "shifted" in message:
            widths = {int(row): width for row, width in message["widths"].items()}
            shifted = frozenset(message["shifted"])
            loose = frozenset((row, column) for row, column in message["loose"])
            sheets[-1] = replace(sheets[-1], shifted=shifted, loose=loose, widths=widths)
        elif "sheet" in message:
            rows = PackedList()
            sheets.append(_sheet(message, rows))
        else:
            return sheets, message
    return sheets, {}


class _Held:
    """Puts rows at their places in sheets, and counts what all of them hold."""

    def __init__(self) -> None:
        self._long = Repeated()
        self._bytes = 0

    def takes(self, rows: PackedList[tuple[str, ...]], more: Sequence[Sequence[Any]]) -> bool:
        """Add rows at their places; False as soon as all of them hold more than is allowed.

        Each has its 0-based number, its cells and, where one is a long text, a third entry.
        """
        before = rows.packed_bytes
        for row, cells, *long in more:
            if row > len(rows):
                self._bytes += _GAP_BYTES * (row - len(rows))
                if self._bytes > HELD_BYTES:
                    return False
                rows.extend(repeat((), row - len(rows)))
            rows.append(tuple(map(self._long.text, cells) if long else cells))
        self._bytes += _TIMES_HELD * (rows.packed_bytes - before) + _ROW_BYTES * len(more)
        return self._bytes <= HELD_BYTES


def _sheet(head: dict[str, Any], rows: PackedList[tuple[str, ...]]) -> RawSheet:
    """A sheet; its rows are still to come."""
    errors, formulas, struck, faulted = (
        frozenset((row, column) for row, column in head.get(key, ()))
        for key in ("errors", "formulas", "struck", "faulted")
    )
    return RawSheet(
        head["sheet"],
        rows,
        hidden=head.get("hidden", False),
        hidden_rows=frozenset(head.get("hidden_rows", ())),
        merged=tuple(
            (top, left, bottom, right) for top, left, bottom, right in head.get("merged", ())
        ),
        errors=errors,
        formulas=formulas,
        struck=struck,
        faulted=faulted,
        added_rows=head.get("added_rows", 0),
    )
