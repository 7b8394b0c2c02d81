"""Killed before any change on disk, the dataset is the old version or the new one, never a mix."""

from pathlib import Path

import pytest

from tests.faults.crash_at_writes import OPERATIONS, told_by

PROGRAM = Path(__file__).with_name("crash_at_writes.py")


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_crash_before_any_change_leaves_the_old_or_the_new_version(operation, tmp_path):
    told = told_by(PROGRAM, operation, tmp_path)
    allowed = {told["old"], told["new"]}
    assert len(told["crashes"]) > 5, "the changes are seen"
    assert {crash["left"] for crash in told["crashes"]} <= allowed
    assert told["old"] == told["new"] or {c["left"] for c in told["crashes"]} == allowed
    for crash in told["crashes"]:
        assert crash["again"] == [told["new"], told["secrets"], []]
    if operation.startswith("withdraw"):
        assert told["secrets"] == 0
