"""What a run sees of the inbox and takes out of it."""

from collections.abc import Callable

from cs_pipeline.config import Settings
from cs_pipeline.intake.inbox.inbox import InboxItem, PendingExport
from cs_pipeline.records import ExportFile
from cs_pipeline.stages import Installation


def pending_exports(settings: Settings) -> list[PendingExport]:
    return Installation(settings).inbox.pending()


def inbox_items(settings: Settings) -> list[InboxItem]:
    return Installation(settings).inbox.items()


def claim_exports(
    settings: Settings, *, run_key: str, mask_name: Callable[[str], str]
) -> list[ExportFile]:
    opened = Installation(settings)
    return opened.processing.claim(opened.inbox, run_key=run_key, mask_name=mask_name)
