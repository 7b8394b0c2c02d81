"""Logs whose ids, numbers or times are odd: what they still tell is read, and nothing else."""

from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from tests.unit.intake.call_centre_exports import Build
from tests.unit.intake.spoilt_log_exports import SPOILT_LOGS
from tests.unit.intake.test_call_centre_exports import assert_as_expected


@pytest.mark.parametrize(("build", "name"), SPOILT_LOGS.values(), ids=SPOILT_LOGS)
def test_a_log_gives_the_pairs_that_its_owner_expects(
    settings: Settings, tmp_path: Path, build: Build, name: str
) -> None:
    assert_as_expected(settings, tmp_path / name, build)
