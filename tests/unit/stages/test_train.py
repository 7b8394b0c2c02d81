"""What the train stage hands to the trainer, in each process of a distributed run."""

from pathlib import Path
from typing import Any

import pytest

from cs_pipeline import stages
from cs_pipeline.config import RunOptions, Settings
from cs_pipeline.training import fine_tune as trainer
from tests.records import dataset
from tests.unit.registry.desk import Desk


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the trainer saw; it trains nothing."""
    seen: dict[str, Any] = {}

    def fake(job: trainer.TrainJob, **arguments: Any) -> None:
        files = Path(job.champion.folder).glob("*") if job.champion else ()
        seen.update(arguments, job=job, files=sorted(files))

    monkeypatch.setattr(trainer, "fine_tune", fake)
    return seen


def train(settings: Settings, out: Path) -> None:
    options = RunOptions.from_settings(settings)
    stages.train(
        stages.Installation(settings), run_id="run-9", dataset=dataset(), options=options, out=out
    )


@pytest.mark.parametrize("rank", [0, 1])
def test_one_process_fetches_the_live_model_and_clears_it_away(
    settings: Settings, seen: dict[str, Any], tmp_path: Path, monkeypatch, rank: int
) -> None:
    desk = Desk(settings)
    desk.trained()
    desk.gate()
    live = stages.promote(stages.Installation(settings), run_id="run-1").version_id
    others = tmp_path / "out" / ".champion" / "config.json"
    if rank:
        others.parent.mkdir(parents=True)
        others.write_text("{}")
    monkeypatch.setenv("RANK", str(rank))
    monkeypatch.setenv("WORLD_SIZE", "2")

    train(settings, tmp_path / "out")

    assert seen["job"].champion.version_id == live
    assert (seen["safeguards"] is None) == bool(rank)
    fetched = {path.name for path in seen["files"]}
    assert fetched == ({"config.json"} if rank else {"config.json", "model.safetensors"})
    assert others.exists() == bool(rank)


def test_without_a_live_model_there_is_nothing_to_fetch(
    settings: Settings, seen: dict[str, Any], tmp_path: Path
) -> None:
    train(settings, tmp_path / "out")
    assert (seen["job"].champion, seen["files"]) == (None, [])
    assert not (tmp_path / "out").exists()
    assert stages.Installation(settings).models.versions() == []


def test_the_trainer_is_told_what_the_dataset_says_of_its_csvs(
    settings: Settings, seen: dict[str, Any], tmp_path: Path
) -> None:
    made = dataset().model_copy(update={"context_turns": 3, "placeholder_form": "[{}]"})
    options = RunOptions.from_settings(settings)
    stages.train(
        stages.Installation(settings),
        run_id="run-9",
        dataset=made,
        options=options,
        out=tmp_path / "out",
    )
    assert (seen["job"].context_turns, seen["job"].placeholder_form) == (3, "[{}]")


def test_a_sites_golden_questions_reach_the_trainer_masked(
    settings: Settings, seen: dict[str, Any], tmp_path: Path
) -> None:
    path = tmp_path / "golden.yaml"
    path.write_text(
        "questions:\n- question: 010-1234-5678로 연락 주세요\n  must_contain: [연락]\n",
        encoding="utf-8",
    )
    train(settings.model_copy(update={"golden_questions": path}), tmp_path / "out")
    (one,) = seen["job"].golden
    assert "1234" not in one.question
    assert one.must_contain == ("연락",)
    train(settings, tmp_path / "out")
    assert seen["job"].golden == ()
