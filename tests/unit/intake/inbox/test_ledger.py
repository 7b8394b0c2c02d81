import stat
from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from cs_pipeline.errors import StorageError
from cs_pipeline.intake.inbox import ledger
from cs_pipeline.intake.inbox.exports import claim_exports
from cs_pipeline.intake.inbox.ledger import (
    drop_duplicate,
    is_processed,
    mark_processed,
    processed_exports,
    processed_path,
)
from cs_pipeline.records import ExportFile


def claimed(settings: Settings, inbox: Path, name: str = "a.xlsx") -> ExportFile:
    (inbox / name).write_bytes(b"one")
    [file] = claim_exports(settings, run_key="run", mask_name=str)
    return file


def mark(settings: Settings, export: ExportFile, run_id: str = "run") -> None:
    mark_processed(settings, export, run_id=run_id, dataset_version="v1", rows=7)


def kept(settings: Settings, export: ExportFile) -> set[str]:
    return {path.name for path in (settings.processed_dir / export.sha256).iterdir()}


def test_a_processed_export_is_kept_and_entered(settings: Settings, inbox: Path) -> None:
    export = claimed(settings, inbox)
    assert not is_processed(settings, export.sha256)
    mark(settings, export)
    assert is_processed(settings, export.sha256)
    assert kept(settings, export) == {"a.xlsx", "ledger.json"}
    assert processed_path(settings, export).read_bytes() == b"one"
    assert list(settings.processing_dir.iterdir()) == []
    [entry] = processed_exports(settings)
    assert (entry.sha256, entry.name, entry.size_bytes) == (export.sha256, "a.xlsx", 3)
    assert (entry.rows, entry.run_id, entry.dataset_version) == (7, "run", "v1")
    for folder in (settings.processed_dir, settings.processed_dir / export.sha256):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_marking_again_changes_nothing(settings: Settings, inbox: Path) -> None:
    export = claimed(settings, inbox)
    mark(settings, export)
    entries = processed_exports(settings)
    mark(settings, export, run_id="later")
    assert processed_exports(settings) == entries
    assert kept(settings, export) == {"a.xlsx", "ledger.json"}


def test_a_file_moved_without_its_entry_is_entered(settings: Settings, inbox: Path) -> None:
    export = claimed(settings, inbox)
    folder = settings.processed_dir / export.sha256
    folder.mkdir(parents=True)
    Path(export.uri).rename(folder / export.name)
    mark(settings, export)
    assert kept(settings, export) == {"a.xlsx", "ledger.json"}


def test_a_crash_between_entry_and_move_heals_in_the_next_run(
    settings: Settings, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = claimed(settings, inbox)

    def crash(source: Path, target: Path) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(ledger, "move_file", crash)
        with pytest.raises(KeyboardInterrupt):
            mark(settings, export)
    [again] = claim_exports(settings, run_key="next", mask_name=str)
    assert is_processed(settings, again.sha256)
    drop_duplicate(settings, again)
    assert kept(settings, export) == {"a.xlsx", "ledger.json"}
    assert list(settings.processing_dir.iterdir()) == []


def test_a_duplicate_is_kept_beside_the_original(settings: Settings, inbox: Path) -> None:
    export = claimed(settings, inbox)
    mark(settings, export)
    again = claimed(settings, inbox)
    drop_duplicate(settings, again)
    other = claimed(settings, inbox, "b.xlsx")
    drop_duplicate(settings, other)
    drop_duplicate(settings, other)
    assert kept(settings, export) == {"a.xlsx", "a (2).xlsx", "b.xlsx", "ledger.json"}
    assert len(processed_exports(settings)) == 1
    assert list(settings.processing_dir.iterdir()) == []


def test_a_vanished_export_is_not_entered(settings: Settings, inbox: Path) -> None:
    export = claimed(settings, inbox)
    Path(export.uri).unlink()
    with pytest.raises(StorageError):
        mark(settings, export)
    assert not is_processed(settings, export.sha256)


def test_an_empty_ledger_has_no_entries(settings: Settings) -> None:
    assert processed_exports(settings) == []
    assert not is_processed(settings, "0" * 64)
