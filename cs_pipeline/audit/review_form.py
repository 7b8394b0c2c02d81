"""A workbook in which a person chooses a verdict for each row, and what comes back of it.

A hidden sheet says what was drawn: a mark, then one JSON a row. Rows may be sorted and filtered,
columns moved or added, sheets renamed, verdicts written in either language.
"""

import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from cs_pipeline.audit.wording import CHOOSE_ONE, not_ours, rows_differ, unknown_verdicts
from cs_pipeline.excel_sheets import (
    HEADING_POINTS,
    heading_cell,
    plain_cell,
    row_points,
    text_cell,
    wide_pages,
)
from cs_pipeline.language import Words

HIDDEN_TITLE = "cs-pipeline"
"""The sheet that says what was drawn."""
_MAX_COLUMNS = 26
_CELLS_SHOWN = 10

Cells = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class ReviewForm:
    """One kind of workbook: the command that writes it, its mark, headings and verdicts."""

    command: str
    mark: str
    row_id: Words
    verdict: Words
    verdicts: Mapping[Any, Words]


class Review(NamedTuple):
    """The rows of the sheet under review, by their number: row id and what was said of it."""

    sheet: str
    id_letter: str
    verdict_letter: str
    rows: dict[int, tuple[str, str]]


def choice_list(form: ReviewForm, cells: str) -> Any:
    """The drop-down list of verdicts for `cells`; anything else is turned away."""
    from openpyxl.worksheet.datavalidation import DataValidation

    choice = DataValidation(
        type="list",
        formula1=f'"{",".join(str(words) for words in form.verdicts.values())}"',
        allow_blank=True,
        showErrorMessage=True,
        errorTitle=str(form.verdict),
        error=str(CHOOSE_ONE),
    )
    choice.add(cells)
    return choice


def write_review(
    sheet: Any,
    form: ReviewForm,
    columns: Sequence[tuple[Words, int]],
    rows: Sequence[Sequence[str]],
    *,
    to_fill: Any,
) -> None:
    """Fill the sheet under review.

    Args:
        sheet: to write, row by row.
        form: whose verdicts can be chosen in the last column but one.
        columns: headings and widths; the last two are for the reviewer.
        rows: texts of the columns before those.
        to_fill: style of the cells for the reviewer.
    """
    from openpyxl.utils import get_column_letter

    letters = [get_column_letter(number) for number in range(1, len(columns) + 1)]
    widths = [width for _, width in columns]
    for letter, width in zip(letters, widths, strict=True):
        sheet.column_dimensions[letter].width = width
    last = len(rows) + 1
    sheet.row_dimensions[1].height = HEADING_POINTS
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{letters[-1]}{last}"
    sheet.data_validations.append(choice_list(form, f"{letters[-2]}2:{letters[-2]}{last}"))
    wide_pages(sheet)
    sheet.print_title_rows = "1:1"
    heading, plain = heading_cell(sheet), plain_cell(sheet)
    sheet.append([text_cell(sheet, str(words), heading) for words, _ in columns])
    for number, texts in enumerate(rows, start=2):
        sheet.row_dimensions[number].height = row_points(texts, widths[: len(texts)])
        cells = [text_cell(sheet, text, plain) for text in texts]
        sheet.append([*cells, *(text_cell(sheet, "", to_fill) for _ in columns[len(texts) :])])


def write_hidden(sheet: Any, form: ReviewForm, lines: Sequence[str]) -> None:
    """Fill the hidden sheet. One line a row, because a cell holds 32,767 characters."""
    sheet.sheet_state = "hidden"
    plain = plain_cell(sheet)
    for text in (form.mark, *lines):
        sheet.append([text_cell(sheet, text, plain)])


def read_form(path: Path, form: ReviewForm) -> tuple[list[str], Review]:
    """What stands on the hidden sheet below the mark, and the rows under review.

    Raises:
        DatasetError: the file is not a workbook of this form.
    """
    sheets = _read_sheets(path, form)
    lines = [str(row[0]) for row in sheets.pop(HIDDEN_TITLE, []) if row and row[0] is not None]
    if len(lines) < 2 or lines[0] != form.mark:
        raise not_ours(path, command=form.command)
    return lines[1:], _find_review(path, form, sheets)


def verdicts_in(form: ReviewForm, review: Review, drawn: Collection[str]) -> dict[str, str]:
    """The verdict of each row that has one, by row id.

    Raises:
        DatasetError: rows were removed or added, or a verdict is none of those to choose from;
            names sheet and cells, never what stands in them.
    """
    _check_rows(review, drawn)
    choices = {
        plain_words(said): verdict
        for verdict, words in form.verdicts.items()
        for said in (words.ko, words.en)
    }
    unknown = [number for number, (_, said) in review.rows.items() if said not in {"", *choices}]
    if unknown:
        cells = _places(review.verdict_letter, unknown)
        raise unknown_verdicts(review.sheet, cells=cells, choices=form.verdicts.values())
    return {row_id: choices[said] for row_id, said in review.rows.values() if said}


def plain_words(value: object) -> str:
    """For comparing: composed, in lower case, without spaces."""
    text = "" if value is None else str(value)
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _read_sheets(path: Path, form: ReviewForm) -> dict[str, Cells]:
    """The leading cells of every row of every sheet."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        workbook = load_workbook(path, read_only=True, data_only=True)
        try:
            for sheet in workbook.worksheets:
                sheet.reset_dimensions()  # what a file says of its size need not be true
            return {
                sheet.title: list(sheet.iter_rows(max_col=_MAX_COLUMNS, values_only=True))
                for sheet in workbook.worksheets
            }
        finally:
            workbook.close()
    except (
        *(InvalidFileException, BadZipFile, ParseError, OSError),
        *(KeyError, ValueError, TypeError, AttributeError),  # of a zip that holds something else
    ):
        raise not_ours(path, command=form.command) from None


def _find_review(path: Path, form: ReviewForm, sheets: dict[str, Cells]) -> Review:
    """The sheet whose first row has both headings, in either language."""
    from openpyxl.utils import get_column_letter

    for title, cells in sheets.items():
        headings = [plain_words(value) for value in cells[0]] if cells else []
        id_column, verdict_column = (
            _column(headings, words) for words in (form.row_id, form.verdict)
        )
        if id_column is not None and verdict_column is not None:
            return Review(
                title,
                get_column_letter(id_column + 1),
                get_column_letter(verdict_column + 1),
                {
                    number: (str(row[id_column] or "").strip(), plain_words(row[verdict_column]))
                    for number, row in enumerate(cells[1:], start=2)
                    if any(value is not None and str(value).strip() for value in row)
                },
            )
    raise not_ours(path, command=form.command)


def _column(headings: Sequence[str], words: Words) -> int | None:
    names = {plain_words(words.ko), plain_words(words.en)}
    return next((column for column, heading in enumerate(headings) if heading in names), None)


def _check_rows(review: Review, drawn: Collection[str]) -> None:
    present = Counter(row_id for row_id, _ in review.rows.values())
    expected = set(drawn)
    missing = len(expected - present.keys())
    strange = [
        number
        for number, (row_id, _) in review.rows.items()
        if row_id not in expected or present[row_id] > 1
    ]
    if missing or strange:
        cells = _places(review.id_letter, strange) if strange else "-"
        raise rows_differ(review.sheet, missing=missing, strange=len(strange), cells=cells)


def _places(letter: str, numbers: Sequence[int]) -> str:
    shown = ", ".join(f"{letter}{number}" for number in numbers[:_CELLS_SHOWN])
    return shown + (", …" if len(numbers) > _CELLS_SHOWN else "")
