"""Who is told what, how often, and what happens when a channel fails."""

import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest

from cs_pipeline.config import NotifyChannel, NotifyKind
from cs_pipeline.language import Words
from cs_pipeline.notify import Announcer, Message, Told, told, wording
from cs_pipeline.notify.messages import run_path

DEAD = "json://127.0.0.1:9/hook/s3cr3t-token"


def message(key: str = "failed:train", kind: NotifyKind = "failed", **more: Any) -> Message:
    return Message(kind=kind, key=key, words=Words(ko=f"한국말 {key}", en=f"English {key}"), **more)


def announcer(folder: Path, *urls: Any, address: str = "") -> Announcer:
    declared = [NotifyChannel.model_validate(url) for url in urls]
    return Announcer(declared, Told(folder / "told.json"), address=address)


class Clock:
    """The time of what was told, moved by hand."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 1, tzinfo=UTC)

    def now(self, zone: object) -> datetime:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(told, "datetime", clock)
    return clock


def test_the_same_fault_is_told_once_an_hour(receiver, tmp_path, clock) -> None:
    site = announcer(tmp_path, receiver.url)
    for minutes in (0, 1, 59, 61, 62, 121):
        clock.at = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(minutes=minutes)
        announcer(tmp_path, receiver.url).tell(message())
    assert len(receiver.received) == 3
    site.tell(message("failed:merge"))
    assert receiver.texts[-1].startswith("한국말 failed:merge")


@pytest.mark.parametrize("kind", ["promoted", "rejected", "rows_to_correct"])
def test_what_became_of_a_run_is_told_once_for_ever(receiver, tmp_path, clock, kind) -> None:
    for days in (0, 1, 60):
        clock.at = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days=days)
        announcer(tmp_path, receiver.url).tell(message(f"{kind}:run-1", kind))
    assert len(receiver.received) == 1


def test_an_approval_is_asked_for_again_after_a_day(receiver, tmp_path, clock) -> None:
    for hours in (0, 23, 25, 26, 50):
        clock.at = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(hours=hours)
        announcer(tmp_path, receiver.url).tell(message("approval:run-1", "approval"))
    assert len(receiver.received) == 3


def test_each_channel_gets_its_kinds_in_its_language(receiver, tmp_path) -> None:
    owner = {"url": receiver.url, "kinds": ["rows_to_correct"], "language": "en"}
    ops = {"url": receiver.url, "kinds": ["failed", "recovered"], "language": "ko"}
    site = announcer(tmp_path, owner, ops)
    site.tell(message("rows", "rows_to_correct"))
    site.tell(message())
    assert site.tell(message("promoted:1", "promoted")) == []
    assert receiver.texts == ["English rows", "한국말 failed:train"]


def test_the_link_leads_to_the_run_and_is_quoted(receiver, tmp_path) -> None:
    path = run_path("manual__2026-11-29T03:00:00+09:00/<b>")
    announcer(tmp_path, receiver.url, address="https://air.flow/x").tell(message(path=path))
    sentence, link = receiver.texts[0].split("\n")
    assert sentence == "한국말 failed:train"
    assert link == (
        "https://air.flow/x/dags/cs_retrain/runs/manual__2026-11-29T03%3A00%3A00%2B09%3A00%2F%3Cb%3E"
    )


def test_a_failing_channel_fails_nothing_and_is_kept(receiver, tmp_path, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    site = announcer(tmp_path, DEAD, receiver.url)
    bad, good = site.tell(message())
    assert bad.problem
    assert good.problem is None
    assert len(receiver.received) == 1
    state = Told(tmp_path / "told.json").state()
    assert state.channels["1 json"].problem == bad.problem
    assert state.channels["1 json"].failing_since
    assert state.channels["2 json"].problem is None
    assert state.channels["2 json"].last_sent_at
    assert "s3cr3t" not in caplog.text + (tmp_path / "told.json").read_text(encoding="utf-8")


def test_a_channel_that_works_again_is_well(receiver, tmp_path) -> None:
    site = announcer(tmp_path, receiver.url)
    receiver.status = 503
    (failed,) = site.tell(message())
    assert failed.problem == wording.answered_with(503)
    receiver.status = 200
    assert site.tell(message())[0].problem is None, "what reached nobody is not told"
    assert Told(tmp_path / "told.json").state().channels["1 json"].problem is None


@pytest.mark.parametrize("address", ["nonsense", "no-such-service://s3cr3t", "json://", "s3cr3t"])
def test_an_unusable_address_is_named_by_its_place_alone(tmp_path, address, caplog) -> None:
    site = announcer(tmp_path, address)
    (delivery,) = site.test()
    assert delivery.problem == wording.unusable_address(1)
    assert site.problems()[0].problem == wording.unusable_address(1)
    assert "s3cr3t" not in delivery.model_dump_json() + caplog.text


def test_an_address_is_never_printed() -> None:
    channel = NotifyChannel.model_validate("json://host/s3cr3t")
    assert "s3cr3t" not in repr(channel) + str(channel) + channel.model_dump_json()


def test_the_end_of_a_fault_is_told_once(receiver, tmp_path) -> None:
    site = announcer(tmp_path, receiver.url)
    site.tell(message("failed:train"))
    site.tell(message("failed:merge"))
    site.tell(message("disk_low:0", "disk_low"))
    for _ in range(2):
        site.settle(["failed", "disk_low"], present=["disk_low:0"])
    assert receiver.texts[3:] == [wording.recovered("failed").ko]
    site.tell(message("failed:train"))
    assert len(receiver.received) == 5, "a fault that comes back is told at once"


def test_a_disk_that_is_full_keeps_no_message_back(receiver, tmp_path, monkeypatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(told, "write_atomic", full)
    assert announcer(tmp_path, receiver.url).tell(message())[0].problem is None
    assert len(receiver.received) == 1


def test_a_damaged_file_counts_as_none(receiver, tmp_path) -> None:
    (tmp_path / "told.json").write_text("{", encoding="utf-8")
    announcer(tmp_path, receiver.url).tell(message())
    assert len(receiver.received) == 1


def test_every_kind_has_a_colour() -> None:
    assert {message(kind=kind).level for kind in get_args(NotifyKind)} == {
        "info", "success", "warning", "failure",
    }  # fmt: skip
