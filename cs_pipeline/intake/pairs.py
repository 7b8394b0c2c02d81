"""Sheets with a question and its answer in one row."""

from collections import Counter
from dataclasses import dataclass, field

from cs_pipeline.intake.sheets.cells import cell_address, cell_at, clean_text, is_blank, is_total
from cs_pipeline.intake.sheets.columns import Row
from cs_pipeline.intake.sheets.people_sheets import People
from cs_pipeline.intake.sheets.personal import known_values, whole_mobile
from cs_pipeline.intake.sheets.tables import Table
from cs_pipeline.intake.sheets.templates import template_text
from cs_pipeline.intake.sheets.valueless import TEMPLATE, refused, without_value
from cs_pipeline.records import Exchange, KnownValue, RefusedRow

_MOST_SHARED = 10_000


@dataclass(slots=True)
class PairsReading:
    """What a table of pairs gave; `rows` counts data rows, not blank rows or totals."""

    rows: int = 0
    exchanges: list[Exchange] = field(default_factory=list, repr=False)
    refused: list[RefusedRow] = field(default_factory=list, repr=False)


def read_pairs(
    table: Table, people: People, turns: Counter[str], *, skip_hidden: bool = False
) -> PairsReading:
    """One exchange a row, in the order of the sheet.

    `turns` counts the exchanges of each conversation id and goes on counting; tables side by side
    share it.
    """
    header, reading = table.header, PairsReading()
    shared: dict[tuple[KnownValue, ...], tuple[KnownValue, ...]] = {}
    for index, row in table.rows(skip_hidden=skip_hidden):
        if row and (is_total(row) or header.repeats(row)):  # a stray cell leaves a million empty
            continue
        row = table.whole(row)  # noqa: PLW2901 - still the same row
        if valueless := without_value(table, index, row):
            reading.rows += 1
            reading.refused.append(valueless)
            continue
        if is_blank(row):
            continue
        reading.rows += 1
        texts = _texts(table, index, row)
        if isinstance(texts, RefusedRow):
            reading.refused.append(texts)
            continue
        conversation = None
        if header.conversation is not None:
            conversation = clean_text(cell_at(row, header.conversation)) or None
        reading.exchanges.append(
            Exchange(
                sheet=table.sheet.name,
                question_cell=cell_address(index, header.first),
                answer_cell=cell_address(index, header.second),
                question=texts[0],
                answer=texts[1],
                conversation_id=conversation,
                turn_index=turns[conversation] if conversation else 0,
                original=row,
                known_values=_shared(shared, _known(table, row, people, conversation)),
            )
        )
        if conversation:
            turns[conversation] += 1
    return reading


def _texts(table: Table, index: int, row: Row) -> tuple[str, str] | RefusedRow:
    """Question and answer; the row refused where one is a broken template."""
    header = table.header
    template = header.vendor.template if header.vendor else None
    found = []
    for column in (header.first, header.second):
        cell = cell_at(row, column)
        text = template_text(cell, template) if template else cell
        if text is None:
            return refused(table, index, column, TEMPLATE, row)
        found.append(whole_mobile(clean_text(text)))
    return found[0], found[1]


def _shared(
    known: dict[tuple[KnownValue, ...], tuple[KnownValue, ...]], values: tuple[KnownValue, ...]
) -> tuple[KnownValue, ...]:
    """One tuple for the rows that name the same people, such as an agent."""
    return known.setdefault(values, values) if len(known) < _MOST_SHARED else values


def _known(
    table: Table, row: Row, people: People, conversation: str | None
) -> tuple[KnownValue, ...]:
    header = table.header
    values = known_values(row, header.personal)
    if header.vendor is None:
        return values
    if header.person is not None:
        values += people.of("person", clean_text(cell_at(row, header.person)))
    if conversation:
        values += people.of("conversation", conversation)
    return tuple(dict.fromkeys(values))
