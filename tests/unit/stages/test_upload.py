"""The uploaded bytes are tried in a process that knows nothing but the store."""

import json
import os
import shutil
import stat
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cs_pipeline import stages
from cs_pipeline.config import Settings
from cs_pipeline.errors import StorageError
from cs_pipeline.files import sha256_file
from cs_pipeline.records import TrainResult
from cs_pipeline.registry.manifests import candidate_version
from cs_pipeline.stages import upload
from cs_pipeline.stages.upload import check_model, publish_candidate
from tests.records import result


@pytest.fixture
def out(tmp_path: Path, tiny_base: Path) -> Path:
    """A trainer's folder whose checkpoint can be loaded."""
    shutil.copytree(tiny_base, tmp_path / "train" / "checkpoint")
    return tmp_path / "train"


def trained(out: Path, minute: int = 0) -> TrainResult:
    folder = out / "checkpoint"
    sums = {path.name: sha256_file(path) for path in folder.iterdir()}
    finished_at = datetime(2026, 11, 22, 3, minute, tzinfo=UTC)
    return result(checkpoint_files=sums, finished_at=finished_at)


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A script in the place of Python, to be run instead of the check."""

    def install(script: str) -> None:
        path = tmp_path / "child"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setattr("sys.executable", str(path))

    return install


@pytest.mark.parametrize("place", ["settings", "s3_settings"])
def test_a_sound_model_answers_from_the_store(
    request: pytest.FixtureRequest, place: str, out: Path
) -> None:
    settings: Settings = request.getfixturevalue(place)
    made = trained(out)
    check = publish_candidate(stages.Installation(settings), made, out=out)
    assert check.problem is None
    assert (check.version_id, check.answered) == (candidate_version(made), check.asked)
    assert check.asked > 0
    store = stages.Installation(settings).models
    assert store.versions() == [check.version_id]
    assert store.live() is None


def test_the_check_is_a_conversation(
    settings: Settings, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[list[str]] = []

    def reply(model: object, tokenizer: object, question: str, *, context: Sequence[str]) -> str:
        heard.append([*context, question])
        return "네."

    monkeypatch.setattr("cs_pipeline.training.appraisal.generation.answer", reply)
    version_id = stages.Installation(settings).models.publish(out / "checkpoint", trained(out))
    assert check_model(stages.Installation(settings), version_id).answered == len(heard) == 3
    first, second, third = (turns[-1] for turns in heard)
    assert heard[2] == [first, "네.", second, "네.", third]


def test_bytes_that_changed_in_the_store_are_a_problem(settings: Settings, out: Path) -> None:
    version_id = stages.Installation(settings).models.publish(out / "checkpoint", trained(out))
    weights = Path(settings.model_store_uri) / f"versions/{version_id}/files/model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1] + b"!")
    check = check_model(stages.Installation(settings), version_id)
    assert check.answered == 0
    assert check.problem is not None
    assert "sha256" in check.problem.en


def test_a_checkpoint_that_does_not_load_is_a_problem(settings: Settings, out: Path) -> None:
    (out / "checkpoint" / "model.safetensors").write_bytes(b"no weights")
    version_id = stages.Installation(settings).models.publish(out / "checkpoint", trained(out))
    check = check_model(stages.Installation(settings), version_id)
    assert check.answered == 0
    assert check.problem is not None
    assert "cannot be read" in check.problem.en


def test_a_version_that_is_not_there_is_a_problem(settings: Settings) -> None:
    check = check_model(stages.Installation(settings), "m20260101-000000-00000000")
    assert check.problem is not None


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("exit 7", "exit code 7"),
        ("echo not json; exit 0", "exit code 0"),
        ("echo '{\"asked\": 1}'; exit 1", "exit code 1"),
        ("kill -9 $$", "exit code -9"),
    ],
)
def test_a_check_that_crashes_is_a_problem(
    settings: Settings, out: Path, child, script: str, told: str
) -> None:
    child(script)
    check = publish_candidate(stages.Installation(settings), trained(out), out=out)
    assert check.answered < check.asked
    assert check.problem is not None
    assert told in check.problem.en


def test_a_check_that_never_ends_is_a_problem(
    settings: Settings, out: Path, child, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload, "_CHECK_SECONDS", 0.5)
    child("exec sleep 60")
    check = publish_candidate(stages.Installation(settings), trained(out), out=out)
    assert check.answered == 0
    assert check.problem is not None
    assert "within" in check.problem.en


def test_a_store_out_of_reach_is_no_fault_of_the_model(
    settings: Settings, out: Path, child
) -> None:
    child("exit 5")
    with pytest.raises(StorageError):
        publish_candidate(stages.Installation(settings), trained(out), out=out)


def test_the_child_reads_the_same_store_and_is_nobody_of_a_distributed_run(
    s3_settings: Settings, out: Path, child, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("RANK", "WORLD_SIZE", "LOCAL_RANK", "MASTER_ADDR"):
        monkeypatch.setenv(name, "1")
    seen = tmp_path / "environment.json"
    dump = "import json,os; print(json.dumps(dict(os.environ)))"
    child(f"{sys.executable} -c '{dump}' > {seen}; exit 1")
    publish_candidate(stages.Installation(s3_settings), trained(out), out=out)
    environment = json.loads(seen.read_text())
    assert environment["CS_PIPELINE_MODEL_STORE"] == s3_settings.model_store_uri
    assert environment["CS_PIPELINE_S3_SECRET_ACCESS_KEY"] == "test"
    assert environment["CS_PIPELINE_EXIT_WITH_PARENT"] == str(os.getpid())
    assert environment["CUDA_VISIBLE_DEVICES"] == ""
    assert not {"RANK", "WORLD_SIZE", "LOCAL_RANK", "MASTER_ADDR"} & environment.keys()


def test_what_nobody_judged_does_not_stay_in_the_store(
    settings: Settings, out: Path, child
) -> None:
    def train(run_id: str, minute: int, *, ends: str) -> str:
        child(ends)
        folder = stages.Installation(settings).runs.train_folder(run_id)
        shutil.copytree(out, folder, dirs_exist_ok=True)
        made = trained(folder, minute)
        with suppress(StorageError):
            publish_candidate(stages.Installation(settings), made, out=folder)
        return candidate_version(made)

    store = stages.Installation(settings).models
    train("run-1", 1, ends="exit 5")
    again = train("run-1", 2, ends="exit 5")
    assert store.versions() == [again]
    judged = train("run-2", 3, ends="exit 1")
    assert store.versions() == [judged]
    (stages.Installation(settings).runs.folder_of("run-2") / "verdict.json").write_text("{}")
    last = train("run-3", 4, ends="exit 1")
    assert train("run-3", 4, ends="exit 1") == last
    assert store.versions() == [judged, last]
