"""When the watcher last looked into the inbox: its sign of life."""

from datetime import UTC, datetime

from cs_pipeline.stages.installation import Installation


def note_watch(installation: Installation) -> None:
    """Keep that the watcher of the inbox looked just now."""
    path = installation.watcher_mark
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()


def watched_at(installation: Installation) -> datetime | None:
    """When the watcher looked last; None: it never did, or runs on another machine."""
    try:
        return datetime.fromtimestamp(installation.watcher_mark.stat().st_mtime, UTC)
    except OSError:
        return None
