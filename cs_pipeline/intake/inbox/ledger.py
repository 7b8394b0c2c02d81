"""What was processed: one folder per export, named by the sha256 of its bytes.

`processed/<sha256>/` holds `ledger.json` and the export itself. An export counts as processed when
the ledger file is there. It is written before the export moves: after a crash between the two, the
next claim finds the export in processing, knows its bytes and puts it beside its ledger file.
"""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from cs_pipeline.files import move_file, private_folder, write_atomic
from cs_pipeline.intake.inbox.names import free_path
from cs_pipeline.intake.inbox.processing import Processing
from cs_pipeline.records import ExportFile, Record
from cs_pipeline.records.wording import vanished

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


class Ledger:
    """Keeper of the processed exports' folders.

    Args:
        folder: of the processed exports (0700).
        processing: where exports come from.
    """

    def __init__(self, folder: Path, processing: Processing) -> None:
        self.folder = folder
        self._processing = processing

    def has(self, sha256: str) -> bool:
        """True when an export with these bytes went all the way into a dataset version."""
        return (self.folder / sha256 / LEDGER_FILE).is_file()

    def path_of(self, sha256: str, name: str) -> Path:
        """Where an export lies once it is processed: `processed/<sha256>/<name>`."""
        return self.folder / sha256 / name

    def files_of(self, sha256: str) -> Iterator[Path]:
        """The export with these bytes and what was put beside it since."""
        for path in sorted((self.folder / sha256).glob("[!.]*")):
            if path.name != LEDGER_FILE:
                yield path

    def entry(self, sha256: str) -> LedgerEntry | None:
        """What was entered of an export; None: it was not processed."""
        path = self.folder / sha256 / LEDGER_FILE
        return LedgerEntry.model_validate_json(path.read_bytes()) if path.is_file() else None

    def entries(self) -> list[LedgerEntry]:
        """All entries, oldest first."""
        entries = [
            LedgerEntry.model_validate_json(path.read_bytes())
            for path in self.folder.glob(f"*/{LEDGER_FILE}")
        ]
        return sorted(entries, key=lambda entry: (entry.processed_at, entry.sha256))

    def enter(self, export: ExportFile, *, run_id: str, dataset_version: str, rows: int) -> None:
        """Enter the export in the ledger and move it there out of processing.

        Doing it again, or after a crash halfway, ends in the same state; the first entry stays.

        Raises:
            StorageError: the export is neither in processing nor in its ledger folder.
        """
        source, folder = Path(export.uri), self._folder_for(export)
        target = self.path_of(export.sha256, export.name)
        if not self.has(export.sha256):
            if not source.is_file() and not target.is_file():
                raise vanished(export.name)
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
        self._processing.left(source)

    def drop_duplicate(self, export: ExportFile) -> None:
        """Put a file whose bytes were processed before beside the original; gone is fine."""
        source = Path(export.uri)
        self._folder_for(export)
        move_file(source, free_path(self.path_of(export.sha256, export.name)))
        self._processing.left(source)

    def remove(self, sha256: str) -> None:
        """Delete an export and its entry, so that its bytes may come again; none is fine."""
        shutil.rmtree(self.folder / sha256, ignore_errors=True)

    def _folder_for(self, export: ExportFile) -> Path:
        return private_folder(private_folder(self.folder) / export.sha256)
