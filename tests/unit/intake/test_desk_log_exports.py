"""What offices and desks expect of their logs, compared whole: nothing wrong is accepted."""

from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from tests.unit.intake.call_centre_exports import Build
from tests.unit.intake.desk_log_exports import DESK_LOGS
from tests.unit.intake.test_call_centre_exports import assert_as_expected


@pytest.mark.parametrize(("build", "name"), DESK_LOGS, ids=[one.__name__ for one, _ in DESK_LOGS])
def test_a_log_of_a_desk_gives_what_its_owner_expects(
    settings: Settings, tmp_path: Path, build: Build, name: str
) -> None:
    assert_as_expected(settings, tmp_path / name, build)
