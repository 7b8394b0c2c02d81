"""Lines of workbooks of refused rows that belong to conversations which are withdrawn."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.errors import CsPipelineError
from cs_pipeline.stages.forgetting.conversation_rows import Place, rows_of_conversations
from cs_pipeline.stages.installation import Installation

if TYPE_CHECKING:
    from cs_pipeline.quality.refused_workbooks import ListedRow
    from cs_pipeline.stages.forgetting.scope import Scope

_log = logging.getLogger(__name__)

Line = tuple[str, int, tuple[str, ...]]
"""Sheet, 1-based row and the cells of a line. Unmasked: memory only."""


class RefusedLines:
    """Finds the lines; the export is read anew where a conversation of it is concerned."""

    def __init__(self, installation: Installation, scope: "Scope") -> None:
        from cs_pipeline.intake.sheets.cells import clean_text

        self._installation = installation
        self._scope = scope
        self._clean = clean_text
        self._ids = frozenset(map(clean_text, scope.wanted.conversations))

    def workbooks(self) -> Iterator[Path]:
        """Those of exports that are not withdrawn whole."""
        names = {sha256[:8] for sha256 in self._scope.exports}
        for path in self._installation.quarantine.refused_workbooks():
            if not any(f"-{name}-refused" in path.name for name in names):
                yield path

    def lines_in(self, path: Path) -> set[Line]:
        """The lines of one workbook that are to go."""
        from cs_pipeline.quality.refused_workbooks import listed_rows, origin_of

        rows = list(listed_rows(path))
        said = {_line(row) for row in rows if self._says_so(row)}
        sha256 = origin_of(path)
        if sha256 is None or not (said or sha256 in self._scope.rows):
            return said
        places = self._places(sha256)
        return said | {_line(row) for row in rows if (row.sheet, row.row) in places}

    def _says_so(self, row: "ListedRow") -> bool:
        cells = [self._clean(cell) for cell in row.cells]
        if not self._ids.isdisjoint(cells):
            return True
        values = self._installation.masked_values
        wanted = self._scope.values
        return bool(wanted) and any(values.mentioned_in(cell, wanted) for cell in cells if cell)

    def _places(self, sha256: str) -> set[Place]:
        path = self._installation.find_export(sha256)
        if path is None:
            return set()
        try:
            reading = self._installation.intake.read(path, keep_cells=True)
        except CsPipelineError as error:
            _log.warning("%s", error)
            return set()
        return rows_of_conversations(reading, self._scope.is_wanted(sha256))


def _line(row: "ListedRow") -> Line:
    return row.sheet, row.row, row.cells
