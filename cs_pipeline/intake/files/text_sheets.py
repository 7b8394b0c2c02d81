"""Text files: which of the forms that they are read in one has, told by how it begins."""

from collections.abc import Callable, Iterator
from io import TextIOWrapper
from typing import Any, BinaryIO

from cs_pipeline.intake.files.call_legends import call_rows, has_call_legend
from cs_pipeline.intake.files.captions import caption_rows, is_captions
from cs_pipeline.intake.files.case_books import case_rows, is_case_book
from cs_pipeline.intake.files.chat_text import begins_with_message, chat_rows, is_chat, title_of
from cs_pipeline.intake.files.clocked_chats import clocked_chat_rows, is_clocked_chat
from cs_pipeline.intake.files.copied_chats import copied_chat_rows, is_copied_chat
from cs_pipeline.intake.files.counted_calls import counted_rows, is_counted_calls
from cs_pipeline.intake.files.csv_text import decoded, table_text_rows
from cs_pipeline.intake.files.jira_issues import is_jira, jira_rows
from cs_pipeline.intake.files.json_lines import is_json, json_rows
from cs_pipeline.intake.files.labels_below import has_labels_below, labelled_rows
from cs_pipeline.intake.files.line_accounts import is_line_account, line_account_rows
from cs_pipeline.intake.files.mail_text import is_mails, mail_rows
from cs_pipeline.intake.files.record_text import is_records, record_rows
from cs_pipeline.intake.files.row_widths import Widths
from cs_pipeline.intake.files.sheet_head import SheetHead
from cs_pipeline.intake.files.spoken_lines import is_spoken, spoken_rows
from cs_pipeline.intake.files.timed_lines import is_timed_lines, timed_rows
from cs_pipeline.intake.files.voice_notes import is_voice_note, voice_note_rows
from cs_pipeline.intake.files.xml_records import is_xml, xml_tables

_SAMPLE_CHARACTERS = 64 * 1024

_Rows = Iterator[tuple[int, list[str]]]

_FORMS: tuple[tuple[Callable[[str], bool], Callable[[TextIOWrapper, str], _Rows]], ...] = (
    (is_json, lambda text, _: json_rows(text)),
    (has_call_legend, call_rows),
    (is_mails, mail_rows),
    (is_counted_calls, lambda text, _: counted_rows(text)),
    (is_spoken, spoken_rows),
    (is_jira, lambda text, _: jira_rows(text)),
    (is_line_account, lambda text, _: line_account_rows(text)),
    (is_captions, lambda text, _: caption_rows(text)),
    (is_case_book, lambda text, _: case_rows(text)),
    (is_records, record_rows),
    (is_copied_chat, lambda text, _: copied_chat_rows(text)),
    (has_labels_below, lambda text, _: labelled_rows(text)),
    (is_clocked_chat, lambda text, _: clocked_chat_rows(text)),
    (is_timed_lines, timed_rows),
    (is_voice_note, lambda text, _: voice_note_rows(text)),
)
"""What tells a form by a text's beginning, and what reads it; the first that says so counts."""


def text_sheets(stream: BinaryIO, name: str) -> Iterator[tuple[SheetHead, Iterator[Any]]]:
    """Head and rows of a text file: a chat, one of the forms, or a table; of XML, of several."""
    text = decoded(stream)
    sample = text.read(_SAMPLE_CHARACTERS)
    text.seek(0)
    if is_xml(sample):
        for title, table in xml_tables(text):
            yield SheetHead(title, added_rows=1), table
        return
    if is_chat(sample):
        above = int(begins_with_message(sample))
        yield SheetHead(name, added_rows=above), chat_rows(text, above, title_of(sample, name))
        return
    for is_form, rows in _FORMS:
        if is_form(sample):
            yield SheetHead(name, added_rows=1), rows(text, sample)
            return
    widths = Widths()
    yield SheetHead(name, widths=widths), table_text_rows(text, widths)
