"""How exports are read and checked in this installation."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.config import Settings
from cs_pipeline.records import DataProfile

if TYPE_CHECKING:
    from cs_pipeline.intake.exchanges import ExportReading
    from cs_pipeline.quality.expectations import QualityOutcome


class Intake:
    """The limits, passwords, layouts and quality rules that the settings name.

    Args:
        settings: the installation's.
        mask_name: masks names of files.
        find: where the bytes of an export that was claimed once lie now, by their sha256.

    Raises:
        SettingsError: a site's file of layouts or rules cannot be used.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        mask_name: Callable[[str], str],
        find: Callable[[str], Path | None],
    ) -> None:
        from cs_pipeline.intake.sheets.layouts import load_layouts
        from cs_pipeline.quality.rules import load_rules

        self._rules = load_rules(
            settings.quality_rules, max_text_characters=settings.max_text_characters
        )
        self._layouts = load_layouts(settings.export_layouts)
        self._hidden = settings.hidden_rows
        self._max_bytes = settings.max_export_bytes
        self._passwords = settings.export_passwords
        self.mask_name = mask_name
        self._find = find

    def read(self, path: Path, *, keep_cells: bool = False) -> "ExportReading":
        """What the export at `path` holds; `keep_cells`: with the rows of its tables.

        Of a workbook of refused rows that came back, it is what its corrections changed in the
        export that they are of.

        Raises:
            ExportError: the file cannot be read, or corrects nothing.
        """
        from cs_pipeline.intake.corrections.corrections import read_correction
        from cs_pipeline.intake.corrections.pages import correction_in
        from cs_pipeline.intake.exchanges import checked, read_sheets, sheets_in, without_cells
        from cs_pipeline.packed_lists import give_back_memory

        read = partial(
            sheets_in,
            max_bytes=self._max_bytes,
            passwords=self._passwords,
            layouts=self._layouts,
        )
        understand = partial(read_sheets, hidden=self._hidden, layouts=self._layouts)
        sheets = read(path)
        correction = correction_in(sheets, path.name)
        if correction is None:
            reading = checked(understand(sheets), path.name, mask=self.mask_name)
        else:
            reading = read_correction(
                correction, path.name, find=self._find, read=read, understand=understand
            )
        if keep_cells:
            return reading
        reading, sheets = without_cells(reading), []
        give_back_memory()
        return reading

    def check(
        self, reading: "ExportReading", earlier: Sequence[DataProfile] | None = None
    ) -> "QualityOutcome":
        """Check the rows of one export.

        `earlier` are the profiles of the exports to compare it with; None: it is not compared. Of
        an export that only corrects another one the rows alone are judged.
        """
        from cs_pipeline.quality.expectations import check_exchanges

        correction = reading.origin_sha256 is not None
        return check_exchanges(
            reading.exchanges,
            self._rules,
            earlier=None if correction else earlier,
            rows_alone=correction,
        )
