"""Answers of two models to the same questions, mixed so that a person judges them blind."""

import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random

from cs_pipeline.audit.estimate import confidence_interval
from cs_pipeline.audit.wording import too_few_judged
from cs_pipeline.records import AnswerDraw, DrawnPair, PairVerdict, Preference, Side

LEAST_JUDGED = 10
"""Fewer verdicts say nothing worth keeping."""


@dataclass(frozen=True, slots=True)
class AnswerPair:
    """A masked question and what the two models answer, masked.

    `context` was said before it, `real` is what a person answered.
    """

    question: str = field(repr=False)
    candidate: str = field(repr=False)
    live: str = field(repr=False)
    context: tuple[str, ...] = field(default=(), repr=False)
    real: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ShownPair:
    """A pair as it is shown: which side is the candidate's is not in it."""

    pair_id: str
    question: str = field(repr=False)
    a: str = field(repr=False)
    b: str = field(repr=False)
    context: tuple[str, ...] = field(default=(), repr=False)
    real: str = field(default="", repr=False)


def draw_id(secret: str, *parts: str) -> str:
    """A name for a draw: the same for the same parts, and nothing can be read from it."""
    return hmac.new(secret.encode(), "\0".join(parts).encode(), "sha256").hexdigest()[:12]


def mixed(
    pairs: Sequence[AnswerPair], *, secret: str, draw: str
) -> tuple[list[ShownPair], tuple[DrawnPair, ...]]:
    """The pairs in random order and on random sides, and on which side the candidate stands.

    Half of them, give or take one, have the candidate on the left. Follows from the installation's
    secret, so that nobody who knows seed and program can work the sides out.
    """
    key = hmac.new(secret.encode(), f"sides\0{draw}".encode(), "sha256").digest()
    random = Random(key)  # noqa: S311 (reproducible from the secret)
    order = list(pairs)
    random.shuffle(order)
    sides: list[Side] = ["A" if number % 2 else "B" for number in range(len(order))]
    random.shuffle(sides)
    names = [f"{draw}-{number}" for number in range(1, len(order) + 1)]
    shown = [_shown(name, pair, side) for name, pair, side in zip(names, order, sides, strict=True)]
    kept = tuple(
        DrawnPair(pair_id=name, candidate=side) for name, side in zip(names, sides, strict=True)
    )
    return shown, kept


def _shown(name: str, pair: AnswerPair, side: Side) -> ShownPair:
    a, b = (pair.candidate, pair.live) if side == "A" else (pair.live, pair.candidate)
    return ShownPair(name, pair.question, a, b, pair.context, pair.real)


def least_judged(draw: AnswerDraw) -> int:
    """How many pairs must have a verdict before they are counted."""
    return max(1, min(LEAST_JUDGED, len(draw.pairs)))


def preference(
    draw: AnswerDraw, verdicts: Mapping[str, PairVerdict], by: Iterable[str] = ()
) -> Preference:
    """What the verdicts, by pair, say of the candidate; `by` are those who gave them.

    A tie counts as half. The interval is Clopper and Pearson's on the number of verdicts, which is
    on the safe side where there are ties: they vary less than wins and losses do.

    Raises:
        DatasetError: fewer than `LEAST_JUDGED` pairs have a verdict.
    """
    judged = [(pair, verdicts[pair.pair_id]) for pair in draw.pairs if pair.pair_id in verdicts]
    needed = least_judged(draw)
    if len(judged) < needed:
        raise too_few_judged(len(judged), least=needed)
    ours = _count(verdict == pair.candidate.lower() for pair, verdict in judged)
    alike = _count(verdict == "alike" for _, verdict in judged)
    bad = _count(verdict == "both_bad" for _, verdict in judged)
    share = (ours + (alike + bad) / 2) / len(judged)
    low, high = confidence_interval(share, len(judged))
    known = ("draw_id", "candidate_version", "live_version", "dataset_version", "questions", "same")
    return Preference(
        **draw.model_dump(include=set(known)),
        shown=len(draw.pairs),
        judged=len(judged),
        preferred=ours,
        live_preferred=len(judged) - ours - alike - bad,
        alike=alike,
        both_bad=bad,
        share=share,
        low=low,
        high=high,
        read_at=datetime.now(UTC),
        judged_by=tuple(sorted(set(by))),
    )


def _count(flags: Iterable[bool]) -> int:
    return sum(flags)
