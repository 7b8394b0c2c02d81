"""Asking a person about a candidate, and what the answers do."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cs_pipeline import stages
from cs_pipeline.config import Settings
from cs_pipeline.errors import GateNotMet
from cs_pipeline.registry.manifests import candidate_version
from cs_pipeline.registry.runs import Recomparison
from cs_pipeline.stages.deciding import approving
from cs_pipeline.stages.deciding import wording as approval_wording
from tests.records import score
from tests.unit.registry.candidates import interval
from tests.unit.registry.desk import Desk

START = datetime(2026, 11, 22, 3, 5, tzinfo=UTC)


@pytest.fixture
def desk(settings: Settings) -> Desk:
    return Desk(settings)


def waiting(desk: Desk, run_id: str = "run-1", **changes: Any) -> stages.Question:
    desk.trained(run_id, **desk.beside_live() | changes)
    desk.gate(run_id, auto_promote=False)
    asked = stages.question(desk.installation)
    assert asked is not None
    assert asked.run_id == run_id
    return asked


def answer(desk: Desk, asked: stages.Question, choice: Any, by: str | None = "kim", **more) -> bool:
    return stages.follow_answer(
        desk.installation, asked, choice, by=by, note=more.pop("note", ""), answered_at=START
    )


def test_promote_makes_it_live_and_keeps_who_when_and_why(desk: Desk) -> None:
    asked = waiting(desk)
    for _ in range(2):
        assert answer(desk, asked, "promote", note="답을 읽어 봄 010-1234-5678")
    assert desk.live() == asked.version_id
    (kept,) = desk.runs.approvals("run-1")
    assert (kept.by, kept.choice, kept.answered_at) == ("kim", "promote", START)
    assert "1234" not in kept.note
    (move,) = stages.history(desk.installation)
    assert (move.how, move.by, move.note) == ("approval", "kim", kept.note)
    assert stages.question(desk.installation) is None


def test_hold_leaves_everything_and_may_be_asked_again(desk: Desk) -> None:
    asked = waiting(desk)
    assert answer(desk, asked, "hold")
    assert desk.live() is None
    assert desk.verdict().decision == "hold"
    assert stages.question(desk.installation, "run-1") == asked
    assert [one.choice for one in desk.runs.approvals("run-1")] == ["hold"]


def test_discard_rejects_and_the_store_forgets_it(desk: Desk) -> None:
    asked = waiting(desk)
    for _ in range(2):
        assert answer(desk, asked, "discard", note="환불 답이 틀림")
    verdict = desk.verdict()
    assert verdict.decision == "reject"
    assert (verdict.override.by, verdict.override.note) == ("kim", "환불 답이 틀림")
    assert desk.store.versions() == []
    assert stages.question(desk.installation) is None
    with pytest.raises(GateNotMet):
        stages.hold(desk.installation, run_id="run-1", note="왜")


def test_a_live_model_is_not_discarded(desk: Desk) -> None:
    asked = waiting(desk)
    answer(desk, asked, "promote")
    with pytest.raises(GateNotMet, match=asked.version_id):
        answer(desk, asked, "discard")
    assert desk.live() == asked.version_id


@pytest.mark.parametrize("choice", ["promote", "hold", "discard"])
def test_without_an_answer_nothing_goes_live_whatever_the_default_says(desk: Desk, choice) -> None:
    asked = waiting(desk)
    assert answer(desk, asked, choice, by=None)
    assert desk.live() is None
    assert desk.verdict().decision == "hold"
    (kept,) = desk.runs.approvals("run-1")
    assert (kept.choice, kept.by) == ("hold", "")


def test_a_model_that_went_live_meanwhile_is_compared_and_asked_about_anew(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = waiting(desk)
    other = desk.live_from_the_gate("run-2", finished_at=START + timedelta(days=2))
    assert not answer(desk, asked, "promote")
    assert desk.live() == other
    assert desk.runs.approvals("run-1")[0].outdated

    def compared(installation: stages.Installation, run_id: str) -> None:
        kept = Recomparison(
            live_version=other,
            dataset_version="d0001-aaaaaaaa",
            comparison=interval(1.0, 0.5, 1.5),
            compared_at=START,
        )
        installation.runs.save_recomparison(run_id, kept)

    monkeypatch.setattr(approving, "recompare", compared)
    again = stages.question(desk.installation, "run-1")
    assert again is not None
    assert again.live_version == other
    assert "다시 비교함" in stages.question_words(desk.installation, again)[1].ko
    assert answer(desk, again, "promote")
    assert desk.live() == asked.version_id


def test_the_question_shows_both_models_the_verdict_and_what_answers_mean(desk: Desk) -> None:
    live = desk.live_from_the_gate("run-1")
    later = START + timedelta(days=2)
    asked = waiting(desk, "run-2", finished_at=later, candidate=score(2.0))
    title, text = stages.question_words(desk.installation, asked)
    assert asked.version_id in title.ko
    for shown in (asked.version_id, live, "2.0000", "자동 승격이 꺼져", "승격:", "폐기:", "72시간"):
        assert shown in text.ko, shown
    assert text.ko.index("… ") < text.ko.index("✓ "), "what waits stands first"
    assert not any("가" <= letter <= "힣" for letter in text.en)


def test_nothing_is_asked_where_nothing_waits(desk: Desk) -> None:
    assert stages.question(desk.installation) is None
    desk.trained()
    desk.gate()
    assert stages.question(desk.installation) is None
    stages.promote(desk.installation, run_id="run-1")
    assert stages.question(desk.installation, "run-1") is None


def test_where_approval_is_required_no_option_of_a_run_goes_round_it(settings: Settings) -> None:
    strict = settings.model_copy(update={"approval": "required"})
    desk = Desk(strict)
    result = desk.trained()
    verdict = desk.gate(auto_promote=True)
    assert verdict.decision == "hold"
    assert [r.rule for r in verdict.reasons if r.outcome == "hold"] == ["promotion_is_automatic"]
    asked = stages.question(desk.installation)
    assert asked is not None
    assert asked.version_id == candidate_version(result)


def test_what_was_done_is_said(desk: Desk) -> None:
    asked = waiting(desk)
    assert "승격 (kim)" in stages.answer_words(asked, "promote", "kim").ko
    assert approval_wording.NOBODY.ko in stages.answer_words(asked, "promote", None).ko
