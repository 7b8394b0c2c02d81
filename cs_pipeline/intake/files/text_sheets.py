"""Text files: which of the forms that they are read in one has, told by how it begins."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from cs_pipeline.intake.files.call_legends import call_rows, has_call_legend
from cs_pipeline.intake.files.chat_text import begins_with_message, chat_rows, is_chat, title_of
from cs_pipeline.intake.files.copied_chats import copied_chat_rows, is_copied_chat
from cs_pipeline.intake.files.csv_text import Widths, decoded, table_text_rows
from cs_pipeline.intake.files.json_lines import is_json, json_rows
from cs_pipeline.intake.files.mail_text import is_mails, mail_rows
from cs_pipeline.intake.files.sheet_head import SheetHead
from cs_pipeline.intake.files.spoken_lines import is_spoken, spoken_rows
from cs_pipeline.intake.files.voice_notes import is_voice_note, voice_note_rows

_SAMPLE_CHARACTERS = 64 * 1024


def text_sheets(stream: BinaryIO, name: str) -> Iterator[tuple[SheetHead, Iterator[Any]]]:
    """Head and rows of a text file: a chat, JSON, calls, mails, lines, a voice note, or a table."""
    text = decoded(stream)
    sample = text.read(_SAMPLE_CHARACTERS)
    text.seek(0)
    if is_chat(sample):
        above = int(begins_with_message(sample))
        yield SheetHead(name, added_rows=above), chat_rows(text, above, title_of(sample, name))
    elif is_json(sample):
        yield SheetHead(name, added_rows=1), json_rows(text)
    elif has_call_legend(sample):
        yield SheetHead(name, added_rows=1), call_rows(text, sample)
    elif is_mails(sample):
        yield SheetHead(name, added_rows=1), mail_rows(text, sample)
    elif is_spoken(sample):
        yield SheetHead(name, added_rows=1), spoken_rows(text, sample)
    elif is_copied_chat(sample):
        yield SheetHead(name, added_rows=1), copied_chat_rows(text)
    elif is_voice_note(sample):
        yield SheetHead(name, added_rows=1), voice_note_rows(text)
    else:
        widths = Widths()
        yield SheetHead(name, widths=widths), table_text_rows(text, widths)
