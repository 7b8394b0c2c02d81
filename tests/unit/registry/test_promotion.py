"""What a person may do to a verdict, and what the model store holds afterwards."""

from typing import Any

import pytest

from cs_pipeline import stages
from cs_pipeline.config import Settings
from cs_pipeline.errors import GateNotMet, StorageError
from cs_pipeline.registry import promotion
from cs_pipeline.registry.manifests import candidate_version
from tests.records import score
from tests.unit.registry.candidates import leak
from tests.unit.registry.desk import Desk


@pytest.fixture
def desk(settings: Settings) -> Desk:
    return Desk(settings)


BAD = {"candidate": score(9.0)}


def test_a_rejected_candidate_leaves_the_store_and_its_checkpoint_stays(desk: Desk) -> None:
    result = desk.trained(**BAD)
    assert desk.store.versions() == [candidate_version(result)]
    for _ in range(2):
        assert desk.gate().decision == "reject"
        assert desk.store.versions() == []
    folder = desk.installation.runs.train_folder("run-1") / "checkpoint"
    assert (folder / "model.safetensors").exists()


@pytest.mark.parametrize("options", [{}, {"auto_promote": False}])
def test_a_candidate_that_may_still_go_live_stays_in_the_store(desk: Desk, options: Any) -> None:
    result = desk.trained()
    desk.gate(**options)
    assert desk.store.versions() == [candidate_version(result)]


def test_a_rejected_candidate_goes_live_only_when_it_is_said_twice(desk: Desk) -> None:
    result = desk.trained(**BAD)
    desk.gate()
    with pytest.raises(GateNotMet, match=r"--override") as refused:
        desk.promote()
    assert "9.0000" in refused.value.words.ko
    assert desk.verdict().override is None

    for _ in range(2):
        assert desk.promote(override=True) == candidate_version(result)
        assert desk.live() == candidate_version(result)
    with pytest.raises(GateNotMet):
        desk.promote()
    override = desk.verdict().override
    assert override is not None
    assert (override.decision, override.previous, override.by) == ("promote", "reject", "kim")
    assert (override.note, override.version_id) == ("읽어 봄", candidate_version(result))
    assert desk.verdict().decision == "promote"
    assert {"below_limit"} == {r.rule for r in desk.verdict().reasons if r.outcome == "failed"}
    pointer = desk.store.live()
    assert pointer is not None
    assert (pointer.action, pointer.note, pointer.by) == ("override", "읽어 봄", "kim")


def test_a_held_candidate_is_promoted_with_the_reason_on_record(desk: Desk) -> None:
    desk.trained()
    desk.gate(auto_promote=False)
    version_id = desk.promote()
    override = desk.verdict().override
    assert override is not None
    assert (override.decision, override.previous) == ("promote", "hold")
    assert desk.live() == version_id


@pytest.mark.parametrize(
    "changes",
    [{"leak": leak(1)}, {"dataset_sha256": "b" * 64}],
    ids=["leak", "another dataset"],
)
def test_some_rules_nobody_can_overrule(desk: Desk, changes: dict[str, Any]) -> None:
    desk.trained(**changes)
    desk.gate()
    for override in (False, True):
        with pytest.raises(GateNotMet) as refused:
            desk.promote(override=override)
        assert "Nobody can promote" in refused.value.words.en
    with pytest.raises(GateNotMet):
        desk.hold()
    assert (desk.live(), desk.store.versions(), desk.verdict().override) == (None, [], None)


def test_a_suspicion_of_a_leak_can_be_overruled(desk: Desk) -> None:
    desk.trained(leak=leak(0, 30))
    assert desk.gate().decision == "hold"
    assert desk.promote(override=True) == desk.live()


def test_a_held_back_candidate_waits_until_a_person_promotes_it(desk: Desk) -> None:
    desk.trained()
    assert desk.gate().decision == "promote"
    first = desk.hold()
    assert (first.decision, first.override and first.override.previous) == ("hold", "promote")
    assert desk.hold(note="again") == first == desk.verdict()
    with pytest.raises(GateNotMet, match="기다림"):
        stages.promote(desk.installation, run_id="run-1")
    assert desk.live() is None
    assert desk.promote() == desk.live()
    override = desk.verdict().override
    assert override is not None
    assert (override.decision, override.previous, override.by) == ("promote", "hold", "kim")


def test_what_is_live_is_rolled_back_and_not_held(desk: Desk) -> None:
    desk.trained()
    desk.gate()
    stages.promote(desk.installation, run_id="run-1")
    with pytest.raises(GateNotMet, match="rollback"):
        desk.hold()
    assert desk.verdict().decision == "promote"


def test_holding_does_not_soften_a_rejection(desk: Desk) -> None:
    desk.trained(**BAD)
    desk.gate()
    with pytest.raises(GateNotMet):
        desk.hold()
    assert desk.verdict().decision == "reject"


@pytest.mark.parametrize("act", ["promote", "hold"])
def test_nothing_is_decided_before_the_gate(desk: Desk, act: str) -> None:
    desk.trained()
    with pytest.raises(GateNotMet, match="gate"):
        getattr(desk, act)()


def test_a_gate_that_runs_again_keeps_what_a_person_decided(desk: Desk) -> None:
    desk.trained()
    desk.gate()
    desk.hold()
    again = desk.gate()
    assert (again.decision, again.override) == ("hold", desk.verdict().override)
    assert again.override is not None


def test_a_new_finding_of_the_gate_is_decided_anew(desk: Desk) -> None:
    desk.trained()
    desk.gate()
    desk.hold()
    again = desk.gate(max_eval_loss=1.0)
    assert (again.decision, again.override) == ("reject", None)


def test_a_decision_about_one_candidate_says_nothing_about_the_next(desk: Desk) -> None:
    desk.trained(**BAD)
    desk.gate()
    desk.promote(override=True)
    first = desk.live()
    later = desk.verdict().decided_at
    desk.trained(**BAD, finished_at=later)
    assert desk.gate().decision == "reject"
    assert desk.live() == first
    assert desk.store.versions() == [first]


def test_a_rejection_after_the_promotion_does_not_delete_what_is_live(desk: Desk) -> None:
    desk.trained()
    desk.gate()
    version_id = stages.promote(desk.installation, run_id="run-1").version_id
    assert desk.gate(max_eval_loss=1.0).decision == "reject"
    assert desk.store.versions() == [version_id]


def test_an_override_of_an_older_run_leaves_the_newest_verdict_alone(desk: Desk) -> None:
    for run_id in ("run-1", "run-2"):
        desk.trained(run_id)
        desk.gate(run_id, auto_promote=False)
    desk.promote("run-1")
    newest = desk.installation.runs.last_verdict()
    assert newest is not None
    assert newest.run_id == "run-2"
    desk.promote("run-2")
    assert desk.installation.runs.last_verdict() == desk.verdict("run-2")


def test_a_promotion_that_cannot_publish_changes_nothing(desk: Desk) -> None:
    desk.trained(**BAD)
    desk.gate()
    folder = desk.installation.runs.train_folder("run-1") / "checkpoint"
    (folder / "model.safetensors").unlink()
    with pytest.raises(StorageError):
        desk.promote(override=True)
    assert (desk.verdict().decision, desk.verdict().override) == ("reject", None)
    assert desk.store.versions() == []


def test_who_decided_is_the_user_of_the_process_unless_named(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "ops-park")
    desk.trained()
    desk.gate(auto_promote=False)
    promotion.promote_by_hand(desk.runs, desk.store, run_id="run-1", note="확인")
    override = desk.verdict().override
    assert override is not None
    assert override.by == "ops-park"
    (line, *_) = stages.explain_verdict(desk.installation, run_id="run-1")
    assert "ops-park" in line
    assert "확인" in line


def test_a_user_without_a_name_is_told_by_number(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nameless() -> str:
        raise KeyError("getpwuid(): uid not found")

    monkeypatch.setattr("getpass.getuser", nameless)
    desk.trained()
    desk.gate()
    held = promotion.hold(desk.runs, desk.store, run_id="run-1", note="확인")
    assert held.override is not None
    assert held.override.by.startswith("uid ")
