"""Boards with comments: the columns that say which post a comment is below, and what it answers."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from cs_pipeline.intake.sheets.board_links import NO_PARENT, ByLetters, ByNumbers, Links
from cs_pipeline.intake.sheets.body import FIRST_ROWS, Body
from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.further_headings import names_parent
from cs_pipeline.intake.sheets.headings import Heading, candidates
from cs_pipeline.intake.sheets.speakers import is_yes
from cs_pipeline.questions import asks

Row = tuple[str, ...]

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
    """How the rows of a board hang together: `links` say which row each replies to.

    `topic` holds the post that all comments below it belong to, -1 where there is no such column;
    `authors` are the columns that tell one author from another; `people` is the one of their names
    where signs that nobody knows (Owner, Member) say who speaks, else -1.
    """

    links: Links
    topic: int
    authors: tuple[int, ...]
    people: int = -1

    def parent_of(self, row: Row) -> str:
        """The number of the row that this one replies to, '' for none."""
        return self.links.parent_of(row)

    def number_of(self, row: Row) -> str:
        """The row's own number."""
        return self.links.number_of(row)

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
        return Board(lettered, lettered.post, (pair[0], *names))
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
                links = ByNumbers(parent, own)
                people = _people(headings, body, pair, links)
                authors = (pair[0], *names, *((people,) if people >= 0 else ()))
                return Board(links, _topic(headings, rows, links), authors, people)
    return None


def _lettered(headings: Sequence[Heading], body: Body, columns: Iterable[int]) -> ByLetters | None:
    """Replies with letters beside their post's number, as Gnuboard keeps them.

    Rows that are comments besides have no letters of their own: nothing is said of a board of both.
    """
    named = {label: one for one in columns for label in headings[one]}
    if _LETTERS not in named or _POST not in named:
        return None
    if _IS_COMMENT in named and any(map(is_yes, body.cells(named[_IS_COMMENT]))):
        return None
    links = ByLetters(named[_LETTERS], named[_POST])
    told, numbers = body.cells(links.letters), set(map(links.number_of, body.rows))
    known = sum(links.parent_of(row) in numbers for row in body.rows)
    filled = [row for row in body.rows if any(row)]
    whole = len(body.cells(links.post)) == len(numbers) == len(filled)
    sound = len(told) >= _LEAST_LINKS and all(map(_STEPS.fullmatch, told))
    return links if whole and sound and known >= _MOSTLY_KNOWN * len(told) else None


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


def _topic(headings: Sequence[Heading], rows: Sequence[Row], links: ByNumbers) -> int:
    """The column of posts, -1 for none: rows that are linked have the same one."""
    numbered = {number: row for row in rows if (number := links.number_of(row))}
    linked = [
        (row, numbered[parent]) for row in rows if (parent := links.parent_of(row)) in numbered
    ]
    for column, heading in enumerate(headings):
        cells = [cell_at(row, column).strip() for row in rows]
        if (
            column not in links
            and any(map(_TOPIC.fullmatch, heading))
            and all(cells)
            and 1 < len(set(cells)) < len(cells)
            and all(cell_at(row, column) == cell_at(above, column) for row, above in linked)
        ):
            return column
    return -1


def _people(
    headings: Sequence[Heading], body: Body, pair: tuple[int, int], links: ByNumbers
) -> int:
    """The column of authors' names beside a few signs of which some are nobody's; -1: none.

    Nor is there one where hardly any post asks: whoever leads a team replies to everybody, too.
    """
    look = body.speakers(pair[0])
    if len(look.signs) > _MOST_SIGNS or look.both_sides:
        return -1
    posts = [cell_at(row, pair[1]) for row in body.rows if not links.parent_of(row)]
    if sum(map(asks, posts)) < _LEAST_QUESTIONS * len(posts):
        return -1
    names = {
        one.column: len(set(body.cells(one.column)))
        for one in candidates(headings, body.layouts.headings.maybe_speaker)
        if one.column not in {*pair, *links} and body.look(one.column).holds in ("names", "words")
    }
    people = max(names, key=lambda column: names[column], default=-1)
    return people if people >= 0 and names[people] > len(look.signs) else -1


class _Author(NamedTuple):
    """What stands in the column of speakers, and beside a sign the person's name."""

    called: str
    name: str


def hosts_of(rows: Iterable[Row], board: Board, speaker: int) -> frozenset[str]:
    """Who answers on a board, as the column `speaker` calls them: few people, and never ask.

    Each of them replies to several others, and they to half of all who ask; besides, people reply
    to them alone. Empty where it is not so, as where members help each other. Where signs stand in
    the column, those are meant of whom all people are such.
    """
    authors: dict[str, _Author] = {}
    written: list[tuple[_Author, str]] = []
    for row in rows:
        name = cell_at(row, board.people).strip() if board.people >= 0 else ""
        author = _Author(cell_at(row, speaker).strip(), name)
        written.append((author, board.parent_of(row)))
        if number := board.number_of(row):
            authors[number] = author
    asked = {author for author, parent in written if not parent}
    replied: dict[_Author, set[_Author]] = defaultdict(set)
    for author, parent in written:
        if parent in authors:
            replied[author].add(authors[parent])
    hosts = {one.called for one in replied} - {one.called for one in asked}
    helped: dict[str, set[_Author]] = {host: set() for host in hosts}
    members_help = False
    for author, others in replied.items():
        if author.called in hosts:
            helped[author.called] |= others
        elif any(one.called not in hosts for one in others - {author}):
            members_help = True
    sure = (
        0 < len(hosts) <= _MOST_HOSTS
        and all(host and len(others) >= _LEAST_ASKED for host, others in helped.items())
        and len(set().union(*helped.values())) >= _MOSTLY_HELPED * len(asked)
        and not members_help
    )
    return frozenset(hosts) if sure else frozenset()
