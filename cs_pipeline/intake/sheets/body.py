"""The rows below a header, or a sample of them: what its columns really hold."""

from collections.abc import Callable, Sequence
from functools import cached_property

from cs_pipeline.intake.sheets.cell_kinds import ColumnLook, look_at, names_somebody
from cs_pipeline.intake.sheets.cells import cell_at, label_of
from cs_pipeline.intake.sheets.layouts import Layouts
from cs_pipeline.intake.sheets.moments import Moment, counts_up, moment_under_heading, offset_of
from cs_pipeline.intake.sheets.speakers import is_desk, is_partner, is_patron, plain_role

FIRST_ROWS, SPREAD_ROWS = 100, 100
_MOSTLY = 0.8
# Names that come again in a conversation; as many different ones as rows are no two speakers.
_MOST_SPEAKERS, _LEAST_REPEATS = 400, 1.5

Row = tuple[str, ...]


def sample_of(rows: Sequence[Row], start: int = 0, stop: int | None = None) -> list[Row]:
    """The first rows of a range and some spread over the rest."""
    stop = len(rows) if stop is None else min(stop, len(rows))
    step = max(1, (stop - start - FIRST_ROWS) // SPREAD_ROWS)
    first = range(start, min(start + FIRST_ROWS, stop))
    return [rows[index] for index in (*first, *range(start + FIRST_ROWS, stop, step))]


class Body:
    """What is known of the columns below a header.

    Args:
        take: gives the rows, or a sample of them in order; not called before they are needed.
        layouts: words for speakers.
    """

    def __init__(self, take: Callable[[], Sequence[Row]], layouts: Layouts) -> None:
        self._take = take
        self.layouts = layouts
        self._looks: dict[int, ColumnLook] = {}

    @cached_property
    def rows(self) -> Sequence[Row]:
        """The rows, or a sample of them."""
        return self._take()

    def cells(self, column: int) -> list[str]:
        """The column's filled cells."""
        return [cell for row in self.rows if (cell := cell_at(row, column).strip())]

    def look(self, column: int) -> ColumnLook:
        """What the column's cells look like."""
        if column not in self._looks:
            self._looks[column] = look_at(self.cells(column))
        return self._looks[column]

    def speakers(self, column: int, heading: str = "") -> "SpeakersLook":
        """What the column says if it is one of speakers; its heading once more names none."""
        cells = [cell for cell in self.cells(column) if label_of(cell) != heading]
        return SpeakersLook(cells, self.layouts)

    def moments(self, column: int) -> list[Moment]:
        """When something was said, if most of the column's cells say so; else []."""
        cells = self.cells(column)
        moment_in = offset_of if counts_up(cells) else moment_under_heading
        found = [moment for cell in cells if (moment := moment_in(cell))]
        return found if found and len(found) >= _MOSTLY * len(cells) else []

    def numbers(self, column: int) -> list[int]:
        """The column's whole numbers, if it holds nothing else; else []."""
        cells = self.cells(column)
        return [int(cell) for cell in cells] if all(map(str.isdecimal, cells)) else []


class SpeakersLook:
    """A column's cells as speakers."""

    def __init__(self, cells: Sequence[str], layouts: Layouts) -> None:
        self._cells = cells
        self._layouts = layouts

    @cached_property
    def roles(self) -> list[str | None]:
        """Who each cell means."""
        return [self._layouts.speaker_of(cell) for cell in self._cells]

    @property
    def filled(self) -> int:
        """How many cells say anything."""
        return len(self._cells)

    @property
    def known(self) -> bool:
        """Most cells name a speaker by role."""
        return 2 * sum(role is not None for role in self.roles) > self.filled

    @property
    def both_sides(self) -> bool:
        """Customers and agents are both there."""
        return {"customer", "agent"} <= set(self.roles)

    @property
    def desk_and_customers(self) -> bool:
        """Nobody but customers and those who serve them: agents, or one desk (승객 and 역무원)."""
        return self._are_served(is_desk)

    @property
    def partner_and_customers(self) -> bool:
        """Nobody but customers and a partner: the shop, unless that asks, too."""
        return not self.both_sides and self._are_served(is_partner)

    def _are_served(self, is_called: Callable[[str], bool]) -> bool:
        """Whether there are customers, and agents or one who is called so, and nobody else."""
        roles = {sign: self._layouts.speaker_of(sign) for sign in self.signs}
        desks = [sign for sign, role in roles.items() if role is None]
        served = "customer" in roles.values() and ("agent" in roles.values() or bool(desks))
        plain = all(plain_role(sign) or is_patron(sign) for sign, role in roles.items() if role)
        return served and plain and len(desks) <= 1 and all(map(is_called, desks))

    @property
    def plain(self) -> bool:
        """The cells say who and nothing else (고객, 상담사 A), unlike topics (회원가입)."""
        return all(plain_role(cell) for cell in set(self._cells))

    @property
    def signs(self) -> set[str]:
        """The different cells, in lower case."""
        return {cell.casefold() for cell in self._cells}

    @property
    def names_beside_roles(self) -> bool:
        """Each cell is a role or a name, and some are names: 곽진영 and 행복몰 매니저."""
        named = {cell for cell, role in zip(self._cells, self.roles, strict=True) if role is None}
        return bool(named) and all(map(names_somebody, named))

    @property
    def recurring(self) -> bool:
        """Few enough different cells, which come again and again."""
        different = len(self.signs)
        return 2 <= different <= _MOST_SPEAKERS and self.filled >= _LEAST_REPEATS * different
