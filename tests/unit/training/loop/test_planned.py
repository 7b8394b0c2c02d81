import logging

import pytest

from cs_pipeline.recipes.recipe import Recipe, load_recipe
from cs_pipeline.training.loop.planned import planned
from cs_pipeline.training.rows.encoding import Example


def rows(count: int, tokens: int = 25) -> list[Example]:
    return [Example(list(range(tokens)), 10, 30)] * count


@pytest.mark.parametrize(
    ("count", "batch_tokens", "times"),
    [
        (100, 256, (256 / 25 / 2) ** 0.5),  # never fewer tokens, though the steps are few then
        (1_000, 256, (256 / 25 / 2) ** 0.5),
        (5_000, 937, (937 / 25 / 2) ** 0.5),
        (11_823, 2216, (2216 / 25 / 2) ** 0.5),
        (100_000, 4096, (4096 / 25 / 2) ** 0.5),  # never more tokens than the recipe's
    ],
)
def test_the_fewer_rows_the_fewer_tokens_per_step(count, batch_tokens, times):
    recipe = planned(load_recipe("kogpt2"), rows(count))
    assert recipe.batch_tokens == batch_tokens
    assert recipe.learning_rate == pytest.approx(5e-5 * times)


def test_the_rate_grows_ten_times_at_most():
    recipe = planned(load_recipe("kogpt2"), rows(1_000_000, tokens=4))
    assert recipe.learning_rate == pytest.approx(5e-4)


def test_long_rows_are_no_reason_for_a_lower_rate():
    recipe = Recipe(batch_tokens=256, scale_rate=True, learning_rate=1e-4)
    assert planned(recipe, rows(10, tokens=500)).learning_rate == pytest.approx(1e-4 * 0.5**0.5)


def test_the_warm_up_lasts_ten_steps_and_a_quarter_at_most():
    def steps(count: int) -> tuple[float, float]:
        recipe = planned(load_recipe("kogpt2"), rows(count))
        total = count * 25 * recipe.epochs / recipe.batch_tokens
        return total, total * recipe.warmup_share

    assert steps(100) == pytest.approx((29.3, 29.3 / 4), rel=0.01)
    assert steps(1_000) == pytest.approx((293, 293 * 0.05), rel=0.01)
    assert steps(500) == pytest.approx((146, 10), rel=0.01)


def test_a_recipe_without_a_wish_stays_as_it_is():
    recipe = Recipe(batch_tokens=4096, learning_rate=3e-5, warmup_share=0)
    assert planned(recipe, rows(50)) == recipe


def test_few_steps_are_warned_of(caplog):
    caplog.set_level(logging.INFO)
    planned(load_recipe("kogpt2"), rows(5_000))
    assert "planned: about 400 steps of 937 tokens" in caplog.text
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
    planned(load_recipe("kogpt2"), rows(100))
    assert [record for record in caplog.records if record.levelno == logging.WARNING]
