"""What branches and databases expect of their exports, compared whole."""

from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from tests.unit.intake.branch_exports import BRANCHES
from tests.unit.intake.call_centre_exports import Build
from tests.unit.intake.test_call_centre_exports import assert_as_expected


@pytest.mark.parametrize(("build", "name"), BRANCHES, ids=[one.__name__ for one, _ in BRANCHES])
def test_an_export_of_a_branch_gives_what_its_owner_expects(
    settings: Settings, tmp_path: Path, build: Build, name: str
) -> None:
    assert_as_expected(settings, tmp_path / name, build)
