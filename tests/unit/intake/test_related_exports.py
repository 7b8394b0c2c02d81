"""What owners expect of exports whose questions and answers stand apart, compared whole."""

from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from cs_pipeline.intake.exchanges import read_exchanges
from cs_pipeline.intake.wording import ANSWERED_BESIDE
from tests.unit.intake.call_centre_exports import Build, said
from tests.unit.intake.correction_desk import Desk, edited, pairs_of
from tests.unit.intake.marked_exports import MARKED, marks_of_several_kinds
from tests.unit.intake.named_exports import NAMED
from tests.unit.intake.related_exports import RELATED, UNANSWERED, lists_side_by_side
from tests.unit.intake.state_exports import STATES
from tests.unit.intake.test_call_centre_exports import assert_as_expected

APART = [*RELATED, *MARKED, *NAMED, *STATES]


@pytest.mark.parametrize(("build", "name"), APART, ids=[one.__name__ for one, _ in APART])
def test_sides_that_stand_apart_are_joined_only_where_it_is_sure(
    settings: Settings, tmp_path: Path, build: Build, name: str
) -> None:
    assert_as_expected(settings, tmp_path / name, build)


def test_lists_side_by_side_say_so_and_a_missing_answer_may_come_back(
    settings: Settings, tmp_path: Path
) -> None:
    lists_side_by_side(tmp_path / "a.xlsx")
    [sheet] = read_exchanges(tmp_path / "a.xlsx", max_bytes=10_000_000).sheets
    assert sheet.note == ANSWERED_BESIDE
    desk = Desk(settings)
    refused = desk.processed(tmp_path / "a.xlsx")
    late = edited(refused, tmp_path / "b.xlsx", {("I7", "I"): "오늘 발송되었습니다."})
    question = said()[UNANSWERED[0]][0]
    assert pairs_of(desk.read(late)) == [("C7", "I7", question, "오늘 발송되었습니다.")]


def test_names_beside_marked_lines_are_known(tmp_path: Path) -> None:
    marks_of_several_kinds(tmp_path / "a.xlsx")
    first = read_exchanges(tmp_path / "a.xlsx", max_bytes=10_000_000).exchanges[0]
    assert (first.question_cell, first.answer_cell) == ("B2", "B3")
    assert [(one.entity_type, one.value) for one in first.known_values] == [("NAME", "박지훈")]
