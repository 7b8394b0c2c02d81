"""Form, command line, run options and settings agree on every option of a run."""

import json
from pathlib import Path
from typing import Any

import pytest
from airflow.sdk.exceptions import ParamValidationError
from typer.main import get_command
from typer.testing import CliRunner

from cs_airflow.form import retrain_params
from cs_pipeline import cli
from cs_pipeline.config import RunOptions, Settings, declared
from cs_pipeline.errors import SettingsError

# The last values that are allowed and the first that are not.
LIMITS: dict[str, tuple[list[Any], list[Any]]] = {
    "force": ([True, False], ["perhaps"]),
    "recipe": (["tiny", "x"], [""]),
    "base_model": (["my/base", "x"], [""]),
    "epochs": ([0.01, 100], [0, -1, 100.01]),
    "learning_rate": ([1e-9, 0.999], [0, 1]),
    "batch_tokens": ([64, 10**6], [63, 64.5]),
    "new_export_weight": ([1, 1.5, 20], [0.99, 20.01]),
    "export_weights": (["", "a.xlsx = 0.5, b* = 20"], ["가" * 1001]),
    "max_eval_loss": ([1e-9, 1000], [0, -1]),
    "min_improvement": ([-5, 0, 5.5], ["little"]),
    "auto_promote": ([True, False], ["perhaps"]),
    "note": (["", "가" * 500], ["가" * 501]),
}
ALLOWED = [(name, value) for name, (allowed, _) in LIMITS.items() for value in allowed]
REFUSED = [(name, value) for name, (_, refused) in LIMITS.items() for value in refused]


@pytest.fixture
def installation(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty folder that the command line works in."""
    monkeypatch.setenv("CS_PIPELINE_DATA_DIR", str(tmp_path / "data-train"))
    monkeypatch.setenv("CS_PIPELINE_WORK_DIR", str(tmp_path / "var"))
    return tmp_path


def parameters_of_run() -> dict[str, Any]:
    command: Any = get_command(cli.app)
    return {parameter.name: parameter for parameter in command.commands["run"].params}


def on_the_command_line(name: str, value: Any) -> list[str]:
    option = "--" + name.replace("_", "-")
    if isinstance(value, bool):
        return ["run", option if value else option.replace("--", "--no-", 1)]
    return ["run", f"{option}={value}"]


def test_the_table_of_limits_is_complete() -> None:
    assert list(LIMITS) == list(RunOptions.model_fields)


@pytest.mark.parametrize(("name", "value"), ALLOWED)
def test_what_one_allows_all_allow(name: str, value: Any) -> None:
    assert getattr(RunOptions.from_settings(Settings.load(), {name: value}), name) == value
    assert retrain_params(RunOptions()).get(name).resolve(value) == value
    if name in Settings.model_fields:
        assert getattr(Settings.load(**{name: value}), name) == value


@pytest.mark.parametrize(("name", "value"), REFUSED)
def test_what_one_refuses_all_refuse(name: str, value: Any) -> None:
    with pytest.raises(SettingsError, match=f"{name}:"):
        RunOptions.from_settings(Settings.load(), {name: value})
    with pytest.raises(ParamValidationError):
        retrain_params(RunOptions()).get(name).resolve(value)
    if name in Settings.model_fields:
        with pytest.raises(SettingsError, match=f"CS_PIPELINE_{name.upper()}:"):
            Settings.load(**{name: value})


@pytest.mark.parametrize(("name", "value"), REFUSED)
def test_the_command_line_refuses_it_before_anything_is_done(
    name: str, value: Any, installation: Path
) -> None:
    ended = CliRunner().invoke(cli.app, on_the_command_line(name, value))
    if ended.exit_code != 2:  # 2: not even of the option's type
        assert isinstance(ended.exception, SettingsError)
        assert f"{name}:" in ended.exception.words.en
    assert list(installation.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "value"), [case for case in ALLOWED if case not in {("force", True), ("recipe", "x")}]
)
def test_the_command_line_takes_what_is_allowed(name: str, value: Any, installation: Path) -> None:
    ended = CliRunner().invoke(cli.app, on_the_command_line(name, value))
    assert ended.exit_code == 0, ended.output  # an empty inbox: nothing to do
    (record,) = (installation / "var" / "runs").glob("*/run.json")
    assert json.loads(record.read_text(encoding="utf-8"))["status"] == "nothing_to_do"


@pytest.mark.parametrize("given", [{}, {"epochs": 2, "max_eval_loss": 1, "auto_promote": False}])
def test_defaults_are_those_of_the_settings(given: dict[str, Any]) -> None:
    settings = Settings.load(**given)
    options = RunOptions.from_settings(settings)
    form = retrain_params(options)
    parameters = parameters_of_run()
    assert set(form) == set(RunOptions.model_fields) == set(parameters) - {"run_id"}
    for name in RunOptions.model_fields:
        assert form[name].value == getattr(options, name)
        assert parameters[name].default is None  # not given: the settings' own
        if name in Settings.model_fields:
            assert getattr(options, name) == getattr(settings, name)
            default = Settings.model_fields[name].default
            assert RunOptions.model_fields[name].default == default


def test_form_and_help_use_the_declared_words_and_limits() -> None:
    form = retrain_params(RunOptions())
    parameters = parameters_of_run()
    for option in declared(RunOptions):
        assert option.title is not None
        schema = form[option.name].schema
        assert schema["title"] == f"{option.title.ko} · {option.title.en}"
        assert option.meaning.ko in form[option.name].description
        assert option.meaning.en in form[option.name].description
        assert option.limits.items() <= schema.items()
        told = parameters[option.name].help
        assert str(option.described) in told
        assert str(option.allowed) in told


def test_a_cleared_field_is_what_was_not_given() -> None:
    """Airflow sends null for a text field that was emptied."""
    form = retrain_params(RunOptions())
    may_be_cleared = {name for name in form if "null" in form[name].schema["type"]}
    own = {"base_model", "epochs", "learning_rate", "batch_tokens", "new_export_weight"}
    assert may_be_cleared == own | {"export_weights", "note"}
    given = dict.fromkeys(may_be_cleared)
    assert RunOptions.from_settings(Settings.load(), given) == RunOptions()
