from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from airflow.dag_processing.dagbag import DagBag
from airflow.serialization.encoders import coerce_to_core_timetable
from airflow.timetables.base import TimeRestriction

from cs_airflow.manual import manual
from cs_airflow.tasks import DATASET_ASSET, MODEL_ASSET
from cs_pipeline.config import RunOptions, Settings
from cs_pipeline.recipes.recipe import load_recipe, preset_names

ROOT = Path(__file__).resolve().parents[2]
DAGS, MANUALS = ROOT / "dags", ROOT / "plugins" / "cs_airflow" / "manuals"


@pytest.fixture(scope="module")
def bag() -> DagBag:
    return DagBag(dag_folder=str(DAGS))


def test_every_dag_file_is_importable_and_short(bag: DagBag) -> None:
    assert bag.import_errors == {}
    assert set(bag.dags) == {
        *("cs_experiment", "cs_housekeeping", "cs_promote", "cs_retrain", "cs_watch"),
    }
    for path in DAGS.glob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 150


def test_runs_come_one_at_a_time_from_the_inbox_or_at_three(bag: DagBag) -> None:
    dag = bag.dags["cs_retrain"]
    assert dag.max_active_runs == 1
    assert dag.catchup is False
    assert str(dag.timetable.timetable.timezone) == "Asia/Seoul"
    (asset,) = dag.timetable.asset_condition.objects
    assert [watcher.name for watcher in asset.watchers] == ["cs_inbox_watcher"]


@pytest.mark.parametrize("minutes_ago", [1, 10, 60, 120])
def test_a_fresh_installation_makes_up_for_no_time_gone_by(
    monkeypatch: pytest.MonkeyPatch, minutes_ago: int
) -> None:
    now = datetime.now(UTC)
    gone_by = now.astimezone(ZoneInfo("Asia/Seoul")) - timedelta(minutes=minutes_ago)
    monkeypatch.setenv("CS_PIPELINE_RETRAIN_CRON", f"{gone_by:%M %H} * * *")
    dag = DagBag(dag_folder=str(DAGS)).dags["cs_retrain"]
    first = coerce_to_core_timetable(dag.timetable).next_dagrun_info(
        last_automated_data_interval=None,
        restriction=TimeRestriction(earliest=None, latest=None, catchup=False),
    )
    assert first.run_after > now


def test_the_form_covers_every_option_with_the_default_of_the_settings(bag: DagBag) -> None:
    dag = bag.dags["cs_retrain"]
    assert set(dag.params) == set(RunOptions.model_fields)
    dag.params.validate()
    for name, default in RunOptions().model_dump().items():
        assert dag.params[name] == default
        param = dag.params.get_param(name)
        assert "·" in param.schema["title"]
        assert param.description


def test_the_form_says_what_an_empty_field_means(bag: DagBag) -> None:
    params = bag.dags["cs_retrain"].params
    assert params.get_param("recipe").schema["examples"] == list(preset_names())
    own = load_recipe(RunOptions().recipe)
    for name in ("base_model", "epochs", "learning_rate", "batch_tokens"):
        param = params.get_param(name)
        assert param.resolve(None) is None
        shown = getattr(own, name)
        shown = shown if isinstance(shown, str) else f"{shown:g}"
        assert f"(kogpt2: {shown})" in param.description


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("recipe", ""),
        ("recipe", None),
        ("batch_tokens", 63),
        ("epochs", 0),
        ("epochs", 101),
        ("learning_rate", 1),
        ("max_eval_loss", -1),
        ("base_model", ""),
    ],
)
def test_the_form_refuses_what_the_options_refuse(bag: DagBag, name: str, value: object) -> None:
    from airflow.sdk.exceptions import ParamValidationError

    with pytest.raises(ParamValidationError):
        bag.dags["cs_retrain"].params.get_param(name).resolve(value)


@pytest.mark.parametrize(("language", "state"), [("ko", "건너뜀"), ("en", "Skipped")])
def test_the_manual_tells_of_every_task_in_one_language(
    bag: DagBag, monkeypatch: pytest.MonkeyPatch, language: str, state: str
) -> None:
    monkeypatch.setenv("CS_PIPELINE_LANG", language)
    text = manual("cs_retrain", Settings.load(retrain_cron="5 4 * * *"))
    assert ("상담" in text) == (language == "ko")
    assert state in text
    assert "5 4 * * *" in text
    assert "Asia/Seoul" in text
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert {row.count("|") for row in rows} == {5}, "four columns"
    for task_id in bag.dags["cs_retrain"].task_ids:
        assert f"`{task_id.split('.')[-1]}`" in text, task_id


@pytest.mark.parametrize("path", sorted(MANUALS.glob("*.md")), ids=lambda path: path.name)
def test_manuals_are_written_for_the_window_that_shows_them(path: Path) -> None:
    """Airflow draws code higher than a line: in a paragraph it lies over the line above."""
    told = [line for line in path.read_text(encoding="utf-8").splitlines() if line[:1] != "|"]
    assert [line for line in told if "`" in line] == []


def test_tasks_assets_and_options_have_names_and_groups_for_people(bag: DagBag) -> None:
    dag = bag.dags["cs_retrain"]
    assert dag.doc_md
    assert "건너뜀" in dag.doc_md
    for task in dag.tasks:
        name, _, task_id = task.task_display_name.partition(" · ")
        assert task_id == task.task_id.split(".")[-1]
        assert any("가" <= letter <= "힣" for letter in name)
    (asset,) = dag.timetable.asset_condition.objects
    for one in (asset, DATASET_ASSET, MODEL_ASSET):
        assert one.group == "cs-pipeline"
        assert one.extra
    sections = [dag.params.get_param(name).schema["section"] for name in dag.params]
    assert len(set(sections)) == 3


def test_the_way_of_the_data_is_wired(bag: DagBag) -> None:
    dag = bag.dags["cs_retrain"]
    follows = {task_id: dag.get_task(task_id).downstream_task_ids for task_id in dag.task_ids}
    assert follows["collect"] >= {"intake.validate", "merge"}
    assert follows["intake.validate"] == {"intake.mask"}
    assert follows["intake.mask"] == {"merge"}
    assert follows["merge"] == {"train", "gate"}
    assert follows["train"] == {"gate"}
    assert follows["gate"] == {"promote", "reject", "hold"}
    assert all(follows[outcome] == {"record"} for outcome in ("promote", "reject", "hold"))
    assert dag.get_task("record").is_teardown
