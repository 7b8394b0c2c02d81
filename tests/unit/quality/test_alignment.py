"""Answers that have come apart from their questions."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest

from cs_pipeline.quality.alignment import misplaced_share
from cs_pipeline.quality.expectations import QualityOutcome, check_exchanges
from cs_pipeline.quality.rules import load_rules
from cs_pipeline.records import Exchange
from cs_pipeline.samples.conversations import draw_conversations

Pair = tuple[str, str]


def said(rows: int, seed: int = 4) -> list[Pair]:
    """Exchanges of the sample, as a desk has them."""
    pairs = [
        tuple(" ".join(part.text for part in side) for side in (one.question, one.answer))
        for talk in draw_conversations(Random(seed), 4 * rows)
        for one in talk[:1]
    ]
    return pairs[:rows]


def exchanges(pairs: Sequence[Pair], conversation: str | None = None) -> list[Exchange]:
    return [
        Exchange("3월", f"B{at}", f"C{at}", question, answer, conversation, at)
        for at, (question, answer) in enumerate(pairs, start=2)
    ]


def check(rows: Sequence[Exchange]) -> QualityOutcome:
    return check_exchanges(rows, load_rules(max_text_characters=1000))


def lower(pairs: Sequence[Pair], by: int = 1) -> list[Pair]:
    answers = [answer for _, answer in pairs]
    moved = [*answers[-by:], *answers[:-by]]
    return [(question, answer) for (question, _), answer in zip(pairs, moved, strict=True)]


def by_text(pairs: Sequence[Pair]) -> list[Pair]:
    answers = sorted(answer for _, answer in pairs)
    return [(question, answer) for (question, _), answer in zip(pairs, answers, strict=True)]


@pytest.mark.parametrize("apart", [lower, by_text, lambda pairs: lower(pairs, 7)])
@pytest.mark.parametrize("rows", [300, 1500])
def test_an_export_whose_answers_stand_in_other_rows_is_refused(
    rows: int, apart: Callable[[Sequence[Pair]], list[Pair]]
) -> None:
    blocking = check(exchanges(apart(said(rows)))).blocking
    assert blocking is not None
    assert blocking.expectation == "answers_misplaced"
    assert (blocking.measured or 0) >= 0.95
    assert "%" in blocking.words.ko
    assert "%" in blocking.words.en


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("rows", [150, 1500])
def test_an_export_in_order_goes_on(rows: int, seed: int) -> None:
    outcome = check(exchanges(said(rows, seed)))
    assert outcome.blocking is None
    [found] = (one for one in outcome.findings if one.expectation == "answers_misplaced")
    assert found.measured is not None
    assert found.measured < 0.7


def test_some_rows_out_of_place_among_others_go_on() -> None:
    pairs = said(400)
    assert check(exchanges([*lower(pairs[:200]), *pairs[200:]])).blocking is None


@pytest.mark.parametrize(
    "pairs",
    [
        said(7),
        [(question, "네, 확인해 드리겠습니다.") for question, _ in said(200)],
        [(f"{number}번 주문 언제 와요?", f"{number}번은 내일 도착해요.") for number in range(60)],
        [("가", "나")] * 50,
        [("ㅠㅠ", "^^"), ("", "")],
    ],
)
def test_what_tells_nothing_is_not_judged(pairs: list[Pair]) -> None:
    assert misplaced_share(exchanges(pairs)) is None
    findings = check(exchanges(pairs)).findings
    assert "answers_misplaced" not in {one.expectation for one in findings}


def test_what_an_agent_asks_and_hears_next_is_no_other_row() -> None:
    """The answer asks for what the next turn of the customer tells."""
    asked = said(400)
    talk = [
        (f"{question} 말씀드릴게요", next_question)
        for (question, _), (next_question, _) in pairwise(asked)
    ]
    apart = exchanges(talk)
    together = [replace(row, conversation_id="c") for row in apart]
    assert misplaced_share(apart) == 1
    assert misplaced_share(together) is None


def test_refused_rows_are_not_looked_at() -> None:
    pairs = said(300)
    spoiled = [(question, "") for question, _ in pairs[:150]]
    outcome = check(exchanges([*spoiled, *pairs[150:]]))
    assert outcome.blocking is None
    assert len(outcome.accepted) == 150
