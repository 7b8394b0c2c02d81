"""What call centres' owners expect of their exports: compared whole, nothing wrong accepted."""

from collections import Counter
from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from cs_pipeline.errors import ExportError
from cs_pipeline.intake.exchanges import read_exchanges
from cs_pipeline.stages import Installation
from tests.unit.intake.call_centre_exports import EXPORTS, CallCentreExport, Pair, said

ANOTHER_PROGRAMS = {"넥사크로.xls": "xml_spreadsheet"}
"""Refused for what they are, with how to save them."""


def accepted(settings: Settings, path: Path) -> tuple[Counter[Pair], str]:
    """Accepted pairs in one line each, and why the export was refused whole, or ''."""
    intake = Installation(settings).intake
    try:
        outcome = intake.check(intake.read(path))
    except ExportError as error:
        return Counter(), error.reason
    if outcome.blocking:
        return Counter(), outcome.blocking.expectation
    return Counter((row.question, row.answer) for row in outcome.accepted), ""


@pytest.mark.parametrize("export", EXPORTS, ids=[export.write.__name__ for export in EXPORTS])
def test_an_export_of_a_call_centre_gives_what_its_owner_expects(
    settings: Settings, tmp_path: Path, export: CallCentreExport
) -> None:
    path = tmp_path / export.file_name
    expected = Counter(export.write(path) or ())
    found, reason = accepted(settings, path)
    assert found - expected == Counter()
    if reason == ANOTHER_PROGRAMS.get(export.file_name):
        return
    assert (expected - found, bool(reason)) == (Counter(), not expected)


def test_the_exports_are_many_and_their_pairs_differ() -> None:
    assert len(EXPORTS) > 40
    assert len(set(said())) == len(said()) == 24


def test_reading_goes_through_what_was_said_beside_a_column_of_staggered_turns(
    tmp_path: Path,
) -> None:
    [export] = [one for one in EXPORTS if one.write.__name__ == "staggered_turns"]
    export.write(tmp_path / "a.xlsx")
    reading = read_exchanges(tmp_path / "a.xlsx", max_bytes=10_000_000)
    [sheet] = reading.sheets
    assert [(column.use, column.letters) for column in sheet.columns] == [
        ("question", "B"),
        ("answer", "C"),
    ]
    first = reading.exchanges[0]
    assert (first.question_cell, first.answer_cell) == ("B2", "C3")
