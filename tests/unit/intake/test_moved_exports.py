"""A list in which a stretch of answers has moved is refused; one in order is not."""

from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from tests.unit.intake.call_centre_exports import Build
from tests.unit.intake.moved_exports import MOVED
from tests.unit.intake.test_call_centre_exports import accepted, assert_as_expected


@pytest.mark.parametrize(("build", "name"), MOVED.values(), ids=MOVED)
def test_a_list_is_read_where_its_answers_stand_beside_their_questions(
    settings: Settings, tmp_path: Path, build: Build, name: str
) -> None:
    assert_as_expected(settings, tmp_path / name, build)


def test_a_stretch_that_moved_is_refused_for_that(settings: Settings, tmp_path: Path) -> None:
    build, name = MOVED["a cell taken out"]
    build(tmp_path / name)
    assert accepted(settings, tmp_path / name)[1] == "answers_misplaced"
