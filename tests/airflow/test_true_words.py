"""What tasks say: a failure is none of 'nothing to do', sentences come before tracebacks."""

import errno
from typing import Any

import pytest
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowSkipException

from cs_airflow import tasks, wording
from cs_airflow.task_errors import task_errors
from cs_airflow.train.local import _raise_for_exit_code
from cs_pipeline import stages
from cs_pipeline.config import RunOptions, Settings
from cs_pipeline.errors import PointerConflict, StorageError
from cs_pipeline.records import ValidationReport
from tests.records import export


class Pushes:
    """A task instance that keeps what is pushed, and gives what was."""

    dag_id = "cs_retrain"

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], Any] = {}

    def xcom_push(self, key: str, value: Any) -> None:
        self.kept["collect", key] = value

    def xcom_pull(self, task_ids: Any, key: str = "return_value") -> Any:
        if isinstance(task_ids, list):
            return [self.kept.get((one, key)) for one in task_ids]
        return self.kept.get((task_ids, key))


@pytest.fixture
def site(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("CS_PIPELINE_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("CS_PIPELINE_WORK_DIR", str(settings.work_dir))
    return settings


def recorded(site: Settings, ti: Pushes) -> str:
    params = RunOptions.from_settings(site).model_dump()
    tasks.record.function(run_id="run-1", params=params, ti=ti)
    run = stages.Installation(site).runs.read("run-1")
    assert run is not None
    return run.status


def collect(site: Settings, ti: Pushes, **given: Any) -> None:
    params = RunOptions.from_settings(site).model_dump() | given
    tasks.collect.function(run_id="run-1", params=params, ti=ti)


def test_an_empty_inbox_is_nothing_to_do(site: Settings) -> None:
    ti = Pushes()
    with pytest.raises(AirflowSkipException, match="할 일이 없습니다"):
        collect(site, ti)
    assert recorded(site, ti) == "nothing_to_do"


@pytest.mark.parametrize(
    "given",
    [{"note": "고객 010-7391-4826 요청"}, {"recipe": "no-such-recipe"}, {"epoch": 3}],
    ids=["personal data", "unknown recipe", "unknown option"],
)
def test_a_collect_that_fails_is_a_failure(site: Settings, given: dict[str, Any], capsys) -> None:
    ti = Pushes()
    with pytest.raises(AirflowFailException) as failed:
        collect(site, ti, **given)
    assert str(failed.value) in capsys.readouterr().out, "the sentence stands before a traceback"
    assert "010-7391-4826" not in str(failed.value)
    assert recorded(site, ti) == "failed"
    assert not site.data_dir.exists(), "nothing was touched"


def test_a_lost_race_is_not_tried_again_and_a_full_disk_is_a_sentence() -> None:
    with pytest.raises(AirflowFailException), task_errors():
        raise PointerConflict(ko="졌다", en="lost")
    with pytest.raises(AirflowException) as passing, task_errors():
        raise StorageError(ko="없다", en="gone")
    assert not isinstance(passing.value, AirflowFailException)
    with pytest.raises(AirflowException, match="디스크가 가득"), task_errors():
        raise OSError(errno.ENOSPC, "No space left on device")
    with pytest.raises(OSError, match="Permission"), task_errors():
        raise OSError(errno.EACCES, "Permission denied")


def test_a_killed_trainer_is_probably_short_of_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    for language, word in (("ko", "메모리"), ("en", "memory")):
        monkeypatch.setenv("CS_PIPELINE_LANG", language)
        with pytest.raises(AirflowException, match=word):
            _raise_for_exit_code(-9)
        with pytest.raises(AirflowFailException, match="3"):
            _raise_for_exit_code(3)


def test_refused_rows_stand_in_the_log_with_their_page() -> None:
    report = ValidationReport(
        export=export(), rows_read=10, refused={"empty_answer": 1, "no_text": 3},
        refused_uri="/q/x-refused.xlsx", page_uri="/quality/x.html",
    )  # fmt: skip
    first, second = wording.rows_refused(report)
    assert "no_text 3, empty_answer 1" in first.ko
    assert "/q/x-refused.xlsx" in first.en
    assert "/quality/x.html" in second.ko
