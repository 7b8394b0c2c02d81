"""What people decide on the page: it is done by the stages, once, and noted."""

import threading
from types import SimpleNamespace
from typing import Any

import pytest

from cs_pipeline.config import Settings
from cs_pipeline.ops import children
from cs_pipeline.ops.actions import Action, ActionLog
from cs_pipeline.registry.runs import Recomparison
from tests.unit.ops.conftest import TODAY, Browser
from tests.unit.ops.sample_site import SampleSite
from tests.unit.registry.candidates import interval


@pytest.fixture
def two_models(site: SampleSite) -> SampleSite:
    site.promoted(TODAY.replace(day=1))
    site.promoted(TODAY.replace(day=8))
    return site


def ended(browser: Browser) -> list[tuple[str, str, str]]:
    found = browser("viewer").get("/actions").json()
    return [(one["by"], one["what"], one["outcome"]) for one in found]


def test_rolling_back_takes_one_look_and_one_press(
    browser: Browser, two_models: SampleSite
) -> None:
    client = browser("operator")
    seen = client.get("/rollback").json()
    assert not seen["needs_override"]
    asked = {"to": seen["comes"]["version_id"], "goes": seen["goes"]["version_id"]}
    answer = client.post("/rollback", json=asked)
    assert answer.json() == {"live_version": asked["to"]}
    move = client.get("/now").json()["moves"][0]
    assert (move["to_version"], move["by"]) == (asked["to"], "operator")
    assert ended(browser) == [("operator", "rollback", "done")]


def test_a_decision_about_a_model_that_is_not_live_any_more_is_refused(
    browser: Browser, two_models: SampleSite
) -> None:
    client = browser("operator")
    seen = client.get("/rollback").json()
    asked = {"to": seen["comes"]["version_id"], "goes": seen["goes"]["version_id"]}
    two_models.promoted(TODAY.replace(day=9))
    answer = client.post("/rollback", json=asked)
    assert answer.status_code == 409
    assert "바뀌었습니다" in answer.json()["detail"]["ko"]
    assert ended(browser) == [("operator", "rollback", "failed")]


def test_of_two_who_decide_at_once_one_is_told(browser: Browser, two_models: SampleSite) -> None:
    client = browser("operator")
    seen = client.get("/rollback").json()
    asked = {"to": seen["comes"]["version_id"], "goes": seen["goes"]["version_id"]}
    codes = []
    threads = [
        threading.Thread(
            target=lambda: codes.append(client.post("/rollback", json=asked).status_code)
        )
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == [200, 409, 409, 409]


def test_a_candidate_is_promoted_with_a_reason(browser: Browser, two_models: SampleSite) -> None:
    run_id = two_models.held(TODAY.replace(day=10))
    client = browser("operator")
    seen = client.get("/promotion", params={"run": run_id}).json()
    assert seen["against"]
    asked = {"run": run_id, "goes": seen["goes"]["version_id"], "note": " "}
    assert client.post("/promotion", json=asked).status_code == 400
    answer = client.post("/promotion", json=asked | {"note": "답변을 읽어 봄"})
    assert answer.json() == {"live_version": seen["comes"]["version_id"]}
    assert client.get("/now").json()["to_do"] == []
    assert ended(browser) == [("operator", "promote", "done"), ("operator", "promote", "failed")]


def test_a_rejected_candidate_needs_an_override(browser: Browser, two_models: SampleSite) -> None:
    run_id = two_models.rejected(TODAY.replace(day=10))
    client = browser("operator")
    seen = client.get("/promotion", params={"run": run_id}).json()
    asked = {"run": run_id, "goes": seen["goes"]["version_id"], "note": "그래도"}
    assert seen["needs_override"]
    assert client.post("/promotion", json=asked).status_code == 409
    assert client.post("/promotion", json=asked | {"override": True}).status_code == 200


def test_another_live_model_since_the_verdict_is_compared_from_the_page(
    browser: Browser, two_models: SampleSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = two_models.held(TODAY.replace(day=10))
    two_models.promoted(TODAY.replace(day=11))
    client = browser("operator")
    seen = client.get("/promotion", params={"run": run_id}).json()
    assert (seen["ask_again"], seen["compared"]) == (True, None)
    live = seen["goes"]["version_id"]
    asked = {"run": run_id, "goes": live, "note": "왜"}
    assert client.post("/promotion", json=asked).status_code == 409

    def compared(command: list[str], **given: Any) -> Any:
        """The command's own work has a test of its own, with models that can be loaded."""
        assert command[-4:] == ["recompare", "--json", "--", run_id]
        found = Recomparison(
            live_version=live,
            dataset_version="d0009-aaaaaaaa",
            comparison=interval(0.2, 0.1, 0.3),
            compared_at=TODAY,
        )
        two_models.installation.runs.save_recomparison(run_id, found)
        return SimpleNamespace(stdout=found.model_dump_json().encode())

    with monkeypatch.context() as patch:
        patch.setattr(children.subprocess, "run", compared)
        answer = client.post("/recompare", json={"run": run_id})
    assert answer.json() == {"live_version": live}
    seen = client.get("/promotion", params={"run": run_id}).json()
    assert not seen["ask_again"]
    assert "+0.1000 ~ +0.3000" in seen["compared"]["ko"]
    assert client.post("/promotion", json=asked).status_code == 200
    assert ended(browser)[1] == ("operator", "recompare", "done")


def test_a_comparison_that_fails_is_told(
    browser: Browser, two_models: SampleSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = two_models.installation.settings
    monkeypatch.setenv("CS_PIPELINE_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("CS_PIPELINE_WORK_DIR", str(settings.work_dir))
    answer = browser("operator").post("/recompare", json={"run": "--help"})
    assert answer.status_code == 503
    assert "cs-pipeline recompare" in answer.json()["detail"]["ko"]
    assert ended(browser) == [("operator", "recompare", "failed")]


def test_a_note_is_masked_and_the_log_holds_none(browser: Browser, two_models: SampleSite) -> None:
    run_id = two_models.held(TODAY.replace(day=10))
    note = "010-1234-5678 고객이 물어봄"
    assert browser("operator").post("/hold", json={"run": run_id, "note": note}).status_code == 200
    log = two_models.installation.ops_folder / "actions.jsonl"
    assert "1234" not in log.read_text()
    reason = browser("viewer").get("/runs").json()["lines"][0]["reason"]["ko"]
    assert reason == "operator: #@전화번호# 고객이 물어봄"


def test_automatic_promotion_is_switched_off_and_on(browser: Browser, site: SampleSite) -> None:
    client = browser("operator")
    client.put("/maintenance", json={"until": "2099-01-01T00:00", "reason": "점검"})
    assert "2099-01-01 00:00 Asia/Seoul" in client.get("/now").json()["maintenance"]["ko"]
    client.put("/maintenance", json={"until": "2020-01-01T00:00", "reason": "끝"})
    assert client.get("/now").json()["maintenance"] is None


def test_what_is_wrong_is_told_without_what_was_sent(browser: Browser) -> None:
    answer = browser("operator").post("/hold", json={"run": ["010-1234-5678"], "note": "n"})
    assert answer.status_code == 422
    assert "1234" not in answer.text


def test_the_log_only_grows_and_survives_a_line_that_was_cut_off(site: SampleSite) -> None:
    folder = site.installation.ops_folder
    log = ActionLog(folder)
    with log.noted("kim", "hold", "run-1"):
        pass
    path = folder / "actions.jsonl"
    with path.open("a") as stream:
        stream.write('{"action_id": "half')
    before = path.read_bytes()
    with pytest.raises(ValueError, match="x"), log.noted("lee", "rollback"):
        raise ValueError("x")
    assert path.read_bytes().startswith(before)
    assert [(one.by, one.outcome, one.error) for one in log.newest()] == [
        ("lee", "failed", "ValueError"),
        ("kim", "done", ""),
    ]
    assert oct(path.stat().st_mode)[-3:] == "600"


def test_nothing_is_done_that_cannot_be_noted(browser: Browser, two_models: SampleSite) -> None:
    client = browser("operator")
    seen = client.get("/rollback").json()
    folder = two_models.installation.ops_folder
    folder.mkdir(exist_ok=True)
    (folder / "actions.jsonl").symlink_to("/nowhere/at/all")
    asked = {"to": seen["comes"]["version_id"], "goes": seen["goes"]["version_id"]}
    assert client.post("/rollback", json=asked).status_code == 500
    assert client.get("/rollback").json()["goes"] == seen["goes"]


def test_an_action_that_a_crash_cut_off_stays_begun(site: SampleSite) -> None:
    log = ActionLog(site.installation.ops_folder)
    log._append(Action(by="kim", what="withdraw"))
    assert [one.outcome for one in log.newest()] == ["begun"]


def test_the_check_up_is_the_doctors(
    browser: Browser, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CS_PIPELINE_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("CS_PIPELINE_WORK_DIR", str(settings.work_dir))
    monkeypatch.setenv("CS_PIPELINE_INBXO", "typed wrong")
    seen = browser("operator").post("/doctor", json={}).json()
    assert any("CS_PIPELINE_INBXO" in one["words"]["ko"] for one in seen["diagnoses"])
    monkeypatch.setattr(children, "LIMIT_SECONDS", 0.01)
    assert browser("operator").post("/doctor", json={}).status_code == 503
