"""What was told when, and which channels fail: `notifications.json`.

Losing the file costs a message that is told twice, so a damaged one counts as none.
"""

from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import Field, ValidationError

from cs_pipeline.config import NotifyKind
from cs_pipeline.files import exclusive, write_atomic
from cs_pipeline.language import Words
from cs_pipeline.notify.messages import Message
from cs_pipeline.records import Record

_KEPT = timedelta(days=90)


class ToldEntry(Record):
    """What was told last under a key, and when."""

    kind: NotifyKind
    told_at: datetime
    run_id: str | None = None


class ChannelState(Record):
    """How a channel did. `problem` is None while it works, or was not used yet."""

    last_sent_at: datetime | None = None
    failing_since: datetime | None = None
    problem: Words | None = None


class ToldState(Record):
    """Contents of the file: what was told by key, channels by their name, which is not a secret."""

    entries: dict[str, ToldEntry] = Field(default_factory=dict)
    channels: dict[str, ChannelState] = Field(default_factory=dict)


class Told:
    """Keeper of the file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def state(self) -> ToldState:
        """Everything that is known."""
        try:
            return ToldState.model_validate_json(self._path.read_bytes())
        except (OSError, ValidationError):
            return ToldState()

    def claim(self, message: Message) -> bool:
        """Whether a message is due; if so, it counts as told from now on."""
        now = datetime.now(UTC)
        with self._changing():
            state = self.state()
            entry, again = state.entries.get(message.key), message.again_after
            if entry is not None and (again is None or now - entry.told_at < again):
                return False
            entries = {
                key: entry for key, entry in state.entries.items() if now - entry.told_at < _KEPT
            }
            entries[message.key] = ToldEntry(kind=message.kind, told_at=now, run_id=message.run_id)
            self._write(state.model_copy(update={"entries": entries}))
        return True

    def forget(self, *keys: str) -> None:
        """Count as never told."""
        with self._changing():
            state = self.state()
            left = {key: entry for key, entry in state.entries.items() if key not in keys}
            self._write(state.model_copy(update={"entries": left}))

    def note(self, channel: str, problem: Words | None) -> None:
        """Keep how a channel did just now."""
        now = datetime.now(UTC)
        with self._changing():
            state = self.state()
            before = state.channels.get(channel, ChannelState())
            after = (
                ChannelState(last_sent_at=now)
                if problem is None
                else ChannelState(
                    last_sent_at=before.last_sent_at,
                    failing_since=before.failing_since or now,
                    problem=problem,
                )
            )
            channels = {**state.channels, channel: after}
            self._write(state.model_copy(update={"channels": channels}))

    def _changing(self) -> AbstractContextManager[None]:
        return exclusive(self._path.with_name(f".{self._path.name}.lock"))

    def _write(self, state: ToldState) -> None:
        write_atomic(self._path, state.model_dump_json(indent=2))
