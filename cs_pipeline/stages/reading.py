"""An export read and checked as the settings say."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.config import Settings

if TYPE_CHECKING:
    from cs_pipeline.intake.exchanges import ExportReading
    from cs_pipeline.quality.expectations import QualityOutcome


def read_export(settings: Settings, path: Path) -> "ExportReading":
    """What the export at `path` holds, by the limits, passwords and layouts of the installation.

    Of a workbook of refused rows that came back, it is what its corrections changed in the export
    that they are of.

    Raises:
        ExportError: the file cannot be read, or corrects nothing.
        SettingsError: the file of layouts cannot be used.
    """
    from cs_pipeline.intake.correction_pages import correction_in
    from cs_pipeline.intake.corrections import read_correction
    from cs_pipeline.intake.exchanges import checked, read_sheets
    from cs_pipeline.intake.layouts import load_layouts
    from cs_pipeline.intake.origins import find_export
    from cs_pipeline.intake.workbook import read_workbook

    layouts = load_layouts(settings.export_layouts)
    read = partial(
        read_workbook, max_bytes=settings.max_export_bytes, passwords=settings.export_passwords
    )
    understand = partial(read_sheets, hidden=settings.hidden_rows, layouts=layouts)
    sheets = read(path)
    correction = correction_in(sheets, path.name)
    if correction is None:
        return checked(understand(sheets), path.name)
    return read_correction(
        correction,
        path.name,
        find=partial(find_export, settings),
        read=read,
        understand=understand,
    )


def check_reading(settings: Settings, reading: "ExportReading") -> "QualityOutcome":
    """Refuse bad rows, and judge the export as a whole unless it only corrects another one."""
    from cs_pipeline.quality.expectations import check_exchanges

    return check_exchanges(
        reading.exchanges,
        max_text_characters=settings.max_text_characters,
        rows_alone=reading.origin_sha256 is not None,
    )
