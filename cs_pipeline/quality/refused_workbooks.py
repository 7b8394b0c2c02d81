"""Workbooks of refused rows, read again so that rows of them can go."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cs_pipeline.excel_sheets import temporary_files_in
from cs_pipeline.files import atomic_path
from cs_pipeline.refused.workbook_form import (
    CELL,
    MARKER_SHEET,
    ORIGIN_KEY,
    ROWS_PROPERTY,
    SHEET,
    is_heading,
)


@dataclass(frozen=True, slots=True)
class ListedRow:
    """One line of a workbook: a place of the export, and all cells of the line. Unmasked.

    `row` is the 1-based row of the export, 0 where the line does not say.
    """

    sheet: str = field(repr=False)
    row: int
    cells: tuple[str, ...] = field(repr=False)


def origin_of(path: Path) -> str | None:
    """The sha256 of the export that a workbook is of; None where it does not say."""
    workbook = _opened(path, read_only=True)
    try:
        if MARKER_SHEET not in workbook.sheetnames:
            return None
        rows = workbook[MARKER_SHEET].iter_rows(max_col=2, values_only=True)
        said = dict(rows)
        return str(said[ORIGIN_KEY]) if ORIGIN_KEY in said else None
    finally:
        workbook.close()


def listed_rows(path: Path) -> Iterator[ListedRow]:
    """Every line of a workbook, page by page."""
    workbook = _opened(path, read_only=True)
    try:
        for sheet in _pages(workbook):
            places: tuple[int, int] | None = None
            for values in sheet.iter_rows(values_only=True):
                if places is None:
                    places = _places(values)
                else:
                    yield _listed(values, places)
    finally:
        workbook.close()


def erase_rows(path: Path, unwanted: Callable[[ListedRow], bool]) -> int:
    """Take lines out of a workbook, which is replaced in one step, or deleted with its last line.

    What the owner wrote into the other lines stays. Doing it again changes nothing.

    Returns:
        How many lines went.
    """
    workbook = _opened(path, read_only=False)
    gone, left = 0, 0
    for sheet in _pages(workbook):
        rows = list(sheet.iter_rows(values_only=True))
        places = _places(rows[0]) if rows else (0, 0)
        numbers = [
            number
            for number, values in enumerate(rows[1:], start=2)
            if unwanted(_listed(values, places))
        ]
        for number in reversed(numbers):
            sheet.delete_rows(number)
        gone, left = gone + len(numbers), left + len(rows[1:]) - len(numbers)
        if sheet.auto_filter.ref:
            first = sheet.auto_filter.ref.partition(":")[0]
            last = sheet.cell(max(sheet.max_row, 1), sheet.max_column).coordinate
            sheet.auto_filter.ref = f"{first}:{last}"
    if gone and left:
        _save(workbook, path, left)
    elif gone:
        path.unlink()
    return gone


def _save(workbook: Any, path: Path, rows: int) -> None:
    for property_ in workbook.custom_doc_props:
        if property_.name == ROWS_PROPERTY:
            property_.value = rows
    with temporary_files_in(path.parent), atomic_path(path) as temporary:
        workbook.save(temporary)


def _opened(path: Path, *, read_only: bool) -> Any:
    from openpyxl import load_workbook

    return load_workbook(path, read_only=read_only)


def _pages(workbook: Any) -> Iterator[Any]:
    yield from (sheet for sheet in workbook.worksheets if sheet.title != MARKER_SHEET)


def _places(headings: Sequence[Any]) -> tuple[int, int]:
    """0-based columns of the sheet's name and of the cell, wherever the owner moved them."""
    texts = [str(heading or "") for heading in headings]
    return tuple(  # type: ignore[return-value]
        next((at for at, text in enumerate(texts) if is_heading(text, words)), default)
        for words, default in ((SHEET, 1), (CELL, 2))
    )


def _listed(values: Sequence[Any], places: tuple[int, int]) -> ListedRow:
    cells = tuple("" if value is None else str(value) for value in values)
    sheet, cell = (cells[place] if place < len(cells) else "" for place in places)
    digits = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return ListedRow(sheet, int(digits) if digits.isdecimal() else 0, cells)
