import math

import numpy as np
import pytest

from cs_pipeline.training.appraisal.paired import compare_means, compare_rows, groups_of
from cs_pipeline.training.appraisal.row_scores import RowScores

HOW = {"same_tokenizer": True, "confidence": 0.95, "seed": 5}


def row_scores(nats, tokens=None, characters=None):
    nats = np.asarray(nats, dtype=np.float64)
    ones = np.ones(len(nats), dtype=np.int64)
    return RowScores(
        nats,
        ones if tokens is None else np.asarray(tokens),
        ones if characters is None else np.asarray(characters),
    )


def simulated(rows, fall, rng):
    """A champion, and a candidate whose expected loss is `fall` nats per token lower."""
    tokens = rng.integers(3, 30, rows)
    hardness = rng.gamma(4, 0.75, rows)
    candidate = row_scores(tokens * hardness, tokens, tokens * 2)
    champion = row_scores(tokens * (hardness + rng.normal(fall, 0.5, rows)), tokens, tokens * 2)
    return candidate, champion


@pytest.fixture
def rng():
    return np.random.default_rng(11)


@pytest.mark.parametrize("rows", [1, 3, 20, 999])
def test_identical_models_are_no_better(rng, rows):
    scores, _ = simulated(rows, 0.0, rng)
    comparison = compare_rows(scores, scores, **HOW)
    assert comparison.improvement == 0.0
    assert comparison.low == pytest.approx(0.0, abs=1e-12)
    assert comparison.high == pytest.approx(0.0, abs=1e-12)


def test_a_clear_winner(rng):
    candidate, champion = simulated(400, 0.3, rng)
    comparison = compare_rows(candidate, champion, **HOW)
    assert 0 < comparison.low < comparison.improvement < comparison.high
    assert comparison.improvement == pytest.approx(0.3, abs=0.1)
    turned = compare_rows(champion, candidate, **HOW)
    assert turned.improvement == pytest.approx(-comparison.improvement)
    assert turned.high == pytest.approx(-comparison.low)
    assert turned.high < 0


def test_no_winner_without_evidence(rng):
    comparison = compare_rows(*simulated(30, 0.0, rng), **HOW)
    assert comparison.low < 0 < comparison.high


def test_pairing_beats_comparing_apart(rng):
    """Rows differ far more than the models: only row against row shows which is better."""
    hardness = rng.gamma(2, 10, 100)
    candidate = row_scores(hardness)
    champion = row_scores(hardness + 0.1)
    comparison = compare_rows(candidate, champion, **HOW)
    assert comparison.low == pytest.approx(0.1)
    assert comparison.high == pytest.approx(0.1)


def test_long_rows_weigh_more_than_short_ones():
    candidate = row_scores([10.0, 1.0], [10, 1])
    champion = row_scores([20.0, 1.5], [10, 1])
    comparison = compare_rows(candidate, champion, **HOW)
    assert comparison.improvement == pytest.approx((21.5 - 11.0) / 11)
    assert (comparison.unit, comparison.rows) == ("nats/token", 2)


def test_unlike_tokenizers_are_compared_in_bits_per_character():
    candidate = row_scores([6.0, 2.0], [3, 3], [4, 4])
    champion = row_scores([9.0, 7.0], [30, 30], [4, 4])
    comparison = compare_rows(candidate, champion, **(HOW | {"same_tokenizer": False}))
    assert comparison.unit == "bits/character"
    assert comparison.improvement == pytest.approx((16 - 8) / 8 / math.log(2))
    assert comparison.improvement == pytest.approx(
        champion.total().bits_per_character - candidate.total().bits_per_character
    )
    assert comparison.low == pytest.approx(0.75 / math.log(2))
    assert comparison.high == pytest.approx(1.25 / math.log(2))


def test_lengths_are_each_models_own():
    """Other numbers of positions cut rows elsewhere even with one tokenizer."""
    comparison = compare_rows(row_scores([4.0], [2]), row_scores([9.0], [3]), **HOW)
    assert comparison.improvement == pytest.approx(1.0)


@pytest.mark.parametrize("same_tokenizer", [True, False])
@pytest.mark.parametrize("damage", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("turned", [True, False])
def test_losses_that_are_not_finite(rng, damage, turned, same_tokenizer):
    whole, broken = simulated(30, 0.1, rng)
    broken.nats[7] = damage
    pair = (broken, whole) if turned else (whole, broken)
    assert compare_rows(*pair, **(HOW | {"same_tokenizer": same_tokenizer})) is None


@pytest.mark.parametrize(
    "scores", [row_scores([]), row_scores([0.0, 0.0], [0, 0], [0, 0])], ids=["no rows", "unscored"]
)
@pytest.mark.parametrize("same_tokenizer", [True, False])
def test_nothing_scored(scores, same_tokenizer):
    assert compare_rows(scores, scores, **(HOW | {"same_tokenizer": same_tokenizer})) is None


def test_draws_without_any_character_are_left_out():
    """Empty answers score their end token, which spells nothing."""
    characters = [0] * 9 + [5]
    candidate = row_scores(np.full(10, 1.0), characters=characters)
    champion = row_scores(np.full(10, 2.0), characters=characters)
    comparison = compare_rows(candidate, champion, **(HOW | {"same_tokenizer": False}))
    assert comparison.improvement == pytest.approx(10 / 5 / math.log(2))
    assert math.isfinite(comparison.low)
    assert math.isfinite(comparison.high)


def test_the_same_seed_gives_the_same_interval(rng):
    pair = simulated(80, 0.1, rng)
    first = compare_rows(*pair, **HOW)
    assert compare_rows(*pair, **HOW) == first
    other = compare_rows(*pair, **(HOW | {"seed": 6}))
    assert (other.low, other.high) != (first.low, first.high)
    assert other.improvement == first.improvement
    assert (first.seed, first.resamples, first.confidence) == (5, 2000, 0.95)


def test_more_confidence_is_a_wider_interval(rng):
    pair = simulated(80, 0.1, rng)
    narrow = compare_rows(*pair, **(HOW | {"confidence": 0.8}))
    wide = compare_rows(*pair, **(HOW | {"confidence": 0.99}))
    assert wide.low < narrow.low < narrow.high < wide.high


@pytest.mark.parametrize("same_tokenizer", [True, False])
def test_the_interval_covers_the_truth_as_often_as_it_says(rng, same_tokenizer):
    fall = 0.05
    truth = fall if same_tokenizer else fall / 2 / math.log(2)
    covered = []
    for seed in range(200):
        comparison = compare_rows(
            *simulated(120, fall, rng),
            same_tokenizer=same_tokenizer,
            confidence=0.95,
            resamples=400,
            seed=seed,
        )
        covered.append(comparison.low <= truth <= comparison.high)
    assert 0.90 <= np.mean(covered) <= 0.99


def canned(rows, fall, rng):
    """Of ten rows six have one of ten canned answers, which one model likes more than the other."""
    said = [f"{'canned' if rng.random() < 0.6 else row} {rng.integers(10)}" for row in range(rows)]
    groups = groups_of(said)
    liked = rng.normal(fall, 0.2, groups.max() + 1)
    hardness = rng.gamma(4, 0.75, rows)
    theirs = hardness + liked[groups] + rng.normal(0, 0.3, rows)
    return row_scores(hardness), row_scores(theirs), groups


def test_rows_of_one_answer_are_drawn_together(rng):
    covered = {"rows": [], "groups": []}
    for seed in range(200):
        candidate, champion, groups = canned(200, 0.0, rng)
        for name, groupings in {"rows": (), "groups": (groups,)}.items():
            how = HOW | {"seed": seed, "resamples": 400}
            found = compare_rows(candidate, champion, **how, groupings=groupings)
            covered[name].append(found.low <= 0 <= found.high)
    assert np.mean(covered["rows"]) < 0.8
    assert np.mean(covered["groups"]) >= 0.9


def test_of_two_ways_to_group_the_interval_covers_both(rng):
    candidate, champion, answers = canned(200, 0.0, rng)
    pairs = np.arange(200) // 2
    alone, together, both, rows = (
        compare_rows(candidate, champion, **HOW, groupings=groupings)
        for groupings in ([answers], [pairs], [answers, pairs], [])
    )
    assert both.low == pytest.approx(min(alone.low, together.low), abs=0.02)
    assert both.high == pytest.approx(max(alone.high, together.high), abs=0.02)
    assert (both.groups, rows.groups) == (len(set(answers)), 200)
    assert both.improvement == alone.improvement == rows.improvement


def test_where_all_rows_are_one_group_each_stands_for_itself(rng):
    candidate, champion = simulated(50, 0.2, rng)
    one = compare_rows(candidate, champion, **HOW, groupings=[np.zeros(50, np.int64)])
    none = compare_rows(candidate, champion, **HOW)
    assert (one.low, one.high, one.groups) == (none.low, none.high, 1)


def test_means_are_drawn_by_groups_too(rng):
    groups = np.repeat(np.arange(10), 10)
    rise = rng.normal(0, 1, 10)[groups]
    how = {"unit": "chrF", "confidence": 0.95, "seed": 3}
    apart = compare_means(rise, np.zeros(100), **how)
    grouped = compare_means(rise, np.zeros(100), **how, groupings=[groups])
    assert apart.improvement == grouped.improvement == pytest.approx(rise.mean())
    assert grouped.high - grouped.low > 2 * (apart.high - apart.low)


def test_groups_are_told_by_their_labels():
    assert groups_of(["네", "아니요", "네"]).tolist() == [0, 1, 0]
    assert groups_of([]).tolist() == []


def test_memory_does_not_grow_with_the_draws(rng):
    import tracemalloc

    pair = simulated(100_000, 0.1, rng)
    tracemalloc.start()
    comparison = compare_rows(*pair, **HOW, resamples=50)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100_000 * 8 * 16
    assert comparison.low > 0


def test_models_scored_on_other_rows_cannot_be_compared():
    with pytest.raises(ValueError, match="2 rows against 1"):
        compare_rows(row_scores([1.0, 2.0]), row_scores([1.0]), **HOW)
