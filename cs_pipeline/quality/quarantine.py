"""What was refused, back to the data owner: rows as a workbook, exports whole with a reason."""

import json
import re
import zipfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice, repeat
from pathlib import Path
from typing import Any, TypedDict

from cs_pipeline.errors import ExportError
from cs_pipeline.excel_sheets import (
    HEADING_POINTS,
    cell_to_fill,
    drawn_width,
    heading_cell,
    plain_cell,
    printable,
    temporary_files_in,
    text_cell,
    wide_pages,
)
from cs_pipeline.files import atomic_path, move_file, private_folder, write_atomic
from cs_pipeline.quality import wording_page
from cs_pipeline.records import ExportFile, RefusedRow
from cs_pipeline.records.wording import vanished
from cs_pipeline.refused.workbook_form import (
    FORMAT,
    FORMAT_KEY,
    HEADINGS,
    MARKER_SHEET,
    ORIGIN_KEY,
    ROWS_PROPERTY,
    original_heading,
)

Headings = Mapping[str, Sequence[Sequence[str]]]
"""Name of a sheet -> the rows of headings of its tables."""
MAX_SHEET_ROWS = 1_048_576  # Excel's own limit
_WIDTHS = (44, 14, 9)
_NARROWEST, _WIDEST = 20, 44  # of the original's columns; a heading fits
_SUFFIX, _REASON_SUFFIX = "-refused.xlsx", ".reason.json"
# What an earlier workbook of refused rows added to the name, when that is dropped corrected.
_ADDED = re.compile(r"(-[0-9a-f]{8}-refused)+$")
_ROWS = re.compile(rb"name=\"%s\"[^>]*>\s*<[^>]*>(\d+)<" % ROWS_PROPERTY.encode())


class RefusedExport(TypedDict):
    """Why an export went to quarantine whole; `name` is masked."""

    reason: str
    ko: str
    en: str
    name: str
    sha256: str
    quarantined_at: str


class Quarantine:
    """Keeper of what was refused; the folder holds unmasked text (0700)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path_of(self, export: ExportFile) -> Path:
        """Where an export lies that was refused whole: `quarantine/<stem>-<sha8><suffix>`."""
        return self.folder / f"{_stem(export)}{Path(export.name).suffix}"

    def files_of(self, sha256: str) -> list[Path]:
        """Files about an export by the first characters of its sha256, maybe those of another."""
        return sorted(self.folder.glob(f"*-{sha256[:8]}*"))

    def refused_workbook(self, export: ExportFile) -> Path:
        """Where the refused rows of `export` are kept: `quarantine/<stem>-<sha8>-refused.xlsx`."""
        return self.folder / f"{_stem(export)}{_SUFFIX}"

    def refused_workbooks(self, *, apart_from: Iterable[str] = ()) -> list[Path]:
        """The workbooks of refused rows, but for those of the exports with these sha256s."""
        others = tuple(f"-{sha256[:8]}{_SUFFIX}" for sha256 in apart_from)
        found = sorted(self.folder.glob(f"[!.]*{_SUFFIX}"))
        return [path for path in found if not path.name.endswith(others)]

    def keep_rows(
        self,
        export: ExportFile,
        refused: Collection[RefusedRow],
        headings: Headings | None = None,
    ) -> str | None:
        """Write the workbook of an export's refused rows; returns its path, None without any.

        The rows are gone through twice, one at a time.
        """
        if not refused:
            return None
        path = self.refused_workbook(export)
        write_refused_rows(
            path,
            refused,
            export_name=export.name,
            export_sha256=export.sha256,
            headings=headings,
        )
        return str(path)

    def keep_export(self, export: ExportFile, error: ExportError) -> str:
        """Move the export whole into quarantine and write why beside it; returns its new place.

        `<stem>-<sha8><suffix>` and `<stem>-<sha8>.reason.json`. Doing it again, or after a crash
        halfway, ends in the same state. An export that is a folder moves with all that is in it.

        Raises:
            StorageError: the export is neither in processing nor in quarantine.
        """
        folder = private_folder(self.folder)
        source, target = Path(export.uri), self.path_of(export)
        if not source.exists() and not target.exists():
            raise vanished(export.name)
        reason = RefusedExport(
            reason=error.reason,
            ko=error.words.ko,
            en=error.words.en,
            name=export.name,
            sha256=export.sha256,
            quarantined_at=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        write_atomic(
            folder / f"{_stem(export)}{_REASON_SUFFIX}",
            json.dumps(reason, ensure_ascii=False, indent=2) + "\n",
        )
        move_file(source, target)  # last: once it has left processing, no later run looks at it
        return str(target)

    def refused_exports(self) -> list[RefusedExport]:
        """What was written beside each export that was refused whole."""
        paths = sorted(self.folder.glob(f"[!.]*{_REASON_SUFFIX}"))
        return [json.loads(path.read_bytes()) for path in paths]

    def files(self) -> list[Path]:
        """Everything that was refused: exports with their reasons, workbooks of rows."""
        return [path for path in sorted(self.folder.glob("[!.]*")) if not _is_audit(path)]

    def forget(self, sha256: str) -> None:
        """Delete the workbook of an export's refused rows; none is fine."""
        for path in self.folder.glob(f"*-{sha256[:8]}{_SUFFIX}"):
            path.unlink(missing_ok=True)


def _is_audit(path: Path) -> bool:
    """A reviewer's workbook may be kept here as well."""
    return path.name.startswith("pii-audit-")


def refused_rows_in(path: Path) -> int | None:
    """How many rows the workbook lists; None when it does not say."""
    try:
        with zipfile.ZipFile(path) as archive:
            match = _ROWS.search(archive.read("docProps/custom.xml"))
    except (OSError, KeyError, zipfile.BadZipFile):
        return None
    return int(match[1]) if match else None


def write_refused_rows(
    path: Path,
    refused: Collection[RefusedRow],
    *,
    export_name: str,
    export_sha256: str,
    headings: Headings | None = None,
) -> None:
    """Write the workbook of refused rows, replacing `path` in one step; its folder becomes 0700.

    Columns: reason in words, sheet, cell, then the cells of the original row under the letters of
    their columns and, where `headings` know it, the export's own heading. The cell that a row was
    refused for is coloured; the page prints as wide as a landscape sheet. Everything is text: a
    value that begins with `=`, `+`, `-` or `@` stays what it
    was and calculates nothing. Rows are written as they come: a million of them need no more memory
    than `refused` does. A very hidden sheet says which export the rows are of, so that the
    workbook can be corrected and dropped into the inbox as it is (`intake.corrections`).
    """
    from openpyxl import Workbook
    from openpyxl.packaging.custom import IntProperty

    private_folder(path.parent)
    workbook: Any = Workbook(write_only=True)  # its stubs know no custom properties
    workbook.properties.creator = "cs-pipeline"
    workbook.properties.title = printable(export_name)
    workbook.custom_doc_props.append(IntProperty(name=ROWS_PROPERTY, value=len(refused)))
    room = MAX_SHEET_ROWS - 1
    looks = _looks_of_pages(refused, room)
    rows = iter(refused)
    with temporary_files_in(path.parent), atomic_path(path) as temporary:
        for number, look in enumerate(looks, start=1):
            sheet = workbook.create_sheet(
                f"{wording_page.REFUSED_ROWS}{'' if number == 1 else f' {number}'}"
            )
            _write_sheet(sheet, look, islice(rows, room), headings or {})
        _write_marker(workbook.create_sheet(MARKER_SHEET), export_sha256)
        workbook.save(temporary)


def _stem(export: ExportFile) -> str:
    return f"{_ADDED.sub('', Path(export.name).stem)}-{export.sha256[:8]}"


def _write_marker(sheet: Any, export_sha256: str) -> None:
    sheet.sheet_state = "veryHidden"
    for row in ((FORMAT_KEY, FORMAT), (ORIGIN_KEY, export_sha256)):
        sheet.append(row)


@dataclass(slots=True)
class _PageLook:
    """What a page has to know of its rows before the first one is written."""

    rows: int = 0
    sheets: set[str] = field(default_factory=set, repr=False)
    widths: list[int] = field(default_factory=list)
    """Characters of the longest line in each column of the original rows."""

    def see(self, row: RefusedRow) -> None:
        """Take in a row."""
        self.rows += 1
        self.sheets.add(row.sheet)
        self.widths.extend(repeat(0, len(row.original) - len(self.widths)))
        for column, text in enumerate(row.original):
            if self.widths[column] < _WIDEST:
                self.widths[column] = max(self.widths[column], drawn_width(text) + 2)


def _looks_of_pages(refused: Iterable[RefusedRow], room: int) -> list[_PageLook]:
    """The looks of pages with `room` rows each; one page at least."""
    looks = [_PageLook()]
    for row in refused:
        if looks[-1].rows == room:
            looks.append(_PageLook())
        looks[-1].see(row)
    return looks


def _write_sheet(sheet: Any, look: _PageLook, refused: Iterable[RefusedRow], own: Headings) -> None:
    from openpyxl.utils import get_column_letter

    columns = len(look.widths)
    letters = [get_column_letter(number) for number in range(1, len(HEADINGS) + columns + 1)]
    drawn = (min(max(width, _NARROWEST), _WIDEST) for width in look.widths)
    for letter, width in zip(letters, (*_WIDTHS, *drawn), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.row_dimensions[1].height = HEADING_POINTS
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{letters[-1]}{look.rows + 1}"
    wide_pages(sheet)
    headings = [str(heading) for heading in HEADINGS]
    headings += [
        original_heading(letter, _own_heading(own, look.sheets, column))
        for column, letter in enumerate(letters[:columns])
    ]
    heading, plain, to_fill = heading_cell(sheet), plain_cell(sheet), cell_to_fill(sheet)
    sheet.append([text_cell(sheet, text, heading) for text in headings])
    for row in refused:
        texts = [str(row.words), row.sheet, row.cell, *row.original]
        at = len(HEADINGS) + _column_of(row.cell)
        sheet.append(
            [
                text_cell(sheet, text, to_fill if place == at else plain)
                for place, text in enumerate(texts)
            ]
        )


def _own_heading(own: Headings, sheets: Collection[str], column: int) -> str:
    """What all the sheets that have rows here call a column; empty where they differ."""
    called = {
        " ".join(row[column].split())
        for sheet in sheets
        for row in own.get(sheet, ())
        if column < len(row) and row[column].strip()
    }
    return called.pop() if len(called) == 1 else ""


def _column_of(cell: str) -> int:
    """0-based column of an A1-style address; -1 without letters."""
    column = 0
    for letter in cell.rstrip("0123456789"):
        column = 26 * column + ord(letter) - ord("A") + 1
    return column - 1
