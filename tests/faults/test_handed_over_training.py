"""Trainings that were handed over are killed, robbed of their lease, doubled and cut off."""

import json
import signal
import time
from pathlib import Path

import pytest

from cs_pipeline import stages
from cs_pipeline.errors import AttemptStopped, LeaseLost, StorageError
from cs_pipeline.handover.keys import RunKeys
from cs_pipeline.handover.lease import Lease
from cs_pipeline.records import Progress
from cs_pipeline.storage import FolderStore
from tests.handing_over import (
    become_trainer,
    hand_over,
    merged,
    opened,
    start_trainer,
    watched,
    with_store,
)
from tests.installation import Installation

AT_EACH_STEP = '{"checkpoint_minutes": 0}'
LONG = {"recipe": AT_EACH_STEP, "epochs": 30}


@pytest.fixture
def site(installation: Installation, tmp_path: Path) -> Installation:
    site = with_store(installation, tmp_path)
    site.drop(rows=60)
    return site


@pytest.fixture
def store(site: Installation) -> FolderStore:
    return FolderStore(Path(site.settings.store))


def checkpoints(store: FolderStore, run_id: str = "run-1") -> list[str]:
    found = store.list_objects(RunKeys(run_id).resume)
    return [item.key for item in found if item.key.endswith("manifest.json")]


def poll(condition, at_each=lambda: None) -> None:
    deadline = time.monotonic() + 120
    while not condition():
        at_each()
        assert time.monotonic() < deadline
        time.sleep(0.02)


def wait_until(condition, process) -> None:
    def goes_on() -> None:
        assert process.poll() is None, process.communicate()

    poll(condition, goes_on)


def test_a_killed_training_goes_on_elsewhere_and_ends_with_the_same_weights(
    site, store, tmp_path, monkeypatch
) -> None:
    dataset = merged(site)
    first = hand_over(site, dataset, **LONG)
    trainer = start_trainer(site, first, tmp_path / "first")
    wait_until(lambda: len(checkpoints(store)) == 1, trainer)
    trainer.kill()
    trainer.communicate()
    with pytest.raises(Exception, match=r"result\.json"):
        stages.take_back(opened(site), run_id="run-1")

    second = hand_over(site, dataset, **LONG)
    again = start_trainer(site, second, tmp_path / "second")
    assert again.wait(timeout=300) == 0, again.communicate()
    result = stages.take_back(opened(site), run_id="run-1")
    assert result.trained_by is not None
    assert result.trained_by.attempt == second.attempt == 2
    assert result.resumed_from_step
    assert checkpoints(store) == []

    become_trainer(site, monkeypatch)
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    whole = hand_over(site, dataset, "run-2", **LONG)
    one_go = start_trainer(site, whole, tmp_path / "whole")
    assert one_go.wait(timeout=300) == 0, one_go.communicate()
    uninterrupted = stages.take_back(opened(site), run_id="run-2")
    assert uninterrupted.resumed_from_step is None
    weights = "model.safetensors"
    assert result.checkpoint_files[weights] == uninterrupted.checkpoint_files[weights]
    assert result.candidate == uninterrupted.candidate


def test_two_attempts_at_once_give_one_result(site, store, tmp_path) -> None:
    dataset = merged(site)
    first, second = hand_over(site, dataset, **LONG), hand_over(site, dataset, **LONG)
    old = start_trainer(site, first, tmp_path / "old")
    wait_until(lambda: len(checkpoints(store)) == 1, old)
    new = start_trainer(site, second, tmp_path / "new")
    codes = old.wait(timeout=300), new.wait(timeout=300)
    assert codes == (5, 0), (old.communicate(), new.communicate())
    result = stages.take_back(opened(site), run_id="run-1")
    assert result.trained_by is not None
    assert result.trained_by.attempt == 2
    assert result.resumed_from_step
    assert len(site.store.versions()) == 1


def test_a_late_start_of_an_old_attempt_does_nothing(site, store, tmp_path, monkeypatch) -> None:
    become_trainer(site, monkeypatch)
    dataset = merged(site)
    first, second = hand_over(site, dataset), hand_over(site, dataset)
    Lease(store, RunKeys("run-1").lease, attempt=2, holder="pod", seconds=60).take()
    before = {item.key: item.size_bytes for item in store.list_objects()}
    with pytest.raises(LeaseLost):
        stages.train_request(first.request_uri, attempt=first.attempt)
    assert {item.key: item.size_bytes for item in store.list_objects()} == before
    assert second.attempt == 2


@pytest.mark.parametrize("moment", ["resume/", "attempts/1/upload.json", "attempts/1/samples.json"])
def test_a_trainer_that_lost_its_lease_writes_nothing_more(
    site, store, monkeypatch, moment
) -> None:
    """Whatever it was about to upload: a checkpoint, the candidate, the result."""
    become_trainer(site, monkeypatch)
    monkeypatch.setenv("CS_PIPELINE_MIRROR_SECONDS", "600")  # first and last words only
    written_after: list[str] = []
    stolen = False

    def steal(what: str, key: str) -> None:
        nonlocal stolen
        if stolen and what in {"write", "delete"}:
            written_after.append(key)
        if what == "write" and moment in key and not stolen:
            first_words = RunKeys("run-1").of_attempt(1, "log.txt")
            poll(lambda: first_words in {item.key for item in store.list_objects()})
            Lease(store, RunKeys("run-1").lease, attempt=2, holder="thief", seconds=60).take()
            stolen = True  # what was checked before the theft may still be written

    handed = hand_over(site, merged(site), recipe=AT_EACH_STEP)
    with pytest.raises(LeaseLost):
        stages.train_request(handed.request_uri, opener=watched(site, steal))
    assert stolen
    assert not [key for key in written_after if key != RunKeys("run-1").lease]
    assert "runs/run-1/result.json" not in {item.key for item in store.list_objects()}
    assert json.loads(store.read(RunKeys("run-1").lease)[0])["holder"] == "thief"


def test_the_heartbeat_stops_a_trainer_between_its_uploads(site, store, monkeypatch) -> None:
    become_trainer(site, monkeypatch)
    monkeypatch.setenv("CS_PIPELINE_LEASE_SECONDS", "1")
    monkeypatch.setenv("CS_PIPELINE_MIRROR_SECONDS", "0.1")
    stolen_at: list[int] = []

    def steal_at_the_first_steps(what: str, key: str) -> None:
        if what == "write" and key.endswith("progress.json") and not stolen_at:
            told = Progress.model_validate_json(progress_on_disk(site))
            if told.step:
                stolen_at.append(told.step)
                Lease(store, RunKeys("run-1").lease, attempt=2, holder="t", seconds=60).take()

    handed = hand_over(site, merged(site), epochs=100)
    with pytest.raises(LeaseLost):
        stages.train_request(handed.request_uri, opener=watched(site, steal_at_the_first_steps))
    assert stolen_at
    assert not site.store.versions()


def progress_on_disk(site: Installation) -> str:
    (path,) = site.settings.scratch_folder.glob("*/mirror/progress.json")
    return path.read_text()


def test_sigterm_leaves_a_checkpoint_and_its_own_exit_code(site, store, tmp_path) -> None:
    dataset = merged(site)
    first = hand_over(site, dataset, epochs=100)
    trainer = start_trainer(site, first, tmp_path / "first", CS_PIPELINE_MIRROR_SECONDS="0.1")
    wait_until(lambda: _step(store) > 1, trainer)
    trainer.send_signal(signal.SIGTERM)
    _, said = trainer.communicate(timeout=120)
    assert trainer.returncode == AttemptStopped.exit_code == 7, said
    assert len(checkpoints(store)) == 1
    assert "failed" in store.read("runs/run-1/attempts/1/progress.json")[0].decode()
    lease = json.loads(store.read(RunKeys("run-1").lease)[0])
    assert lease["until"] == lease["renewed_at"]  # given back: nobody has to wait for it


def _step(store: FolderStore) -> int:
    try:
        return Progress.model_validate_json(
            store.read("runs/run-1/attempts/1/progress.json")[0]
        ).step or 0  # fmt: skip
    except StorageError:
        return 0


def test_progress_curves_and_log_are_there_to_be_looked_at(site, store, monkeypatch) -> None:
    become_trainer(site, monkeypatch)
    handed = hand_over(site, merged(site), epochs=2)
    result = stages.train_request(handed.request_uri)
    assert result is not None
    told = Progress.model_validate_json(store.read("runs/run-1/attempts/1/progress.json")[0])
    assert (told.phase, told.step, told.steps) == ("done", result.steps, result.steps)
    assert told.loss_nats_per_token
    assert told.tokens_per_second
    assert told.eta_seconds == 0
    curves = store.read("runs/run-1/attempts/1/curves.jsonl")[0].decode().splitlines()
    assert json.loads(curves[-1])["eval_loss_nats_per_token"]
    log = store.read("runs/run-1/attempts/1/log.txt")[0]
    assert len(log) <= 64 * 1024


def test_a_store_that_takes_no_progress_and_no_checkpoint_stops_nothing(
    site, store, monkeypatch
) -> None:
    become_trainer(site, monkeypatch)
    refused: set[str] = set()

    def fail(what: str, key: str) -> None:
        name = Path(key).name
        if what == "write" and (name in {"progress.json", "log.txt"} or "/resume/" in key):
            refused.add("resume" if "/resume/" in key else name)
            raise StorageError(ko="저장소가 끊겼습니다.", en="The store is down.")

    handed = hand_over(site, merged(site), recipe=AT_EACH_STEP)
    assert stages.train_request(handed.request_uri, opener=watched(site, fail)) is not None
    assert refused >= {"progress.json", "resume"}


def test_a_result_that_cannot_be_written_is_tried_again_from_the_checkpoint(
    site, store, monkeypatch
) -> None:
    become_trainer(site, monkeypatch)
    dataset = merged(site)

    def fail(what: str, key: str) -> None:
        if what == "write" and key.endswith("run-1/result.json"):
            raise StorageError(ko="저장소가 끊겼습니다.", en="The store is down.")

    first = hand_over(site, dataset, recipe=AT_EACH_STEP)
    with pytest.raises(StorageError):
        stages.train_request(first.request_uri, opener=watched(site, fail))
    assert len(checkpoints(store)) == 1
    second = hand_over(site, dataset, recipe=AT_EACH_STEP)
    result = stages.train_request(second.request_uri)
    assert result is not None
    assert result.resumed_from_step == result.steps
