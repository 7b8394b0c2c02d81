"""Rolling back and promoting by hand: what may be done, what is said, what is kept."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cs_pipeline import stages
from cs_pipeline.config import Settings
from cs_pipeline.errors import GateNotMet, SettingsError
from cs_pipeline.registry.manifests import candidate_version
from cs_pipeline.registry.names import find_run, find_version
from cs_pipeline.registry.runs import Recomparison
from tests.records import score
from tests.unit.registry.candidates import interval
from tests.unit.registry.desk import Desk

START = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


@pytest.fixture
def desk(settings: Settings) -> Desk:
    settings.data_dir.mkdir(parents=True)
    return Desk(settings)


@pytest.fixture
def three(desk: Desk) -> tuple[Desk, list[str]]:
    """Three models that went live one after the other."""
    return desk, [
        desk.live_from_the_gate(f"run-{n}", finished_at=START + timedelta(days=n))
        for n in (1, 2, 3)
    ]


def back(desk: Desk, **given: Any) -> str:
    return stages.rollback(desk.installation, **{"by": "lee"} | given).version_id


def test_rolling_back_twice_goes_further_back_and_is_no_toggle(three) -> None:
    desk, (one, two, three_) = three
    assert back(desk) == two
    assert back(desk) == one
    with pytest.raises(SettingsError, match="history"):
        back(desk)
    assert desk.live() == one
    moves = stages.history(desk.installation)
    assert [(m.how, m.from_version, m.to_version) for m in moves[3:]] == [
        ("rollback", three_, two),
        ("rollback", two, one),
    ]
    assert {move.by for move in moves[3:]} == {"lee"}


def test_one_version_alone_has_nothing_to_go_back_to(desk: Desk) -> None:
    desk.live_from_the_gate("run-1")
    with pytest.raises(SettingsError) as refused:
        back(desk)
    assert refused.value.exit_code == 2


def test_a_model_trained_on_withdrawn_data_is_passed_over(three) -> None:
    desk, (one, two, _) = three
    desk.installation.notices.mark(two, dataset_version="d0001-aaaaaaaa")
    change = stages.rollback_outlook(desk.installation)
    assert change.comes.version_id == one
    assert [
        doubt.kind for doubt in stages.rollback_outlook(desk.installation, two).comes.doubts
    ] == ["withdrawn"]
    with pytest.raises(GateNotMet, match="--override"):
        back(desk, to=two)
    with pytest.raises(SettingsError, match="--note"):
        back(desk, to=two, override=True, note="  ")
    assert back(desk, to=two, override=True, note="급함") == two
    move = stages.history(desk.installation)[-1]
    assert (move.how, move.note, move.by) == ("override", "급함", "lee")


def test_a_version_that_was_overridden_or_left_needs_the_override(desk: Desk) -> None:
    good = desk.live_from_the_gate("run-1")
    desk.trained("run-2", candidate=score(9.0), finished_at=START + timedelta(days=2))
    desk.gate("run-2")
    _compare_and_promote(desk, "run-2")
    bad = desk.live()
    assert bad != good
    assert back(desk) == good
    kinds = {d.kind for d in stages.rollback_outlook(desk.installation, bad).comes.doubts}
    assert kinds == {"rejected", "overridden", "rolled_away"}
    with pytest.raises(GateNotMet):
        back(desk, to=bad)


def _compare_and_promote(desk: Desk, run_id: str, low: float = 0.1) -> None:
    kept = Recomparison(
        live_version=str(desk.live()),
        dataset_version="d0001-aaaaaaaa",
        comparison=interval(1.0, low, 1.5),
        compared_at=START,
    )
    desk.runs.save_recomparison(run_id, kept)
    stages.promote_held(desk.installation, run_id=run_id, note="시험", by="kim", override=True)


def test_another_live_model_since_the_verdict_asks_for_a_comparison_first(desk: Desk) -> None:
    desk.trained("run-1")
    desk.gate("run-1", auto_promote=False)
    other = desk.live_from_the_gate("run-2", finished_at=START + timedelta(days=2))
    outlook = stages.promotion_outlook(desk.installation, "run-1")
    assert (outlook.live_changed, outlook.recomparison) == (True, None)
    for override in (False, True):
        with pytest.raises(GateNotMet, match="recompare run-1"):
            stages.promote_held(
                desk.installation, run_id="run-1", note="왜", by="kim", override=override
            )
    worse = Recomparison(
        live_version=other,
        dataset_version="d0001-aaaaaaaa",
        comparison=interval(-1.0, -1.5, -0.5),
        compared_at=START,
    )
    desk.runs.save_recomparison("run-1", worse)
    with pytest.raises(GateNotMet, match="--override"):
        stages.promote_held(desk.installation, run_id="run-1", note="왜", by="kim")
    better = worse.model_copy(update={"comparison": interval(1.0, 0.5, 1.5)})
    desk.runs.save_recomparison("run-1", better)
    made = stages.promote_held(desk.installation, run_id="run-1", note="왜", by="kim")
    assert desk.live() == made.version_id != other
    # A comparison with one live model says nothing about the next.
    back(desk)
    assert stages.promotion_outlook(desk.installation, "run-1").recomparison is not None


def test_a_candidate_of_older_data_waits_for_a_person(desk: Desk) -> None:
    desk.trained("run-1", dataset_version="d0007-aaaaaaaa")
    desk.gate("run-1")
    stages.promote(desk.installation, run_id="run-1")
    desk.trained("run-2", finished_at=START + timedelta(days=2), **desk.beside_live())
    verdict = desk.gate("run-2")
    assert verdict.decision == "hold"
    assert [r.rule for r in verdict.reasons if r.outcome == "hold"] == ["data_is_not_older"]


def test_a_blank_reason_is_refused(desk: Desk) -> None:
    desk.trained()
    desk.gate(auto_promote=False)
    for note in ("", " \n\t"):
        with pytest.raises(SettingsError, match="--note"):
            stages.promote_held(desk.installation, run_id="run-1", note=note)
        with pytest.raises(SettingsError, match="--note"):
            stages.hold(desk.installation, run_id="run-1", note=note)
    assert desk.live() is None


def test_a_marked_candidate_is_promoted_by_nobody_by_chance(desk: Desk) -> None:
    result = desk.trained()
    desk.gate()
    version_id = candidate_version(result)
    desk.installation.notices.mark(version_id, dataset_version=result.dataset_version)
    with pytest.raises(GateNotMet, match="--force"):
        stages.promote(desk.installation, run_id="run-1")
    with pytest.raises(GateNotMet, match="--override"):
        stages.promote_held(desk.installation, run_id="run-1", note="왜")
    assert desk.live() is None
    done = stages.promote_held(desk.installation, run_id="run-1", note="왜", override=True)
    assert done.version_id == version_id


def test_an_override_with_nothing_to_override_is_none(desk: Desk) -> None:
    first = desk.live_from_the_gate("run-1")
    desk.trained("run-2", finished_at=START + timedelta(days=2), **desk.beside_live())
    desk.gate("run-2", auto_promote=False)
    stages.promote_held(desk.installation, run_id="run-2", note="왜", by="kim", override=True)
    assert [move.how for move in stages.history(desk.installation)] == ["gate", "by_hand"]
    # Nothing speaks against going back to it later.
    second = desk.live()
    assert back(desk, to=first) == first
    assert [d.kind for d in stages.rollback_outlook(desk.installation, second).comes.doubts] == [
        "rolled_away"
    ]


def test_a_candidate_of_which_nothing_is_left_is_said_so(desk: Desk) -> None:
    desk.trained(candidate=score(9.0))
    desk.gate()
    checkpoint = desk.runs.checkpoint("run-1")
    for path in checkpoint.iterdir():
        path.unlink()
    checkpoint.rmdir()
    with pytest.raises(GateNotMet, match=r"Nothing is left|남아 있지"):
        stages.promote_held(desk.installation, run_id="run-1", note="왜", override=True)
    assert desk.verdict().override is None


def test_looser_limits_of_a_run_end_on_hold_and_stricter_ones_do_not(desk: Desk) -> None:
    desk.trained()
    assert desk.gate(max_eval_loss=3.9).decision == "promote"
    loose = desk.gate(max_eval_loss=4.1)
    assert loose.decision == "hold"
    [reason] = [r for r in loose.reasons if r.outcome == "hold"]
    assert (reason.rule, "max_eval_loss" in reason.words.ko) == ("limits_are_not_loosened", True)
    assert desk.gate(min_improvement=-0.1).decision == "hold"
    assert desk.gate(min_improvement=0.1).decision == "promote"


def test_under_maintenance_nothing_is_promoted_by_itself(desk: Desk) -> None:
    desk.trained()
    assert desk.gate().decision == "promote"
    until = datetime.now(UTC) + timedelta(days=1)
    stages.switch_maintenance(desk.installation, until=until, reason="이사", by="park")
    with pytest.raises(GateNotMet, match="park"):
        stages.promote(desk.installation, run_id="run-1")
    held = desk.gate()
    assert held.decision == "hold"
    assert any("이사" in r.words.ko for r in held.reasons if r.outcome == "hold")
    stages.switch_maintenance(desk.installation, until=START, reason="끝", by="park")
    assert desk.gate().decision == "promote"
    with pytest.raises(SettingsError, match="--note"):
        stages.switch_maintenance(desk.installation, until=until, reason=" ")


def test_which_model_answered_when(three) -> None:
    desk, (_, two, _) = three
    moves = stages.history(desk.installation)
    between = moves[1].moved_at + (moves[2].moved_at - moves[1].moved_at) / 2
    assert stages.live_model_at(desk.installation, between).to_version == two
    assert stages.live_model_at(desk.installation, START - timedelta(days=9)) is None


def test_versions_and_runs_go_by_short_names(three) -> None:
    desk, (one, two, three_) = three
    for name, meant in (
        ("1", one),
        ("#2", two),
        (three_[:12], three_),
        (one.split("-")[-1], one),
        ("last", three_),
        (two, two),
    ):
        assert find_version(desk.store, name) == meant
    for name in ("9", "m2", "zzzz", "m202611", ""):
        with pytest.raises(SettingsError) as refused:
            find_version(desk.store, name)
        assert refused.value.exit_code == 2
    assert find_run(desk.runs, "last") == "run-3"
    assert find_run(desk.runs, "run-2") == "run-2"
    with pytest.raises(SettingsError):
        find_run(desk.runs, "nope")


def test_without_an_installation_nothing_is_made(tmp_path) -> None:
    settings = Settings.load(data_dir=tmp_path / "none", work_dir=tmp_path / "nowhere")
    opened = stages.Installation(settings)
    acts = (
        lambda: stages.history(opened),
        lambda: stages.rollback(opened),
        lambda: stages.plan_withdrawal(opened, stages.Wanted(conversations=("x",))),
        lambda: stages.withdraw(opened, stages.Wanted(conversations=("x",))),
        lambda: stages.promotion_outlook(opened, "run-1"),
        lambda: stages.switch_maintenance(opened, until=START, reason="x"),
    )
    for act in acts:
        with pytest.raises(SettingsError) as refused:
            act()
        assert refused.value.exit_code == 2
    assert list(tmp_path.iterdir()) == []
