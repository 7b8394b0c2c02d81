import random

import pytest
from transformers import BloomConfig, BloomForCausalLM

from cs_pipeline.recipes.recipe import Recipe
from cs_pipeline.training.loop.drawing import EpochDraw
from cs_pipeline.training.loop.step_plan import (
    StepPlan,
    length_grouped,
    plan_for,
    row_tokens,
    scored_tokens,
)
from cs_pipeline.training.rows.encoding import Example


def example(length, answer_start=1):
    return Example(list(range(10, 10 + length)), answer_start, 1)


def once(examples):
    return EpochDraw(examples, seed=1)


@pytest.fixture
def examples():
    rng = random.Random(5)
    return [example(rng.randint(3, 60), rng.randint(1, 3)) for _ in range(500)]


def steps(plan, epoch=0):
    return [plan.step(number) for number in range(epoch * len(plan), (epoch + 1) * len(plan))]


def identities(steps):
    return sorted(id(item) for step in steps for row in step for item in row)


def plans(model, examples, **recipe):
    return [
        plan_for(model, once(examples), Recipe(batch_tokens=512, batching=kind, **recipe))
        for kind in ("packed", "length_grouped")
    ]


def test_each_epoch_has_all_examples_once_in_an_order_of_its_own(model, examples):
    for plan in plans(model, examples):
        first, second = steps(plan), steps(plan, epoch=1)
        assert identities(first) == identities(second) == sorted(map(id, examples))
        assert first != second


def test_the_order_follows_from_the_seed_and_the_steps_number_alone(model, examples):
    for plan, again in zip(plans(model, examples), plans(model, examples), strict=True):
        numbers = list(range(3 * len(plan)))
        expected = {number: plan.step(number) for number in numbers}
        random.Random(1).shuffle(numbers)
        assert all(again.step(number) == expected[number] for number in numbers)
    for plan, other in zip(plans(model, examples), plans(model, examples, seed=1), strict=True):
        assert steps(plan) != steps(other)


def test_no_step_is_larger_than_asked(model, examples):
    for plan in plans(model, examples):
        for step in steps(plan):
            assert max(map(row_tokens, step)) * len(step) <= 512


def test_length_grouped_steps_hardly_pad(examples):
    plan = length_grouped(once(examples), 512, seed=1)
    padding = sum(
        max(map(row_tokens, step)) * len(step) - sum(map(row_tokens, step)) for step in steps(plan)
    )
    assert padding / (padding + plan.tokens) < 0.05
    assert all(len(row) == 1 for step in steps(plan) for row in step)
    widths = [max(map(row_tokens, step)) for step in steps(plan)]
    assert widths != sorted(widths), "long and short steps are mixed"


def test_model_that_cannot_be_packed_is_trained_by_length(tokenizer, examples):
    config = BloomConfig(vocab_size=len(tokenizer), hidden_size=16, n_layer=1, n_head=2)
    plan = plan_for(BloomForCausalLM(config), once(examples), Recipe(batch_tokens=512))
    assert all(len(row) == 1 for step in steps(plan) for row in step)


def test_figures(model, examples):
    for plan in plans(model, examples):
        assert plan.tokens == sum(len(item.input_ids) for item in examples)
        assert plan.scored_tokens == sum(
            len(item.input_ids) - item.answer_start for item in examples
        )
    assert plan.mean_row_tokens == round(plan.tokens / len(examples))


def test_one_example_and_one_longer_than_a_step(model):
    for only in (example(5), example(100)):
        for kind in ("packed", "length_grouped"):
            plan = plan_for(model, once([only]), Recipe(batch_tokens=64, batching=kind))
            assert len(plan) == 1
            assert plan.step(0) == plan.step(7) == [[only]]


def test_rows_that_are_left_make_a_smaller_step():
    rows = [[example(3)] for _ in range(7)]
    assert [len(step) for step in steps(StepPlan(rows, [3, 3], seed=0))] == [3, 3, 1]


def test_packed_steps_have_as_many_rows_give_or_take_one(model, examples):
    """The mean of a last step of one row would weigh that row as much as a whole step."""
    for count in range(300, 340):
        plan = plan_for(model, once(examples[:count]), Recipe(batch_tokens=512))
        sizes = [len(step) for step in steps(plan)]
        assert max(sizes) - min(sizes) <= 1
        assert max(sizes) <= 4


def test_packed_examples_have_other_neighbours_in_each_epoch(model, examples):
    plan = plan_for(model, once(examples), Recipe(batch_tokens=512))
    together = [
        {frozenset(map(id, row)) for step in steps(plan, epoch) for row in step} for epoch in (0, 1)
    ]
    assert len(together[0]) == len(together[1])
    assert len(together[0] & together[1]) < len(together[0]) / 10


def test_a_long_example_has_a_row_of_its_own(model, examples):
    plain = plan_for(model, once(examples), Recipe(batch_tokens=512))
    plan = plan_for(model, once([*examples, example(250)]), Recipe(batch_tokens=512))
    rows = [row for step in steps(plan) for row in step]
    assert [len(row) for row in rows if row_tokens(row) > 128] == [1]
    assert len(plan) - len(plain) in {0, 1}


def test_a_model_that_cannot_be_packed_is_said(tokenizer, examples, caplog):
    caplog.set_level("INFO")
    config = BloomConfig(vocab_size=len(tokenizer), hidden_size=16, n_layer=1, n_head=2)
    plan_for(BloomForCausalLM(config), once(examples), Recipe(batch_tokens=512))
    assert "row of its own" in caplog.text


def test_first_token_of_an_example_is_never_scored():
    assert scored_tokens([example(4, 0), example(4, 1), example(4, 3)]) == 3 + 3 + 1


def test_weighted_rows_are_packed_like_any_other(model, examples):
    weights = [2.0 if index < 100 else 0.3 for index in range(len(examples))]
    for kind in ("packed", "length_grouped"):
        draw = EpochDraw(examples, weights, seed=4)
        plan = plan_for(model, draw, Recipe(batch_tokens=512, batching=kind))
        for epoch in range(4):
            seen = [id(item) for step in steps(plan, epoch) for row in step for item in row]
            assert sorted(seen) == sorted(map(id, draw.epoch(epoch)))
        if kind == "packed":
            rows = [row for epoch in range(4) for step in steps(plan, epoch) for row in step]
            assert sum(map(row_tokens, rows)) / (128 * len(rows)) > 0.97


def test_weighted_steps_follow_from_the_seed_and_the_steps_number_alone(model, examples):
    draws = [
        EpochDraw(examples, [0.5, 1.7] * (len(examples) // 2), seed=4),
        EpochDraw(examples, [0.5, 1.7] * (len(examples) // 2), seed=4),
    ]
    plan, again = (plan_for(model, draw, Recipe(batch_tokens=512)) for draw in draws)
    numbers = list(range(3 * len(plan)))
    expected = {number: plan.step(number) for number in numbers}
    random.Random(1).shuffle(numbers)
    assert all(again.step(number) == expected[number] for number in numbers)
