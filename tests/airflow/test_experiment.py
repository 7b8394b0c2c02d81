"""`cs_experiment`: its form, its wiring, and a run of it with two recipes."""

import json
from pathlib import Path
from typing import Any

import pytest
from airflow.dag_processing.dagbag import DagBag
from airflow.sdk.definitions.mappedoperator import MappedOperator
from airflow.sdk.exceptions import AirflowFailException, ParamValidationError

from cs_airflow import experiments
from cs_airflow.manual import manual
from cs_airflow.train import train_each
from cs_airflow.train.local import LocalTrainOperator
from cs_pipeline.config import Settings
from cs_pipeline.config.group import variable
from cs_pipeline.stages import Installation as Opened
from cs_pipeline.training.models.tiny_base import make_base
from tests.installation import CORPUS, QUICK, Installation

DAGS = Path(__file__).resolve().parents[2] / "dags"


@pytest.fixture(scope="module")
def dag() -> Any:
    return DagBag(dag_folder=str(DAGS)).dags["cs_experiment"]


def test_models_are_trained_each_by_a_mapped_task_and_nothing_is_promoted(dag: Any) -> None:
    assert {task.task_id: task.downstream_task_ids for task in dag.tasks} == {
        "plan": {"train"},
        "train": {"compare"},
        "compare": set(),
    }
    train = dag.get_task("train")
    assert isinstance(train, MappedOperator)
    assert train.max_active_tis_per_dagrun == 1, "one after the other on this machine"
    assert dag.get_task("compare").trigger_rule == "all_done"
    assert not any(task.outlets for task in dag.tasks)
    assert type(dag.timetable).__name__ == "NullTimetable"
    for task in dag.tasks:
        name, _, task_id = task.task_display_name.partition(" · ")
        assert task_id == task.task_id
        assert any("가" <= letter <= "힣" for letter in name)


def test_the_form_has_lists_and_every_field_a_default(dag: Any) -> None:
    dag.params.validate()
    assert dict(dag.params) == {
        "recipes": ["kogpt2"],
        "base_models": [],
        "epochs": None,
        "note": "",
    }
    for name in dag.params:
        assert "·" in dag.params.get_param(name).schema["title"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("recipes", []), ("recipes", "kogpt2"), ("recipes", [""]), ("epochs", 0), ("epochs", 101)],
)
def test_the_form_refuses_what_cannot_be_trained(dag: Any, name: str, value: object) -> None:
    with pytest.raises(ParamValidationError):
        dag.params.get_param(name).resolve(value)


@pytest.mark.parametrize(("language", "state"), [("ko", "실패"), ("en", "Failed")])
def test_the_manual_tells_of_every_task_in_one_language(
    dag: Any, monkeypatch: pytest.MonkeyPatch, language: str, state: str
) -> None:
    monkeypatch.setenv("CS_PIPELINE_LANG", language)
    text = manual("cs_experiment", Settings.load())
    assert ("모델" in text) == (language == "ko")
    assert state in text
    for task_id in dag.task_ids:
        assert f"`{task_id}`" in text


def test_pods_stand_side_by_side_and_no_secret_is_kept_with_the_mapped_task() -> None:
    from airflow.sdk import DAG

    with DAG(dag_id="pods", schedule=None):
        train = train_each(Settings.load(train_backend="kubernetes"), members=[{"run_id": "r"}])
    assert train.operator_class.__name__ == "KubernetesTrainOperator"
    assert train.max_active_tis_per_dagrun is None
    assert "settings" not in train.partial_kwargs


@pytest.fixture
def site(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installation:
    """An installation in the environment, with a dataset."""
    base = make_base(CORPUS, tmp_path / "base", vocab_size=3072, width=64, heads=2, positions=256)
    given = {**QUICK, "data_dir": settings.data_dir, "work_dir": settings.work_dir}
    for name, value in (given | {"settle_seconds": 0}).items():
        monkeypatch.setenv(variable(name), str(value))
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    site = Installation(Settings.load(), base)
    site.drop(rows=60)
    assert site.run("run-1", epochs=0.1).dataset is not None
    return site


def test_the_tasks_train_two_recipes_and_write_the_page(site: Installation, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("extends: tiny\nlearning_rate: 0.001\n", "utf-8")
    live = site.live()
    params = {
        "recipes": ["tiny", str(own)],
        "base_models": [str(site.base)],
        "epochs": 0.2,
        "note": None,
    }
    run_id = "manual__2026-03-01T09:00:00+00:00"
    members = experiments.plan.function(run_id=run_id, params=params)
    assert [one["run_id"] for one in members] == [f"{run_id}.1", f"{run_id}.2"]
    for member in members:
        context: Any = {"run_id": run_id, "params": params}
        figures = LocalTrainOperator(task_id="train", member=member).execute(context)
        assert figures["loss_nats_per_token"] > 0
        assert context["model"] == member["label"]

    class Task:
        dag_id = "cs_experiment"

    page = Path(experiments.compare.function(run_id=run_id, ti=Task()))
    assert "own · base" in page.read_text("utf-8")
    report = json.loads((page.parent / "report.json").read_text("utf-8"))
    assert list(report["runs"]) == [one["run_id"] for one in members]
    assert len(report["experiment"]["members"]) == 2
    assert site.live() == live
    opened = Opened(site.settings)
    assert {opened.runs.read(one["run_id"]).status for one in members} == {"compared"}


def test_a_recipe_that_is_not_there_fails_the_plan_at_once(site: Installation) -> None:
    params = {"recipes": ["tiny", "nobodys"], "base_models": None, "epochs": None, "note": None}
    with pytest.raises(AirflowFailException, match="nobodys"):
        experiments.plan.function(run_id="run-2", params=params)
