"""Which columns of a table say who speaks, and what: headings and cells."""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from cs_pipeline.intake.sheets.body import Body
from cs_pipeline.intake.sheets.cells import cell_at, label_of
from cs_pipeline.intake.sheets.column_pairs import Pair, Told, weight
from cs_pipeline.intake.sheets.further_headings import (
    names_channel,
    names_group,
    names_incoming,
    names_outgoing,
    names_parent,
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
from cs_pipeline.intake.sheets.threads import are_memos
from cs_pipeline.questions import asks, asks_as_customer

_MOSTLY_TOLD, _LEAST_TOPICS = 0.9, 3
_CUSTOMERS = re.compile("(?:고객|손님|회원|민원인|이용자|구매자)님?|customers?|clients?|guests?")
_STAFF = re.compile("staff|agent|operator|직원|상담(?:사|원)|운영자|관리자")
_LEAST_SHOWN, _MOST_SHOWN, _LONGEST_SHOWN, _LEAST_CHANGES = 6, 12, 12, 0.25
_LEAST_ASKING, _CLEARLY_MORE, _HARDLY = 0.3, 1.5, 0.1
_SENDS = re.compile(
    r"(?:발신|송신|발송|전송|보낸|보내는|발화)(?:자|인|주체|측|쪽|사람|이)?|sender(?:type)?"
)
_OPINIONS = re.compile("의견|소감|바라는|하고싶은|건의")
_OF_TOPICS = re.compile("신분|응답자|소속|분류|카테고리|유형|종류|대상|category|class|kind|topic")
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
        if speaker.score >= SURE or not _may_be_opinions(body, speaker.column, text.column)
    )

    def worth(pair: Pair) -> tuple[float, ...]:
        look = body.speakers(pair.first)
        # 고객 and 상담사 in every row, beside a column of names with a heading that is as good
        names_both = pair.tells == "role" and look.known and look.both_sides
        # not a column of who sent, filled beside what one side said, next to one of ways
        of_all = names_both or look.filled >= _MOSTLY_TOLD * sum(map(any, body.rows))
        return (of_all, names_both, _TELLS[pair.tells] + pair.score, *weight(pair, body))

    return max(pairs, key=worth, default=None)


def shown_pair(headings: Sequence[Heading], body: Body) -> Pair | None:
    """The two columns by their cells alone: who speaks, and the only one of sentences.

    Whatever they are called, customers and those who serve them take turns in the one. A board is
    no such log.
    """
    labels = [heading[0] for heading in headings]
    if sum(map(bool, labels)) < 2 or max(map(len, labels)) > _LONGEST_SHOWN:
        return None
    if any(map(names_parent, labels)):
        return None
    speakers = [
        column
        for column, label in enumerate(labels)
        if label and not _OF_TOPICS.search(label) and _take_turns(body, column)
    ]
    if len(speakers) != 1 or _is_data(labels, body):
        return None
    texts = [at for at in range(len(labels)) if body.look(at).holds == "sentences"]
    if len(texts) != 1 or not labels[texts[0]] or are_memos(body.cells(texts[0])):
        return None
    apart = any(map(body.layouts.headings.names_conversation, headings))
    asks_enough = _customers_ask(body, speakers[0], texts[0], in_conversations=apart)
    if _OPINIONS.search(labels[texts[0]]) or not asks_enough:
        return None
    return Pair(LEAST_PAIR, speakers[0], texts[0])


def _take_turns(body: Body, column: int) -> bool:
    """Whether the column names customers and those who serve them, and they change often."""
    cells, rows = body.cells(column), sum(map(any, body.rows))
    if len(cells) < max(_LEAST_SHOWN, _MOSTLY_TOLD * rows) or len(set(cells)) > _MOST_SHOWN:
        return False
    changes = sum(one != other for one, other in pairwise(cells))
    return changes >= _LEAST_CHANGES * len(cells) and body.speakers(column).desk_and_customers


def _may_be_opinions(body: Body, speaker: int, text: int) -> bool:
    """Whether only a desk's name tells its side (학생 and 행정실), and hardly anybody asks."""
    look = body.speakers(speaker)
    no_agent = not look.both_sides and look.desk_and_customers
    cells = body.cells(text)
    return no_agent and sum(map(asks, cells)) < _HARDLY * len(cells)


def _customers_ask(body: Body, speaker: int, text: int, *, in_conversations: bool) -> bool:
    """Whether customers often ask, and clearly more than the desk does: no survey of opinions.

    Where a column tells conversations apart, the desk may be who calls: then some questions do.
    """
    said: dict[bool, list[str]] = {True: [], False: []}
    for row in body.rows:
        if cell := cell_at(row, text).strip():
            is_customer = body.layouts.speaker_of(cell_at(row, speaker).strip()) == "customer"
            said[is_customer].append(cell)
    asked = sum(map(asks, said[True])) / max(1, len(said[True]))
    asked_back = sum(map(asks_as_customer, said[False])) / max(1, len(said[False]))
    if in_conversations:
        return asked >= _HARDLY
    return asked >= max(_LEAST_ASKING, _CLEARLY_MORE * asked_back)


def _is_data(labels: Sequence[str], body: Body) -> bool:
    """Whether the row of headings is one like those below it."""
    return any(
        label and label in map(label_of, body.cells(column)) for column, label in enumerate(labels)
    )


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


_YES_OR_NO: tuple[tuple[Callable[[str], object], Told, bool], ...] = (
    (names_incoming, "incoming", True),
    (names_outgoing, "outgoing", True),
    (_STAFF.fullmatch, "outgoing", False),  # names, as a rule
)
"""Headings of columns that say yes or no, what they tell then, and whether they hold that alone."""


def _tells(heading: Heading, one: Candidate, body: Body, *, sure: bool) -> Told | None:
    """How the column tells who speaks; None: it is none of speakers."""
    look = body.speakers(one.column, heading[0])
    names_shop = any(map(_SENDS.fullmatch, heading)) and look.partner_and_customers
    if not look.filled or names_shop or (not look.both_sides and look.desk_and_customers):
        return "role" if sure or look.filled else None
    said_yes = {is_yes(sign) for sign in look.signs} == {True, False}
    for names, tells, nothing_else in _YES_OR_NO:
        if any(map(names, heading)) and (said_yes or nothing_else):
            return tells if said_yes else None
    if len(look.signs) == 2 and not look.both_sides and all(map(way_of, look.signs)):
        return "way"
    sides = {"customer", "agent"} & set(look.roles)  # a program alone beside names is neither
    if sides and (look.known or (sure and one.score >= SURE)):
        plain = look.plain or look.filled < _LEAST_TOPICS
        said = one.score >= SURE or (plain and (sure or look.both_sides))
        if said or not look.names_beside_roles:
            return "role" if said else None
    holds = body.look(one.column).holds
    short = holds in ("names", "words", "figures") or (holds == "mixed" and one.score >= SURE)
    if not look.recurring or not short:
        return None
    named = one.score >= SURE or any(map(names_channel, heading)) or not sure
    return "name" if named else None
