"""What the record of a run says of the pod that its training ended in."""

from datetime import UTC, datetime

from cs_pipeline import stages
from cs_pipeline.config import RunOptions, Settings
from cs_pipeline.language import Words
from cs_pipeline.records import RunRecord, TrainingPod, TrainingPods
from cs_pipeline.stages import Installation
from tests.unit.registry.desk import Desk

FULL = Words(ko="/scratch가 가득 찼습니다.", en="Its /scratch is full.")


def pod(name: str, words: Words | None) -> TrainingPod:
    return TrainingPod(
        name=name, memory="16Gi", attempt=1, created_at=datetime.now(UTC), words=words
    )


def recorded(settings: Settings, run_id: str) -> RunRecord:
    installation = Installation(settings)
    stages.record(installation, run_id=run_id, options=RunOptions.from_settings(settings))
    record = Installation(settings).runs.read(run_id)
    assert record is not None
    return record


def test_the_cause_of_the_last_pods_end_is_recorded_and_shown(settings: Settings) -> None:
    runs = Installation(settings).runs
    pods = TrainingPods().with_pod(pod("one", Words(ko="쫓겨났습니다.", en="Evicted.")))
    runs.save_pods("run-1", pods.with_pod(pod("two", FULL)))
    assert recorded(settings, "run-1").training_problem == FULL
    page = (runs.folder_of("run-1") / "report.html").read_text(encoding="utf-8")
    assert FULL.ko in page


def test_a_run_with_a_result_had_no_problem(settings: Settings) -> None:
    Desk(settings).trained()
    Installation(settings).runs.save_pods("run-1", TrainingPods().with_pod(pod("one", FULL)))
    assert recorded(settings, "run-1").training_problem is None


def test_a_run_without_pods_had_none(settings: Settings) -> None:
    assert recorded(settings, "run-1").training_problem is None


def test_what_becomes_of_a_pod_replaces_what_was_known_of_it() -> None:
    pods = TrainingPods().with_pod(pod("one", FULL)).with_pod(pod("two", None))
    changed = pods.with_pod(pod("one", None))
    assert [known.name for known in changed.pods] == ["one", "two"]
    assert changed.pods[0].words is None
    assert changed.newest == pods.pods[1]
