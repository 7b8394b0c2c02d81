"""What owners expect of exports whose questions and answers stand apart, compared whole."""

from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from tests.unit.intake.call_centre_exports import Build
from tests.unit.intake.related_exports import RELATED
from tests.unit.intake.test_call_centre_exports import assert_as_expected


@pytest.mark.parametrize(("build", "name"), RELATED, ids=[one.__name__ for one, _ in RELATED])
def test_sides_that_stand_apart_are_joined_only_where_it_is_sure(
    settings: Settings, tmp_path: Path, build: Build, name: str
) -> None:
    assert_as_expected(settings, tmp_path / name, build)
