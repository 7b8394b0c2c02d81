"""Which columns of a table say who speaks, and what: headings and cells."""

import re
from collections.abc import Callable, Iterable, Sequence

from cs_pipeline.intake.sheets.body import Body
from cs_pipeline.intake.sheets.column_pairs import Pair, Told, weight
from cs_pipeline.intake.sheets.further_headings import (
    names_channel,
    names_group,
    names_incoming,
    names_outgoing,
)
from cs_pipeline.intake.sheets.headings import (
    LEAST_PAIR,
    SURE,
    Candidate,
    Heading,
    Headings,
    candidates,
)
from cs_pipeline.intake.sheets.speakers import is_yes, way_of

_MOSTLY_TOLD, _LEAST_TOPICS = 0.9, 3
_CUSTOMERS = re.compile("(?:고객|손님|회원|민원인|이용자|구매자)님?|customers?|clients?|guests?")
_OF_GROUP = 6
"""As sure as a heading of names, since the cells say the rest."""
_TELLS: dict[str, int] = {"role": 30, "incoming": 20, "outgoing": 20, "way": 10, "name": 0}


def told_pair(headings: Sequence[Heading], known: Headings, body: Body) -> Pair | None:
    """The speaker and the text column; None when headings or cells do not say so."""
    texts = [
        one
        for one in candidates(headings, known.text)
        if body.look(one.column).may_talk(sure=one.score >= SURE)
        or body.look(one.column).holds in ("words", "mixed")
    ]
    pairs = (
        Pair(
            LEAST_PAIR if tells == "name" else speaker.score + text.score,
            speaker.column,
            text.column,
            tells,
        )
        for speaker, tells in _speakers(headings, known, body)
        for text in texts
        if speaker.column != text.column and speaker.score + text.score >= LEAST_PAIR
    )

    def worth(pair: Pair) -> tuple[float, ...]:
        look = body.speakers(pair.first)
        # 고객 and 상담사 in every row, beside a column of names with a heading that is as good
        names_both = pair.tells == "role" and look.known and look.both_sides
        # not a column of who sent, filled beside what one side said, next to one of ways
        of_all = names_both or look.filled >= _MOSTLY_TOLD * sum(map(any, body.rows))
        return (of_all, names_both, _TELLS[pair.tells] + pair.score, *weight(pair, body))

    return max(pairs, key=worth, default=None)


def _speakers(
    headings: Sequence[Heading], known: Headings, body: Body
) -> Iterable[tuple[Candidate, Told]]:
    found = {one.column: one for one in candidates(headings, known.maybe_speaker)}
    sure = {one.column: one for one in candidates(headings, known.speaker)}
    for column, one in (found | sure).items():
        tells = _tells(headings[column], one, body, sure=column in sure)
        if tells:
            yield one, tells
    for column, heading in enumerate(headings):
        if column not in sure and any(map(names_group, heading)):
            look = body.speakers(column)
            if look.known and look.both_sides and any(map(_CUSTOMERS.fullmatch, look.signs)):
                yield Candidate(_OF_GROUP, column), "role"


_YES_OR_NO: tuple[tuple[Callable[[str], bool], Told], ...] = (
    (names_incoming, "incoming"),
    (names_outgoing, "outgoing"),
)


def _tells(heading: Heading, one: Candidate, body: Body, *, sure: bool) -> Told | None:
    """How the column tells who speaks; None: it is none of speakers."""
    look = body.speakers(one.column, heading[0])
    if not look.filled:
        return "role" if sure else None
    for names, tells in _YES_OR_NO:
        if any(map(names, heading)):
            yes = {is_yes(sign) for sign in look.signs}
            return tells if yes == {True, False} else None
    sides = {"customer", "agent"} & set(look.roles)  # a program alone beside names is neither
    if sides and (look.known or (sure and one.score >= SURE)):
        plain = look.plain or look.filled < _LEAST_TOPICS
        said = one.score >= SURE or (plain and (sure or look.both_sides))
        if said or not look.names_beside_roles:
            return "role" if said else None
    if all(way_of(sign) for sign in look.signs) and len(look.signs) == 2:
        return "way"
    if not look.recurring or body.look(one.column).holds not in ("names", "words", "figures"):
        return None
    named = one.score >= SURE or any(map(names_channel, heading)) or not sure
    return "name" if named else None
