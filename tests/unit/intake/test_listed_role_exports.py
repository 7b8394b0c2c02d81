"""Roles that are listed apart from what was said: read whole, or refused."""

from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from tests.unit.intake.call_centre_exports import Build
from tests.unit.intake.listed_role_exports import LISTED_ROLES
from tests.unit.intake.test_call_centre_exports import assert_as_expected


@pytest.mark.parametrize(
    ("build", "name"), LISTED_ROLES, ids=[one.__name__ for one, _ in LISTED_ROLES]
)
def test_roles_that_stand_apart_tell_who_speaks(
    settings: Settings, tmp_path: Path, build: Build, name: str
) -> None:
    assert_as_expected(settings, tmp_path / name, build)
