"""Ids in lists are printed whole, however narrow the terminal; other texts wrap."""

import pytest
from rich.table import Table

from cs_pipeline.cli.tables import listing, print_whole

RUN = "asset_triggered__2026-11-29T23:08:30.708055+00:00_ZY25UYRs"


def test_no_id_of_a_list_is_cut(capsys: pytest.CaptureFixture[str]) -> None:
    cells = [f"{RUN}-{column}" for column in range(5)]
    table = listing(map(str, range(5)))
    table.add_row(*cells)
    print_whole(table)
    assert capsys.readouterr().out.splitlines()[1].split() == cells


def test_a_long_text_beside_an_id_wraps(capsys: pytest.CaptureFixture[str]) -> None:
    table = Table(box=None)
    table.add_column("id", no_wrap=True)
    table.add_column("why")
    table.add_row(RUN, "a reason of many words " * 20)
    print_whole(table)
    lines = capsys.readouterr().out.splitlines()
    assert RUN in lines[1]
    assert len(lines) > 3
    assert max(map(len, lines)) <= 160
