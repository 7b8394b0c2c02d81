"""Who speaks, where a log has names for speakers and columns that say whose they are."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cs_pipeline.intake.sheets.body import Body
from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.further_headings import names_customer
from cs_pipeline.intake.sheets.headings import Heading
from cs_pipeline.intake.sheets.speakers import Speaker

PARTNER = "대화상대"
_AGENTS = re.compile(
    "(?:상담사|상담원|상담직원|매니저|담당자|담당직원|직원|처리자|응대자|agent|assignee|assignedto|operator|manager|counsell?or)"
    "(?:명|이름|성명|name)?"
)
_OF_STAFF = re.compile(
    "사번|(?:직원|사원|상담사|상담원)(?:번호|id|아이디|no)|(?:소속)?(?:부서|팀)(?:명|코드)?|직급|직책|내선(?:번호)?"
    "|(?:employee|staff|agent|operator)(?:no|id|number)|dept|department|team|extension"
)
_OF_MEMBERS = re.compile(
    "(?:회원|고객|가입자|계약자)(?:번호|id|아이디|no|등급)|(?:member|customer|client|user)(?:no|id|number)"
)
_MOSTLY = 0.8
_HONORIFIC = re.compile(r"\s*(?:고객님|님|씨)$")


class NamedSides(NamedTuple):
    """The columns that name the customer and the agent of each row.

    `partner` is the column that says with whom somebody chats, -1 for none. `members` and `staff`
    are columns, such as 회원번호 and 사번, that are filled beside what that
    side says and nowhere else.
    """

    customer: tuple[int, ...] = ()
    agent: tuple[int, ...] = ()
    members: tuple[int, ...] = ()
    staff: tuple[int, ...] = ()
    partner: int = -1

    def of(self, row: tuple[str, ...], name: str) -> Speaker | None:
        """Whose name it is by the row's own columns; None where they do not say, or both do."""
        if self.members:
            return self._beside(row)
        told = _plain(name)
        customer, agent = (
            any(_plain(cell_at(row, column)) == told for column in columns)
            for columns in (self.customer, self.agent)
        )
        if not told or customer == agent:
            return None
        return "customer" if customer else "agent"

    def _beside(self, row: tuple[str, ...]) -> Speaker | None:
        """Whose row it is by what is filled beside the name."""
        member, staff = (
            any(cell_at(row, column).strip() for column in columns)
            for columns in (self.members, self.staff)
        )
        if member == staff:
            return None
        return "customer" if member else "agent"


NO_SIDES = NamedSides()


def named_sides(headings: Sequence[Heading], personal: Mapping[int, str], body: Body) -> NamedSides:
    """The columns of names (`personal`: entity type by column) under a customer's or an agent's."""
    members, staff = _filled_in_turn(headings, body)
    names = [column for column, kind in personal.items() if kind == "NAME"]
    customer = tuple(one for one in names if any(map(names_customer, headings[one])))
    agent = tuple(one for one in names if any(map(_AGENTS.fullmatch, headings[one])))
    partner = next((at for at, heading in enumerate(headings) if heading[0] == PARTNER), -1)
    return NamedSides(customer, agent, members, staff, partner)


def _filled_in_turn(
    headings: Sequence[Heading], body: Body
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Columns of members and of staff, if nearly every row fills either and none fills both."""
    members, staff = (
        tuple(at for at, heading in enumerate(headings) if any(map(names.fullmatch, heading)))
        for names in (_OF_MEMBERS, _OF_STAFF)
    )
    if not members or not staff:
        return (), ()
    found = NamedSides(members=members, staff=staff)
    rows = [row for row in body.rows if any(row)]
    sides = [found.of(row, "") for row in rows]
    neither = sum(not any(cell_at(row, one).strip() for one in members + staff) for row in rows)
    exclusive = sides.count(None) == neither <= (1 - _MOSTLY) * len(rows)
    return (members, staff) if exclusive and {"customer", "agent"} <= set(sides) else ((), ())


def _plain(name: str) -> str:
    return _HONORIFIC.sub("", name.strip())
