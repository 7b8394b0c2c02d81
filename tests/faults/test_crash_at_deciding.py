"""Killed before any write of a withdrawal, a rollback or a promotion: done again, it is done."""

from pathlib import Path

import pytest

from tests.faults.crash_at_deciding import OPERATIONS
from tests.faults.crash_at_writes import told_by

PROGRAM = Path(__file__).with_name("crash_at_deciding.py")


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_crash_before_any_write_is_made_up_for(operation, tmp_path):
    told = told_by(PROGRAM, operation, tmp_path)
    assert len(told["crashes"]) > 5, "the writes are seen"
    assert told["new"]["whole"]
    assert told["new"] != told["old"]
    for crash in told["crashes"]:
        assert crash["again"] == told["new"]
        assert crash["left"]["live"] in (told["old"]["live"], told["new"]["live"])
        assert crash["left"]["whole"], "no move is lost, and none is told that never was"
    if operation.startswith("withdrawal"):
        assert told["new"]["secrets"] == []
        assert len([path for path in told["old"]["secrets"] if path.startswith("store/")]) == 2
        assert len(told["old"]["secrets"]) > 5
        assert told["new"]["marked"]
