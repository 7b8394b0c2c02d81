"""The data owner's desk: exports are refused, their workbooks edited, read again."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from cs_pipeline.config import Settings
from cs_pipeline.files import sha256_file
from cs_pipeline.intake.exchanges import ExportReading
from cs_pipeline.quality.quarantine import write_refused_rows
from cs_pipeline.stages import Installation

Edits = Mapping[tuple[str, str], object]
"""By the refused row's cell and the letter of a column of the export: what stands there now."""
Page = Any


@dataclass(frozen=True)
class Desk:
    settings: Settings

    def processed(self, path: Path) -> Path:
        """The export as it lies after a run; returns its workbook of refused rows."""
        sha256 = sha256_file(path)
        place = self.settings.processed_dir / sha256 / path.name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)
        return self.refused_rows(place)

    def refused_rows(self, path: Path) -> Path:
        """What the data owner gets back for the export."""
        opened = Installation(self.settings)
        reading = opened.intake.read(path)
        outcome = opened.intake.check(reading)
        _, residual = opened.conversation_masker(salt="").mask(outcome.accepted)
        target = self.settings.quarantine_dir / f"{sha256_file(path)[:8]}-refused.xlsx"
        refused = [*reading.refused, *outcome.refused, *residual]
        write_refused_rows(target, refused, export_name=path.name, export_sha256=sha256_file(path))
        return target

    def read(self, path: Path) -> ExportReading:
        return Installation(self.settings).intake.read(path)


def pairs_of(reading: ExportReading) -> list[tuple[str, str, str, str]]:
    return [
        (row.question_cell, row.answer_cell, row.question, row.answer) for row in reading.exchanges
    ]


def open_of(reading: ExportReading) -> list[tuple[str, str]]:
    return [(row.cell, row.reason) for row in reading.refused]


def lines_of(path: Path) -> dict[str, dict[str, object]]:
    """The page's rows by the cell that they name; values by heading."""
    headings, *rows = load_workbook(path).worksheets[0].values
    lines = (dict(zip(headings, row, strict=True)) for row in rows)
    return {str(line["셀"]): line for line in lines}


def edited(
    path: Path, target: Path, edits: Edits, *, then: Callable[[Page], None] | None = None
) -> Path:
    """The workbook with some cells changed and saved as another file, as Excel would."""
    workbook = load_workbook(path)
    page = workbook.worksheets[0]
    columns = {cell.value: cell.column for cell in page[1]}
    rows = {page.cell(row, columns["셀"]).value: row for row in range(2, page.max_row + 1)}
    for (cell, letter), value in edits.items():
        page.cell(rows[cell], columns[f"원본 {letter}열"]).value = value
    if then:
        then(page)
    workbook.save(target)
    return target
