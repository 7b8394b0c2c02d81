import os
from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from tests.unit.intake.inbox.claims import inbox_items, pending_exports


def test_no_inbox_holds_nothing(tmp_path: Path) -> None:
    assert inbox_items(Settings(data_dir=tmp_path / "nowhere")) == []


def test_everything_is_told_with_its_state(settings: Settings, inbox: Path) -> None:
    for name in ["나.xlsx", "scan.pdf", ".hidden", "~$나.xlsx", "a.xlsx.TMP", "b.crdownload"]:
        (inbox / name).write_text("x")
    (inbox / "empty.xlsx").touch()
    (inbox / "folder.tmp").mkdir()
    (inbox / "folder.tmp" / "inner.xlsx").write_text("x")
    (inbox / "link.xlsx").symlink_to(inbox / "scan.pdf")
    items = inbox_items(settings.model_copy(update={"settle_seconds": 0.0}))
    assert {item.name: item.state for item in items} == {
        "나.xlsx": "pending",
        "scan.pdf": "pending",
        "empty.xlsx": "pending",
        ".hidden": "hidden",
        "~$나.xlsx": "lock_file",
        "a.xlsx.TMP": "unfinished",
        "b.crdownload": "unfinished",
        "folder.tmp": "folder",
        "link.xlsx": "not_a_file",
    }
    assert [item.name for item in items] == sorted(item.name for item in items)
    sizes = {item.name: item.size_bytes for item in items}
    assert (sizes["나.xlsx"], sizes["empty.xlsx"], sizes["folder.tmp"]) == (1, 0, None)
    assert "scan" not in repr(items)


def test_what_is_pending_is_what_a_run_would_take(settings: Settings, inbox: Path) -> None:
    slow = settings.model_copy(update={"settle_seconds": 60.0})
    (inbox / "a.xlsx").write_text("x")
    [item] = inbox_items(slow)
    assert item.state == "settling"
    assert pending_exports(slow) == []
    assert [item.state for item in inbox_items(settings)] == ["pending"]
    assert len(pending_exports(settings)) == 1


def test_a_file_out_of_reach_is_told(
    settings: Settings, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "a.xlsx").write_text("x")
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert [item.state for item in inbox_items(settings)] == ["unreadable"]
