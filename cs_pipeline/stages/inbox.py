"""What waits in the inbox, what was refused, what was processed: for the data owner and ops."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from cs_pipeline.errors import DatasetError
from cs_pipeline.intake.inbox.inbox import InboxState
from cs_pipeline.intake.inbox.ledger import LedgerEntry
from cs_pipeline.intake.inbox.names import shown_name
from cs_pipeline.language import Words
from cs_pipeline.records import Record
from cs_pipeline.stages.at_work import Owner
from cs_pipeline.stages.installation import Installation

DEFAULT_LIMIT = 20


class WaitingFile(Record):
    """One file of the inbox. `state` is one of `InboxState`; the name is masked."""

    name: str
    state: InboxState
    size_bytes: int | None
    changed_at: datetime | None


class RefusedExport(Record):
    """An export that went to quarantine whole, and why."""

    name: str
    sha256: str
    reason: str
    words: Words
    quarantined_at: datetime


class RefusedRowsFile(Record):
    """A workbook of refused rows in quarantine, to be corrected and dropped again.

    Once a correction of it was taken it is not listed: what that left open has a workbook of its
    own, and rows that were not in it count as given up.
    """

    name: str
    uri: str
    rows: int | None
    written_at: datetime


class ProcessedExport(Record):
    """An export whose `rows` went into a dataset version."""

    name: str
    sha256: str
    rows: int
    dataset_version: str
    processed_at: datetime


class ClaimedFile(Record):
    """A file that a run has claimed and not finished; the name is masked."""

    name: str
    size_bytes: int
    claimed_at: datetime


class InboxReport(Record):
    """The inbox and what became of its files, as of `looked_at`.

    `waiting` is by name, the rest newest first. `more` counts what a limit left out, by the name
    of the field. `at_work` is who changes the installation right now, `exists` False where there is
    none.
    """

    inbox_uri: str
    data_folder: str
    exists: bool
    looked_at: datetime
    at_work: Owner | None
    processing: tuple[ClaimedFile, ...]
    waiting: tuple[WaitingFile, ...]
    refused_exports: tuple[RefusedExport, ...]
    refused_rows: tuple[RefusedRowsFile, ...]
    processed: tuple[ProcessedExport, ...]
    more: dict[str, int]


def inbox_report(installation: Installation, *, limit: int = DEFAULT_LIMIT) -> InboxReport:
    """Look into inbox, quarantine and ledger; nothing is changed.

    Args:
        installation: whose.
        limit: the most entries of each kind but the waiting ones.

    Raises:
        StorageError: an inbox on S3 is out of reach.
    """
    exports = sorted(_refused_exports(installation), key=lambda item: item.quarantined_at)
    rows = sorted(_refused_rows(installation), key=lambda item: item.written_at)
    processed = installation.ledger.entries()
    counts = {
        "refused_exports": len(exports),
        "refused_rows": len(rows),
        "processed": len(processed),
    }
    return InboxReport(
        inbox_uri=installation.inbox.uri,
        data_folder=str(installation.settings.data_dir),
        exists=installation.exists(),
        looked_at=datetime.now(UTC),
        at_work=installation.at_work.owner(),
        processing=tuple(_claimed(installation)),
        waiting=tuple(
            WaitingFile(
                name=shown_name(installation.mask_text(item.name)),
                state=item.state,
                size_bytes=item.size_bytes,
                changed_at=item.changed_at,
            )
            for item in installation.inbox.items()
        ),
        refused_exports=tuple(exports[::-1][:limit]),
        refused_rows=tuple(rows[::-1][:limit]),
        processed=tuple(map(_processed, processed[::-1][:limit])),
        more={name: count - limit for name, count in counts.items() if count > limit},
    )


def _claimed(installation: Installation) -> Iterator[ClaimedFile]:
    for path in installation.processing.files():
        with suppress(FileNotFoundError):  # a run has just moved it on
            status = path.stat()
            yield ClaimedFile(
                name=shown_name(path.name),
                size_bytes=status.st_size,
                claimed_at=datetime.fromtimestamp(status.st_ctime, UTC),
            )


def _processed(entry: LedgerEntry) -> ProcessedExport:
    return ProcessedExport(
        name=entry.name,
        sha256=entry.sha256,
        rows=entry.rows,
        dataset_version=entry.dataset_version,
        processed_at=entry.processed_at,
    )


def _refused_exports(installation: Installation) -> Iterator[RefusedExport]:
    for reason in installation.quarantine.refused_exports():
        yield RefusedExport(
            name=reason["name"],
            sha256=reason["sha256"],
            reason=reason["reason"],
            words=Words(ko=reason["ko"], en=reason["en"]),
            quarantined_at=datetime.fromisoformat(reason["quarantined_at"]),
        )


def _refused_rows(installation: Installation) -> Iterator[RefusedRowsFile]:
    from cs_pipeline.quality.quarantine import refused_rows_in

    for path in installation.quarantine.refused_workbooks(apart_from=_corrected(installation)):
        yield RefusedRowsFile(
            name=path.name,
            uri=str(path),
            rows=refused_rows_in(path),
            written_at=_written_at(path),
        )


def _corrected(installation: Installation) -> set[str]:
    """Exports whose refused rows came back and are in the dataset."""
    with suppress(DatasetError):  # a damaged manifest is told by who needs it
        current = installation.versions.current()
        shards = current.shards if current else ()
        return {shard.origin_sha256 for shard in shards if shard.origin_sha256}
    return set()


def _written_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)
