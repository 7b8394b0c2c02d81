"""Two columns of a table that belong together: question and answer, or speaker and text."""

from typing import Literal, NamedTuple

from cs_pipeline.intake.sheets.body import Body

Told = Literal["role", "way", "incoming", "outgoing", "name", "column", "mail", "label"]
"""How a speaker column tells who speaks: roles, ways (수신), yes or no, names or signs.

`column`: there is none; each row has its text in the column of who speaks. `mail`: by addresses.
`label`: by what a form asks for.
"""


class Pair(NamedTuple):
    """Two columns and how surely they belong together."""

    score: int
    first: int
    second: int
    tells: Told = "role"


def weight(pair: Pair, body: Body) -> tuple[float, int, int]:
    """How much the cells speak for a pair: sentences, no states, and the one further left."""
    first, second = body.look(pair.first), body.look(pair.second)
    shares = (round(first.sentences, 1), round(second.sentences, 1))
    states = first.few_phrases + second.few_phrases
    return sum(shares) - states, -pair.first, -pair.second
