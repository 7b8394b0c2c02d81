"""Who speaks, where a log has names for speakers and columns that say whose they are."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.headings import Heading, names_customer
from cs_pipeline.intake.sheets.speakers import Speaker

_AGENTS = re.compile(
    "(?:상담사|상담원|상담직원|매니저|담당자|담당직원|직원|처리자|응대자|agent|assignee|operator|manager|counsell?or)"
    "(?:명|이름|성명|name)?"
)
_HONORIFIC = re.compile(r"\s*(?:고객님|님|씨)$")


class NamedSides(NamedTuple):
    """The columns that name the customer and the agent of each row."""

    customer: tuple[int, ...] = ()
    agent: tuple[int, ...] = ()

    def of(self, row: tuple[str, ...], name: str) -> Speaker | None:
        """Whose name it is by the row's own columns; None where they do not say, or both do."""
        told = _plain(name)
        customer, agent = (
            any(_plain(cell_at(row, column)) == told for column in columns) for columns in self
        )
        if not told or customer == agent:
            return None
        return "customer" if customer else "agent"


NO_SIDES = NamedSides()


def named_sides(headings: Sequence[Heading], personal: Mapping[int, str]) -> NamedSides:
    """The columns of names (`personal`: entity type by column) under a customer's or an agent's."""
    names = [column for column, kind in personal.items() if kind == "NAME"]
    customer = tuple(one for one in names if any(map(names_customer, headings[one])))
    agent = tuple(one for one in names if any(map(_AGENTS.fullmatch, headings[one])))
    return NamedSides(customer, agent)


def _plain(name: str) -> str:
    return _HONORIFIC.sub("", name.strip())
