"""What the gate makes of a person's judgement."""

from datetime import UTC, datetime

import pytest

from cs_pipeline.config import GateLimits
from cs_pipeline.records import Preference
from cs_pipeline.registry.rules_preference import people_prefer_it


def preference(low: float, high: float, live: str = "m1") -> Preference:
    return Preference(
        draw_id="d",
        candidate_version="m2",
        live_version=live,
        dataset_version="d0001-aa",
        questions=100,
        same=10,
        shown=90,
        judged=80,
        preferred=40,
        live_preferred=30,
        alike=8,
        both_bad=2,
        share=(low + high) / 2,
        low=low,
        high=high,
        read_at=datetime(2026, 3, 1, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("least", "found", "outcome"),
    [
        (0.4, None, "hold"),
        (0.4, preference(0.39, 0.6), "hold"),
        (0.4, preference(0.4, 0.6), "passed"),
        (0.4, preference(0.5, 0.7, live="m0"), "hold"),
        (0.0, preference(0.39, 0.6), "passed"),
        (0.0, preference(0.2, 0.49), "warning"),
    ],
)
def test_demanded_it_holds_until_the_lower_end_is_there(least, found, outcome) -> None:
    (reason,) = people_prefer_it(found, "m1", "run-1", GateLimits(min_preference=least))
    assert reason.outcome == outcome
    for words in (reason.words.ko, reason.words.en):
        assert ("answers draw run-1" in words) == (found is None or found.live_version != "m1")


@pytest.mark.parametrize(
    ("least", "found", "live"),
    [(0.4, None, None), (0.4, preference(0.5, 0.6), None), (0.0, None, "m1")],
)
def test_without_a_live_model_or_a_demand_there_is_nothing_to_say(least, found, live) -> None:
    assert list(people_prefer_it(found, live, "run-1", GateLimits(min_preference=least))) == []
