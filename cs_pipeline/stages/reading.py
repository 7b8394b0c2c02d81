"""An export read as the settings say."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.config import Settings

if TYPE_CHECKING:
    from cs_pipeline.intake.exchanges import ExportReading


def read_export(settings: Settings, path: Path) -> "ExportReading":
    """What the export at `path` holds, by the limits, passwords and layouts of the installation.

    Of a workbook of refused rows that came back, it is what its corrections changed in the export
    that they are of.

    Raises:
        ExportError: the file cannot be read, or corrects nothing.
        SettingsError: the file of layouts cannot be used.
    """
    from cs_pipeline.intake.corrections.corrections import read_correction
    from cs_pipeline.intake.corrections.pages import correction_in
    from cs_pipeline.intake.exchanges import checked, read_sheets
    from cs_pipeline.intake.files.workbook import read_workbook
    from cs_pipeline.intake.inbox.origins import find_export
    from cs_pipeline.intake.sheets.layouts import load_layouts

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
