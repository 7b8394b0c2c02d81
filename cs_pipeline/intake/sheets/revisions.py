"""Versions of one answer, as a system keeps them when somebody corrects what was sent."""

import re
from collections.abc import Iterable, Sequence

from cs_pipeline.intake.sheets.cells import cell_at

_LEAST_WORDS, _MOSTLY_KEPT = 4, 0.7
_VERSION = re.compile(
    "(?:답변|회신|응답)?(?:수정|개정|변경)?(?:차수|회차|버전|버젼)(?:번호)?|(?:수정|개정|변경)번호"
    "|(?:answer|reply)?(?:version|ver|revision|rev)(?:no|number|id)?"
)
_ROUND = re.compile("차수|회차")  # of a complaint, where nothing says that rows are edits
_EDITED = re.compile(
    "(?:최종)?(?:수정|개정|변경)(?:일시|일자|일|시각|시간|자|인|담당자)(?:명)?"
    "|(?:last)?(?:modified|updated|revised|edited)(?:at|on|by|date|time)"
)
_NUMBER = re.compile(r"\D{0,4}(\d{1,4})(?:\.(\d{1,4}))?\D{0,4}")

Row = tuple[str, ...]
_Version = tuple[int, int]


def is_revised(before: str, after: str) -> bool:
    """Whether an answer is another wording of the one before it, rather than more to be said."""
    words, others = set(before.split()), set(after.split())
    fewer = min(len(words), len(others))
    return fewer >= _LEAST_WORDS and len(words & others) >= _MOSTLY_KEPT * fewer


class Revisions:
    """The last version of the answer to each question of a case, wherever its rows stand.

    Args:
        column: numbers the versions.
        pair: the columns of cases and of questions.
        rows: all rows of the table.
    """

    def __init__(self, column: int, pair: tuple[int, int], rows: Iterable[Row]) -> None:
        self._column, self._pair = column, pair
        self._last: dict[int, _Version] = {}
        for row in rows:
            asked, version = self._of(row)
            if version is not None:
                self._last[asked] = max(version, self._last.get(asked, version))

    def is_earlier(self, row: Row) -> bool:
        """Whether another row has a later version of this one's answer."""
        asked, version = self._of(row)
        return version is not None and version < self._last[asked]

    def _of(self, row: Row) -> tuple[int, _Version | None]:
        """What was asked, as a hash, and the version of its answer."""
        case, question = (cell_at(row, column).strip() for column in self._pair)
        number = _NUMBER.fullmatch(cell_at(row, self._column).strip())
        if number is None or not (case and question):
            return 0, None
        return hash((case, question)), (int(number[1]), int(number[2] or 0))


def revisions_of(
    labels: Sequence[str], pair: tuple[int | None, int], rows: Iterable[Row]
) -> Revisions | None:
    """The versions of answers, if a heading says that a column numbers them; rows are then read."""
    edited = any(map(_EDITED.fullmatch, labels))
    case, question = pair
    if case is None:
        return None
    for column, label in enumerate(labels):
        named = _VERSION.fullmatch(label) and (edited or not _ROUND.fullmatch(label))
        if named and column not in pair:
            return Revisions(column, (case, question), rows)
    return None
