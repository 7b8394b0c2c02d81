"""Learning rates tried on a part of the data, and the recipe file that comes of it."""

import math

import pytest

from cs_pipeline import stages
from cs_pipeline.errors import SettingsError, TrainingError
from cs_pipeline.recipes.recipe import load_recipe
from tests.handing_over import merged

RECIPE = {"recipe": "kogpt2", "epochs": 2}


@pytest.fixture
def site(installation):
    """An installation with a dataset and no run."""
    installation.drop(rows=80)
    merged(installation)
    return installation.configured(batch_tokens=None)


def tune(site, out, **given):
    opened = stages.Installation(site.settings)
    given = {"rows": 40, "seed": 3} | given
    return stages.tune(opened, options=site.options(**RECIPE), out=out, **given)


def test_rates_are_tried_on_the_same_rows_and_the_best_stands_in_a_recipe(site, tmp_path):
    out, told = tmp_path / "tuned.yaml", []
    rates = [1e-5, 3e-3]
    tuned = tune(site, out, rates=rates, tell=told.append)
    assert [one.learning_rate for one in told] == rates
    losses = {one.learning_rate: one.loss_nats_per_token for one in tuned.tried}
    assert losses[3e-3] < losses[1e-5], "the lower rate hardly moves a model that knows nothing"
    assert [one.learning_rate for one in tuned.tried] == [3e-3, 1e-5]
    assert tuned.best.learning_rate == 3e-3
    assert tuned.at_the_edge
    assert (tuned.rows.train, tuned.rows.val > 0) == (40, True)

    recipe, own = load_recipe(str(out)), site.options(**RECIPE).training_recipe()
    assert recipe.name == "tuned"
    expected = own.model_copy(update={"learning_rate": 3e-3, "name": "tuned"})
    assert recipe == expected, "also what is planned from the rows"
    assert tuned.best.peak_rate > 3e-3, "the rate scales with the rows of a step, as the recipe's"
    assert not list(site.settings.work_dir.glob(".tuning-*"))
    assert not list(site.settings.runs_dir.glob("*"))

    again = tune(site, tmp_path / "again.yaml", rates=rates[1:])
    assert again.best.loss_nats_per_token == pytest.approx(losses[3e-3], abs=1e-6)
    assert not again.at_the_edge


def test_a_rate_that_is_too_high_is_lost_and_the_others_count(site, tmp_path, monkeypatch):
    from cs_pipeline.training import fitting

    fit = fitting.fit

    def lost_above(job, *arguments, **how):
        if job.recipe.learning_rate > 0.01:
            raise TrainingError(ko="손실을 잃음", en="lost")
        return fit(job, *arguments, **how)

    monkeypatch.setattr(fitting, "fit", lost_above)
    tuned = tune(site, tmp_path / "tuned.yaml", rates=[0.5, 1e-3])
    assert tuned.best.learning_rate == 1e-3
    assert tuned.tried[-1].loss_nats_per_token is None
    with pytest.raises(TrainingError, match="--rate"):
        tune(site, tmp_path / "none.yaml", rates=[0.5])
    assert not (tmp_path / "none.yaml").exists()


@pytest.mark.parametrize("rate", [0.0, -1.0, 1.0, math.nan])
def test_what_is_no_rate_is_refused(installation, tmp_path, rate):
    with pytest.raises(SettingsError, match="--rate"):
        tune(installation, tmp_path / "tuned.yaml", rates=[rate])


def test_a_file_that_is_there_or_is_no_yaml_is_refused(installation, tmp_path):
    there = tmp_path / "there.yaml"
    there.write_text("epochs: 2\n")
    for out in (there, tmp_path / "tuned.json"):
        with pytest.raises(SettingsError, match="--out"):
            tune(installation, out, rates=[1e-3])
    assert there.read_text() == "epochs: 2\n"
