"""Each setting is declared once, and whoever shows it reads that declaration."""

import json
import typing

import pytest

from cs_pipeline.config import (
    AppraisalPlan,
    DatasetTerms,
    Folders,
    GateChoice,
    GateLimits,
    HandOverSettings,
    Intake,
    Masking,
    Notifications,
    Pods,
    RecipeChoice,
    Retention,
    RunOptions,
    S3Access,
    Schedule,
    Settings,
    Stores,
    Training,
    declared,
)
from cs_pipeline.config.group import Group
from cs_pipeline.config.reference import groups
from cs_pipeline.errors import SettingsError
from cs_pipeline.training.job import TrainJob

SECRET = "tiger-balm-9000"
# One wrong value for each group.
WRONG = {
    Folders: ("DATA_DIR", "~nobody-of-this-name/x"),
    Intake: ("HIDDEN_ROWS", SECRET),
    Schedule: ("RETRAIN_CRON", SECRET),
    Masking: ("PII_NAME_VETO", SECRET),
    DatasetTerms: ("VAL_SHARE", SECRET),
    Training: ("EPOCHS", SECRET),
    AppraisalPlan: ("LEAK_PROMPTS", SECRET),
    GateLimits: ("MAX_DRIFT", SECRET),
    S3Access: ("S3_SSE", SECRET),
    HandOverSettings: ("LEASE_SECONDS", SECRET),
    Pods: ("POD_MEMORY", SECRET),
    Retention: ("KEEP_WEIGHTS", "-3"),
    Notifications: ("NOTIFY_URLS", f"json://{SECRET}"),
}


@pytest.mark.parametrize("kind", [Settings, RunOptions])
def test_each_field_is_declared_in_exactly_one_class(kind):
    for name in kind.model_fields:
        places = [c.__name__ for c in kind.__mro__ if name in vars(c).get("__annotations__", {})]
        assert len(places) == 1, (name, places)


def test_the_settings_are_those_of_the_groups():
    fields = set[str]().union(*(group.model_fields for group in groups()))
    assert fields == set(Settings.model_fields)
    assert set(RunOptions.model_fields) - set(Settings.model_fields) == {"force", "note"}


def test_gate_job_and_run_take_the_declared_fields():
    for kind in (GateLimits, AppraisalPlan, RecipeChoice, GateChoice):
        for name, field in kind.model_fields.items():
            settings = Settings.model_fields[name]
            assert (field.default, field.metadata) == (settings.default, settings.metadata)
    assert typing.get_type_hints(TrainJob)["appraisal"] is AppraisalPlan


@pytest.mark.parametrize("kind", [Settings, RunOptions])
def test_every_field_says_what_it_means_in_both_languages(kind):
    for field in declared(kind):
        assert field.meaning.en.endswith("."), field.name
        assert field.meaning.ko.endswith("."), field.name
        assert any("가" <= letter <= "힣" for letter in field.meaning.ko), field.name
        assert (field.title is not None) == (field.name in RunOptions.model_fields)
    for group in groups():
        assert group.heading.ko != group.heading.en


@pytest.mark.parametrize("group", WRONG, ids=lambda group: group.__name__)
def test_a_wrong_value_of_each_group_names_its_variable_only(monkeypatch, group):
    variable, value = WRONG[group]
    assert variable.lower() in group.model_fields
    monkeypatch.setenv(f"CS_PIPELINE_{variable}", value)
    with pytest.raises(SettingsError) as caught:
        Settings.load()
    for text in (caught.value.words.ko, caught.value.words.en):
        assert f"CS_PIPELINE_{variable}:" in text
        assert value not in text


def test_no_group_is_left_out():
    """Everything that stores hold is text: there is no wrong value."""
    assert {*WRONG, Stores} == set(groups())
    assert all(field.kind == "string" and not field.limits for field in declared(Stores))


@pytest.mark.parametrize("variable", ["EXPORT_PASSWORDS", "REFUSED_LICENCES"])
@pytest.mark.parametrize("value", [SECRET, f'["{SECRET}"', f'"{SECRET}"', '{"a": 1}', "[1]"])
def test_a_list_that_is_none_names_its_variable_only(monkeypatch, variable, value):
    monkeypatch.setenv(f"CS_PIPELINE_{variable}", value)
    with pytest.raises(SettingsError) as caught:
        Settings.load()
    assert f"CS_PIPELINE_{variable}" in caught.value.words.en
    assert SECRET not in f"{caught.value.words.en}{caught.value.words.ko}{caught.value!r}"


def test_lists_are_read_from_json(monkeypatch):
    monkeypatch.setenv("CS_PIPELINE_EXPORT_PASSWORDS", json.dumps([SECRET, "b"]))
    monkeypatch.setenv("CS_PIPELINE_REFUSED_LICENCES", '["mit"]')
    settings = Settings.load()
    assert [word.get_secret_value() for word in settings.export_passwords] == [SECRET, "b"]
    assert settings.refused_licences == ("mit",)
    assert Settings.load(refused_licences=("a", "b")).refused_licences == ("a", "b")


def test_a_group_is_cut_out_and_the_runs_options_win():
    settings = Settings.load(max_eval_loss=2, min_val_rows=7, leak_samples=9, epochs=3)
    assert settings.group(AppraisalPlan) == AppraisalPlan(leak_samples=9)
    options = RunOptions.from_settings(settings, {"max_eval_loss": 1, "epochs": 5})
    assert settings.group(GateLimits) == GateLimits(max_eval_loss=2, min_val_rows=7)
    assert settings.group(GateLimits, options) == GateLimits(max_eval_loss=1, min_val_rows=7)
    assert settings.group(Training, options).epochs == 5
    assert settings.group(Folders) == Folders()


def test_groups_check_what_they_are_given():
    with pytest.raises(ValueError, match="max_drift"):
        GateLimits(max_drift=2)
    with pytest.raises(ValueError, match="frozen"):
        GateLimits().max_drift = 0.1


def test_a_job_is_written_as_before():
    assert AppraisalPlan().model_dump_json() == (
        '{"generation_questions":64,"improvement_confidence":0.95,"leak_prompts":128,'
        '"leak_samples":4}'
    )
    assert list(RunOptions().model_dump()) == [
        "force",
        "recipe",
        "base_model",
        "epochs",
        "learning_rate",
        "batch_tokens",
        "new_export_weight",
        "export_weights",
        "max_eval_loss",
        "min_improvement",
        "auto_promote",
        "note",
    ]


def test_no_group_hides_a_check_of_another() -> None:
    """`Settings` inherits from all groups: of two checks with one name only the first would run."""
    checks = {
        (name, check.func.__qualname__)
        for group in Settings.__mro__
        if issubclass(group, Group)
        for name, check in group.__pydantic_decorators__.field_validators.items()
    }
    names = [name for name, _ in checks]
    assert len(names) > 5
    assert sorted({name for name in names if names.count(name) > 1}) == []
