"""What the recipe options of `run` and `train` make of settings and presets."""

import json

import pytest

from cs_pipeline import cli, stages
from cs_pipeline.config import RunOptions, Settings
from cs_pipeline.recipes.recipe import Recipe, load_recipe
from cs_pipeline.stages import train_command
from tests.records import dataset, result


@pytest.fixture
def train(monkeypatch, tmp_path, capsys):
    """`cs-pipeline train` up to the trainer; gives exit code, recipe and stderr."""
    seen = []

    def trainer(settings, *, run_id, dataset, options, out):
        seen.append(options.training_recipe())
        return result(run_id=run_id)

    monkeypatch.setattr(stages, "train", trainer)
    monkeypatch.setattr(stages, "load_dataset", lambda folder: dataset())
    monkeypatch.setenv("CS_PIPELINE_LANG", "en")

    def call(*arguments):
        where = ["--run-id", "r", "--dataset", str(tmp_path), "--out", str(tmp_path / "out")]
        monkeypatch.setattr("sys.argv", ["cs-pipeline", "train", *where, *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return int(ended.value.code or 0), seen.pop() if seen else None, capsys.readouterr().err

    return call


def test_the_preset_is_named_by_an_option(train, monkeypatch):
    assert train()[1] == load_recipe("kogpt2")
    monkeypatch.setenv("CS_PIPELINE_RECIPE", "kogpt2-fast")
    assert train()[1] == load_recipe("kogpt2-fast")
    assert train("--recipe", "tiny")[1] == load_recipe("tiny")


def test_options_win_over_settings_and_settings_over_the_recipe(train, monkeypatch):
    monkeypatch.setenv("CS_PIPELINE_EPOCHS", "9")
    monkeypatch.setenv("CS_PIPELINE_BATCH_TOKENS", "128")
    _, recipe, _ = train("--recipe", "tiny", "--epochs", "2", "--base-model", "b")
    assert (recipe.base_model, recipe.epochs, recipe.batch_tokens) == ("b", 2, 128)
    assert recipe.learning_rate == load_recipe("tiny").learning_rate


def test_a_file_is_named_by_its_path(train, tmp_path):
    (tmp_path / "ours.yaml").write_text("extends: tiny\nepochs: 1\n", encoding="utf-8")
    assert train("--recipe", str(tmp_path / "ours.yaml"))[1].name == "ours"


def test_json_is_taken_to_the_letter_whatever_the_settings_say(train, monkeypatch):
    monkeypatch.setenv("CS_PIPELINE_RECIPE", "no-such-recipe")
    monkeypatch.setenv("CS_PIPELINE_EPOCHS", "9")
    recipe = Recipe(name="ours", base_model="b", epochs=2)
    assert train("--recipe-json", recipe.model_dump_json())[1] == recipe


@pytest.mark.parametrize(
    "arguments",
    [
        ("--recipe", "kogtp2"),
        ("--recipe-json", "{"),
        ("--recipe-json", json.dumps({"epochs": 0})),
        ("--recipe-json", "{}", "--epochs", "3"),
        ("--recipe-json", "{}", "--recipe", "tiny"),
        ("--epochs", "0"),
        ("--batch-tokens", "1"),
    ],
)
def test_a_wrong_recipe_ends_with_exit_code_2(train, arguments):
    code, recipe, _ = train(*arguments)
    assert (code, recipe) == (2, None)


def test_a_run_with_a_wrong_recipe_claims_no_export(monkeypatch, capsys):
    def retrain(*arguments, **options):
        raise AssertionError

    monkeypatch.setattr("cs_pipeline.retrain.retrain", retrain)
    monkeypatch.setattr("sys.argv", ["cs-pipeline", "run", "--recipe", "kogtp2"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 2
    assert "kogtp2" in capsys.readouterr().err


def test_the_trainers_command_line_holds_the_runs_recipe(train, monkeypatch):
    """Whatever the settings are where it is executed."""
    settings = Settings.load(recipe="tiny", epochs=9)
    options = RunOptions.from_settings(settings, {"epochs": 2})
    command = train_command(
        stages.Installation(settings), run_id="r", dataset=dataset(), options=options
    )
    monkeypatch.setenv("CS_PIPELINE_EPOCHS", "5")
    place = command.index("--recipe-json")
    assert train(*command[place : place + 2])[1] == options.training_recipe()
