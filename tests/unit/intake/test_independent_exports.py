"""What owners expect of exports of every kind, compared whole: nothing wrong is accepted."""

from collections import Counter
from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from tests.unit.intake.independent_exports import INDEPENDENT, Build
from tests.unit.intake.test_call_centre_exports import accepted


@pytest.mark.parametrize(
    ("build", "name"), INDEPENDENT, ids=[one.__name__ for one, _ in INDEPENDENT]
)
def test_an_independent_export_gives_what_its_owner_expects(
    settings: Settings, tmp_path: Path, build: Build, name: str
) -> None:
    path = tmp_path / name
    expected = Counter(build(path) or ())
    found, reason = accepted(settings, path)
    assert (found, bool(reason)) == (expected, not expected)
