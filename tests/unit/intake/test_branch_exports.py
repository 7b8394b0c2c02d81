"""What branches and databases expect of their exports, compared whole."""

from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from cs_pipeline.intake.exchanges import read_exchanges
from tests.unit.intake.branch_exports import BRANCHES, cards_of_a_form
from tests.unit.intake.call_centre_exports import NAMES, Build
from tests.unit.intake.test_call_centre_exports import assert_as_expected


@pytest.mark.parametrize(("build", "name"), BRANCHES, ids=[one.__name__ for one, _ in BRANCHES])
def test_an_export_of_a_branch_gives_what_its_owner_expects(
    settings: Settings, tmp_path: Path, build: Build, name: str
) -> None:
    assert_as_expected(settings, tmp_path / name, build)


def test_a_cards_names_are_masked_and_its_cells_are_those_of_the_file(tmp_path: Path) -> None:
    cards_of_a_form(tmp_path / "a.xlsx")
    reading = read_exchanges(tmp_path / "a.xlsx", max_bytes=10_000_000)
    first = reading.exchanges[0]
    assert (first.question_cell, first.answer_cell) == ("B11", "B12")
    assert {one.value for one in first.known_values if one.entity_type == "NAME"} == {
        NAMES[1],
        NAMES[2],
    }
    assert [row.cell for row in reading.refused][:2] == ["B4", "B32"]
    [sheet] = reading.sheets
    assert [(one.use, one.letters) for one in sheet.columns] == [("speaker", "A"), ("text", "B")]
