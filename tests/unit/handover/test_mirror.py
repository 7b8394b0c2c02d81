"""A training is seen from the store, and never hurt by being watched."""

import json
import logging
import time
from pathlib import Path

import pytest

from cs_pipeline.errors import DatasetError, StorageError
from cs_pipeline.handover.mirror import Mirror
from cs_pipeline.records import Progress
from cs_pipeline.storage import FolderStore

log = logging.getLogger("cs_pipeline.training.somewhere")


@pytest.fixture(autouse=True)
def _chatty(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="cs_pipeline")


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "store")


def mirror(store: FolderStore, tmp_path: Path, seconds: float = 0.05) -> Mirror:
    return Mirror(
        store,
        lambda name: f"runs/r/attempts/1/{name}",
        curves=tmp_path / "metrics.jsonl",
        folder=tmp_path / "out",
        seconds=seconds,
    )


def seen(store: FolderStore, name: str) -> str:
    return store.read(f"runs/r/attempts/1/{name}")[0].decode()


def wait_for(condition) -> None:
    deadline = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_it_is_written_while_the_training_runs_and_at_its_end(store, tmp_path) -> None:
    watching = mirror(store, tmp_path)
    with watching.running():
        (tmp_path / "metrics.jsonl").write_text('{"step": 1}\n')
        watching.tell(Progress(phase="training", step=3, steps=10, eta_seconds=7.0))
        watching.tell(Progress(phase="training", loss_nats_per_token=2.5, tokens_per_second=9.0))
        log.info("step 3/10")
        folder = store.root / "runs/r/attempts/1"
        wait_for(lambda: (folder / "log.txt").exists() and "step 3/10" in seen(store, "log.txt"))
        wait_for(lambda: "training" in seen(store, "progress.json"))
        told = json.loads(seen(store, "progress.json"))
        assert (told["phase"], told["step"], told["steps"]) == ("training", 3, 10)
        assert (told["loss_nats_per_token"], told["tokens_per_second"]) == (2.5, 9.0)
        assert told["eta_seconds"] == 7.0
        assert told["updated_at"]
    assert json.loads(seen(store, "progress.json"))["phase"] == "done"
    assert seen(store, "curves.jsonl") == '{"step": 1}\n'


def test_only_the_end_of_the_log_is_kept(store, tmp_path) -> None:
    with mirror(store, tmp_path, seconds=60).running():
        for number in range(3000):
            log.info("line %d %s", number, "x" * 50)
    text = seen(store, "log.txt")
    assert 60_000 < len(text) <= 64 * 1024
    assert "line 2999" in text
    assert "line 0 " not in text


def test_an_error_of_ours_is_told_and_any_other_named_only(store, tmp_path) -> None:
    with pytest.raises(DatasetError), mirror(store, tmp_path).running():
        raise DatasetError(ko="데이터가 없음", en="no data")
    assert "데이터가 없음" in seen(store, "log.txt")
    assert json.loads(seen(store, "progress.json"))["phase"] == "failed"
    with pytest.raises(ValueError, match="010"), mirror(store, tmp_path).running():
        raise ValueError("010-1234-5678")
    assert "ValueError" in seen(store, "log.txt")
    assert "010-1234-5678" not in seen(store, "log.txt")


def test_a_traceback_in_the_log_stays_here(store, tmp_path) -> None:
    def fail() -> None:
        raise ValueError("010-1234-5678")

    with mirror(store, tmp_path).running():
        try:
            fail()
        except ValueError:
            log.exception("could not be read")
    assert "could not be read" in seen(store, "log.txt")
    assert "010-1234-5678" not in seen(store, "log.txt")


def test_a_store_that_fails_is_told_once_and_stops_nothing(store, tmp_path, caplog) -> None:
    class Failing(FolderStore):
        calls = 0

        def upload(self, source: Path, key: str) -> None:
            Failing.calls += 1
            raise StorageError(ko="끊김", en="down")

    with mirror(Failing(store.root), tmp_path).running():
        wait_for(lambda: Failing.calls > 3)
    assert sum("the progress is not shown" in line for line in caplog.messages) == 1


def test_nobody_listens_after_the_end(store, tmp_path) -> None:
    with mirror(store, tmp_path).running():
        pass
    log.info("afterwards")
    assert "afterwards" not in seen(store, "log.txt")
