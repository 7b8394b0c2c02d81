"""Pages pasted below each other: read whole, or refused."""

from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from tests.unit.intake.call_centre_exports import Build
from tests.unit.intake.paged_exports import PAGED
from tests.unit.intake.test_call_centre_exports import assert_as_expected


@pytest.mark.parametrize(("build", "name"), PAGED, ids=[one.__name__ for one, _ in PAGED])
def test_pages_give_each_message_once(
    settings: Settings, tmp_path: Path, build: Build, name: str
) -> None:
    assert_as_expected(settings, tmp_path / name, build)
