"""Read one workbook by calamine and write its filled rows to standard output, one JSON a line.

A program of its own: some legal workbooks abort calamine's process, so it runs by path in a child
process with its own limits and imports nothing but the standard library and calamine.

    {"sheet": "..."}            a sheet begins
    [3, ["", "...", "..."]]     its row 4, from column A to the last filled cell
    {"problem": "..."}          the workbook is refused, with the reason's identifier
    {"done": true}              everything was read
"""

import datetime
import json
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MEMORY_BYTES = 4 * 1024**3
CPU_SECONDS = 300
MAX_OUTPUT_CHARACTERS = 512 * 1024**2
CELL_OVERHEAD_CHARACTERS = 8


def limit_process() -> None:
    """Bound memory and time; leave no core dump, which would hold customer text."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def cell_text(value: Any) -> str:
    """A cell as text: whole numbers without `.0`, dates in ISO form, an empty cell as ''."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
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
        cells = [cell_text(value) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        yield index, before + cells


def messages(path: Path) -> Iterator[Any]:
    """Everything that there is to say about the workbook at `path`."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

    written = 0
    try:
        with path.open("rb") as stream:  # by content: an .xlsx named .xls is read all the same
            workbook = CalamineWorkbook.from_filelike(stream)
            for index, sheet in enumerate(workbook.sheets_metadata):
                if sheet.typ != SheetTypeEnum.WorkSheet:
                    continue
                yield {"sheet": sheet.name}
                for row, cells in filled_rows(workbook.get_sheet_by_index(index)):
                    written += sum(map(len, cells)) + CELL_OVERHEAD_CHARACTERS * len(cells)
                    if written > MAX_OUTPUT_CHARACTERS:
                        yield {"problem": "too_large"}
                        return
                    yield [row, cells]
    except PasswordError:
        yield {"problem": "password_protected"}
    except CalamineError:
        yield {"problem": "damaged_workbook"}
    else:
        yield {"done": True}


def main() -> None:
    """Read the workbook named by the first argument."""
    limit_process()
    for message in messages(Path(sys.argv[1])):
        line = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
        sys.stdout.buffer.write(line.encode() + b"\n")


if __name__ == "__main__":
    main()
