from collections import Counter

import pytest

from cs_pipeline.errors import DatasetError
from cs_pipeline.training.loop.drawing import EpochDraw
from cs_pipeline.training.rows.encoding import Example


def rows(count):
    return [Example([index], 0, 1) for index in range(count)]


def seen(draw, epochs):
    return Counter(item.input_ids[0] for epoch in range(epochs) for item in draw.epoch(epoch))


def test_without_weights_every_example_is_there_once_in_order():
    examples = rows(7)
    draw = EpochDraw(examples, seed=1)
    assert draw.epoch(0) == draw.epoch(5) == examples


@pytest.mark.parametrize("weight", [0.25, 0.5, 1.0, 1.75, 3.0])
def test_over_the_epochs_each_is_seen_as_often_as_its_weight_says(weight):
    examples = rows(40)
    draw = EpochDraw(examples, [weight] * 20 + [1.0] * 20, seed=1)
    counts = seen(draw, 4)
    assert {counts[index] for index in range(20)} == {4 * weight}
    assert {counts[index] for index in range(20, 40)} == {4}
    assert {len(draw.epoch(number)) for number in range(9)} == {20 * weight + 20}


def test_those_of_one_weight_take_turns_whatever_their_number():
    draw = EpochDraw(rows(7), [0.4] * 7, seed=3)
    for epochs in range(1, 12):
        counts = seen(draw, epochs)
        assert sum(counts.values()) == 3 * epochs
        assert max(counts.values()) - min(counts[index] for index in range(7)) <= 1


def test_an_epoch_follows_from_the_seed_and_its_number_alone():
    weights = [0.5, 1.5] * 10
    draw, again, other = (EpochDraw(rows(20), weights, seed=seed) for seed in (1, 1, 2))
    backwards = [again.epoch(number) for number in reversed(range(6))]
    assert [draw.epoch(number) for number in range(6)] == backwards[::-1]
    assert any(draw.epoch(number) != other.epoch(number) for number in range(6))


def test_a_weight_of_nothing_leaves_rows_out_but_not_all_of_them():
    draw = EpochDraw(rows(4), [0.0, 1.0, 0.0, 2.0], seed=1)
    assert [item.input_ids[0] for item in draw.epoch(3)] == [1, 3, 3]
    for weights in ([0.0] * 4, [0.1] * 4):
        with pytest.raises(DatasetError, match="export_weights"):
            EpochDraw(rows(4), weights, seed=1)
