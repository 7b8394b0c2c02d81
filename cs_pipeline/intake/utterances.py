"""The rows of a table of utterances: which conversation each belongs to, and what is said in it."""

from collections import deque
from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import islice

from cs_pipeline.intake.files.wordless import without_sounds
from cs_pipeline.intake.said import Turn
from cs_pipeline.intake.sheets.cells import CleanTexts, cell_at, is_total
from cs_pipeline.intake.sheets.header import Header, Row
from cs_pipeline.intake.sheets.marked_lines import without_mark
from cs_pipeline.intake.sheets.markup import has_markup, words_of
from cs_pipeline.intake.sheets.personal import whole_mobile
from cs_pipeline.intake.sheets.quoted_mail import own_words
from cs_pipeline.intake.sheets.speakers import Speaker
from cs_pipeline.intake.sheets.tables import Table
from cs_pipeline.intake.sheets.templates import template_text
from cs_pipeline.intake.sheets.valueless import refused, without_value
from cs_pipeline.intake.wording import TEMPLATE
from cs_pipeline.records import RefusedRow

_MOST_LINES = 1_000_000
_LONGEST_OVERLAP = 50

PART_BELOW = "\n"
"""Stands between a conversation and the day, or the question, of one of its parts."""


def utterances_of(table: Table, *, skip_hidden: bool) -> Iterator[tuple[str, int, Row]]:
    """Conversation, 0-based row and cells of each utterance.

    An empty conversation cell belongs to the one above (merged cells may hold their value only
    once); a blank row ends that. Without a conversation column, blank rows alone separate.
    """
    header, name = table.header, table.sheet.name
    # Tables side by side have rows in common; their conversations have not.
    place = f"{name}:" if table.columns is None else f"{name}:{table.columns.start}:"
    current = f"{place}{header.row + 1}"
    for index, row in _once_each_page(table, skip_hidden=skip_hidden):
        if is_total(row):
            continue
        row = table.whole(row)  # noqa: PLW2901 - still the same row
        if _says_nothing(header, row) and not without_value(table, index, row):
            current = f"{place}{index + 1}"
        else:
            current = header.conversation_of(row) or current
            moment = header.moment_in(row) if header.is_by_day else None
            yield _on_day(current, moment[:3]) if moment else current, index, row


def _once_each_page(table: Table, *, skip_hidden: bool) -> Iterator[tuple[int, Row]]:
    """The table's rows without its headings once more, and without what a page repeats below them.

    Pages that were pasted below each other may begin with the last rows of the page above.
    """
    rows, waiting = table.rows(skip_hidden=skip_hidden), deque[tuple[int, Row]]()
    above = deque[Row](maxlen=_LONGEST_OVERLAP)
    while (one := waiting.popleft() if waiting else next(rows, None)) is not None:
        if not table.header.repeats(one[1]):
            if any(one[1][1:]):  # more than the number of a page
                above.append(one[1])
            yield one
            continue
        waiting.extend(islice(rows, max(0, len(above) - len(waiting))))
        for _ in range(_overlap(list(above), [row for _, row in waiting])):
            waiting.popleft()


def _overlap(above: Sequence[Row], below: Sequence[Row]) -> int:
    """How many of the rows below are the last ones above, once more and in their order."""
    sizes = range(min(len(above), len(below)), 0, -1)
    return next(
        (size for size in sizes if above[-size] == below[0] and above[-size:] == below[:size]), 0
    )


def _says_nothing(header: Header, row: Row) -> bool:
    """Whether the row is blank, or shows a day or a title alone, in a column of another use."""
    if cell_at(row, header.first).strip() or cell_at(row, header.second).strip():
        return False
    shown = [column for column, cell in enumerate(row) if cell.strip()]
    known = header.conversation_of(row) or not header.personal.keys().isdisjoint(shown)
    return not shown or (len(shown) == 1 and not known)


def _on_day(conversation: str, day: Sequence[int]) -> str:
    """The part of a conversation that is apart from those of other days, in their order."""
    return f"{conversation}{PART_BELOW}{'-'.join(f'{part:02}' for part in day)}"


def _number(header: Header, row: Row) -> int | None:
    """The utterance's number, and within it its line's."""
    digits = [cell_at(row, column).strip() for column in header.orders]
    if not all(map(str.isdecimal, digits)):
        return None
    return reduce(lambda number, line: number * _MOST_LINES + int(line), digits, 0)


def turn_in(
    table: Table,
    index: int,
    row: Row,
    speaker: Speaker,
    clean: CleanTexts,
    column: int | None = None,
) -> Turn | RefusedRow:
    """What is said in the row; `column` where that is not the table's column of texts."""
    header = table.header
    column = header.second if column is None else column
    text = cell_at(row, column)
    if header.vendor is not None and header.vendor.template:
        said = template_text(text, header.vendor.template)
        if said is None:
            return refused(table, index, column, TEMPLATE, row)
        text = said
    if ("<" in text or "&" in text) and has_markup(text):
        text = words_of(text)
    if header.marked:
        text = without_mark(text)
    number = _number(header, row) if header.orders else None
    cell = table.address(index, column)
    moment = header.moment_in(row)
    plain = whole_mobile(clean.of(without_sounds(own_words(text))))
    return Turn(speaker, plain, cell, row, moment, number)
