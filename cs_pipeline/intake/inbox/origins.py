"""Where the bytes of an export that was claimed once lie now."""

from collections.abc import Iterator
from pathlib import Path

from cs_pipeline.config import Settings
from cs_pipeline.files import sha256_file
from cs_pipeline.intake.inbox.ledger import LEDGER_FILE


def find_export(settings: Settings, sha256: str) -> Path | None:
    """The file with these bytes in processed, quarantine or processing; None when it is gone."""
    for path in _candidates(settings, sha256):
        try:
            if path.is_file() and sha256_file(path) == sha256:
                return path
        except FileNotFoundError:  # a run has just moved it on
            continue
    return None


def _candidates(settings: Settings, sha256: str) -> Iterator[Path]:
    """Most likely first; in processing only bytes tell which export it is."""
    for path in sorted((settings.processed_dir / sha256).glob("[!.]*")):
        if path.name != LEDGER_FILE:
            yield path
    yield from sorted(settings.quarantine_dir.glob(f"*-{sha256[:8]}*"))
    yield from sorted(settings.processing_dir.glob("*/[!.]*"))
