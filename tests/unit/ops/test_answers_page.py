"""Asking models and judging their answers on the page."""

import json
from types import SimpleNamespace
from typing import Any

import pytest

from cs_pipeline import stages
from cs_pipeline.audit.answer_pairs import preference
from cs_pipeline.config import Settings
from cs_pipeline.ops import children
from cs_pipeline.records import AnswerDraw
from cs_pipeline.registry.rules_preference import RULE
from tests.unit.ops.conftest import TODAY, Browser
from tests.unit.ops.sample_site import SampleSite


@pytest.fixture
def held(site: SampleSite) -> str:
    site.promoted(TODAY.replace(day=1))
    return site.held(TODAY.replace(day=10))


@pytest.fixture
def draw(site: SampleSite, held: str) -> AnswerDraw:
    return site.answers(held)


def judge(client: Any, draw: AnswerDraw, pair: str, verdict: str) -> Any:
    asked = {"draw": draw.draw_id, "pair": pair, "verdict": verdict}
    return client.put("/answers", json=asked)


def test_pairs_are_shown_masked_and_tell_no_side(
    browser: Browser, draw: AnswerDraw, site: SampleSite
) -> None:
    answer = browser("viewer").get("/answers", params={"run": draw.run_id})
    sheet = answer.json()
    assert [pair["pair_id"] for pair in sheet["pairs"]] == [pair.pair_id for pair in draw.pairs]
    assert {pair["candidate"] for pair in sheet["pairs"]} == {None}
    assert (sheet["needed"], sheet["preference"], sheet["outdated"]) == (10, None, False)
    assert "#@전화번호#" in sheet["pairs"][0]["real"]
    assert draw.candidate_version not in answer.text
    assert draw.live_version not in answer.text
    log = site.installation.ops_folder / "actions.jsonl"
    assert not log.exists()


def test_what_is_judged_on_the_page_counts_as_in_the_workbook(
    browser: Browser, draw: AnswerDraw, site: SampleSite
) -> None:
    """One touch a pair, the last one counts; the sides are told once it is counted."""
    kim, lee = browser("operator"), browser("owner")
    ours = {pair.pair_id: pair.candidate.lower() for pair in draw.pairs}
    ids = list(ours)
    verdicts = ours | {ids[0]: "alike", ids[1]: "both_bad"}
    assert judge(lee, draw, ids[0], "a").status_code == 200
    for pair, verdict in list(verdicts.items())[:9]:
        assert judge(kim, draw, pair, verdict).status_code == 200
    assert kim.post("/answers/count", json={"draw": draw.draw_id}).status_code == 422
    for pair, verdict in list(verdicts.items())[9:]:
        judge(lee, draw, pair, verdict)
    sheet = kim.get("/answers", params={"run": draw.run_id}).json()
    assert {pair["pair_id"]: pair["verdict"] for pair in sheet["pairs"]} == verdicts

    told = kim.post("/answers/count", json={"draw": draw.draw_id}).json()
    by_workbook = preference(draw, verdicts, ["operator", "owner"])
    kept = stages.Installation(site.installation.settings).runs.preference(draw.run_id)
    assert kept is not None
    assert kept.model_dump(exclude={"read_at"}) == by_workbook.model_dump(exclude={"read_at"})
    assert told["judged_by"] == ["operator", "owner"]
    sheet = kim.get("/answers", params={"run": draw.run_id}).json()
    assert {pair["pair_id"]: pair["candidate"].lower() for pair in sheet["pairs"]} == ours
    assert judge(kim, draw, ids[0], "b").status_code == 409
    assert kim.post("/answers/count", json={"draw": draw.draw_id}).status_code == 409
    actions = browser("viewer").get("/actions").json()
    noted = {(one["by"], one["what"], one["outcome"]) for one in actions}
    assert noted == {
        ("operator", "judge_answers", "done"),
        ("owner", "judge_answers", "done"),
        ("operator", "count_answers", "done"),
        ("operator", "count_answers", "failed"),
        ("operator", "judge_answers", "failed"),
    }


def test_a_decision_keeps_what_people_said_of_the_answers(
    browser: Browser, draw: AnswerDraw, site: SampleSite
) -> None:
    client = browser("operator")
    for pair in draw.pairs:
        judge(client, draw, pair.pair_id, pair.candidate.lower())
    client.post("/answers/count", json={"draw": draw.draw_id})
    reasons = site.installation.runs.verdict(draw.run_id).reasons
    assert "100%" in next(one.words.ko for one in reasons if one.rule == RULE)
    seen = client.get("/promotion", params={"run": draw.run_id}).json()
    assert seen["preference"]["preferred"] == 12
    asked = {"run": draw.run_id, "goes": draw.live_version, "note": "답변이 나음"}
    assert client.post("/promotion", json=asked).status_code == 200
    verdict = site.installation.runs.verdict(draw.run_id)
    assert verdict.override.by == "operator"
    assert verdict.override.preference.judged_by == ("operator",)
    assert verdict.override.preference.preferred == 12
    record = client.get("/run", params={"run": draw.run_id}).json()["record"]
    assert record["verdict"]["override"]["preference"]["share"] == 1.0


def test_an_approval_keeps_what_people_said_of_the_answers(
    browser: Browser, draw: AnswerDraw, site: SampleSite
) -> None:
    client, installation = browser("operator"), site.installation
    for pair in draw.pairs:
        judge(client, draw, pair.pair_id, "alike")
    client.post("/answers/count", json={"draw": draw.draw_id})
    asked = stages.question(installation, draw.run_id)
    assert asked is not None
    stages.follow_answer(installation, asked, "hold", by="park", note="", answered_at=TODAY)
    (approval,) = installation.runs.approvals(draw.run_id)
    assert approval.preference is not None
    assert (approval.preference.share, approval.preference.alike) == (0.5, 12)


def test_answers_beside_a_model_that_is_not_live_any_more_are_not_judged(
    browser: Browser, draw: AnswerDraw, site: SampleSite
) -> None:
    site.promoted(TODAY.replace(day=11))
    client = browser("operator")
    assert client.get("/answers", params={"run": draw.run_id}).json()["outdated"]
    assert judge(client, draw, draw.pairs[0].pair_id, "a").status_code == 409
    assert client.post("/answers/count", json={"draw": draw.draw_id}).status_code == 409


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"pair": "nothing-1"}, 404),
        ({"draw": "../../ab"}, 404),
        ({"draw": "ab12"}, 404),
        ({"verdict": "candidate"}, 422),
    ],
)
def test_only_pairs_that_were_drawn_are_judged(
    browser: Browser, draw: AnswerDraw, changed: dict[str, str], status: int
) -> None:
    asked = {"draw": draw.draw_id, "pair": draw.pairs[0].pair_id, "verdict": "a"} | changed
    assert browser("operator").put("/answers", json=asked).status_code == status


def test_a_withdrawal_takes_the_texts_and_the_page_says_that_there_are_none(
    browser: Browser, draw: AnswerDraw, site: SampleSite
) -> None:
    from cs_pipeline.stages.forgetting.traces import Traces

    Traces(site.installation, {draw.dataset_version}).erase()
    assert browser("viewer").get("/answers", params={"run": draw.run_id}).json() is None
    assert list(site.installation.audits_folder.iterdir()) == []


def test_answers_are_drawn_by_a_process_of_their_own(
    browser: Browser, draw: AnswerDraw, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = []

    def ended(command: list[str], **given: Any) -> Any:
        """The command's own work has a test of its own, with models that can be loaded."""
        commands.append(command[-7:])
        return SimpleNamespace(stdout=b'{"draw_id": "d2", "pairs": 28}')

    monkeypatch.setattr(children.subprocess, "run", ended)
    answer = browser("operator").post("/answers", json={"run": draw.run_id})
    assert answer.json() == {"draw_id": "d2", "pairs": 28}
    asked = ["--questions=30", "--seed=2", "--", draw.run_id]
    assert commands == [["answers", "draw", "--json", *asked]]


def test_a_draw_that_fails_is_told(
    browser: Browser, held: str, site: SampleSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = site.installation.settings
    monkeypatch.setenv("CS_PIPELINE_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("CS_PIPELINE_WORK_DIR", str(settings.work_dir))
    answer = browser("operator").post("/answers", json={"run": held})
    assert answer.status_code == 503
    assert "cs-pipeline answers draw" in answer.json()["detail"]["ko"]


def test_live_model_and_candidate_answer_side_by_side_masked(
    browser: Browser, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = []

    def ended(command: list[str], **given: Any) -> Any:
        commands.append(command[-3:])
        beside = {"version_id": "m2", "answers": ["010-9876-5432로 전화 주세요."]}
        told = {"version_id": "m1", "answers": ["네"], "beside": beside}
        return SimpleNamespace(stdout=json.dumps(told).encode())

    monkeypatch.setattr(children.subprocess, "run", ended)
    said = {"question": "언제 오나요?", "run": "run-2"}
    answer = browser("operator").post("/ask", json=said).json()
    assert answer == {
        "live": {"version_id": "m1", "answer": "네"},
        "candidate": {"version_id": "m2", "answer": "#@전화번호#로 전화 주세요."},
    }
    assert commands == [["chat", "--json", "--beside=run-2"]]


def test_an_answer_is_masked_and_nothing_is_kept(
    browser: Browser, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = []

    def ended(command: list[str], **given: Any) -> Any:
        heard.append((command, given["input"].decode()))
        told = {"version_id": "m1", "answers": ["010-1234-5678로 전화 주세요."]}
        return SimpleNamespace(stdout=json.dumps(told).encode())

    monkeypatch.setattr(children.subprocess, "run", ended)
    said = {"question": "배송은\n언제 오나요? 010-9999-8888"}
    answer = browser("operator").post("/ask", json=said).json()
    assert answer == {
        "live": {"version_id": "m1", "answer": "#@전화번호#로 전화 주세요."},
        "candidate": None,
    }
    command, stdin = heard[0]
    assert command[-2:] == ["chat", "--json"]
    assert stdin == "배송은 언제 오나요? 010-9999-8888\n"
    assert not settings.work_dir.exists()


def test_a_question_that_finds_no_model_is_told_what_it_takes(
    browser: Browser, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CS_PIPELINE_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("CS_PIPELINE_WORK_DIR", str(settings.work_dir))
    answer = browser("operator").post("/ask", json={"question": "배송은 언제 오나요?"})
    assert answer.status_code == 503
    assert "cs-pipeline chat" in answer.json()["detail"]["ko"]
