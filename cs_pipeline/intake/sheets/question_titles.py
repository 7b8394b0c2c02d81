"""Titles that a program made of how a question begins, and questions that another one covers."""

import re
from collections.abc import Sequence

from cs_pipeline.intake.sheets.cells import cell_at, clean_text

Row = tuple[str, ...]

_TITLE = re.compile("(?:글|문의|게시글|질문|메일|민원|요청)?(?:제목|타이틀)|title|subject|summary")
_IN_FRONT = re.compile(r"(?:\s*(?:\[[^\]]{0,20}\]|re\s?:|fwd?\s?:))+\s*", re.IGNORECASE)
_SHORTEST, _LEAST_ROWS, _MOSTLY = 4, 8, 0.6


class QuestionTitles:
    """Finds questions that came before, below a title that was made of another one.

    So a question looks that was drawn down over those below it.
    """

    def __init__(self, title: int, question: int) -> None:
        self._title, self._question = title, question
        self._seen: set[int] = set()

    def speaks_against(self, row: Row) -> bool:
        """Whether the row's question came before, and its title is none of it."""
        asked = clean_text(cell_at(row, self._question))
        before = len(self._seen)
        self._seen.add(hash(asked))
        return len(self._seen) == before and begins(cell_at(row, self._title), asked) is False


def question_titles(
    labels: Sequence[str], rows: Sequence[Row], pair: tuple[int, int]
) -> QuestionTitles | None:
    """The titles, where those of most rows were made of their questions.

    Args:
        labels: the headings.
        rows: (a sample of) the rows below them.
        pair: the columns of questions and of answers.
    """
    for column, label in enumerate(labels):
        if column in pair or not _TITLE.fullmatch(label):
            continue
        told = [begins(cell_at(row, column), clean_text(cell_at(row, pair[0]))) for row in rows]
        made = told.count(True)
        if made >= max(_LEAST_ROWS, _MOSTLY * (made + told.count(False))):
            return QuestionTitles(column, pair[0])
    return None


def begins(title: str, question: str) -> bool | None:
    """Whether a question begins with its title, what stands in front of that apart.

    None where either is too short to say so.
    """
    core = clean_text(_IN_FRONT.sub("", title, count=1)).rstrip(" .…")
    if len(core) < _SHORTEST or not question:
        return None
    return question.startswith(core)
