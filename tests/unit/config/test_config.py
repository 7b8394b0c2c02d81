import os
from pathlib import Path

import pytest

from cs_pipeline.config import RunOptions, Settings, is_s3
from cs_pipeline.errors import SettingsError
from cs_pipeline.recipes.recipe import DEFAULT_BASE_MODEL, Recipe, load_recipe

SECRET = "tiger-balm-9000"


@pytest.mark.parametrize(
    ("variable", "value", "field", "expected"),
    [
        ("DATA_DIR", "/srv/data", "data_dir", Path("/srv/data")),
        ("WORK_DIR", "/srv/var", "work_dir", Path("/srv/var")),
        ("INBOX", "s3://in/box", "inbox_uri", "s3://in/box"),
        ("MODEL_STORE", "s3://models/cs", "model_store_uri", "s3://models/cs"),
        ("S3_ENDPOINT_URL", "http://localhost:8333", "s3_endpoint_url", "http://localhost:8333"),
        ("S3_REGION", "us-east-1", "s3_region", "us-east-1"),
        ("SETTLE_SECONDS", "0.5", "settle_seconds", 0.5),
        ("CONTEXT_TURNS", "8", "context_turns", 8),
        ("QUALITY_RULES", "/srv/rules.yaml", "quality_rules", Path("/srv/rules.yaml")),
        ("VAL_SHARE", "0.2", "val_share", 0.2),
        ("KEEP_DATASETS", "7", "keep_datasets", 7),
        ("RETRAIN_CRON", "30 2 * * 1-5", "retrain_cron", "30 2 * * 1-5"),
        ("TRAIN_BACKEND", "local", "train_backend", "local"),
        ("MAX_EVAL_LOSS", "3.5", "max_eval_loss", 3.5),
        ("MIN_IMPROVEMENT", "-0.5", "min_improvement", -0.5),
        ("AUTO_PROMOTE", "false", "auto_promote", False),
        ("RECIPE", "kogpt2-fast", "recipe", "kogpt2-fast"),
        ("RECIPE", "/srv/ours.yaml", "recipe", "/srv/ours.yaml"),
        ("BASE_MODEL", "my/base", "base_model", "my/base"),
        ("EPOCHS", "1.5", "epochs", 1.5),
        ("LEARNING_RATE", "1e-4", "learning_rate", 1e-4),
        ("BATCH_TOKENS", "512", "batch_tokens", 512),
    ],
)
def test_a_variable_sets_its_field(monkeypatch, variable, value, field, expected):
    assert getattr(Settings.load(), field) != expected or variable == "TRAIN_BACKEND"
    monkeypatch.setenv(f"CS_PIPELINE_{variable}", value)
    assert getattr(Settings.load(), field) == expected


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SETTLE_SECONDS", "soon"),
        ("SETTLE_SECONDS", "-1"),
        ("POLL_SECONDS", "0"),
        ("CONTEXT_TURNS", "9"),
        ("CONTEXT_TURNS", "-1"),
        ("VAL_SHARE", "1"),
        ("VAL_SHARE", "0"),
        ("KEEP_DATASETS", "0"),
        ("KEEP_DATASETS", "2.5"),
        ("RETRAIN_CRON", "at night"),
        ("TRAIN_BACKEND", "abacus"),
        ("MAX_EVAL_LOSS", "0"),
        ("MAX_EVAL_LOSS", "forty-two"),
        ("AUTO_PROMOTE", "perhaps"),
        ("RECIPE", ""),
        ("BASE_MODEL", ""),
        ("EPOCHS", "101"),
        ("EPOCHS", "0"),
        ("LEARNING_RATE", "1"),
        ("BATCH_TOKENS", "63"),
        ("MAX_TEXT_CHARACTERS", "9"),
    ],
)
def test_a_wrong_value_names_its_variable(monkeypatch, variable, value):
    monkeypatch.setenv(f"CS_PIPELINE_{variable}", value)
    with pytest.raises(SettingsError) as caught:
        Settings.load()
    for text in (caught.value.words.ko, caught.value.words.en):
        assert f"CS_PIPELINE_{variable}:" in text
    assert caught.value.exit_code == 2
    assert caught.value.__suppress_context__


def test_a_wrong_value_is_not_repeated(monkeypatch):
    monkeypatch.setenv("CS_PIPELINE_EPOCHS", SECRET)
    monkeypatch.setenv("CS_PIPELINE_TRAIN_BACKEND", SECRET)
    with pytest.raises(SettingsError) as caught:
        Settings.load()
    message = f"{caught.value.words.ko} {caught.value.words.en} {caught.value!r}"
    assert "CS_PIPELINE_EPOCHS" in message
    assert "CS_PIPELINE_TRAIN_BACKEND" in message
    assert SECRET not in message


def test_variables_of_other_programs_do_not_count(monkeypatch):
    for name in ("EPOCHS", "cs_pipelineepochs", "CS_EPOCHS"):
        monkeypatch.setenv(name, "9")
    assert Settings.load().epochs is None


def test_overrides_win_over_the_environment(monkeypatch):
    monkeypatch.setenv("CS_PIPELINE_EPOCHS", "9")
    assert Settings.load(epochs=2).epochs == 2


def test_secrets_are_never_shown(monkeypatch):
    monkeypatch.setenv("CS_PIPELINE_S3_ACCESS_KEY_ID", SECRET)
    monkeypatch.setenv("CS_PIPELINE_S3_SECRET_ACCESS_KEY", SECRET)
    settings = Settings.load()
    assert settings.s3_secret_access_key.get_secret_value() == SECRET
    shown = [repr(settings), str(settings), f"{settings.model_dump()}", settings.model_dump_json()]
    assert SECRET not in "".join(shown)
    assert "****" in repr(settings)


def test_settings_cannot_be_changed():
    with pytest.raises(ValueError, match="frozen"):
        Settings.load().epochs = 1


def test_folders_follow_from_the_two_roots(tmp_path):
    settings = Settings.load(data_dir=tmp_path / "d", work_dir=tmp_path / "w")
    assert settings.inbox_uri == str(tmp_path / "d" / "inbox")
    assert settings.model_store_uri == str(tmp_path / "w" / "model-store")
    assert settings.runs_dir == tmp_path / "w" / "runs"
    for name in ("processing", "processed", "quarantine", "shards", "datasets"):
        assert getattr(settings, f"{name}_dir") == tmp_path / "d" / name


def test_roots_are_absolute_and_a_home_is_expanded(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    settings = Settings.load(data_dir="here", work_dir="~/there")
    assert settings.data_dir == tmp_path / "here"
    assert settings.work_dir == Path.home().resolve() / "there"
    os.chdir("/")
    assert settings.data_dir == tmp_path / "here"


def test_a_run_takes_its_defaults_from_the_installation():
    settings = Settings.load(base_model="my/base", epochs=2, max_eval_loss=1, auto_promote=False)
    options = RunOptions.from_settings(settings)
    assert (options.base_model, options.epochs) == ("my/base", 2)
    assert (options.max_eval_loss, options.auto_promote) == (1, False)
    assert (options.force, options.note) == (False, "")


def test_what_is_given_wins_over_the_installation():
    settings = Settings.load(base_model="my/base", epochs=2, auto_promote=True)
    given = {"epochs": 5, "auto_promote": False, "min_improvement": 0.0, "note": "봄"}
    options = RunOptions.from_settings(settings, given)
    assert (options.base_model, options.epochs) == ("my/base", 5)
    assert (options.auto_promote, options.min_improvement, options.note) == (False, 0.0, "봄")


def test_options_that_were_not_given_leave_the_installations_default():
    settings = Settings.load(base_model="my/base", epochs=2, auto_promote=False)
    given = dict.fromkeys(RunOptions.model_fields) | {"learning_rate": 0.001}
    options = RunOptions.from_settings(settings, given)
    assert options == RunOptions(
        base_model="my/base", epochs=2, auto_promote=False, learning_rate=0.001
    )


def test_names_that_are_no_option_are_refused_with_the_nearest():
    with pytest.raises(SettingsError, match="max_evalloss") as caught:
        RunOptions.from_settings(Settings.load(), {"max_evalloss": SECRET})
    assert "max_eval_loss" in caught.value.words.ko
    assert SECRET not in str(caught.value.words)


def test_variables_that_are_no_setting_are_refused_with_the_nearest(monkeypatch):
    monkeypatch.setenv("CS_PIPELINE_MAX_EVAL_LOS", SECRET)
    with pytest.raises(SettingsError, match="CS_PIPELINE_MAX_EVAL_LOS") as caught:
        Settings.load()
    assert "CS_PIPELINE_MAX_EVAL_LOSS" in caught.value.words.ko
    assert SECRET not in str(caught.value.words)


def test_variables_beside_the_settings_are_known(monkeypatch):
    for name in ("LANG", "EXIT_WITH_PARENT", "POD_UID", "IMAGE_DIGEST"):
        monkeypatch.setenv(f"CS_PIPELINE_{name}", "x")
    assert Settings.load() == Settings()


def test_a_time_zone_that_there_is_not_is_refused():
    with pytest.raises(SettingsError, match="CS_PIPELINE_TIME_ZONE"):
        Settings.load(time_zone="Asia/Soul")


@pytest.mark.parametrize(
    "given",
    [
        {"epochs": 0},
        {"epochs": SECRET},
        {"learning_rate": 1},
        {"base_model": ""},
        {"max_eval_loss": -1},
        {"note": SECRET * 100},
    ],
)
def test_a_wrong_option_is_named_and_not_repeated(given):
    with pytest.raises(SettingsError) as caught:
        RunOptions.from_settings(Settings.load(), given)
    (name,) = given
    assert f"{name}:" in caught.value.words.en
    assert f"{name}:" in caught.value.words.ko
    assert SECRET not in str(caught.value.words)


def test_a_run_trains_by_the_named_recipe():
    assert RunOptions().training_recipe() == load_recipe("kogpt2")
    assert RunOptions().training_recipe().base_model == DEFAULT_BASE_MODEL
    assert RunOptions(recipe="tiny").training_recipe() == load_recipe("tiny")


def test_settings_win_over_the_recipe_only_where_they_are_set(monkeypatch):
    monkeypatch.setenv("CS_PIPELINE_RECIPE", "tiny")
    monkeypatch.setenv("CS_PIPELINE_BASE_MODEL", "my/base")
    recipe = RunOptions.from_settings(Settings.load()).training_recipe()
    assert recipe == load_recipe("tiny").model_copy(update={"base_model": "my/base"})


def test_what_is_given_wins_over_settings_and_recipe(monkeypatch):
    for name, value in {"RECIPE": "tiny", "EPOCHS": "9", "BATCH_TOKENS": "256"}.items():
        monkeypatch.setenv(f"CS_PIPELINE_{name}", value)
    given = {"epochs": 2, "learning_rate": 0.001}
    recipe = RunOptions.from_settings(Settings.load(), given).training_recipe()
    assert (recipe.name, recipe.epochs, recipe.batch_tokens) == ("tiny", 2, 256)
    assert recipe.learning_rate == 0.001
    other = RunOptions.from_settings(Settings.load(), {"recipe": "kogpt2-fast"})
    assert other.training_recipe().learning_rate == load_recipe("kogpt2-fast").learning_rate
    assert other.training_recipe().epochs == 9


def test_the_base_model_is_swapped_by_one_field():
    recipe = RunOptions(recipe="korean-lora", base_model="other/model").training_recipe()
    assert recipe == load_recipe("korean-lora").model_copy(update={"base_model": "other/model"})


def test_a_recipe_as_json_is_taken_to_the_letter():
    recipe = Recipe(name="ours", base_model="b", epochs=2, batch_tokens=128, compile=True)
    assert RunOptions(recipe=recipe.model_dump_json()).training_recipe() == recipe


def test_a_recipe_file_is_found_from_anywhere(monkeypatch, tmp_path):
    (tmp_path / "ours.yaml").write_text("extends: tiny\nepochs: 1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    settings = Settings.load(recipe="ours.yaml")
    monkeypatch.chdir("/")
    recipe = RunOptions.from_settings(settings).training_recipe()
    assert (recipe.name, recipe.epochs, recipe.batch_tokens) == ("ours", 1, 512)


def test_an_unknown_recipe_is_refused():
    with pytest.raises(SettingsError, match="kogpt-3"):
        RunOptions(recipe="kogpt-3").training_recipe()


def test_options_survive_a_trip_as_json():
    options = RunOptions(recipe="tiny", epochs=2)
    assert RunOptions.model_validate_json(options.model_dump_json()) == options


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        ("s3://bucket/prefix", True),
        ("s3://", True),
        ("/data/s3://x", False),
        ("S3://bucket", False),
        ("data-train", False),
    ],
)
def test_s3_addresses(uri, expected):
    assert is_s3(uri) is expected
