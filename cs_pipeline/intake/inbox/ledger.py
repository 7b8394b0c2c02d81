"""What was processed: one folder an export, named by the sha256 of its bytes.

`processed/<sha256>/` holds `ledger.json` and the export itself. An export counts as processed when
the ledger file is there. It is written before the export moves: after a crash between the two, the
next claim finds the export in processing, knows its bytes and puts it beside its ledger file.
"""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from cs_pipeline.config import Settings
from cs_pipeline.errors import StorageError
from cs_pipeline.files import move_file, private_folder, write_atomic
from cs_pipeline.intake.inbox.exports import free_path
from cs_pipeline.records import ExportFile, Record

LEDGER_FILE = "ledger.json"


class LedgerEntry(Record):
    """One processed export. `name` is masked; `rows` went into `dataset_version`."""

    sha256: str
    name: str
    size_bytes: int
    rows: int
    run_id: str
    dataset_version: str
    processed_at: datetime


def is_processed(settings: Settings, sha256: str) -> bool:
    """True when an export with these bytes went all the way into a dataset version."""
    return (settings.processed_dir / sha256 / LEDGER_FILE).is_file()


def processed_path(settings: Settings, export: ExportFile) -> Path:
    """Where `export` lies once it is processed: `processed/<sha256>/<name>`."""
    return settings.processed_dir / export.sha256 / export.name


def mark_processed(
    settings: Settings, export: ExportFile, *, run_id: str, dataset_version: str, rows: int
) -> None:
    """Enter the export in the ledger and move it there out of processing.

    Doing it again, or after a crash halfway, ends in the same state; the first entry stays.

    Raises:
        StorageError: the export is neither in processing nor in its ledger folder.
    """
    source, folder = Path(export.uri), _ledger_folder(settings, export)
    target = processed_path(settings, export)
    if not is_processed(settings, export.sha256):
        if not source.is_file() and not target.is_file():
            raise _vanished(export)
        entry = LedgerEntry(
            sha256=export.sha256,
            name=export.name,
            size_bytes=export.size_bytes,
            rows=rows,
            run_id=run_id,
            dataset_version=dataset_version,
            processed_at=datetime.now(UTC),
        )
        write_atomic(folder / LEDGER_FILE, entry.model_dump_json(indent=2) + "\n")
    move_file(source, target)
    _remove_if_empty(settings, source.parent)


def drop_duplicate(settings: Settings, export: ExportFile) -> None:
    """Put a file whose bytes were processed before beside the original; gone already is fine."""
    source = Path(export.uri)
    _ledger_folder(settings, export)
    move_file(source, free_path(processed_path(settings, export)))
    _remove_if_empty(settings, source.parent)


def processed_exports(settings: Settings) -> list[LedgerEntry]:
    """All entries of the ledger, oldest first."""
    entries = [
        LedgerEntry.model_validate_json(path.read_bytes())
        for path in settings.processed_dir.glob(f"*/{LEDGER_FILE}")
    ]
    return sorted(entries, key=lambda entry: (entry.processed_at, entry.sha256))


def _vanished(export: ExportFile) -> StorageError:
    return StorageError(
        ko=f"{export.name} 파일이 처리 폴더에서 사라졌습니다. 파일을 다시 올려 주세요.",
        en=f"{export.name} has vanished from the processing folder. Drop the file again.",
    )


def _ledger_folder(settings: Settings, export: ExportFile) -> Path:
    return private_folder(private_folder(settings.processed_dir) / export.sha256)


def _remove_if_empty(settings: Settings, folder: Path) -> None:
    if folder.parent == settings.processing_dir:
        with suppress(OSError):
            folder.rmdir()
