import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_pipeline.profiles.drift import drift_parts, jensen_shannon_distance, mean_profile
from tests.unit.registry.candidates import profile

SHARES = st.lists(st.floats(0, 1), min_size=8, max_size=8).map(
    lambda weights: tuple(weight / (sum(weights) or 1) for weight in weights)
)


@given(SHARES, SHARES)
def test_the_distance_is_one_between_0_and_1_and_has_no_direction(p, q):
    distance = jensen_shannon_distance(p, q)
    assert 0 <= distance <= 1
    assert distance == pytest.approx(jensen_shannon_distance(q, p))
    assert jensen_shannon_distance(p, p) == 0


@pytest.mark.parametrize(
    ("p", "q", "distance"),
    [
        ((1, 0), (0, 1), 1.0),
        ((0.5, 0.5), (0.5, 0.5), 0.0),
        # the middle is (1/4, 3/4): its entropy less half a bit
        ((0.5, 0.5), (0, 1), (0.8112781244591328 - 0.5) ** 0.5),
        ((0, 0), (0, 0), 0.0),
        ((1, 5e-324), (1, 0), 0.0),
    ],
)
def test_known_distances(p, q, distance):
    assert jensen_shannon_distance(p, q) == pytest.approx(distance)


def drift(a, b):
    return drift_parts(a, b).total


def test_drift_is_its_largest_part():
    a = profile()
    assert drift(a, a) == 0
    assert drift(a, profile(question_characters=40.0)) == 0.5
    assert drift(a, profile(duplicate_share=0.9)) == pytest.approx(0.8)
    assert drift(a, profile(1, 0, 0, 0)) == drift_parts(a, profile(1, 0, 0, 0)).words > 0.5


def test_an_empty_dataset_is_as_far_away_as_can_be_and_equals_itself():
    empty = profile(0, 0, 0, 0, question_characters=0.0, answer_characters=0.0, duplicate_share=0.0)
    assert drift(empty, empty) == 0
    assert drift(empty, profile()) == 1


def test_profiles_of_different_making_are_not_compared():
    with pytest.raises(ValueError, match="zip"):
        drift(profile(0.5, 0.5), profile())


def test_a_mean_is_weighted_by_rows():
    mean = mean_profile(
        [
            profile(1, 0, rows=300, question_characters=10.0, duplicate_share=0.0),
            profile(0, 1, rows=100, question_characters=50.0, duplicate_share=0.4),
        ]
    )
    assert mean.rows == 400
    assert mean.question_characters == pytest.approx(20)
    assert mean.duplicate_share == pytest.approx(0.1)
    assert mean.word_buckets == pytest.approx((0.75, 0.25))


def test_the_mean_of_one_is_itself():
    assert mean_profile([profile()]) == profile()


def test_there_is_no_mean_of_none_or_of_different_making():
    with pytest.raises(ValueError, match="no profiles"):
        mean_profile([])
    with pytest.raises(ValueError, match="zip"):
        mean_profile([profile(0.5, 0.5), profile()])
