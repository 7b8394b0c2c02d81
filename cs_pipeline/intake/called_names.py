"""Answers that call a customer by the name of another row."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.header import Row
from cs_pipeline.intake.sheets.tables import Table
from cs_pipeline.packed_lists import items_from

_OPENING = 40
# `이혜진 고객님, …`, `안녕하세요 이혜진님.`, `Dear Jane Doe,`
_CALLED = re.compile(
    r"(?<![가-힣])([가-힣]{2,5}?)\s?(?:고객|회원|환자|보호자|선생)?님(?![가-힣]{2})"
)
_CALLED_IN_ENGLISH = re.compile(
    r"\s*(?:dear|hi|hello)\s+(?:(?:mr|mrs|ms|dr)\.?\s+)?([a-z][a-z.' -]{1,38}?)\s*[,!.:]",
    re.IGNORECASE,
)
_NOBODY = {
    "고객",
    "회원",
    "안녕하세요",
    "안녕하십니까",
    "선생",
    "기사",
    "담당자",
    "상담사",
    "부모",
    "there",
}
_HONORIFIC = re.compile(r"\s*(?:고객)?님$|\s*씨$")
_LEAST_OWN, _MANY_OTHERS, _MOST_BETWEEN = 3, 8, 5


class _Call(NamedTuple):
    """An answer that calls a name which its row does not have; `own` did so rightly above it."""

    place: int
    name: str
    own: int


class CalledNames:
    """Which answers of a table are to customers of other rows, by the names they begin with.

    It counts where answers call customers by the names in their own rows elsewhere, or where many
    call those of other rows. A name that no row has as its customer's (`부모님`) says nothing.
    """

    def __init__(self, table: Table) -> None:
        header = table.header
        self._table = table
        self._names = [column for column, kind in header.personal.items() if kind == "NAME"]
        self._customers = [one for one in self._names if one not in header.sides.agent]
        self._known: set[str] | None = None
        self._own = 0
        self._others: list[_Call] = []

    def see(self, place: int, row: Row, answer: str) -> None:
        """Take in the next pair, which is the one at `place`."""
        if not self._customers:
            return
        name = _called(answer[:_OPENING])
        if not name or name in _NOBODY:
            return  # quick, since every row asks
        own = [_plain(cell_at(row, column)) for column in self._names]
        if any(one and (one in name or name in one) for one in own):
            self._own += 1
        elif name in self._customers_called():
            self._others.append(_Call(place, name, self._own))

    def places(self) -> Iterator[int]:
        """Places of pairs with the answers of others, and of the few between two such."""
        if self._own < _LEAST_OWN and len(self._others) < _MANY_OTHERS:
            return
        last: _Call | None = None
        for call in self._others:
            near = last and last.own == call.own and call.place - last.place <= _MOST_BETWEEN
            yield from range(last.place + 1 if last and near else call.place, call.place + 1)
            last = call

    def _customers_called(self) -> set[str]:
        """The names of all customers of the table."""
        if self._known is None:
            rows = items_from(self._table.sheet.rows, self._table.header.row + 1)
            self._known = {_plain(cell_at(row, one)) for row in rows for one in self._customers}
        return self._known


def _called(opening: str) -> str:
    """Whom an answer calls at its beginning, '' for nobody."""
    if "님" in opening:
        found = _CALLED.search(opening)
    elif opening[:5].isascii():
        found = _CALLED_IN_ENGLISH.match(opening)
    else:
        return ""
    return found[1].strip().casefold() if found else ""


def _plain(name: str) -> str:
    return _HONORIFIC.sub("", name.strip()).casefold()
