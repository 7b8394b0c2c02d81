"""What a person prefers: the candidate's answers, or those of the live model."""

from datetime import datetime
from typing import Literal

from cs_pipeline.records.base import Record

Side = Literal["A", "B"]
PairVerdict = Literal["a", "b", "alike", "both_bad"]
"""The better answer of a pair."""


class DrawnPair(Record):
    """A pair of answers in a workbook, and the side on which the candidate's stands."""

    pair_id: str
    candidate: Side


class AnswerDraw(Record):
    """Which answers were laid before a person; kept with the run, never in the workbook.

    Of `questions` that both models were asked, `same` got one answer from both and `unsafe` held
    something like personal data; neither are shown. `pairs` are the others.
    """

    draw_id: str
    run_id: str
    candidate_version: str
    live_version: str
    dataset_version: str
    seed: int
    questions: int
    same: int
    unsafe: int
    pairs: tuple[DrawnPair, ...]
    drawn_at: datetime


class Judgement(Record):
    """A person's word on one pair; the last one on a pair counts."""

    draw_id: str
    pair_id: str
    verdict: PairVerdict
    by: str
    at: datetime


class Preference(Record):
    """A person's verdicts on pairs of answers, blind, where the two models answer differently.

    `share` counts a pair that was found alike, or both bad, as half; `low` and `high` are the ends
    of its 95% confidence interval. `shown` pairs were laid before people, `judged` of them have a
    verdict; `judged_by` is empty where they came in a workbook.
    """

    draw_id: str
    candidate_version: str
    live_version: str
    dataset_version: str
    questions: int
    same: int
    shown: int
    judged: int
    preferred: int
    live_preferred: int
    alike: int
    both_bad: int
    share: float
    low: float
    high: float
    read_at: datetime
    judged_by: tuple[str, ...] = ()
