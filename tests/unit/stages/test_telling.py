"""What runs, and the look around, tell people."""

import json
import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cs_pipeline import stages
from cs_pipeline.config import RunOptions, Settings
from cs_pipeline.doctor import places
from cs_pipeline.language import Words
from cs_pipeline.notify import wording
from cs_pipeline.records import ModelVersion, Reason, RunRecord, ValidationReport, Verdict
from cs_pipeline.stages import telling
from tests.records import export, result, score
from tests.unit.notify.receiver import Receiver, receiving
from tests.unit.registry.desk import Desk

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)


class Site:
    """An installation whose people are told, and what they got."""

    def __init__(self, settings: Settings, receiver: Receiver) -> None:
        self.receiver = receiver
        self.desk = Desk(
            Settings.load(
                **{name: getattr(settings, name) for name in ("data_dir", "work_dir")},
                settle_seconds=0,
                notify_urls=json.dumps([receiver.url]),
                airflow_url="https://airflow.example.com/",
            )
        )
        self.installation = self.desk.installation
        stages.prepare_folders(self.installation)

    @property
    def told(self) -> list[str]:
        return [text.split("\n")[0] for text in self.receiver.texts]

    def ended(self, status: str, run_id: str = "run-1", **more: Any) -> None:
        run = RunRecord(run_id=run_id, status=status, finished_at=NOW, **more)
        telling.tell_of_run(self.installation, run)

    def look(self) -> list[str]:
        return [message.kind for message in stages.look_and_tell(self.installation)]


@pytest.fixture
def site(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(places, "LEAST_FREE_BYTES", 0)
    monkeypatch.setattr(places, "WANTED_FREE_BYTES", 0)
    with receiving() as receiver:
        yield Site(settings, receiver)


def model(version_id: str = "m1", loss: float = 2.0) -> ModelVersion:
    return ModelVersion(
        version_id=version_id,
        uri="u",
        manifest_sha256="s",
        run_id="run-1",
        dataset_version="d",
        base_model="b",
        loss_nats_per_token=loss,
        promoted_at=NOW,
    )


def verdict(decision: str, outcome: str) -> Verdict:
    why = Reason(rule="r", outcome=outcome, words=Words(ko="답이 비었습니다.", en="Empty."))
    return Verdict(
        run_id="run-1",
        decision=decision,
        dataset_version="d",
        dataset_sha256="a",
        reasons=(why,),
        decided_at=NOW,
    )


def test_a_promoted_run_is_told_with_both_losses_and_one_link(site) -> None:
    from tests.unit.registry.candidates import champion

    before = champion(2.5)
    site.ended("promoted", model=model(), result=result(champion=before, candidate=score(2.0)))
    assert site.told == [wording.promoted("m1", 2.0, 2.5).ko]
    assert "2.500 → 2.000" in site.told[0]
    assert site.receiver.texts[0].endswith(
        "\nhttps://airflow.example.com/dags/cs_retrain/runs/run-1"
    )


def test_a_rejected_run_is_told_with_its_first_reason(site) -> None:
    site.ended("rejected", verdict=verdict("reject", "failed"))
    assert "답이 비었습니다." in site.told[0]
    assert "지금 모델이 계속 답합니다." in site.told[0]


def test_a_live_model_that_is_kept_is_told_without_a_fault(site) -> None:
    site.ended("kept", verdict=verdict("reject", "kept"))
    assert site.told == [wording.kept().ko]


def test_refused_rows_are_told_in_figures_without_a_name(site) -> None:
    named = export(name="김철수 010-1234-5678.xlsx")
    reports = (
        ValidationReport(export=named, refused={"empty_answer": 3, "too_long": 2}),
        ValidationReport(export=named, quarantined="not_a_workbook", refused={"x": 9}),
    )
    site.ended("refused", reports=reports)
    assert site.told == [wording.rows_to_correct(5, 1, 1).ko]
    assert "김철수" not in site.receiver.received[0].text


def test_a_failure_is_told_once_by_whoever_knows_more_and_then_its_end(site) -> None:
    why = Words(ko="디스크가 가득 찼습니다.", en="The disk is full.")
    name = Words(ko="학습", en="Train")
    stages.tell_failure(site.installation, run_id="run-1", step="train", name=name, why=why)
    site.ended("failed")
    assert site.told == [wording.failed(name, why).ko]
    assert "'학습' 단계에서" in site.told[0]
    site.ended("failed", run_id="run-2")
    assert site.told[1:] == [wording.failed(None, None).ko]
    site.ended("nothing_to_do", run_id="run-3")
    site.ended("nothing_to_do", run_id="run-4")
    assert site.told[2:] == [wording.recovered("failed").ko]


def test_record_tells(site) -> None:
    stages.record(site.installation, run_id="run-1", options=RunOptions(), nothing_to_do=True)
    assert site.told == []
    stages.record(site.installation, run_id="run-2", options=RunOptions())
    assert site.told == [wording.failed(None, None).ko]


def test_telling_never_fails_a_run(site, monkeypatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(telling, "_messages", broken)
    site.ended("promoted", model=model())
    assert site.told == []


def test_a_promotion_by_hand_is_told(site) -> None:
    site.desk.trained()
    site.desk.gate(auto_promote=False)
    stages.promote_held(site.installation, run_id="run-1", note="읽어 봄")
    assert len(site.told) == 1
    assert "운영을 시작했습니다" in site.told[0]


def test_a_candidate_that_waits_is_told_until_it_is_decided(site) -> None:
    site.desk.trained()
    site.desk.gate(auto_promote=False)
    assert site.look() == ["approval"]
    assert site.look() == ["approval"]
    assert len(site.told) == 1
    assert site.receiver.texts[0].endswith("/required_actions?response_received=false")
    site.desk.promote()
    assert site.look() == []


def test_a_quiet_installation_tells_nothing(site) -> None:
    assert site.look() == []
    assert site.told == []


def age(path: Path, **since: float) -> None:
    at = time.time() - timedelta(**since).total_seconds()
    os.utime(path, (at, at))


def test_a_silent_watcher_is_told_and_its_return(site) -> None:
    assert stages.watched_at(site.installation) is None
    stages.note_watch(site.installation)
    assert site.look() == []
    age(site.installation.watcher_mark, minutes=25)
    assert site.look() == ["watcher_silent"]
    assert site.look() == ["watcher_silent"]
    assert site.told == [wording.watcher_silent(25).ko]
    stages.note_watch(site.installation)
    assert site.look() == []
    assert site.told[1:] == [wording.recovered("watcher_silent").ko]


def test_a_file_that_stays_in_the_inbox_is_told(site, monkeypatch) -> None:
    path = Path(site.installation.settings.inbox_uri) / "김철수.xlsx"
    path.write_bytes(b"x")
    assert site.look() == []
    late = datetime.now(UTC) + timedelta(hours=13)
    monkeypatch.setattr("cs_pipeline.stages.watching.datetime", clock_at(late))
    assert site.look() == ["inbox_stuck"]
    assert site.told == [wording.inbox_stuck(1, 12).ko]


def test_a_run_that_does_not_end_is_told(site) -> None:
    folder = site.installation.runs.folder_of("run-9") / "train"
    folder.mkdir(parents=True)
    assert site.look() == []
    (folder / "job.json").write_text("{}")
    age(folder / "job.json", hours=25)
    assert site.look() == ["run_late"]
    age(folder / "job.json", days=8)
    assert site.look() == []
    age(folder / "job.json", hours=25)
    assert site.look() == ["run_late"]
    stages.record(site.installation, run_id="run-9", options=RunOptions())
    assert site.look() == []
    assert wording.recovered("run_late").ko in site.told


def test_exports_that_stopped_coming_are_told(site, monkeypatch) -> None:
    processing = site.installation.processing.folder / "run-1"
    processing.mkdir(parents=True)
    (processing / "a.xlsx").write_bytes(b"x")
    one = export(name="a.xlsx").model_copy(update={"uri": str(processing / "a.xlsx")})
    site.installation.ledger.enter(one, run_id="run-1", dataset_version="d", rows=1)
    assert site.look() == []
    late = datetime.now(UTC) + timedelta(days=8)
    monkeypatch.setattr("cs_pipeline.stages.watching.datetime", clock_at(late))
    assert site.look() == ["nothing_new"]
    assert site.told == [wording.nothing_new(8).ko]


def test_a_disk_that_fills_is_told(site, monkeypatch) -> None:
    monkeypatch.setattr(places, "WANTED_FREE_BYTES", 2**60)
    assert site.look() == ["disk_low"]
    monkeypatch.setattr(places, "WANTED_FREE_BYTES", 0)
    assert site.look() == []
    assert site.told[-1] == wording.recovered("disk_low").ko


def clock_at(moment: datetime) -> type[datetime]:
    """`datetime` whose now is another moment."""

    class Stopped(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return moment

    return Stopped
