"""What a withdrawal says before and after, and what becomes of candidates of any fate."""

import json
from typing import Any

import pytest

from cs_pipeline import stages
from cs_pipeline.config import Settings
from cs_pipeline.errors import GateNotMet, NothingFound, SettingsError
from cs_pipeline.masked.digests import MaskedValues, ValueDigests
from cs_pipeline.registry.manifests import candidate_version
from tests.faults.crash_at_writes import A, B, two_exports
from tests.installation import installation, tiny_base
from tests.records import score
from tests.unit.cli.terminal import Cli, cs_pipeline
from tests.unit.registry.desk import Desk

__all__ = ["cs_pipeline", "installation", "tiny_base"]


@pytest.fixture
def desk(settings: Settings) -> Desk:
    """Two exports, a.xlsx and b.xlsx, and no run yet."""
    two_exports(settings)
    return Desk(settings)


def of_newest(desk: Desk, run_id: str, **changes: Any) -> str:
    """A run that was trained on the newest dataset; its candidate."""
    version = desk.installation.versions.head().version_id
    return candidate_version(desk.trained(run_id, dataset_version=version, **changes))


def test_marks_follow_the_runs_and_not_the_store(desk: Desk) -> None:
    rejected = of_newest(desk, "run-1", candidate=score(9.0))
    assert desk.gate("run-1").decision == "reject"
    later = desk.verdict("run-1").decided_at
    held = of_newest(desk, "run-2", finished_at=later)
    assert desk.gate("run-2", auto_promote=False).decision == "hold"
    first = desk.installation.versions.all()[0].version_id
    other = candidate_version(desk.trained("run-3", dataset_version=first, candidate=score(1.9)))

    wanted = stages.Wanted(exports=("b.xlsx",))
    plan = stages.plan_withdrawal(desk.installation, wanted)
    assert [(one.name, one.whole, one.rows) for one in plan.exports] == [("b.xlsx", True, 41)]
    states = {model.version_id: model.state for model in plan.models}
    assert states == {rejected: "gone", held: "stored"}
    receipt = stages.withdraw(desk.installation, wanted, by="kim")
    assert {model.version_id for model in receipt.models} == {rejected, held}
    notices = desk.installation.notices
    assert [bool(notices.on(one)) for one in (rejected, held, other)] == [True, True, False]
    assert [desk.runs.checkpoint(f"run-{n}").exists() for n in (1, 2, 3)] == [False, False, True]

    with pytest.raises(GateNotMet, match="--override"):
        stages.promote_held(desk.installation, run_id="run-2", note="왜")
    for override in (False, True):
        with pytest.raises(GateNotMet):
            stages.promote_held(desk.installation, run_id="run-1", note="왜", override=override)
    done = stages.promote_held(desk.installation, run_id="run-2", note="왜", override=True)
    assert done.version_id == held


def test_what_is_found_nowhere_is_said_and_nothing_is_kept_of_it(desk: Desk) -> None:
    for wanted, named in (
        (stages.Wanted(conversations=("고객-비밀",)), "--conversation #1"),
        (stages.Wanted(digests=("0" * 32,)), "--contains-digest #1"),
        (stages.Wanted(exports=("a.xlsx", "z.xlsx")), "--export #2"),
    ):
        for act in (stages.plan_withdrawal, stages.withdraw):
            with pytest.raises(NothingFound) as refused:
                act(desk.installation, wanted)
            assert refused.value.exit_code == 3
            assert named in refused.value.words.ko
            assert "--later" in refused.value.words.en
            assert "비밀" not in str(refused.value.words)
    assert desk.installation.forgotten.conversations() == frozenset()
    assert len(desk.installation.versions.head().shards) == 2
    receipt = stages.withdraw(
        desk.installation, stages.Wanted(conversations=("고객-비밀",), later=True)
    )
    assert (receipt.found, receipt.rows) == (False, 0)
    assert len(desk.installation.forgotten.conversations()) == 1
    # It is known from now on: doing it again is not a mistake.
    stages.withdraw(desk.installation, stages.Wanted(conversations=("고객-비밀",)))


def test_several_exports_of_one_name_are_told_apart_by_their_sum(desk: Desk) -> None:
    with pytest.raises(NothingFound):
        stages.plan_withdrawal(desk.installation, stages.Wanted(exports=("a",)))
    plan = stages.plan_withdrawal(desk.installation, stages.Wanted(exports=(A[:8],)))
    assert [one.sha256 for one in plan.exports] == [A]
    with pytest.raises(SettingsError, match="cs-pipeline digest"):
        stages.plan_withdrawal(desk.installation, stages.Wanted(digests=("abc",)))


def test_digests_of_a_conversation_alone_go_with_it(tmp_path) -> None:
    digests = ValueDigests("key")
    for value, conversations in (
        ("010-7391-4826", ["gone"]),
        ("010-1111-2222", ["gone", "stays"]),
        ("010-3333-4444", ["stays"]),
        ("010-5555-6666", [""]),
    ):
        for conversation in conversations:
            digests.add("PHONE", value, conversation)
    kept = MaskedValues(tmp_path, "key")
    kept.save(B, digests)
    assert [kept.forget_conversations(B, ["gone"]) for _ in range(2)] == [1, 0]
    known = kept.load([B])
    assert ["1073914826" in known, "1011112222" in known] == [False, True]
    assert kept.conversations_with(B, kept.digests_of("010-1111-2222")) == {"stays"}
    assert len(known) == 3
    assert kept.forget_conversations(A, ["gone"]) == 0


@pytest.fixture
def at_the_terminal(cs_pipeline: Cli, monkeypatch: pytest.MonkeyPatch, desk: Desk) -> Cli:
    settings = desk.installation.settings
    monkeypatch.setenv("CS_PIPELINE_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("CS_PIPELINE_WORK_DIR", str(settings.work_dir))
    return cs_pipeline


def test_what_will_go_stands_before_the_question(at_the_terminal: Cli, desk: Desk) -> None:
    model = of_newest(desk, "run-1")
    asked = at_the_terminal("withdraw", "--export", "b.xlsx", stdin="n\n")
    assert asked.code == 2
    question = asked.out.index("Go on?")
    assert asked.out.index("b.xlsx") < question
    assert asked.out.index("41 rows, and the original") < question
    assert asked.out.index(model) < question
    assert len(desk.installation.versions.head().shards) == 2

    done = at_the_terminal("withdraw", "--export", "b.xlsx", "--yes", "--by", "김정보", "--json")
    assert done.code == 0
    receipt = json.loads(done.out)
    assert (receipt["rows"], receipt["by"], receipt["found"]) == (41, "김정보", True)
    assert "Go on?" not in done.err
    assert [path.suffix for path in sorted(desk.installation.receipts.folder.iterdir())] == [
        ".html",
        ".json",
    ]

    said = at_the_terminal("withdraw", "--export", "a.xlsx", "--yes").out
    [page] = sorted(desk.installation.receipts.folder.glob("*.html"))[-1:]
    heads = ("What was erased", "What still holds it, and why", "What to do next", "Receipt: ")
    places = [said.index(head) for head in heads]
    assert places == sorted(places)
    assert "rows taken out of the dataset: 41" in said
    assert "Backups and snapshots were not touched" in said
    assert str(page.parent) in said


@pytest.mark.parametrize("command", ["withdraw --conversation x", "rollback", "history", "digest"])
def test_no_installation_is_2_and_makes_nothing(
    at_the_terminal: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path, command: str
) -> None:
    monkeypatch.setenv("CS_PIPELINE_DATA_DIR", str(tmp_path / "none"))
    monkeypatch.setenv("CS_PIPELINE_WORK_DIR", str(tmp_path / "nowhere"))
    refused = at_the_terminal(*command.split())
    assert refused.code == 2
    assert str(tmp_path / "none") in refused.err
    assert not (tmp_path / "none").exists()
    assert not (tmp_path / "nowhere").exists()
    said = at_the_terminal("status")
    assert "no installation here yet" in said.out
    assert not (tmp_path / "nowhere").exists()


def test_not_found_is_3_at_the_terminal(at_the_terminal: Cli) -> None:
    refused = at_the_terminal("withdraw", "--conversation", "nobody", "--yes")
    assert refused.code == 3
    assert "Not found: --conversation #1" in refused.err
