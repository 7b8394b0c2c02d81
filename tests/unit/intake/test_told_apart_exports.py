"""Conversations at one time are told apart, and messages read as they were in the end."""

from collections import Counter
from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from cs_pipeline.intake.exchanges import read_exchanges
from tests.unit.intake.call_centre_exports import Build
from tests.unit.intake.test_call_centre_exports import assert_as_expected
from tests.unit.intake.told_apart_exports import TOLD_APART


@pytest.mark.parametrize(("build", "name"), TOLD_APART.values(), ids=TOLD_APART)
def test_a_log_gives_the_pairs_that_its_owner_expects(
    settings: Settings, tmp_path: Path, build: Build, name: str
) -> None:
    assert_as_expected(settings, tmp_path / name, build)


@pytest.mark.parametrize("export", ["rooms that no heading names", "shortened numbers alone"])
def test_conversations_that_nothing_tells_apart_are_refused_for_that(
    tmp_path: Path, export: str
) -> None:
    build, name = TOLD_APART[export]
    build(tmp_path / name)
    refused = read_exchanges(tmp_path / name, max_bytes=1_000_000).refused
    assert Counter(row.reason for row in refused) == {"customers_mingled": 24}
    assert all("conversation ID" in row.words.en for row in refused)
