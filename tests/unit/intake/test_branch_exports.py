"""What branches and databases expect of their exports, compared whole."""

from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from cs_pipeline.intake.exchanges import read_exchanges
from cs_pipeline.intake.wording import ANSWERED_ELSEWHERE, ANSWERS_READ, no_header_words
from tests.unit.intake.branch_exports import (
    BRANCHES,
    answers_on_a_sheet_of_their_own,
    cards_of_a_form,
)
from tests.unit.intake.call_centre_exports import NAMES, Build, said
from tests.unit.intake.correction_desk import Desk, edited, pairs_of
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
    assert (first.question_cell, first.answer_cell) == ("B13", "B14")
    assert {one.value for one in first.known_values if one.entity_type == "NAME"} == {
        NAMES[1],
        NAMES[2],
    }
    assert [row.cell for row in reading.refused][:2] == ["B5", "B37"]
    [sheet] = reading.sheets
    assert [(one.use, one.letters) for one in sheet.columns] == [("speaker", "A"), ("text", "B")]


def test_sheets_that_were_read_together_say_so(tmp_path: Path) -> None:
    answers_on_a_sheet_of_their_own(tmp_path / "a.xlsx")
    reading = read_exchanges(tmp_path / "a.xlsx", max_bytes=10_000_000)
    asked, figures, replied = reading.sheets
    assert (asked.note, replied.note) == (ANSWERED_ELSEWHERE, ANSWERS_READ)
    assert figures.note == no_header_words(20)
    assert {one.question_cell for one in reading.exchanges[:1]} == {"D2"}


def test_an_answer_missing_on_its_own_sheet_may_come_back(
    settings: Settings, tmp_path: Path
) -> None:
    answers_on_a_sheet_of_their_own(tmp_path / "a.xlsx")
    desk = Desk(settings)
    refused = desk.processed(tmp_path / "a.xlsx")
    late = edited(refused, tmp_path / "b.xlsx", {("I2", "I"): "오늘 발송되었습니다."})
    assert pairs_of(desk.read(late)) == [("D2", "I2", said()[0][0], "오늘 발송되었습니다.")]
