"""An export read as the settings say."""

from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.config import Settings

if TYPE_CHECKING:
    from cs_pipeline.intake.exchanges import ExportReading


def read_export(settings: Settings, path: Path) -> "ExportReading":
    """What the export at `path` holds, by the limits, passwords and layouts of the installation.

    Raises:
        ExportError: the file cannot be read.
        SettingsError: the file of layouts cannot be used.
    """
    from cs_pipeline.intake.exchanges import read_exchanges

    return read_exchanges(
        path,
        max_bytes=settings.max_export_bytes,
        passwords=settings.export_passwords,
        hidden=settings.hidden_rows,
        layouts=settings.export_layouts,
    )
