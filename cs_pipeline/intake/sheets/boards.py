"""Boards with comments: the columns that say which post a comment is below, and what it answers."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from cs_pipeline.intake.sheets.body import FIRST_ROWS, Body
from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.further_headings import names_parent
from cs_pipeline.intake.sheets.headings import Heading, candidates
from cs_pipeline.intake.sheets.speakers import is_yes
from cs_pipeline.questions import asks

Row = tuple[str, ...]

NO_PARENT = ("", "0", "-")
_TOPIC = re.compile(
    "(?:원|게시|원본|본문|문의|질문)?(?:글|게시글|게시물|문의|질문)(?:번호|id|no)"
    "|(?:post|article|topic|thread|question|conversation|ticket|inquiry)(?:id|no|number)"
)
_LETTERS, _POST, _IS_COMMENT = "reply", "num", "iscomment"
_STEPS = re.compile("[A-Z]{1,10}")
_MOSTLY_KNOWN, _LEAST_LINKS = 0.8, 2
_LEAST_ASKED, _MOST_HOSTS, _MOSTLY_HELPED = 4, 3, 0.5
_MOST_SIGNS, _LEAST_QUESTIONS = 3, 0.3


class Board(NamedTuple):
    """`parent` holds the number of the row that a row replies to, `own` its own number.

    `topic` holds the post that all comments below it belong to, -1 where there is no such column;
    `authors` are the columns that tell one author from another; `people` is the one of their names
    where signs that nobody knows (Owner, Member) say who speaks, else -1. Where rows are
    `lettered`, `parent` holds a letter for each step below the post, whose number they share: A, AA
    and AB, B. `titled` are the columns of title, state and time of a board whose replies are told
    by their titles, and `links` the numbers of what they are to.
    """

    parent: int
    own: int
    topic: int
    authors: tuple[int, ...]
    people: int = -1
    lettered: bool = False
    titled: tuple[int, int, int] | None = None
    links: Mapping[str, str] | None = None

    def parent_of(self, row: Row) -> str:
        """The number of the row that this one replies to, '' for none."""
        if self.links is not None:
            return self.links.get(self.number_of(row), "")
        if self.lettered:
            letters = cell_at(row, self.parent).strip()
            return f"{self.topic_of(row)} {letters[:-1]}" if letters else ""
        parent = cell_at(row, self.parent).strip()
        return "" if parent in NO_PARENT or parent == self.number_of(row) else parent

    def number_of(self, row: Row) -> str:
        """The row's own number."""
        if self.lettered:
            return f"{self.topic_of(row)} {cell_at(row, self.parent).strip()}"
        return cell_at(row, self.own).strip()

    def topic_of(self, row: Row) -> str:
        """The post that it is below, '' where no column says so."""
        return cell_at(row, self.topic).strip() if self.topic >= 0 else ""

    def author_of(self, row: Row) -> Row:
        """All that tells one author from another."""
        return tuple(cell_at(row, column).strip() for column in self.authors)


def board_of(
    headings: Sequence[Heading], body: Body, pair: tuple[int, int], personal: Mapping[int, str]
) -> Board | None:
    """The columns of a board; `pair`: speaker and text, `personal`: entity type by column."""
    rows, others = body.rows[:FIRST_ROWS], [one for one in range(len(headings)) if one not in pair]
    names = [one for one, kind in personal.items() if kind in ("NAME", "LOGIN_ID")]
    if lettered := _lettered(headings, body, others):
        return lettered._replace(authors=(pair[0], *names))
    for parent in (one for one in others if any(map(names_parent, headings[one]))):
        told = {cell_at(row, parent).strip() for row in rows}.difference(NO_PARENT)
        for own in (one for one in others if one != parent):
            numbers = [cell for row in rows if (cell := cell_at(row, own).strip())]
            known = told.intersection(numbers)
            if len(told) < _LEAST_LINKS or len(known) < _MOSTLY_KNOWN * len(told):
                continue
            if not agents_link(body, pair[0], parent):
                continue
            if len(set(numbers)) == len(numbers):
                people = _people(headings, body, pair, parent, own)
                authors = (pair[0], *names, *((people,) if people >= 0 else ()))
                board = Board(parent, own, -1, authors, people)
                return board._replace(topic=_topic(headings, rows, board))
    return None


def _lettered(headings: Sequence[Heading], body: Body, columns: Iterable[int]) -> Board | None:
    """The board whose replies have letters beside their post's number, as Gnuboard keeps them.

    Rows that are comments besides have no letters of their own: nothing is said of a board of both.
    """
    named = {label: one for one in columns for label in headings[one]}
    letters, topic = named.get(_LETTERS, -1), named.get(_POST, -1)
    if letters < 0 or topic < 0:
        return None
    if _IS_COMMENT in named and any(map(is_yes, body.cells(named[_IS_COMMENT]))):
        return None
    board = Board(letters, topic, topic, (), lettered=True)
    told, numbers = body.cells(letters), set(map(board.number_of, body.rows))
    known = sum(board.parent_of(row) in numbers for row in body.rows)
    filled = [row for row in body.rows if any(row)]
    whole = len(body.cells(topic)) == len(numbers) == len(filled)
    sound = len(told) >= _LEAST_LINKS and all(map(_STEPS.fullmatch, told))
    return board if whole and sound and known >= _MOSTLY_KNOWN * len(told) else None


def agents_link(body: Body, speaker: int, parent: int) -> bool:
    """Whether agents, where any are known, say as a rule to which row they reply.

    In a chat a few messages do, and the others are to what stands above them.
    """
    replies = [
        cell_at(row, parent).strip() not in NO_PARENT
        for row in body.rows
        if body.layouts.speaker_of(cell_at(row, speaker)) == "agent"
    ]
    return 2 * sum(replies) >= len(replies)


def _topic(headings: Sequence[Heading], rows: Sequence[Row], board: Board) -> int:
    """The column of posts: rows that are linked have the same one."""
    numbered = {number: row for row in rows if (number := board.number_of(row))}
    links = [
        (row, numbered[parent]) for row in rows if (parent := board.parent_of(row)) in numbered
    ]
    for column, heading in enumerate(headings):
        cells = [cell_at(row, column).strip() for row in rows]
        if (
            column not in (board.parent, board.own)
            and any(map(_TOPIC.fullmatch, heading))
            and all(cells)
            and 1 < len(set(cells)) < len(cells)
            and all(cell_at(row, column) == cell_at(above, column) for row, above in links)
        ):
            return column
    return -1


def _people(
    headings: Sequence[Heading], body: Body, pair: tuple[int, int], parent: int, own: int
) -> int:
    """The column of authors' names beside a few signs of which some are nobody's; -1: none.

    Nor is there one where hardly any post asks: whoever leads a team replies to everybody, too.
    """
    look = body.speakers(pair[0])
    if len(look.signs) > _MOST_SIGNS or look.both_sides:
        return -1
    posts = [cell_at(row, pair[1]) for row in body.rows if cell_at(row, parent) in NO_PARENT]
    if sum(map(asks, posts)) < _LEAST_QUESTIONS * len(posts):
        return -1
    names = {
        one.column: len(set(body.cells(one.column)))
        for one in candidates(headings, body.layouts.headings.maybe_speaker)
        if one.column not in {*pair, parent, own}
        and body.look(one.column).holds in ("names", "words")
    }
    people = max(names, key=lambda column: names[column], default=-1)
    return people if people >= 0 and names[people] > len(look.signs) else -1


def hosts_of(rows: Iterable[Row], board: Board, author: int) -> frozenset[str]:
    """Who answers on a board of the names in the column `author`: few people, and never ask.

    Each of them replies to several others, and they to half of all who ask; besides, people reply
    to them alone. Empty where it is not so, as where members help each other. Where signs stand in
    the column, those are meant of whom all people are such.
    """
    columns = (author, board.people) if board.people >= 0 else (author,)
    written = [
        (
            tuple(cell_at(row, one).strip() for one in columns),
            board.number_of(row),
            board.parent_of(row),
        )
        for row in rows
    ]
    authors = {number: who for who, number, _ in written if number}
    asked: set[Row] = set()
    replied: dict[Row, set[Row]] = defaultdict(set)
    for who, _, parent in written:
        if not parent:
            asked.add(who)
        elif parent in authors:
            replied[who].add(authors[parent])
    hosts = {sign for sign, *_ in replied} - {sign for sign, *_ in asked}
    others = [
        {one for one in to if one[0] not in hosts} - {who}
        for who, to in replied.items()
        if who[0] not in hosts
    ]
    helped: dict[str, set[Row]] = {host: set() for host in hosts}
    for who, to in replied.items():
        if who[0] in hosts:
            helped[who[0]] |= to
    sure = (
        0 < len(hosts) <= _MOST_HOSTS
        and all(host and len(to) >= _LEAST_ASKED for host, to in helped.items())
        and len(set().union(*helped.values())) >= _MOSTLY_HELPED * len(asked)
        and not any(others)
    )
    return frozenset(hosts) if sure else frozenset()
