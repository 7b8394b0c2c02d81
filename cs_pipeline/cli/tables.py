"""Lists on a terminal whose ids and names are there to be copied."""

from collections.abc import Iterable

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table

_LEAST_WIDTH, _ANY_WIDTH = 160, 10_000


def listing(headings: Iterable[str]) -> Table:
    """An empty table without lines; its cells are not wrapped."""
    table = Table(box=None, pad_edge=False)
    for heading in headings:
        table.add_column(heading, no_wrap=True)
    return table


def print_whole(table: Table) -> None:
    """Print wider than the terminal rather than cut an id."""
    console = Console()
    options = console.options.update(max_width=_ANY_WIDTH)
    uncut = Measurement.get(console, options, table).minimum  # texts may wrap, ids do not
    Console(width=max(console.width, _LEAST_WIDTH, uncut)).print(table)
