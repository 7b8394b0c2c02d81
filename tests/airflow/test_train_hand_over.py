"""With a store, the local operator hands its training over as it would to another machine."""

from pathlib import Path

import pytest
from airflow.sdk.exceptions import AirflowFailException

from cs_airflow.train.local import LocalTrainOperator
from cs_pipeline.config import Settings
from cs_pipeline.config.group import variable
from cs_pipeline.training.models.tiny_base import make_base
from tests.handing_over import KEY, merged, opened
from tests.installation import CORPUS, QUICK, Installation


@pytest.fixture
def site(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installation:
    base = make_base(CORPUS, tmp_path / "base", vocab_size=3072, width=64, heads=2, positions=256)
    given = {
        **QUICK,
        "data_dir": settings.data_dir,
        "work_dir": settings.work_dir,
        "settle_seconds": 0,
        "store": tmp_path / "store",
        "scratch": tmp_path / "scratch",
        "handover_key": KEY,
        "base_model": base,
        "epochs": 1,
    }
    for name, value in given.items():
        monkeypatch.setenv(variable(name), str(value))
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    settings.work_dir.mkdir(parents=True, exist_ok=True)
    site = Installation(Settings.load(), base)
    site.drop(rows=60)
    return site


def operator(site: Installation) -> LocalTrainOperator:
    return LocalTrainOperator(task_id="train", dataset=merged(site).model_dump(mode="json"))


def test_it_trains_through_the_store_and_pushes_figures_only(site: Installation) -> None:
    figures = operator(site).execute({"run_id": "run-1", "params": {}})  # type: ignore[typeddict-item]
    result = opened(site).runs.result("run-1")
    assert result.trained_by is not None
    assert result.trained_by.attempt == 1
    assert figures["loss_nats_per_token"] == result.candidate.loss_nats_per_token
    assert (Path(site.settings.store) / "runs/run-1/result.json").is_file()
    assert not (site.run_folder("run-1") / "train/checkpoint").exists()


def test_a_key_that_is_missing_fails_the_task_at_once(
    site: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = operator(site)
    monkeypatch.delenv(variable("handover_key"))
    with pytest.raises(AirflowFailException, match="CS_PIPELINE_HANDOVER_KEY"):
        task.execute({"run_id": "run-1", "params": {}})  # type: ignore[typeddict-item]
    assert not Path(site.settings.store).exists()
