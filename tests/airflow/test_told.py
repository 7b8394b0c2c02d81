"""What Airflow's failure callback tells."""

import json
from types import SimpleNamespace

import pytest
from airflow.dag_processing.dagbag import DagBag
from airflow.sdk.exceptions import AirflowException, AirflowFailException

from cs_airflow.task_errors import task_errors
from cs_airflow.told import tell_failure, words_of
from cs_pipeline.errors import DatasetError, StorageError
from tests.airflow.test_dags import DAGS
from tests.unit.notify.receiver import Receiver, receiving


@pytest.fixture
def receiver(tmp_path, monkeypatch):
    monkeypatch.setenv("CS_PIPELINE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("CS_PIPELINE_WORK_DIR", str(tmp_path / "var"))
    with receiving() as one:
        monkeypatch.setenv("CS_PIPELINE_NOTIFY_URLS", json.dumps([one.url]))
        yield one


def failed(exception: object, task_id: str = "intake.mask") -> dict[str, object]:
    return {
        "ti": SimpleNamespace(task_id=task_id, run_id="run 1", dag_id="cs_retrain"),
        "exception": exception,
    }


def raised(error: Exception) -> Exception:
    with pytest.raises(AirflowException) as caught, task_errors():
        raise error
    return caught.value


def test_our_errors_are_told_in_both_languages_with_the_tasks_name(receiver: Receiver) -> None:
    error = raised(DatasetError(ko="샤드가 없습니다.", en="A shard is missing."))
    assert isinstance(error, AirflowFailException)
    tell_failure(failed(error))
    (text,) = receiver.texts
    assert "'개인정보 가리기' 단계에서 멈췄습니다. 샤드가 없습니다." in text
    assert words_of(error).en == "A shard is missing."
    assert words_of(raised(StorageError(ko="가", en="b"))).en == "b"


@pytest.mark.parametrize("error", [KeyError("김철수"), ValueError("010-1234-5678")])
def test_of_an_unexpected_error_its_kind_alone_is_told(receiver: Receiver, error) -> None:
    tell_failure(failed(error))
    (text,) = receiver.texts
    assert type(error).__name__ in text
    assert "김철수" not in text
    assert "1234" not in text


def test_a_task_that_vanished_is_told(receiver: Receiver) -> None:
    tell_failure(failed(None, "some_new_task"))
    assert "'some_new_task'" in receiver.texts[0]


def test_broken_settings_break_no_callback(receiver: Receiver, monkeypatch) -> None:
    monkeypatch.setenv("CS_PIPELINE_NOTIFY_URLS", "{")
    tell_failure(failed(None))
    assert receiver.received == []


def test_every_task_of_the_retraining_tells_and_the_watch_looks_every_quarter_hour() -> None:
    bag = DagBag(dag_folder=str(DAGS))
    assert all(task.on_failure_callback for task in bag.dags["cs_retrain"].tasks)
    watch = bag.dags["cs_watch"]
    assert watch.max_active_runs == 1
    assert watch.catchup is False
    assert "cs-pipeline notify" in watch.doc_md
