"""The first rows of a sheet, among which its headings stand."""

from collections.abc import Iterator, Sequence
from itertools import islice

from cs_pipeline.intake.sheets.cells import label_of

HEADER_ROWS = 20


def head_rows(
    rows: Sequence[tuple[str, ...]], most: int = HEADER_ROWS
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The 0-based place of each row that may hold a sheet's headings, and its cells as labels."""
    for index, row in enumerate(islice(rows, most)):
        yield index, tuple(map(label_of, row))
