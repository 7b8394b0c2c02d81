"""The tables of a web page, as boards and old systems save them under the name .xls.

Nothing is fetched and no script runs: the page is text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import BinaryIO

from cs_pipeline.intake.files.csv_text import decoded
from cs_pipeline.intake.files.reader_problem import ReaderProblem

MAX_SPAN = 1000
MAX_CELLS = 20_000_000
_BREAKS = frozenset(("br", "p", "div", "li", "h1", "h2", "h3", "h4", "hr"))
_SILENT = frozenset(("script", "style", "title", "template", "noscript"))
_LEAST_ROWS, _LEAST_COLUMNS = 2, 2
_CHUNK_CHARACTERS = 1024**2


@dataclass(slots=True)
class HtmlTable:
    """One table: its rows, and the ranges that its cells span; 0-based."""

    rows: list[list[str]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    taken: dict[tuple[int, int], None] = field(default_factory=dict)
    cell: list[str] | None = None
    spans: tuple[int, int] = (1, 1)

    def end_cell(self) -> None:
        """Put the open cell into the last row."""
        if self.cell is None or not self.rows:
            return
        row, at = len(self.rows) - 1, len(self.rows[-1])
        while (row, at) in self.taken:
            self.rows[-1].append("")
            at += 1
        across, down = self.spans
        self.rows[-1] += ["\n".join("".join(self.cell).split("\n")).strip(), *[""] * (across - 1)]
        if across * down > 1:
            self.merged.append((row, at, row + down - 1, at + across - 1))
            self.taken |= dict.fromkeys(
                (row + under, at + beside) for under in range(1, down) for beside in range(across)
            )
        self.cell = None


class _Page(HTMLParser):
    """Collects the tables of a page; one inside a cell of another is a table of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[HtmlTable] = []
        self._open: list[HtmlTable] = []
        self._silent = 0
        self._cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag begins."""
        self._silent += tag in _SILENT
        if tag == "table":
            self._open.append(HtmlTable())
            self.tables.append(self._open[-1])
        if not self._open:
            return
        table = self._open[-1]
        if tag == "tr":
            table.end_cell()
            table.rows.append([])
        elif tag in ("td", "th"):
            table.end_cell()
            if not table.rows:
                table.rows.append([])
            named = dict(attrs)
            table.spans = (_span(named.get("colspan")), _span(named.get("rowspan")))
            table.cell = []
            self._cells += table.spans[0] * table.spans[1]
            if self._cells > MAX_CELLS:
                raise ReaderProblem("too_large")
        elif tag in _BREAKS and table.cell is not None:
            table.cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """A tag ends."""
        self._silent = max(0, self._silent - (tag in _SILENT))
        if not self._open:
            return
        table = self._open[-1]
        if tag in ("td", "th", "tr", "table"):
            table.end_cell()
        elif tag in _BREAKS and table.cell is not None:
            table.cell.append("\n")
        if tag == "table":
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Words; line ends of the page itself are spaces."""
        if self._open and not self._silent and self._open[-1].cell is not None:
            self._open[-1].cell.append(re.sub(r"[\r\n]+", " ", data))


def _span(value: str | None) -> int:
    return min(max(int(value), 1), MAX_SPAN) if value and value.strip().isdecimal() else 1


def html_tables(stream: BinaryIO) -> list[HtmlTable]:
    """The tables with rows and columns, in the page's order.

    Raises:
        ReaderProblem: `html_page` when there is none, `too_large`, or the encoding is unknown.
    """
    page = _Page()
    with decoded(stream) as text:
        for chunk in iter(lambda: text.read(_CHUNK_CHARACTERS), ""):
            page.feed(chunk)
    page.close()
    found = [table for table in page.tables if _is_table(table)]
    if not found:
        raise ReaderProblem("html_page")
    return found


def _is_table(table: HtmlTable) -> bool:
    wide = sum(len(row) >= _LEAST_COLUMNS for row in table.rows)
    return wide >= _LEAST_ROWS


def table_rows(table: HtmlTable) -> Iterator[tuple[int, list[str]]]:
    """0-based row and cells of every row that holds anything."""
    for number, cells in enumerate(table.rows):
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield number, cells
