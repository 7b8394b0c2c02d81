"""One at a time: the second is told who is at work, and nothing is taken from the first."""

import multiprocessing
import subprocess
import sys

import pytest

from cs_pipeline import stages
from cs_pipeline.config import Settings
from cs_pipeline.errors import SomebodyAtWork, StorageError
from tests.unit.registry.desk import Desk


@pytest.fixture
def busy(settings: Settings):
    """The installation while another process holds its lock."""
    holder = stages.Installation(settings)
    holder.prepare()
    with holder.at_work.held("withdraw", "김정보"):
        yield settings


def test_whoever_comes_second_is_told_who_is_at_work(busy: Settings) -> None:
    second = stages.Installation(busy)
    (busy.data_dir / "inbox" / "march.xlsx").write_bytes(b"x")
    acts = (
        lambda: stages.collect(second, run_id="run-2"),
        lambda: stages.withdraw(second, stages.Wanted(conversations=("x",), later=True)),
        lambda: stages.rollback(second),
        lambda: stages.promote(second, run_id="run-1"),
        lambda: stages.promote_held(second, run_id="run-1", note="왜"),
        lambda: stages.hold(second, run_id="run-1", note="왜"),
    )
    for act in acts:
        with pytest.raises(SomebodyAtWork) as refused:
            act()
        for words in (refused.value.words.ko, refused.value.words.en):
            assert "김정보" in words
            assert "withdraw" in words
        assert "다시 올" not in refused.value.words.ko
        assert refused.value.exit_code == 5
    assert (busy.data_dir / "inbox" / "march.xlsx").exists(), "no export was touched"
    owner = second.at_work.owner()
    assert owner is not None
    assert (owner.by, owner.what) == ("김정보", "withdraw")


def test_the_holder_takes_it_again_and_leaves_it_once(settings: Settings) -> None:
    one, two = stages.Installation(settings), stages.Installation(settings)
    with one.at_work.held("run"):
        with one.at_work.held("collect"):
            pass
        with pytest.raises(SomebodyAtWork), two.at_work.held("withdraw"):
            pass
    with two.at_work.held("withdraw"):
        assert one.at_work.owner() is not None
    assert one.at_work.owner() is None


def test_a_holder_that_was_killed_holds_nothing(settings: Settings) -> None:
    program = (
        "import os, sys; from cs_pipeline import stages; "
        "i = stages.Installation.load(); i.at_work.held('run').__enter__(); "
        "print('held', flush=True); os.kill(os.getpid(), 9)"
    )
    child = subprocess.run(
        [sys.executable, "-c", program],
        env={
            "CS_PIPELINE_DATA_DIR": str(settings.data_dir),
            "CS_PIPELINE_WORK_DIR": str(settings.work_dir),
            "PYTHONPATH": ":".join(sys.path),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert (child.returncode, child.stdout) == (-9, "held\n"), child.stderr
    assert stages.Installation(settings).at_work.owner() is None
    with stages.Installation(settings).at_work.held("run"):
        pass


def test_a_lease_keeps_other_machines_out(s3_settings: Settings, tmp_path) -> None:
    """Two machines have folders of their own and one model store."""
    quick = s3_settings.model_copy(update={"lease_seconds": 1.0})
    other = quick.model_copy(update={"work_dir": tmp_path / "other-machine"})
    with (
        stages.Installation(quick).at_work.held("withdraw", "김정보"),
        pytest.raises(SomebodyAtWork, match="김정보"),
        stages.Installation(other).at_work.held("run"),
    ):
        pass
    with stages.Installation(other).at_work.held("run"):
        pass


def test_nobody_is_told_to_drop_a_file_that_another_run_holds(settings: Settings) -> None:
    one = stages.Installation(settings)
    one.prepare()
    (settings.data_dir / "inbox" / "march.xlsx").write_bytes(b"not a workbook")
    [export] = stages.collect(one, run_id="run-1") or []
    stages.collect(stages.Installation(settings), run_id="run-2")  # takes over what is left
    with pytest.raises(StorageError) as refused:
        stages.validate(stages.Installation(settings), export)
    assert "다른 실행이 맡고" in refused.value.words.ko
    assert "Drop it into the inbox again" not in refused.value.words.en


def test_a_candidate_whose_data_went_while_it_was_trained_is_marked_by_its_gate(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cs_pipeline.dataset import withdraw

    desk = Desk(settings)
    result = desk.trained()
    samples = desk.runs.train_folder("run-1") / "samples.json"
    samples.write_text("[]")
    monkeypatch.setattr(withdraw, "diminished", lambda versions: {result.dataset_version})
    verdict = desk.gate()
    assert not samples.exists()
    assert not desk.runs.checkpoint("run-1").exists()
    assert desk.store.versions() == []
    assert verdict.decision == "reject"
    assert "data_was_not_withdrawn" in {r.rule for r in verdict.reasons if r.outcome == "failed"}


def _run(settings: Settings, run_id: str, told) -> None:
    from cs_pipeline.config import RunOptions
    from cs_pipeline.retrain import retrain

    try:
        options = RunOptions.from_settings(settings)
        retrain(
            stages.Installation(settings),
            run_id=run_id,
            options=options,
            announce=lambda step: told.wait(30) if step == "collect" else None,
        )
    except SomebodyAtWork:
        sys.exit(5)


def test_of_two_real_runs_at_once_the_second_is_sent_away(settings: Settings) -> None:
    context = multiprocessing.get_context("fork")
    go = context.Event()
    first = context.Process(target=_run, args=(settings, "run-1", go))
    first.start()
    try:
        while stages.Installation(settings).at_work.owner() is None:
            assert first.is_alive()
        second = context.Process(target=_run, args=(settings, "run-2", go))
        second.start()
        second.join(60)
        assert second.exitcode == 5
    finally:
        go.set()
        first.join(60)
    assert first.exitcode == 0
    runs = stages.Installation(settings).runs
    assert [run.run_id for run in runs.newest()] == ["run-1"]
