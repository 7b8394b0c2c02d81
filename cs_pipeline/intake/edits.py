"""Edited messages of a log: of a message's versions, the newest is what the other side reads."""

from cs_pipeline.intake.said import Heard
from cs_pipeline.intake.sheets.header import Row
from cs_pipeline.intake.sheets.message_events import MessageEvents
from cs_pipeline.intake.sheets.message_versions import MessageVersions
from cs_pipeline.intake.sheets.moments import Moment

_AS_SENT, _AS_CHANGED = 0, 1

Version = tuple[int, Moment]


class Edits:
    """The messages that were heard so far, by conversation and id, where a log tells versions."""

    def __init__(self, versions: MessageVersions | MessageEvents | None) -> None:
        self._versions = versions
        self._heard: dict[tuple[str, str], tuple[Version, Version, Heard]] = {}
        self._gone: set[tuple[str, str]] = set()

    def tells_only(self, conversation: str, row: Row) -> bool:
        """Whether a row says that a message was taken back, or read, and nothing new of it."""
        if not isinstance(self._versions, MessageEvents):
            return False
        identity, happened = self._versions.of(row)
        if happened == "gone":
            self._gone.add((conversation, identity))
            return True
        return not happened and (conversation, identity) in self._heard

    def takes(self, conversation: str, row: Row, heard: Heard) -> bool:
        """Whether a row is another version of a message that was heard.

        That one says what its newest version does then, from the place of its first one on.
        """
        if self._versions is None:
            return False
        identity, version = self._version_of(row, heard)
        if not identity:
            return False
        first, last, message = self._heard.get((conversation, identity), (version, version, heard))
        if version >= last:
            message.place, message.whole = heard.place, heard.whole
        elif version < first:
            message.moment, message.number = heard.moment, heard.number
        self._heard[conversation, identity] = min(first, version), max(last, version), message
        return message is not heard

    def take_back(self, conversations: dict[str, list[Heard]]) -> None:
        """Leave out the messages that were taken back."""
        for conversation, identity in self._gone:
            _, _, message = self._heard.get((conversation, identity), (None, None, None))
            if message is not None:
                said = conversations[conversation]
                conversations[conversation] = [one for one in said if one is not message]

    def _version_of(self, row: Row, heard: Heard) -> tuple[str, Version]:
        """The message's id, and which version it is: of changed ones, the later is the newer."""
        if isinstance(self._versions, MessageEvents):
            identity, happened = self._versions.of(row)
            changed = happened == "changed"
            version = _AS_CHANGED if changed else _AS_SENT, (heard.moment or ()) if changed else ()
            return identity, version
        identity, number = self._versions.of(row) if self._versions else ("", 0)
        return identity, (number, ())
