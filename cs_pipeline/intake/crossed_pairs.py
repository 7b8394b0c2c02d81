"""Each of a customer's questions beside each of the answers to that customer.

So two tables come out that were joined by who somebody is: which answer is to which cannot be told.
"""

from collections.abc import Sequence

from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.header import Header, Row

_WHO = {"NAME", "PHONE", "EMAIL", "LOGIN_ID", "MEMBER_NO"}


class CrossedPairs:
    """Runs of rows with one question, each followed by another one with the same answers.

    It takes a column that says who asks; without one they may be ways to ask and to reply that
    somebody made up.
    """

    def __init__(self, header: Header) -> None:
        self._columns = [
            column
            for column, kind in header.personal.items()
            if kind in _WHO and column not in header.sides.agent
        ]
        self._asked: tuple[Row, str] | None = None
        self._run: list[tuple[int, str]] = []
        self._before: tuple[Row, Sequence[tuple[int, str]]] | None = None
        self._places: set[int] = set()

    def see(self, place: int, row: Row, question: str, answer: str) -> None:
        """Take in the next pair, which is the one at `place`."""
        if not self._columns:
            return
        asked = tuple(cell_at(row, column) for column in self._columns), question
        if asked != self._asked:
            self._close()
            self._asked, self._run = asked, []
        self._run.append((place, answer))

    def places(self) -> set[int]:
        """Places of pairs that may be none; to be asked in the end."""
        self._close()
        return self._places

    def _close(self) -> None:
        """Hold the run of one question against the one before it."""
        if self._asked is None:
            return
        who, _ = self._asked
        if self._before and self._before[0] == who and any(who) and len(self._run) > 1:
            answers = [answer for _, answer in self._run]
            above = [answer for _, answer in self._before[1]]
            if answers == above and len(set(answers)) == len(answers):
                self._places.update(at for at, _ in (*self._before[1], *self._run))
        self._before = who, self._run
