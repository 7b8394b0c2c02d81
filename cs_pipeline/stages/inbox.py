"""What waits in the inbox, what was refused, what was processed: for the data owner and ops."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from cs_pipeline.config import Settings
from cs_pipeline.intake.inbox import items as inbox
from cs_pipeline.intake.inbox import ledger
from cs_pipeline.language import Words
from cs_pipeline.records import Record
from cs_pipeline.stages.masking import mask_text

DEFAULT_LIMIT = 20


class WaitingFile(Record):
    """One file of the inbox. `state` is one of `intake.inbox.InboxState`; the name is masked."""

    name: str
    state: inbox.InboxState
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
    """A workbook of refused rows in quarantine, to be corrected and dropped again."""

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


class InboxReport(Record):
    """The inbox and what became of its files, as of `looked_at`.

    `waiting` is by name, the rest newest first. `more` counts what a limit left out, by the name
    of the field.
    """

    inbox_uri: str
    looked_at: datetime
    waiting: tuple[WaitingFile, ...]
    refused_exports: tuple[RefusedExport, ...]
    refused_rows: tuple[RefusedRowsFile, ...]
    processed: tuple[ProcessedExport, ...]
    more: dict[str, int]


def inbox_report(settings: Settings, *, limit: int = DEFAULT_LIMIT) -> InboxReport:
    """Look into inbox, quarantine and ledger; nothing is changed.

    Args:
        settings: the installation.
        limit: the most entries of each kind but the waiting ones.

    Raises:
        StorageError: an inbox on S3 is out of reach.
    """
    exports = sorted(_refused_exports(settings), key=lambda item: item.quarantined_at)
    rows = sorted(_refused_rows(settings), key=lambda item: item.written_at)
    processed = ledger.processed_exports(settings)
    counts = {
        "refused_exports": len(exports),
        "refused_rows": len(rows),
        "processed": len(processed),
    }
    return InboxReport(
        inbox_uri=settings.inbox_uri,
        looked_at=datetime.now(UTC),
        waiting=tuple(
            WaitingFile(
                name=mask_text(settings, item.name),
                state=item.state,
                size_bytes=item.size_bytes,
                changed_at=item.changed_at,
            )
            for item in inbox.inbox_items(settings)
        ),
        refused_exports=tuple(exports[::-1][:limit]),
        refused_rows=tuple(rows[::-1][:limit]),
        processed=tuple(map(_processed, processed[::-1][:limit])),
        more={name: count - limit for name, count in counts.items() if count > limit},
    )


def _processed(entry: ledger.LedgerEntry) -> ProcessedExport:
    return ProcessedExport(
        name=entry.name,
        sha256=entry.sha256,
        rows=entry.rows,
        dataset_version=entry.dataset_version,
        processed_at=entry.processed_at,
    )


def _refused_exports(settings: Settings) -> Iterator[RefusedExport]:
    from cs_pipeline.quality.quarantine import quarantine_reasons

    for reason in quarantine_reasons(settings):
        yield RefusedExport(
            name=reason["name"],
            sha256=reason["sha256"],
            reason=reason["reason"],
            words=Words(ko=reason["ko"], en=reason["en"]),
            quarantined_at=datetime.fromisoformat(reason["quarantined_at"]),
        )


def _refused_rows(settings: Settings) -> Iterator[RefusedRowsFile]:
    from cs_pipeline.quality.quarantine import refused_rows_in, refused_workbooks

    for path in refused_workbooks(settings):
        yield RefusedRowsFile(
            name=path.name,
            uri=str(path),
            rows=refused_rows_in(path),
            written_at=_written_at(path),
        )


def _written_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)
