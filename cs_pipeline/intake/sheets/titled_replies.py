"""Boards whose replies stand right below their posts, with the same title behind `[RE]`.

Nothing else says what a reply is to, and many posts have one title. Only where each of them is
below the right one by its title and its time, and a column of states says so of each post, too, is
the row above what a reply answers: in a board in the order of writing, some of them would not be.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise

from cs_pipeline.intake.sheets.board_links import ByTitles
from cs_pipeline.intake.sheets.boards import Board, hosts_of
from cs_pipeline.intake.sheets.body import FIRST_ROWS, Body
from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.headings import Heading
from cs_pipeline.intake.sheets.moments import moment_under_heading

Row = tuple[str, ...]

_TITLE = re.compile("(?:글|문의|게시글|게시물|질문)?제목|title|subject")
_STATE = re.compile(
    "(?:답변|답글|처리)(?:여부|상태|유무|완료여부)|(?:answer|reply)?status|answered|replied"
)
_NUMBER = re.compile("(?:글|게시글|게시물|문의)?번호|(?:post|article)?(?:no|id|number)")
_MARK = re.compile(r"\s*(?:[└ㄴ↳]\s*)?(?:\[\s*(?:re|답변|답글)\s*\]|re\s*:)\s*", re.IGNORECASE)
_LEAST_REPLIES = 4


def titled_links(
    headings: Sequence[Heading], body: Body, speaker: int, times: Sequence[int]
) -> ByTitles | None:
    """The columns that link replies, if the first rows show that they do, and who answers there."""
    columns = [
        [one for one, heading in enumerate(headings) if any(map(names.fullmatch, heading))]
        for names in (_NUMBER, _TITLE, _STATE)
    ]
    if len(times) != 1 or any(len(found) != 1 for found in columns):
        return None
    (own,), (title,), (state,) = columns
    links = ByTitles(own, title, state, times[0])
    rows = [row for row in body.rows[:FIRST_ROWS] if any(row)]
    board = with_parents(Board(links, -1, (speaker,)), rows)
    return links if hosts_of(rows, board, speaker) else None


def with_parents(board: Board, rows: Iterable[Row]) -> Board:
    """The board with what each reply in all of its rows is to; any other board as it is."""
    if not isinstance(board.links, ByTitles):
        return board
    told = [row for row in rows if any(row)]
    parents = dict(_parents(board.links, told)) if _are_below(board.links, told) else {}
    numbers = {board.number_of(row) for row in told}
    sure = len(parents) >= _LEAST_REPLIES and len(numbers) == len(told)
    return board._replace(links=board.links._replace(parents=parents if sure else {}))


def _parents(links: ByTitles, rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    for above, row in pairwise(rows):
        if _MARK.match(cell_at(row, links.title)):
            yield links.number_of(row), links.number_of(above)


def _are_below(links: ByTitles, rows: Sequence[Row]) -> bool:
    """Whether each reply is right below a post of its title, and one state tells just these posts.

    Where all posts have the same state, or a reply was moved to one of another, it tells nothing.
    """
    _, title, state, when, _ = links
    answered, others = set[str](), set[str]()
    for row, below in pairwise(chain(rows, [()])):
        is_reply, has_reply = (_MARK.match(cell_at(one, title)) for one in (row, below))
        if is_reply and has_reply:
            return False
        if has_reply and not _is_to(row, below, title, when):
            return False
        if not is_reply:
            (answered if has_reply else others).add(cell_at(row, state).strip())
    begins = bool(rows) and _MARK.match(cell_at(rows[0], title)) is None
    return begins and len(answered) == 1 and bool(others) and not answered & (others | {""})


def _is_to(post: Row, reply: Row, title: int, when: int) -> bool:
    """Whether a reply has its post's title, and is newer."""
    asked, replied = (moment_under_heading(cell_at(row, when)) for row in (post, reply))
    if asked is None or replied is None or len(asked) != len(replied) or replied < asked:
        return False
    return _MARK.sub("", cell_at(reply, title), count=1).strip() == cell_at(post, title).strip()
