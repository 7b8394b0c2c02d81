"""What their owners expect of more exports, compared whole: nothing wrong is accepted."""

from collections import Counter
from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from tests.unit.intake.newer_exports import NEWER, Build
from tests.unit.intake.test_call_centre_exports import accepted


@pytest.mark.parametrize(("build", "name"), NEWER, ids=[one.__name__ for one, _ in NEWER])
def test_a_newer_export_gives_what_its_owner_expects(
    settings: Settings, tmp_path: Path, build: Build, name: str
) -> None:
    path = tmp_path / name
    expected = Counter(build(path) or ())
    found, reason = accepted(settings, path)
    assert (found, bool(reason)) == (expected, not expected)
