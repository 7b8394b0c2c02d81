"""`cs_promote`: how it is wired, what it asks, and that no retry asks again."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from airflow.dag_processing.dagbag import DagBag
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from cs_airflow import promoting
from cs_airflow.tasks import HELD_MODEL_ASSET, MODEL_ASSET
from cs_pipeline import stages
from cs_pipeline.config import Settings
from tests.airflow.test_dags import DAGS
from tests.unit.registry.desk import Desk

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)


@pytest.fixture(scope="module")
def dag() -> Any:
    return DagBag(dag_folder=str(DAGS)).dags["cs_promote"]


@pytest.fixture
def desk(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("CS_PIPELINE_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("CS_PIPELINE_WORK_DIR", str(settings.work_dir))
    monkeypatch.setenv("CS_PIPELINE_PROMOTE_FIRST", "true")
    desk = Desk(settings)
    desk.trained()
    desk.gate(auto_promote=False)
    return desk


def call(task: Any, *arguments: Any, **keywords: Any) -> Any:
    return task.function(*arguments, **keywords)


def asked_by(events: Any = None, run: str = "last") -> dict[str, Any]:
    return call(promoting.question, params={"run": run}, triggering_asset_events=events or {})


def answered(chosen: str, user: dict[str, str] | None = None, note: str = "") -> dict[str, Any]:
    return {
        "chosen_options": [chosen],
        "params_input": {"note": note},
        "responded_at": NOW,
        "responded_by_user": user,
    }


KIM = {"id": "7", "name": "kim"}


def test_an_event_of_a_held_model_starts_it(dag: Any) -> None:
    assert list(dag.timetable.asset_condition.objects) == [HELD_MODEL_ASSET]
    retrain = DagBag(dag_folder=str(DAGS)).dags["cs_retrain"]
    assert HELD_MODEL_ASSET in retrain.get_task("hold").outlets
    assert HELD_MODEL_ASSET in dag.get_task("ask_again").outlets
    assert MODEL_ASSET in dag.get_task("live").outlets
    assert dag.get_task("follow").outlets == []


def test_the_question_is_put_once_and_silence_is_no_yes(dag: Any) -> None:
    decide = dag.get_task("decide")
    assert decide.retries == 0
    assert decide.options == ["승격", "보류", "폐기"]
    assert decide.defaults == ["보류"]
    assert decide.response_timeout == timedelta(hours=72)
    assert set(decide.params) == {"note"}


def test_the_form_has_a_default_for_everything_and_the_manual_every_task(dag: Any) -> None:
    dag.params.validate()
    assert dag.params["action"] == "ask"
    rows = [line for line in dag.doc_md.splitlines() if line.startswith("|")]
    assert {row.count("|") for row in rows} == {5}
    for task in dag.tasks:
        assert f"`{task.task_id}`" in dag.doc_md, task.task_id
        assert task.task_display_name.endswith(f" · {task.task_id}")


def test_the_way_of_an_approval_is_wired(dag: Any) -> None:
    follows = {task_id: dag.get_task(task_id).downstream_task_ids for task_id in dag.task_ids}
    assert follows["begin"] == {"question", "act"}
    assert follows["question"] >= {"decide", "follow", "ask_again"}
    assert follows["decide"] == {"follow"}
    assert follows["follow"] == {"ask_again", "live"}
    assert follows["act"] == {"live"}


@pytest.mark.parametrize(("action", "task"), [("ask", "question"), ("promote", "act")])
def test_the_form_says_which_way(action: str, task: str) -> None:
    assert call(promoting.begin, params=form(action=action)) == task


def test_the_event_names_the_run(desk: Desk) -> None:
    def event(run_id: str, minute: int) -> Any:
        return SimpleNamespace(extra={"run_id": run_id}, timestamp=NOW + timedelta(minutes=minute))

    events = {HELD_MODEL_ASSET: [event("run-1", 2), event("run-0", 1)]}
    assert asked_by(events, run="nonsense")["run_id"] == "run-1"
    assert asked_by()["run_id"] == "run-1"


def test_where_nothing_waits_the_run_is_skipped(desk: Desk) -> None:
    desk.promote()
    with pytest.raises(AirflowSkipException):
        asked_by()


def test_the_question_shows_the_verdict(desk: Desk, dag: Any, monkeypatch) -> None:
    put = {}
    monkeypatch.setenv("CS_PIPELINE_APPROVAL_TIMEOUT_HOURS", "5")

    def ask(self: Any, context: Any) -> None:
        put.update(subject=self.subject, body=self.body)

    monkeypatch.setattr(promoting.HITLOperator, "execute", ask)
    asked = asked_by()
    ti = SimpleNamespace(xcom_pull=lambda task_ids: asked)
    promoting.decide(Settings.load()).execute({"ti": ti})
    assert asked["version_id"] in put["subject"]
    assert "자동 승격이 꺼져" in put["body"]
    assert "5시간" in put["body"]


@pytest.mark.parametrize("word", ["승격", "Promote"])
def test_a_yes_makes_it_live(desk: Desk, word: str) -> None:
    asked = asked_by()
    assert call(promoting.follow, asked, answered(word, KIM, "좋음")) == "live"
    assert desk.live() == asked["version_id"]
    assert stages.history(desk.installation)[0].by == "kim"


@pytest.mark.parametrize("word", ["보류", "폐기"])
def test_a_no_leaves_the_live_model(desk: Desk, word: str) -> None:
    assert call(promoting.follow, asked_by(), answered(word, KIM)) is None
    assert desk.live() is None


def test_nobodys_answer_promotes_nothing(desk: Desk) -> None:
    assert call(promoting.follow, asked_by(), answered("승격", None)) is None
    assert desk.live() is None


def test_it_asks_anew_where_another_model_went_live(desk: Desk) -> None:
    asked = asked_by()
    other = desk.live_from_the_gate("run-2", finished_at=NOW + timedelta(days=2))
    assert call(promoting.follow, asked, answered("승격", KIM)) == "ask_again"
    assert desk.live() == other
    event = SimpleNamespace(extra=None)
    call(promoting.ask_again, asked, outlet_events={HELD_MODEL_ASSET: event})
    assert event.extra == {"run_id": "run-1"}


def form(**given: Any) -> dict[str, Any]:
    empty = {"action": "ask", "run": "last", "version": "", "note": "", "override": False}
    return empty | given


def test_the_form_promotes_and_rolls_back_in_the_senders_name(desk: Desk) -> None:
    sender = SimpleNamespace(triggering_user_name="lee")
    params = form(action="promote", note="읽어 봄")
    assert call(promoting.act, params=params, dag_run=sender) == "live"
    first = desk.live()
    desk.live_from_the_gate("run-2", finished_at=NOW + timedelta(days=2))
    params = form(action="rollback", note="틀린 답")
    assert call(promoting.act, params=params, dag_run=sender) == "live"
    assert desk.live() == first
    assert [move.by for move in stages.history(desk.installation)] == ["lee", "gate", "lee"]


def test_the_form_holds_and_discards(desk: Desk) -> None:
    nobody = SimpleNamespace(triggering_user_name=None)
    assert call(promoting.act, params=form(action="hold", note="왜"), dag_run=nobody) is None
    assert call(promoting.act, params=form(action="discard", note="왜"), dag_run=nobody) is None
    assert desk.verdict().decision == "reject"


def test_the_form_needs_a_reason(desk: Desk) -> None:
    sender = SimpleNamespace(triggering_user_name="lee")
    with pytest.raises(AirflowFailException, match="--note"):
        call(promoting.act, params=form(action="promote"), dag_run=sender)


def test_a_field_that_there_is_not_and_a_note_with_personal_data_stop_it(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    for given, named in (
        ({"acton": "rollback"}, "action"),
        ({"note": "고객 010-7391-4826 요청"}, "개인정보"),
    ):
        with pytest.raises(AirflowFailException, match=named) as refused:
            call(promoting.begin, params=form(action="promote") | given)
        assert "4826" not in str(refused.value) + capsys.readouterr().out
    assert call(promoting.begin, params=form(note=None)) == "question"
    assert call(promoting.begin, params=form(action="promote", note="읽어 봄")) == "act"
    assert desk.live() is None


@pytest.mark.parametrize(("decision", "goes_on"), [("promote", "live"), ("hold", None)])
def test_the_form_hands_a_model_of_an_experiment_to_the_gate(
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    decision: str,
    goes_on: str | None,
) -> None:
    nobody = SimpleNamespace(triggering_user_name=None)
    params = form(action="candidate", run="run-1")
    assert call(promoting.begin, params=params) == "act"
    with pytest.raises(AirflowFailException, match="실험의 모델이 아닙니다"):
        call(promoting.act, params=params, dag_run=nobody)

    def judged(installation: Any, run: str) -> Any:
        verdict = desk.verdict().model_copy(update={"decision": decision})
        model = SimpleNamespace(version_id="m1") if decision == "promote" else None
        return SimpleNamespace(run=SimpleNamespace(run_id=run), verdict=verdict, model=model)

    monkeypatch.setattr(stages, "judge_candidate", judged)
    assert call(promoting.act, params=params, dag_run=nobody) == goes_on
    assert f"run-1의 판정은 {decision}입니다" in capsys.readouterr().out


def test_what_is_live_is_announced(desk: Desk) -> None:
    desk.promote()
    event = SimpleNamespace(extra=None)
    call(promoting.live, outlet_events={MODEL_ASSET: event})
    assert event.extra["version_id"] == desk.live()
