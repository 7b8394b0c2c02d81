"""Texts that were changed on the way come in as they hold, or not at all."""

from collections import Counter
from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from cs_pipeline.intake.exchanges import read_exchanges
from tests.unit.intake.altered_exports import ALTERED
from tests.unit.intake.call_centre_exports import Build
from tests.unit.intake.test_call_centre_exports import assert_as_expected


@pytest.mark.parametrize(("build", "name"), ALTERED.values(), ids=ALTERED)
def test_an_export_gives_the_pairs_that_its_owner_expects(
    settings: Settings, tmp_path: Path, build: Build, name: str
) -> None:
    assert_as_expected(settings, tmp_path / name, build)


@pytest.mark.parametrize(
    ("export", "reasons", "words"),
    [
        ("struck runs", {"void_row": 1}, "struck through"),
        ("cut answers", {"cut_text": 5}, "break off at the same length"),
        ("replies in other rows", {"questions_apart": 3}, "quotes is the question of another row"),
    ],
)
def test_what_was_changed_is_refused_for_what_it_is(
    tmp_path: Path, export: str, reasons: dict[str, int], words: str
) -> None:
    build, name = ALTERED[export]
    build(tmp_path / name)
    refused = read_exchanges(tmp_path / name, max_bytes=1_000_000).refused
    assert Counter(row.reason for row in refused) == reasons
    assert all(words in row.words.en for row in refused)
