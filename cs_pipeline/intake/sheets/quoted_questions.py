"""Answers by mail that quote the question of another row below their own words."""

import re
from collections.abc import Iterable, Sequence

from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.quoted_mail import quoted_lines

Row = tuple[str, ...]

_NO_WORD = re.compile(r"\W+")
_SHORTEST, _LEAST_ROWS, _MOSTLY = 4, 3, 0.6


class QuotedQuestions:
    """Finds answers that quote what another row asks, and not what their own does.

    Args:
        pair: the columns of questions and of answers.
        rows: all rows of the table.
    """

    def __init__(self, pair: tuple[int, int], rows: Iterable[Row]) -> None:
        self._pair = pair
        self._asked = {hash(_plain(cell_at(row, pair[0]))) for row in rows}

    def speaks_against(self, row: Row) -> bool:
        """Whether the row's answer is to the question of another row."""
        quoted = _quoted(row, self._pair)
        if not quoted or _quotes_own(row, self._pair, quoted):
            return False
        texts = {"".join(quoted), *quoted}
        return any(len(text) >= _SHORTEST and hash(text) in self._asked for text in texts)


def quoted_questions(
    sample: Sequence[Row], rows: Iterable[Row], pair: tuple[int, int]
) -> QuotedQuestions | None:
    """What finds them, where most answers that quote a mail quote their own question."""
    quoting = [(row, quoted) for row in sample if (quoted := _quoted(row, pair))]
    own = sum(_quotes_own(row, pair, quoted) for row, quoted in quoting)
    enough = own >= max(_LEAST_ROWS, _MOSTLY * len(quoting))
    return QuotedQuestions(pair, rows) if enough else None


def _quoted(row: Row, pair: tuple[int, int]) -> list[str]:
    answer = cell_at(row, pair[1])
    if "\n" not in answer:
        return []  # quick, since every row asks
    return [plain for line in quoted_lines(answer) if (plain := _plain(line))]


def _quotes_own(row: Row, pair: tuple[int, int], quoted: Sequence[str]) -> bool:
    asked = _plain(cell_at(row, pair[0]))
    return bool(asked) and asked in "".join(quoted)


def _plain(text: str) -> str:
    return _NO_WORD.sub("", text)
