"""Edited messages of a log: of a message's versions, the newest is what the other side reads."""

from cs_pipeline.intake.said import Heard
from cs_pipeline.intake.sheets.header import Row
from cs_pipeline.intake.sheets.message_versions import MessageVersions


class Edits:
    """The messages that were heard so far, by conversation and id, where a log tells versions."""

    def __init__(self, versions: MessageVersions | None) -> None:
        self._versions = versions
        self._heard: dict[tuple[str, str], tuple[int, int, Heard]] = {}

    def takes(self, conversation: str, row: Row, heard: Heard) -> bool:
        """Whether a row is another version of a message that was heard.

        That one says what its newest version does then, from the place of its first one on.
        """
        if self._versions is None:
            return False
        identity, version = self._versions.of(row)
        first, last, message = self._heard.get((conversation, identity), (version, version, heard))
        if version > last:
            message.place, message.whole = heard.place, heard.whole
        elif version < first:
            message.moment, message.number = heard.moment, heard.number
        self._heard[conversation, identity] = min(first, version), max(last, version), message
        return message is not heard
