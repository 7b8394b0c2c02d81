"""Which rows of a log belong to one conversation, where no column of ids says so."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple

from cs_pipeline.intake.sheets.board_links import NO_PARENT
from cs_pipeline.intake.sheets.boards import Board, agents_link, board_of
from cs_pipeline.intake.sheets.body import FIRST_ROWS, Body
from cs_pipeline.intake.sheets.cells import cell_at, clean_text
from cs_pipeline.intake.sheets.column_pairs import Told
from cs_pipeline.intake.sheets.further_headings import (
    is_about_call,
    names_container,
    names_customer,
    names_parent,
    names_recipient,
    names_sender,
)
from cs_pipeline.intake.sheets.headings import Heading, Headings
from cs_pipeline.intake.sheets.id_runs import run_of_ids
from cs_pipeline.intake.sheets.mailboxes import Mailbox, mailbox_of
from cs_pipeline.intake.sheets.numbered_posts import numbered_column, staggered_numbers
from cs_pipeline.intake.sheets.roles import conversation_column, time_columns
from cs_pipeline.intake.sheets.titled_replies import titled_links

Row = tuple[str, ...]

_MOSTLY_KNOWN = 0.8
_MEMO = re.compile(r"(?:함|됨|음|임|것|요망|바람|완료|예정|안내|문의|요청|건|처리)[.\s)]*$")
_MOST_MEMOS, _LEAST_PARTS = 0.3, 3
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?E\+\d{2}")
"""A long number as a spreadsheet saves it, without most of its digits: 2.02403E+15."""


class Thread(NamedTuple):
    """The column that tells conversations apart, and how it does.

    `ids` each name one, of one day where the column `beside` holds days; `customer` says with whom
    the row's sender or reader talks, together with the column `beside` where there is one, since
    people have names in common; `sides` and the column `beside` say who writes to whom; `replies`
    name the row that they reply to by its number, which the column `beside` holds; `cards` number
    those of a form, in a column of their own; `spoilt` ids have lost the digits that told them
    apart.
    """

    column: int
    tells: Literal["ids", "customer", "sides", "replies", "cards", "spoilt"] = "ids"
    beside: int = -1

    def of(self, row: Row) -> str:
        """The conversation of a row, '' where the row does not say."""
        own = clean_text(cell_at(row, self.column))
        if self.tells in ("customer", "ids") and self.beside >= 0 and own:
            return f"{own} / {clean_text(cell_at(row, self.beside))}"
        if self.tells == "sides":
            return " / ".join(sorted((own, clean_text(cell_at(row, self.beside)))))
        if self.tells == "replies" and own in NO_PARENT:
            return clean_text(cell_at(row, self.beside))
        return own


def conversations_of(
    headings: Sequence[Heading],
    body: Body,
    pair: tuple[int, int],
    tells: Told,
    personal: Mapping[int, str],
    *,
    turns: bool,
) -> tuple[Thread | Mailbox | None, Board | None]:
    """What tells a table's conversations apart, and how comments are linked, where they are.

    `pair` are the table's two columns, `personal` entity types by column.
    """
    if tells == "mail":
        return mailbox_of(headings, body), None
    thread = thread_of(headings, body.layouts.headings, body, set(pair), turns=turns)
    if not turns:
        return thread, None
    if tells == "column":
        return thread or _staggered(headings, body, pair), None
    board = board_of(headings, body, pair, personal)
    if board is not None and board.topic >= 0:
        return Thread(board.topic), board
    if board is None and tells == "name":
        times = time_columns(headings, body, set(pair))
        if titled := titled_links(headings, body, pair[0], times):
            return Thread(titled.own), Board(titled, -1, (pair[0],))
    if thread is None or thread.tells == "spoilt":
        thread = thread_without_ids(headings, body, pair, tells) or thread
    if thread is not None and thread.tells == "ids" and board is None and tells == "role":
        thread = _of_one_day(headings, body, thread, pair)
    return thread, board


def _of_one_day(
    headings: Sequence[Heading], body: Body, thread: Thread, pair: tuple[int, int]
) -> Thread:
    """The thread, with the column of days where its ids begin anew every day.

    So it is where an id comes on several days, and is opened by a customer and closed by an agent
    on each of them.
    """
    times = time_columns(headings, body, {*pair, thread.column})
    if len(times) != 2:
        return thread
    by_day = thread._replace(beside=times[0])
    sides: dict[str, list[str | None]] = {}
    for row in body.rows[:FIRST_ROWS]:
        if thread.of(row):
            speaker = body.layouts.speaker_of(cell_at(row, pair[0]))
            sides.setdefault(by_day.of(row), []).append(speaker)
    parts = list(sides.values())[:-1]  # the sample may end within the last one
    whole = all(said[0] == "customer" and said[-1] != "customer" for said in parts)
    ids = {one.partition(" / ")[0] for one in sides}
    return by_day if whole and _LEAST_PARTS <= len(ids) < len(sides) else thread


def thread_of(
    headings: Sequence[Heading], known: Headings, body: Body, taken: set[int], *, turns: bool
) -> Thread | None:
    """The column of ids, if there is one."""
    column = conversation_column(headings, known, body, taken, turns=turns)
    if column is None:
        return None
    spoilt = turns and any(map(_SHORTENED.fullmatch, body.cells(column)))
    return Thread(column, "spoilt" if spoilt else "ids")


def thread_without_ids(
    headings: Sequence[Heading], body: Body, pair: tuple[int, int], tells: Told
) -> Thread | None:
    """What tells the conversations of a log without a column of ids; `pair`: speaker and text."""
    if tells == "way":
        if any(is_about_call(label) for heading in headings for label in heading):
            return None  # sums up calls, one a row
        if are_memos(body.cells(pair[1])):
            return None
    elif (numbered := numbered_column(headings, body, pair)) is not None or (
        numbered := run_of_ids(headings, body, pair)
    ) is not None:
        return Thread(numbered)
    ways = (_sides, _customer, _container)
    for found in ways if tells == "way" else (_customer, _replies, _container):
        thread = found(headings, body, set(pair))
        if thread is None:
            continue
        if thread.tells == "replies":
            return thread if agents_link(body, pair[0], thread.column) else None
        if thread.tells == "customer" and not mixes(body, pair[0], thread):
            thread = Thread(thread.column, "customer")  # beside, each side has its own
        if mixes(body, pair[0], thread):
            return thread
    between = _sides(headings, body, {pair[1]}) if tells == "name" else None
    return between if between is not None and between.column == pair[0] else None


def _staggered(headings: Sequence[Heading], body: Body, pair: tuple[int, int]) -> Thread | None:
    column = staggered_numbers(headings, body, pair)
    return None if column is None else Thread(column)


def mixes(body: Body, speaker: int, thread: Thread | Mailbox | None) -> bool:
    """Whether both of the speaker column's signs stand in one conversation."""
    if thread is None:
        return False
    signs: dict[str, set[str]] = {}
    for row in body.rows:
        identity, sign = thread.of(row), cell_at(row, speaker).strip()
        if identity and sign:
            signs.setdefault(identity, set()).add(sign)
    return any(len(both) > 1 for both in signs.values())


def are_memos(cells: Sequence[str]) -> bool:
    """Whether the texts are notes about what was said, rather than what was."""
    return sum(bool(_MEMO.search(cell)) for cell in cells) > _MOST_MEMOS * len(cells)


def _named(headings: Sequence[Heading], names: Callable[[str], bool], body: Body) -> list[int]:
    """Columns with such a heading and a value in every row."""
    rows = sum(map(any, body.rows))
    return [
        column
        for column, heading in enumerate(headings)
        if any(map(names, heading)) and len(body.cells(column)) == rows
    ]


def _customer(headings: Sequence[Heading], body: Body, taken: set[int]) -> Thread | None:
    """The column of customers, with the one that tells those of one name apart."""
    columns = [
        column
        for column in _named(headings, names_customer, body)
        if column not in taken and body.look(column).distinct > 1
    ]
    if not columns:
        return None
    told = {
        one: len({(cell_at(row, columns[0]), cell_at(row, one)) for row in body.rows})
        for one in columns
    }
    finest = max(columns, key=lambda one: told[one])
    beside = finest if told[finest] > told[columns[0]] else -1
    return Thread(columns[0], "customer", beside)


def _sides(headings: Sequence[Heading], body: Body, taken: set[int]) -> Thread | None:
    senders = [one for one in _named(headings, names_sender, body) if one not in taken]
    recipients = [one for one in _named(headings, names_recipient, body) if one not in taken]
    if not senders or not recipients or senders[0] == recipients[0]:
        return None
    return Thread(senders[0], "sides", recipients[0])


def _replies(headings: Sequence[Heading], body: Body, taken: set[int]) -> Thread | None:
    for column, heading in enumerate(headings):
        if column in taken or not any(map(names_parent, heading)):
            continue
        parents = {cell for cell in body.cells(column) if cell not in NO_PARENT}
        for beside in set(range(len(headings))) - taken - {column}:
            numbers = body.cells(beside)
            known = len(parents.intersection(numbers)) >= _MOSTLY_KNOWN * len(parents)
            if parents and known and len(set(numbers)) == len(numbers):
                return Thread(column, "replies", beside)
    return None


def _container(headings: Sequence[Heading], body: Body, taken: set[int]) -> Thread | None:
    """The column of what each row belongs to, which is no row of this table: a mail's case."""
    columns = set(range(len(headings)))
    names: tuple[Callable[[str], bool], ...] = (names_parent, names_container)
    for column in (one for name in names for one in _named(headings, name, body)):
        owners = set(body.cells(column))
        others = (set(body.cells(one)) for one in columns - taken - {column})
        several = 1 < len(owners) < len(body.cells(column))
        if column in taken or not several or owners & {*NO_PARENT}:
            continue
        if not any(owners & cells for cells in others):
            return Thread(column)
    return None
