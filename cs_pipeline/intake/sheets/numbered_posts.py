"""Boards on which a number stands once beside a question and the answer to it."""

import re
from collections.abc import Iterator, Sequence

from cs_pipeline.intake.sheets.body import FIRST_ROWS, Body
from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.headings import Heading

Row = tuple[str, ...]

_LEAST_POSTS = 3
_NOTICE = re.compile(r"[\[(]?(?:공지(?:사항)?|알림|필독|notice)[\])]?", re.IGNORECASE)
_NUMBERS = re.compile("(?:글|게시글|게시물|원글|일련|관리|문서)?번호|연번|순번|순서|no|num|number")


def numbered_column(headings: Sequence[Heading], body: Body, pair: tuple[int, int]) -> int | None:
    """The column of such numbers; `pair` are those of speakers and texts.

    Each number begins with the same side and most have both. Numbers of single rows, and of the
    lines of one utterance, have not. A number may be merged over its rows, or stand in each. Who
    has no role is one side; notices (공지) have no number.
    """
    rows = [row for row in body.rows[:FIRST_ROWS] if cell_at(row, pair[1]).strip()]
    for column, heading in enumerate(headings):
        if column in pair or not any(map(_NUMBERS.fullmatch, heading)):
            continue
        posts = [
            (number, [body.layouts.speaker_of(side) for side in sides])
            for number, sides in _posts(rows, column, pair[0])
            if not _NOTICE.fullmatch(number)
        ]
        numbers = [number for number, _ in posts]
        begin = {sides[0] for _, sides in posts}
        both = sum(len(set(sides)) == 2 for _, sides in posts)
        apart = all(numbers) and len(set(numbers)) == len(numbers) >= _LEAST_POSTS
        if apart and len(begin) == 1 and 2 * both > len(posts):
            return column
    return None


def staggered_numbers(headings: Sequence[Heading], body: Body, pair: tuple[int, int]) -> int | None:
    """The column that numbers the questions of a form with each answer in a row below its question.

    No number comes twice, each stands beside a question, and none beside an answer alone. `pair`
    are the columns of questions and answers.
    """
    for column, heading in enumerate(headings):
        if column in pair or not any(map(_NUMBERS.fullmatch, heading)):
            continue
        rows = [
            (cell_at(row, column).strip(), bool(cell_at(row, pair[0]).strip()))
            for row in body.rows
            if cell_at(row, pair[0]).strip() or cell_at(row, pair[1]).strip()
        ]
        numbers = [number for number, _ in rows if number]
        beside = all(asks for number, asks in rows if number)
        if beside and len(set(numbers)) == len(numbers) >= _LEAST_POSTS:
            return column
    return None


def _posts(rows: Sequence[Row], column: int, speaker: int) -> Iterator[tuple[str, list[str]]]:
    """Each number, and who speaks in its rows."""
    number, sides = "", list[str]()
    for row in rows:
        own = cell_at(row, column).strip()
        if sides and own and own != number:
            yield number, sides
            sides = []
        number = own or number
        sides.append(cell_at(row, speaker).strip())
    if sides:
        yield number, sides
