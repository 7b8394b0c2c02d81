"""Mailboxes: whose they are, what is aside, and that no answer meets another's question."""

from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from tests.unit.intake.call_centre_exports import Build
from tests.unit.intake.mailbox_exports import MAILBOXES
from tests.unit.intake.test_call_centre_exports import assert_as_expected


@pytest.mark.parametrize(("build", "name"), MAILBOXES, ids=[one.__name__ for one, _ in MAILBOXES])
def test_a_mailbox_gives_what_its_owner_expects(
    settings: Settings, tmp_path: Path, build: Build, name: str
) -> None:
    assert_as_expected(settings, tmp_path / name, build)
