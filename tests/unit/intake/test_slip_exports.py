"""Answers that a slip put beside the questions of others do not come in, and all others do."""

from collections import Counter
from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from cs_pipeline.intake.exchanges import read_exchanges
from tests.unit.intake.call_centre_exports import Build
from tests.unit.intake.slip_exports import SLIPS
from tests.unit.intake.slipped_exports import SLIPPED
from tests.unit.intake.test_call_centre_exports import assert_as_expected

EXPORTS = SLIPS | SLIPPED


@pytest.mark.parametrize(("build", "name"), EXPORTS.values(), ids=EXPORTS)
def test_a_list_gives_the_pairs_that_its_owner_expects(
    settings: Settings, tmp_path: Path, build: Build, name: str
) -> None:
    assert_as_expected(settings, tmp_path / name, build)


@pytest.mark.parametrize(
    ("export", "reasons", "words"),
    [
        ("filled down", {"dragged_answer": 4}, "filled with what stands above"),
        ("joined by name", {"questions_apart": 6}, "the question of another row"),
        ("a column more below", {"uneven_row": 11}, "one column beside their headings"),
        ("pasted once more", {"other_customer": 4}, "pasted into the wrong row"),
        ("looked up", {"questions_apart": 4}, "under another number"),
        ("crossed", {"questions_apart": 8}, "joined by the customer"),
        ("months below each other", {"stand_in": 14}, "a state such as"),
        ("marks that disagree", {"questions_apart": 9}, "the question of another row"),
        ("swapped by a newcomer", {"sides_swapped": 7}, "seem to be swapped"),
        ("an empty cell put in", {"questions_apart": 3}, "put into the column"),
        ("answers of the month before", {"questions_apart": 5}, "answers were not cleared"),
        ("looked up with its number", {"questions_apart": 6}, "the question of another row"),
    ],
)
def test_what_slipped_is_refused_for_what_it_is(
    tmp_path: Path, export: str, reasons: dict[str, int], words: str
) -> None:
    build, name = EXPORTS[export]
    build(tmp_path / name)
    refused = read_exchanges(tmp_path / name, max_bytes=1_000_000).refused
    assert Counter(row.reason for row in refused) == reasons
    assert all(words in row.words.en for row in refused)
