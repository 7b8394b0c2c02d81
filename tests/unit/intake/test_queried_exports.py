"""What queries and boards write comes in as its owner expects."""

from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from cs_pipeline.intake.exchanges import read_exchanges
from tests.unit.intake.call_centre_exports import Build
from tests.unit.intake.queried_exports import QUERIED
from tests.unit.intake.test_call_centre_exports import assert_as_expected


@pytest.mark.parametrize(("build", "name"), QUERIED.values(), ids=QUERIED)
def test_what_a_query_writes_gives_what_its_owner_expects(
    settings: Settings, tmp_path: Path, build: Build, name: str
) -> None:
    assert_as_expected(settings, tmp_path / name, build)


def test_a_first_question_is_found_again_in_its_own_cell(tmp_path: Path) -> None:
    build, name = QUERIED["tickets with comments"]
    build(tmp_path / name)
    first, second, *_ = read_exchanges(tmp_path / name, max_bytes=1_000_000).exchanges
    assert (first.question_cell, first.answer_cell) == ("C2", "E2")
    assert (second.question_cell, second.answer_cell) == ("C4", "E4")  # below the system's note
