"""Rows of a log that are none of its conversations' words."""

from cs_pipeline.intake.files.wordless import is_sound
from cs_pipeline.intake.sheets.asides import is_marked_note
from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.header import Header, Row
from cs_pipeline.intake.sheets.mailboxes import Mailbox
from cs_pipeline.intake.sheets.merge_notices import is_merge_notice
from cs_pipeline.intake.sheets.speakers import Speaker, is_advert, is_code, is_program


class Unspoken:
    """Tells notes for colleagues, automatic messages, adverts and noises by the table's columns."""

    def __init__(self, header: Header) -> None:
        self._header = header
        beside = {header.first, *header.sides.customer}
        personal = header.personal.items()
        self._agents = [one for one, kind in personal if kind == "NAME" and one not in beside]

    def leaves_out(self, row: Row, speaker: Speaker | None) -> bool:
        """Whether the row is none of the conversation's words."""
        header, text = self._header, cell_at(row, self._header.second)
        thread = header.thread
        return (
            is_sound(text)
            or (isinstance(thread, Mailbox) and thread.leaves_out(row))
            or any(aside.leaves_out(row, text) for aside in header.private)
            or (speaker == "agent" and (is_marked_note(text) or self._is_of_program(row)))
            or any(one.leaves_out(row) for one in header.unsent)
            or is_merge_notice(text)
            or (
                header.tells == "way"
                and (is_advert(text) or (speaker == "agent" and is_code(text)))
            )
        )

    def _is_of_program(self, row: Row) -> bool:
        """Whether the name beside an agent's words is a program's."""
        return any(is_program(cell_at(row, column)) for column in self._agents)
