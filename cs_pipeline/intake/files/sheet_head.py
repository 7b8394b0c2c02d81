"""What the reading process says of a sheet before its rows."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from cs_pipeline.intake.files.reader_problem import ReaderProblem
from cs_pipeline.intake.files.row_widths import Widths


class SheetHead(NamedTuple):
    """What is known of a sheet before its rows are read; places are 0-based."""

    sheet: str
    """Its name."""
    hidden: bool = False
    merged: Sequence[Sequence[int]] = ()
    """First row and column, last row and column of each merged range."""
    hidden_rows: Sequence[int] = ()
    errors: Sequence[tuple[int, int]] = ()
    """Cells that show an error such as #N/A."""
    formulas: Sequence[tuple[int, int]] = ()
    """Cells with a formula and no stored result."""
    struck: Sequence[tuple[int, int]] = ()
    """Cells whose text is struck through."""
    faulted: Sequence[tuple[int, int]] = ()
    """Cells with a comment that says that their text is wrong."""
    added_rows: int = 0
    """Rows on top that are not in the file."""
    widths: Widths | None = None
    """Of a text file: what is known of its rows when they have been read."""

    def message(self) -> dict[str, Any]:
        """What there is to say, as JSON."""
        told = self._asdict() | {"widths": None}
        return {key: value for key, value in told.items() if value or key == "sheet"}

    def without_values(self) -> ReaderProblem | None:
        """Why the sheet shows no value, if it holds errors or formulas alone."""
        for explanation, places in (
            ("error_cells", self.errors),
            ("formula_without_value", self.formulas),
        ):
            if places:
                return ReaderProblem(explanation, cell=address_of(*places[0]))
        return None

    def places(self) -> int:
        """How many places it names."""
        marked = (self.errors, self.formulas, self.struck, self.faulted)
        return sum(map(len, (self.merged, self.hidden_rows, *marked)))


def address_of(row: int, column: int) -> str:
    """A1-style address of a 0-based row and column."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"
