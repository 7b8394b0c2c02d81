import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from airflow.triggers.base import TriggerEvent

from cs_airflow.inbox_trigger import InboxTrigger
from cs_pipeline import stages


def watch(inbox: Path, *, reannounce_seconds: float = 60) -> InboxTrigger:
    return InboxTrigger(inbox=str(inbox), poll_seconds=0.02, reannounce_seconds=reannounce_seconds)


@pytest.fixture(autouse=True)
def _settled_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CS_PIPELINE_SETTLE_SECONDS", "0")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


async def next_event(events: AsyncIterator[TriggerEvent], seconds: float = 5) -> int:
    event = await asyncio.wait_for(anext(events), seconds)
    return int(event.payload["pending"])


async def is_silent(events: AsyncIterator[TriggerEvent], seconds: float = 0.3) -> bool:
    try:
        await asyncio.wait_for(anext(events), seconds)
    except TimeoutError:
        return True
    return False


def test_it_comes_back_from_its_serialised_form(inbox: Path) -> None:
    path, arguments = watch(inbox).serialize()
    assert path == "cs_airflow.inbox_trigger.InboxTrigger"
    assert all(isinstance(value, str | int | float) for value in arguments.values())
    assert InboxTrigger(**arguments).serialize() == (path, arguments)


def test_a_dropped_export_is_announced(inbox: Path) -> None:
    (inbox / "a.xlsx").write_bytes(b"x")
    assert asyncio.run(next_event(watch(inbox).run())) == 1


@pytest.mark.parametrize("name", [".hidden.xlsx", "~$open.xlsx", "a.xlsx.part"])
def test_what_is_no_export_is_not_announced(inbox: Path, name: str) -> None:
    (inbox / name).write_bytes(b"x")
    assert asyncio.run(is_silent(watch(inbox).run()))


def test_pending_exports_are_announced_once_and_new_ones_at_once(inbox: Path) -> None:
    async def scenario() -> None:
        events = watch(inbox).run()
        (inbox / "a.xlsx").write_bytes(b"x")
        assert await next_event(events) == 1
        waiting = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0.3)
        assert not waiting.done()
        (inbox / "b.xlsx").write_bytes(b"y")
        assert (await asyncio.wait_for(waiting, 5)).payload == {"pending": 2}

    asyncio.run(scenario())


def test_a_lost_event_is_repeated_while_something_is_pending(inbox: Path) -> None:
    async def scenario() -> None:
        events = watch(inbox, reannounce_seconds=0.1).run()
        (inbox / "a.xlsx").write_bytes(b"x")
        assert [await next_event(events) for _ in range(3)] == [1, 1, 1]

    asyncio.run(scenario())


def test_the_same_name_dropped_again_after_it_was_collected_is_announced(inbox: Path) -> None:
    async def scenario() -> None:
        events = watch(inbox).run()
        (inbox / "a.xlsx").write_bytes(b"x")
        await next_event(events)
        waiting = asyncio.ensure_future(anext(events))
        (inbox / "a.xlsx").unlink()
        await asyncio.sleep(0.2)
        (inbox / "a.xlsx").write_bytes(b"y")
        await asyncio.wait_for(waiting, 5)

    asyncio.run(scenario())


def test_a_new_watcher_announces_what_an_old_one_announced(inbox: Path) -> None:
    (inbox / "a.xlsx").write_bytes(b"x")
    assert asyncio.run(next_event(watch(inbox).run())) == 1
    assert asyncio.run(next_event(watch(inbox).run())) == 1


def test_no_fault_ends_the_watch_or_shows_a_file_name(
    inbox: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    look = stages.pending_exports
    faults = iter([PermissionError(13, "denied", "/in/010-1234-5678.xlsx"), ValueError("odd")])

    def faulty(settings: object) -> list[str]:
        for fault in faults:
            raise fault
        return look(settings)  # type: ignore[arg-type]

    monkeypatch.setattr(stages, "pending_exports", faulty)
    (inbox / "a.xlsx").write_bytes(b"x")
    assert asyncio.run(next_event(watch(inbox).run())) == 1
    assert "PermissionError" in caplog.text
    assert "010-1234-5678" not in caplog.text


def test_an_inbox_that_does_not_exist_yet_is_waited_for(tmp_path: Path) -> None:
    async def scenario() -> None:
        events = watch(tmp_path / "later").run()
        waiting = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0.2)
        assert not waiting.done()
        os.makedirs(tmp_path / "later")  # noqa: PTH103
        (tmp_path / "later" / "a.xlsx").write_bytes(b"x")
        await asyncio.wait_for(waiting, 5)

    asyncio.run(scenario())


def test_an_s3_inbox_is_watched(s3_endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import boto3

    monkeypatch.setenv("CS_PIPELINE_S3_ENDPOINT_URL", s3_endpoint)
    monkeypatch.setenv("CS_PIPELINE_S3_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("CS_PIPELINE_S3_SECRET_ACCESS_KEY", "test")
    client = boto3.client(
        "s3",
        endpoint_url=s3_endpoint,
        region_name="ap-northeast-2",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    client.put_object(Bucket="models", Key="watched/a.xlsx", Body=b"x")
    trigger = InboxTrigger(inbox="s3://models/watched", poll_seconds=0.02, reannounce_seconds=60)
    assert asyncio.run(next_event(trigger.run(), 15)) == 1
