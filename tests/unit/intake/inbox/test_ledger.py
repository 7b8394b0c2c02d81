import stat
from pathlib import Path

import pytest

from cs_pipeline import stages
from cs_pipeline.config import Settings
from cs_pipeline.errors import StorageError
from cs_pipeline.intake.inbox import ledger
from cs_pipeline.intake.inbox.ledger import Ledger
from cs_pipeline.records import ExportFile
from tests.unit.intake.inbox.claims import claim_exports


def ledger_of(settings: Settings) -> Ledger:
    return stages.Installation(settings).ledger


def claimed(settings: Settings, inbox: Path, name: str = "a.xlsx") -> ExportFile:
    (inbox / name).write_bytes(b"one")
    [file] = claim_exports(settings, run_key="run", mask_name=str)
    return file


def mark(settings: Settings, export: ExportFile, run_id: str = "run") -> None:
    ledger_of(settings).enter(export, run_id=run_id, dataset_version="v1", rows=7)


def kept(settings: Settings, export: ExportFile) -> set[str]:
    return {path.name for path in (settings.processed_dir / export.sha256).iterdir()}


def test_a_processed_export_is_kept_and_entered(settings: Settings, inbox: Path) -> None:
    export = claimed(settings, inbox)
    assert not ledger_of(settings).has(export.sha256)
    mark(settings, export)
    assert ledger_of(settings).has(export.sha256)
    assert kept(settings, export) == {"a.xlsx", "ledger.json"}
    assert ledger_of(settings).path_of(export.sha256, export.name).read_bytes() == b"one"
    assert list(settings.processing_dir.iterdir()) == []
    [entry] = ledger_of(settings).entries()
    assert (entry.sha256, entry.name, entry.size_bytes) == (export.sha256, "a.xlsx", 3)
    assert (entry.rows, entry.run_id, entry.dataset_version) == (7, "run", "v1")
    for folder in (settings.processed_dir, settings.processed_dir / export.sha256):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_marking_again_changes_nothing(settings: Settings, inbox: Path) -> None:
    export = claimed(settings, inbox)
    mark(settings, export)
    entries = ledger_of(settings).entries()
    mark(settings, export, run_id="later")
    assert ledger_of(settings).entries() == entries
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
    assert ledger_of(settings).has(again.sha256)
    ledger_of(settings).drop_duplicate(again)
    assert kept(settings, export) == {"a.xlsx", "ledger.json"}
    assert list(settings.processing_dir.iterdir()) == []


def test_a_duplicate_is_kept_beside_the_original(settings: Settings, inbox: Path) -> None:
    export = claimed(settings, inbox)
    mark(settings, export)
    again = claimed(settings, inbox)
    ledger_of(settings).drop_duplicate(again)
    other = claimed(settings, inbox, "b.xlsx")
    ledger_of(settings).drop_duplicate(other)
    ledger_of(settings).drop_duplicate(other)
    assert kept(settings, export) == {"a.xlsx", "a (2).xlsx", "b.xlsx", "ledger.json"}
    assert len(ledger_of(settings).entries()) == 1
    assert list(settings.processing_dir.iterdir()) == []


def test_a_vanished_export_is_not_entered(settings: Settings, inbox: Path) -> None:
    export = claimed(settings, inbox)
    Path(export.uri).unlink()
    with pytest.raises(StorageError):
        mark(settings, export)
    assert not ledger_of(settings).has(export.sha256)


def test_an_empty_ledger_has_no_entries(settings: Settings) -> None:
    assert ledger_of(settings).entries() == []
    assert not ledger_of(settings).has("0" * 64)
