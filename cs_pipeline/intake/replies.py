"""Which comments of a board belong together: a question, and what was replied to that."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from cs_pipeline.intake.sheets.boards import Board, hosts_of
from cs_pipeline.intake.sheets.header import Row
from cs_pipeline.intake.sheets.layouts import Layouts
from cs_pipeline.intake.sheets.moments import Moment
from cs_pipeline.intake.sheets.speakers import Speaker
from cs_pipeline.intake.sheets.tables import Table
from cs_pipeline.intake.sheets.titled_replies import with_parents
from cs_pipeline.intake.utterances import PART_BELOW


@dataclass(slots=True)
class _Comment:
    """A row of the board; `agent` says whether an agent wrote it."""

    index: int
    number: str
    parent: str
    author: Row = field(repr=False)
    agent: bool
    moment: Moment | None
    topic: str


def reply_parts(
    table: Table, board: Board, speaker_of: Callable[[str], Speaker | None]
) -> dict[int, str | None]:
    """0-based row -> the part of a conversation that it belongs to; None: to none that counts.

    A comment to which an agent replied is a part of its own, together with the replies. All else
    that the post's author and agents wrote below it is the post's own part. What other members say
    is nobody's question as long as no agent replies to it; nor is it clear whose question an agent
    answers who writes below such a comment when the author has an answer already.
    """
    comments = _comments(table, board, speaker_of)
    numbered = {one.number: one for one in comments if one.number}
    topics: dict[str, list[_Comment]] = defaultdict(list)
    for one in comments:
        one.topic = one.topic or _root(one, numbered)
        topics[one.topic].append(one)
    parts: dict[int, str | None] = {}
    for topic, below in topics.items():
        parts |= _parts_of(topic, _by_time(below), numbered)
    return parts


def board_in(table: Table) -> Board | None:
    """The board that a table is, with what each of its rows replies to; None: it is none."""
    board = table.header.board
    return board and with_parents(board, _rows(table))


def hosts_in(table: Table, board: Board, layouts: Layouts) -> frozenset[str]:
    """Who answers in a table, by the names in its column of speakers; empty where unsure.

    Customers who help each other are none.
    """
    hosts = hosts_of(_rows(table), board, table.header.first)
    return frozenset() if "customer" in map(layouts.speaker_of, hosts) else hosts


def _rows(table: Table) -> Iterator[Row]:
    return (row for _, row in table.rows())


def _comments(
    table: Table, board: Board, speaker_of: Callable[[str], Speaker | None]
) -> list[_Comment]:
    header = table.header
    return [
        _Comment(
            index,
            board.number_of(row),
            board.parent_of(row),
            board.author_of(row),
            speaker_of(row[header.first].strip()) == "agent",
            header.moment_in(row),
            board.topic_of(row),
        )
        for index, short in table.rows()
        if any(row := table.whole(short)) and row[header.second].strip() and not header.repeats(row)
    ]


def _root(comment: _Comment, numbered: Mapping[str, _Comment]) -> str:
    """The number of the post that a comment is below."""
    seen: set[str] = set()
    while comment.parent in numbered and comment.parent not in seen:
        seen.add(comment.parent)
        comment = numbered[comment.parent]
    return comment.number


def _by_time(comments: list[_Comment]) -> list[_Comment]:
    lengths = {len(one.moment) if one.moment else 0 for one in comments}
    if len(lengths) > 1 or 0 in lengths:
        return comments
    return sorted(comments, key=lambda one: one.moment or ())


def _parts_of(
    topic: str, comments: list[_Comment], numbered: Mapping[str, _Comment]
) -> dict[int, str | None]:
    """The part of each row below one post; the rows come in the order of their times."""
    post = _post(topic, comments)
    replied_to = {
        one.parent
        for one in comments
        if one.agent
        and (parent := numbered.get(one.parent))
        and not (parent.agent or parent is post)
    }
    parts: dict[int, str | None] = {}
    answered = aside = False
    for one in comments:
        to = _question_of(one, numbered)
        if to is not None and to.number in replied_to:
            parts[one.index] = f"{topic}{PART_BELOW}{to.number}"
        elif one.agent:
            parts[one.index] = None if answered and aside else topic
            answered = answered or parts[one.index] is not None
        elif post is not None and one.author == post.author:
            parts[one.index], answered, aside = topic, False, False
        else:
            parts[one.index], aside = None, True
    return parts


def _post(topic: str, comments: Iterable[_Comment]) -> _Comment | None:
    """The post that the others are below."""
    above = [one for one in comments if not (one.agent or one.parent)]
    named = (one for one in above if one.number in ("", topic))
    return next(named, above[0] if above else None)


def _question_of(comment: _Comment, numbered: Mapping[str, _Comment]) -> _Comment | None:
    """The comment that an agent replies to, or replies to further; a customer's is its own."""
    seen: set[str] = set()
    while comment.agent:
        if comment.parent not in numbered or comment.parent in seen:
            return None
        seen.add(comment.parent)
        comment = numbered[comment.parent]
    return comment
