"""Numbers that count the utterances of each conversation, and what they tell of rows gone astray.

Where they begin anew with each conversation, an id that counts on with them was dragged down a
column, and a number that is missing is a row that was deleted.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

from cs_pipeline.intake.said import Heard, Turn
from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.header import Row
from cs_pipeline.intake.sheets.tables import Table
from cs_pipeline.intake.sheets.threads import Thread
from cs_pipeline.intake.stretches import counts_on, stem_of
from cs_pipeline.packed_lists import items_from

_FIRST_ROWS, _LEAST_STARTS = 400, 2
_MOST_MISSING = 0.1
_LONGEST_NUMBER = 6


class TurnNumbers:
    """What the column of such numbers says, row by row; nothing where a table has none."""

    def __init__(self, table: Table) -> None:
        header = self._header = table.header
        self._column = header.orders[0] if len(header.orders) == 1 else -1
        ids = isinstance(header.thread, Thread) and header.thread.tells == "ids"
        rows = list(islice(items_from(table.sheet.rows, header.row + 1), _FIRST_ROWS))
        self._count = ids and self._column >= 0 and self._begin_anew(rows)
        self._seen: dict[str, array[int]] = defaultdict(lambda: array("l"))
        self._last: tuple[int, str, str] = (-1, "", "")

    def part_of(self, conversation: str, row: Row) -> str:
        """The row's conversation: that of the row above, if its id was dragged down from there."""
        if not self._count:
            return conversation
        own, number = self._header.conversation_of(row), self._number(row)
        above, id_above, part = self._last
        if number == above + 1 > 1 and own and counts_on(stem_of(id_above), stem_of(own)):
            conversation = part
        self._last = number, own or id_above, conversation
        if number >= 0:
            self._seen[conversation].append(number)
        return conversation

    def settle(self) -> None:
        """Forget the numbers where many are missing: the export leaves out some kinds of rows."""
        there = missing = 0
        for numbers in self._seen.values():
            there += len(numbers)
            missing += max(numbers) - min(numbers) + 1 - len(set(numbers))
        if missing > _MOST_MISSING * there:
            self._seen.clear()

    def parted(self, conversation: str, turns: Sequence[Turn]) -> Iterator[Sequence[Turn]]:
        """The turns, parted where a row is missing that one side's words may have answered.

        Between a question and an answer one row alone may miss: it is a part of either.
        """
        seen, start = set(self._seen.get(conversation, ())), 0
        for place, (before, after) in enumerate(pairwise(turns), start=1):
            missing = len(set(_between(before.number, after.number)) - seen) if seen else 0
            if missing > (before.speaker != after.speaker):
                yield turns[start:place]
                start = place
        yield turns[start:]

    def collide(self, conversation: str, turns: Iterable[Heard]) -> bool:
        """Whether numbers come again further down: rows of two conversations have one id."""
        numbers = [turn.number for turn in turns if turn.number is not None]
        falls = any(one > other for one, other in pairwise(self._seen.get(conversation, ())))
        return falls and len(set(numbers)) < len(numbers)

    def _number(self, row: Row) -> int:
        cell = cell_at(row, self._column).strip()
        return int(cell) if cell.isdecimal() and len(cell) <= _LONGEST_NUMBER else -1

    def _begin_anew(self, rows: Sequence[Row]) -> bool:
        """Whether numbers count on from row to row, and from 1 again only beside another id."""
        told = [
            (number, self._header.conversation_of(row))
            for row in rows
            if (number := self._number(row)) >= 0
        ]
        falls = [pair for pair in pairwise(told) if pair[1][0] <= pair[0][0]]
        return len(falls) >= _LEAST_STARTS and all(
            here in (0, 1) and (not id_here or id_here != id_above)
            for (_, id_above), (here, id_here) in falls
        )


def _between(before: int | None, after: int | None) -> range:
    if before is None or after is None or after - before > 10**_LONGEST_NUMBER:
        return range(0)
    return range(before + 1, after)
