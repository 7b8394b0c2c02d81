"""Sheets with a whole conversation in one cell of a row."""

from cs_pipeline.intake.files.wordless import is_wordless, without_sounds
from cs_pipeline.intake.interjections import without_interjections
from cs_pipeline.intake.said import Turn, TurnsReading, merged, pair_turns
from cs_pipeline.intake.sheets.asides import is_marked_note
from cs_pipeline.intake.sheets.cells import cell_at, clean_text, is_blank, is_total
from cs_pipeline.intake.sheets.header import Header, Row
from cs_pipeline.intake.sheets.layouts import Layouts
from cs_pipeline.intake.sheets.people_sheets import People
from cs_pipeline.intake.sheets.personal import known_value, known_values
from cs_pipeline.intake.sheets.speakers import name_of_speaker
from cs_pipeline.intake.sheets.tables import Table
from cs_pipeline.intake.sheets.transcripts import Said, spread_said, utterances
from cs_pipeline.intake.sheets.valueless import without_value
from cs_pipeline.intake.wording import (
    NO_TRANSCRIPT,
    ROW_WORDS,
    UNKNOWN_SPEAKER,
    names_in_cell_words,
)
from cs_pipeline.records import KnownValue, RefusedRow


def read_transcripts(
    table: Table, layouts: Layouts, people: People, *, skip_hidden: bool = False
) -> TurnsReading:
    """The exchanges of each row's conversation; `rows` counts utterances.

    A cell that holds no conversation, or in which a name speaks that says nothing of who that is,
    is refused. All exchanges of a row have its cell.
    """
    reading, header = TurnsReading(), table.header
    for index, row in table.rows(skip_hidden=skip_hidden):
        if is_total(row) or header.repeats(row) or is_blank(row):
            continue
        row = table.whole(row)  # noqa: PLW2901 - still the same row
        if valueless := without_value(table, index, row):
            reading.rows += 1
            reading.refused.append(valueless)
            continue
        cell = table.address(index, header.second)
        said = [
            one if one.speaker else one._replace(speaker=header.sides.of(row, one.name))
            for one in _said_in(row, header, layouts)
        ]
        reading.rows += max(len(said), 1)
        if not said or any(one.speaker is None for one in said):
            reading.refused.append(_refused(table, cell, row, said))
            continue
        conversation = f"{table.sheet.name}:{index + 1}"
        if header.conversation is not None:
            conversation = clean_text(cell_at(row, header.conversation)) or conversation
        turns = [
            Turn(
                one.speaker,
                clean_text(without_sounds(one.text)),
                _place(table, index, one, cell),
                row,
            )
            for one in said
            if one.speaker == "agent" or (one.speaker == "customer" and one.text)
            if not _is_aside(one)
        ]
        known = (*known_values(row, header.personal), *_names(said))
        known += people.of("conversation", conversation)
        pair_turns(
            table.sheet.name,
            conversation,
            merged(without_interjections(turns)),
            tuple(dict.fromkeys(known)),
            reading,
        )
    return reading


def _said_in(row: Row, header: Header, layouts: Layouts) -> list[Said]:
    if header.spread:
        return spread_said(row, header.spread, layouts)
    said = utterances(cell_at(row, header.second), layouts)
    opening = cell_at(row, header.opening).strip() if header.opening >= 0 else ""
    if opening and not any(one.text == opening for one in said):
        return [Said("customer", "", opening, column=header.opening), *said]
    return said


def _place(table: Table, index: int, one: Said, cell: str) -> str:
    return cell if one.column is None else table.address(index, one.column)


def _is_aside(one: Said) -> bool:
    return is_wordless(one.text) or (one.speaker == "agent" and is_marked_note(one.text))


def _refused(table: Table, cell: str, row: Row, said: list[Said]) -> RefusedRow:
    if not said:
        return RefusedRow(table.sheet.name, cell, NO_TRANSCRIPT, ROW_WORDS[NO_TRANSCRIPT], row)
    unknown = sum(one.speaker is None for one in said)
    return RefusedRow(table.sheet.name, cell, UNKNOWN_SPEAKER, names_in_cell_words(unknown), row)


def _names(said: list[Said]) -> list[KnownValue]:
    found = (known_value("NAME", name_of_speaker(one.name)) for one in said)
    return [value for value in found if value is not None]
