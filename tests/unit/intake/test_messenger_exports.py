"""Chats, mails and calls whose speakers something beside them tells: read whole, or refused."""

from collections import Counter
from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from cs_pipeline.intake.exchanges import read_exchanges
from tests.unit.intake.call_centre_exports import Build
from tests.unit.intake.messenger_exports import MESSENGERS
from tests.unit.intake.test_call_centre_exports import assert_as_expected


@pytest.mark.parametrize(("build", "name"), MESSENGERS.values(), ids=MESSENGERS)
def test_a_messenger_s_export_gives_what_its_owner_expects(
    settings: Settings, tmp_path: Path, build: Build, name: str
) -> None:
    assert_as_expected(settings, tmp_path / name, build)


@pytest.mark.parametrize(
    ("export", "reasons", "words"),
    [
        ("mails of no case", {"customers_mingled": 24}, "conversation ID"),
        ("mixed conversations without ids", {"customers_mingled": 24}, "rename the one"),
        ("drafts of answers", {"unsent_answer": 6}, "was not sent yet"),
    ],
)
def test_what_cannot_be_paired_is_refused_for_that(
    tmp_path: Path, export: str, reasons: dict[str, int], words: str
) -> None:
    build, name = MESSENGERS[export]
    build(tmp_path / name)
    refused = read_exchanges(tmp_path / name, max_bytes=1_000_000).refused
    assert Counter(row.reason for row in refused) == reasons
    assert all(words in row.words.en for row in refused)
