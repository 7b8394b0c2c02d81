"""Of several trainers one may write."""

import json
import threading
import time
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cs_pipeline.errors import LeaseLost, StorageError
from cs_pipeline.handover.fenced import FencedStore
from cs_pipeline.handover.lease import Lease
from cs_pipeline.storage import FolderStore

KEY = "runs/r/lease.json"


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "store")


def lease(store: FolderStore, attempt: int, holder: str, seconds: float = 30) -> Lease:
    return Lease(store, KEY, attempt=attempt, holder=holder, seconds=seconds)


def told(store: FolderStore) -> dict[str, object]:
    value: dict[str, object] = json.loads(store.read(KEY)[0])
    return value


def test_a_newer_attempt_wins_at_once_and_the_older_one_notices(store: FolderStore) -> None:
    old, new = lease(store, 1, "a"), lease(store, 2, "b")
    old.take()
    old.check()
    new.take()
    new.check()
    with pytest.raises(LeaseLost):
        old.check()
    assert old.is_lost
    with pytest.raises(LeaseLost):
        lease(store, 1, "c").take()
    assert told(store)["attempt"] == 2


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long each wait was meant to be."""
    waits: list[float] = []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        threading.Event().wait(seconds)

    monkeypatch.setattr("cs_pipeline.handover.lease.time.sleep", sleep)
    return waits


def test_clocks_that_are_hours_apart_do_not_matter(store: FolderStore, waits: list[float]) -> None:
    """A silent holder is outwaited by the watcher's own clock, whatever the lease says of time."""
    yesterday = datetime.now(UTC) - timedelta(days=1)
    held = {"attempt": 1, "holder": "gone", "renewed_at": yesterday.isoformat(),
            "until": (yesterday + timedelta(seconds=0.6)).isoformat()}  # fmt: skip
    store.write_if(KEY, json.dumps(held).encode(), expected_etag=None)
    lease(store, 1, "b").take()
    assert 0.5 < sum(waits) < 1.5
    assert told(store)["holder"] == "b"


def test_a_living_process_of_the_same_attempt_keeps_it(
    store: FolderStore, waits: list[float]
) -> None:
    first = lease(store, 1, "a", seconds=3)
    first.take()
    with first.kept(lambda: None), pytest.raises(LeaseLost):
        lease(store, 1, "b", seconds=3).take()
    assert not first.is_lost
    waits.clear()
    lease(store, 1, "b").take()  # it was given back
    assert not waits


def test_who_lets_go_makes_way_for_one_that_waits(
    store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, waits = lease(store, 1, "a", seconds=600), list[float]()
    first.take()
    with ExitStack() as kept:
        kept.enter_context(first.kept(lambda: None))

        def sleep(seconds: float) -> None:
            waits.append(seconds)
            kept.close()

        monkeypatch.setattr("cs_pipeline.handover.lease.time.sleep", sleep)
        lease(store, 1, "b").take()
    assert told(store)["holder"] == "b"
    assert len(waits) == 1
    assert waits[0] < 600


def test_of_many_that_come_at_once_one_holds_it(store: FolderStore) -> None:
    won: list[str] = []

    def try_it(holder: str) -> None:
        mine = lease(store, 1, holder, seconds=2)
        try:
            mine.take()
        except LeaseLost:
            return
        with mine.kept(lambda: None):
            won.append(holder)
            time.sleep(5)

    threads = [threading.Thread(target=try_it, args=(f"h{i}",)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1


def test_the_heartbeat_renews_and_says_when_it_is_lost(store: FolderStore) -> None:
    lost = threading.Event()
    mine = lease(store, 1, "a", seconds=1)
    mine.take()
    before = told(store)["renewed_at"]
    with mine.kept(lost.set):
        deadline = time.monotonic() + 30
        while told(store)["renewed_at"] == before and time.monotonic() < deadline:
            time.sleep(0.02)
        assert told(store)["renewed_at"] != before
        assert not lost.is_set()
        lease(store, 2, "b").take()
        assert lost.wait(30)
    assert told(store)["holder"] == "b"


def test_a_store_that_fails_for_a_while_loses_nothing(store: FolderStore) -> None:
    class Failing(FolderStore):
        down = False
        refused = 0

        def write_if(self, key: str, data: bytes, *, expected_etag: str | None) -> str:
            if self.down:
                Failing.refused += 1
                raise StorageError(ko="끊김", en="down")
            return super().write_if(key, data, expected_etag=expected_etag)

    failing = Failing(store.root)
    mine = Lease(failing, KEY, attempt=1, holder="a", seconds=1)
    mine.take()
    lost = threading.Event()
    with mine.kept(lost.set):
        failing.down = True
        deadline = time.monotonic() + 30
        while Failing.refused < 2 and time.monotonic() < deadline:
            time.sleep(0.02)
        failing.down = False
        mine.check()
    assert Failing.refused >= 2
    assert not lost.is_set()


def test_an_unreadable_lease_is_taken(store: FolderStore) -> None:
    store.write_if(KEY, b"{", expected_etag=None)
    lease(store, 1, "a").take()
    assert told(store)["holder"] == "a"


def test_a_fenced_store_is_read_only_after_the_loss(store: FolderStore, tmp_path: Path) -> None:
    mine = lease(store, 1, "a")
    mine.take()
    fenced, source = FencedStore(store, mine.check), tmp_path / "file"
    source.write_bytes(b"x")
    fenced.upload(source, "runs/r/a")
    lease(store, 2, "b").take()
    for write in (
        lambda: fenced.upload(source, "runs/r/b"),
        lambda: fenced.write_if("runs/r/b", b"x", expected_etag=None),
        lambda: fenced.delete("runs/r/a"),
    ):
        with pytest.raises(LeaseLost):
            write()
    assert fenced.read("runs/r/a")[0] == b"x"
    fenced.download("runs/r/a", tmp_path / "copy")
    assert [item.key for item in fenced.list_objects("runs/r/")] == ["runs/r/a", KEY]
