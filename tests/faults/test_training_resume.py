"""A training run is killed or asked to stop; run again, it ends where one run would have."""

import csv
import json
import logging
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch

from cs_pipeline import stages
from cs_pipeline.errors import CsPipelineError
from cs_pipeline.files import dataset_sha256, sha256_file
from cs_pipeline.recipes.recipe import Recipe
from cs_pipeline.records import TrainingSlice, TrainResult
from cs_pipeline.storage import FolderStore
from cs_pipeline.training import fine_tune as fine_tune_module
from cs_pipeline.training.fine_tune import TrainJob, fine_tune
from cs_pipeline.training.loop.meter import Meter
from cs_pipeline.training.loop.step_trainer import StepTrainer
from tests.installation import CORPUS

ROWS = [(f"{question} {number}", answer) for number in range(20) for question in CORPUS
        for answer in CORPUS[:2]]  # fmt: skip


@pytest.fixture(scope="module")
def make_job(tmp_path_factory, tiny_base):
    """A job of 20 steps in 4 epochs, in a folder of its own."""
    folder = tmp_path_factory.mktemp("data")
    for name, rows in (("train", ROWS), ("val", ROWS[:9])):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(["input", "output"])
            writer.writerows(rows)
    train, val = folder / "train.csv", folder / "val.csv"

    def make(out: Path, *, weighted=(), **recipe) -> TrainJob:
        settings = {"base_model": str(tiny_base), "epochs": 4, "learning_rate": 3e-3}
        settings |= {"batch_tokens": 512, "checkpoint_minutes": 0}
        return TrainJob(
            run_id="manual__2026-03-01T00:00:00+00:00",
            dataset_version="v1",
            dataset_sha256=dataset_sha256(train, val),
            train_uri=str(train),
            val_uri=str(val),
            out_dir=str(out),
            recipe=Recipe(**settings | recipe),
            weighted=weighted,
        )

    return make


def train_and_die(job, at, by, place, store, log):
    """Body of a child process: the job, with death at the given step or place."""
    logging.basicConfig(filename=log, level=logging.INFO, force=True)
    torch.set_num_threads(1)
    steps, saves = iter(range(1, 10_000)), iter(range(1, 10_000))
    add, save = Meter.add, StepTrainer._save_checkpoint

    def die(*_, **__):
        os.kill(os.getpid(), by)

    def add_and_die(self, *args, **kwargs):
        add(self, *args, **kwargs)
        if next(steps) == at:
            die()

    def save_half_and_die(self, *args):
        if next(saves) != at:
            return save(self, *args)
        made = Path(self.args.output_dir) / "torn"
        made.mkdir(parents=True)
        (made / "trained.safetensors").write_bytes(b"half")
        return die()

    if place == "step":
        Meter.add = add_and_die
    elif place == "scoring":
        fine_tune_module.appraise = die
    elif place == "save":
        StepTrainer._save_checkpoint = save_half_and_die
    try:
        fine_tune(job, checkpoint_store=FolderStore(store) if store else None)
    except CsPipelineError as error:
        logging.getLogger().exception("%s", error.words.en)
        sys.exit(error.exit_code)


def train(job, *, at=0, by=signal.SIGKILL, place="nowhere", store=None):
    """Run the job in a process of its own; its exit code and log."""
    log = Path(job.out_dir).parent / "log.txt"
    processes = multiprocessing.get_context("forkserver")
    child = processes.Process(target=train_and_die, args=(job, at, by, place, store, log))
    child.start()
    child.join()
    return child.exitcode, log.read_text()


@pytest.fixture(scope="module", autouse=True)
def _heavy_libraries_loaded_once():
    multiprocessing.get_context("forkserver").set_forkserver_preload(
        ["cs_pipeline.training.fitting", "datasets", "pytest", "tests.installation"]
    )


def outcome(out):
    """What has to be the same however often a run was stopped."""
    result = TrainResult.model_validate_json((out / "result.json").read_text(), extra="ignore")
    points = [json.loads(line) for line in (out / "metrics.jsonl").read_text().splitlines()]
    for point in points:
        point.pop("elapsed_seconds", None)
        point.pop("tokens_per_second", None)
    return {
        "score": result.candidate,
        "loss": result.train_loss_nats_per_token,
        "weights": sha256_file(out / "checkpoint" / "model.safetensors"),
        "tokens": (result.throughput.tokens, result.throughput.padding_share),
        "points": points,
    }


def resumed_from(out):
    return json.loads((out / "result.json").read_text())["resumed_from_step"]


@pytest.fixture(scope="module")
def uninterrupted(make_job, tmp_path_factory):
    out = tmp_path_factory.mktemp("whole") / "out"
    code, log = train(make_job(out))
    assert code == 0, log
    assert resumed_from(out) is None
    assert not (out / "resume").exists()
    assert not any(path.name.startswith(".") for path in out.iterdir())
    return outcome(out)


def test_the_run_is_long_enough_to_be_interrupted(uninterrupted):
    steps = [p["step"] for p in uninterrupted["points"] if "train_loss_nats_per_token" in p]
    evaluated = [p["step"] for p in uninterrupted["points"] if "eval_loss_nats_per_token" in p]
    assert steps == list(range(1, steps[-1] + 1))
    assert len(steps) >= 12
    assert len(evaluated) == 4
    assert evaluated[0] * 4 == evaluated[-1] == steps[-1]


@pytest.mark.parametrize("at", [1, 3, "epoch", "epoch+1", "last"])
def test_a_killed_run_goes_on_and_ends_the_same(make_job, uninterrupted, tmp_path, at):
    epoch = len([p for p in uninterrupted["points"] if "gradient_norm" in p]) // 4
    step = {"epoch": epoch, "epoch+1": epoch + 1, "last": epoch * 4}.get(at, at)
    out = tmp_path / "out"
    code, _ = train(make_job(out), at=step, place="step")
    assert code == -signal.SIGKILL
    assert not (out / "result.json").exists()
    code, log = train(make_job(out))
    assert code == 0, log
    assert resumed_from(out) == (step - 1 or None)
    assert outcome(out) == uninterrupted


def test_a_run_that_is_killed_again_and_again(make_job, uninterrupted, tmp_path):
    out = tmp_path / "out"
    for at in (2, 4, 5):
        assert train(make_job(out), at=at, place="step")[0] == -signal.SIGKILL
    assert train(make_job(out))[0] == 0
    assert resumed_from(out) == 8
    assert outcome(out) == uninterrupted


def test_sigterm_finishes_the_step_saves_and_exits_to_be_tried_again(
    make_job, uninterrupted, tmp_path
):
    out = tmp_path / "out"
    job = make_job(out, checkpoint_minutes=1000)
    code, log = train(job, at=4, by=signal.SIGTERM, place="step")
    assert code == 5
    assert "Training stopped on request" in log
    assert [path.name for path in (out / "resume").iterdir()] == ["step-0000000004"]
    code, log = train(job)
    assert code == 0, log
    assert resumed_from(out) == 4
    assert outcome(out) == uninterrupted


def test_sigterm_while_the_model_is_scored_ends_the_process_at_once(
    make_job, uninterrupted, tmp_path
):
    out = tmp_path / "out"
    assert train(make_job(out), by=signal.SIGTERM, place="scoring")[0] == 5
    assert not (out / "result.json").exists()
    assert train(make_job(out), at=1, place="step")[0] == 0  # no step is left to be killed in
    assert outcome(out) == uninterrupted


def test_killed_while_saving_the_checkpoint_before_is_used(make_job, uninterrupted, tmp_path):
    out = tmp_path / "out"
    assert train(make_job(out), at=3, place="save")[0] == -signal.SIGKILL
    assert (out / "resume" / ".unfinished" / "torn").exists()
    assert train(make_job(out))[0] == 0
    assert resumed_from(out) == 2
    assert outcome(out) == uninterrupted


def test_damaged_checkpoint_costs_time_only(make_job, uninterrupted, tmp_path):
    out = tmp_path / "out"
    train(make_job(out), at=4, place="step")
    (weights,) = (out / "resume").glob("step-*/trained.safetensors")
    weights.write_bytes(weights.read_bytes()[:-1] + b"!")
    code, log = train(make_job(out))
    assert code == 0
    assert "damaged" in log
    assert resumed_from(out) is None
    assert outcome(out) == uninterrupted


def test_changed_recipe_starts_anew(make_job, tmp_path):
    out = tmp_path / "out"
    train(make_job(out), at=4, place="step")
    assert train(make_job(out, learning_rate=1e-3))[0] == 0
    assert resumed_from(out) is None


def test_a_lost_disk_is_made_up_for_by_the_store(make_job, uninterrupted, tmp_path):
    store = tmp_path / "store"
    job = make_job(tmp_path / "first")
    assert train(job, at=7, place="step", store=store)[0] == -signal.SIGKILL
    manifests = [o.key for o in FolderStore(store).list_objects() if "manifest" in o.key]
    assert len(manifests) == 1
    out = tmp_path / "second"
    code, log = train(make_job(out), store=store)
    assert code == 0, log
    assert resumed_from(out) == 6
    assert outcome(out) == uninterrupted
    assert FolderStore(store).list_objects() == []


def test_the_command_line_stops_on_sigterm_and_goes_on_with_the_same_argv(installation):
    installation.drop(rows=60)
    settings = installation.settings
    (export,) = stages.collect(stages.Installation(settings), run_id="run-1")
    report = stages.validate(stages.Installation(settings), export)
    stages.merge(
        stages.Installation(settings),
        run_id="run-1",
        shards=[stages.mask(stages.Installation(settings), report.export)],
    )

    def start(out):
        command = [sys.executable, "-m", "cs_pipeline.cli", "train", "--run-id", "run-1"]
        command += ["--dataset", str(settings.datasets_dir / "current"), "--out", str(out)]
        command += ["--base-model", str(installation.base), "--epochs", "20"]
        folders = {
            "CS_PIPELINE_DATA_DIR": str(settings.data_dir),
            "CS_PIPELINE_WORK_DIR": str(settings.work_dir),
            "CS_PIPELINE_BATCH_TOKENS": "512",
            "OMP_NUM_THREADS": "1",
        }
        return subprocess.Popen(command, env=os.environ | folders)

    def lines(path):
        return path.read_text().count("\n") if path.exists() else 0

    whole, out = settings.work_dir / "whole", settings.work_dir / "out"
    assert start(whole).wait() == 0
    child = start(out)
    while child.poll() is None and lines(out / "metrics.jsonl") < 3:
        time.sleep(0.01)
    child.terminate()
    assert child.wait() == 5
    assert not (out / "result.json").exists()
    assert start(out).wait() == 0
    assert resumed_from(out) > 0
    assert outcome(out) == outcome(whole)


def test_where_rows_weigh_differently_a_stopped_run_sees_the_same_epochs(make_job, tmp_path):
    weighted = (
        TrainingSlice(export_sha256="a", rows=50, weight=0.4),
        TrainingSlice(export_sha256="b", rows=70, weight=2.5),
    )
    whole, stopped = (make_job(tmp_path / name / "out", weighted=weighted) for name in ("w", "s"))
    for job in (whole, stopped):
        Path(job.out_dir).parent.mkdir()
    code, log = train(whole)
    assert code == 0, log
    steps = json.loads((Path(whole.out_dir) / "result.json").read_text())["steps"]
    assert train(stopped, at=steps // 2 + 1, place="step")[0] == -signal.SIGKILL
    assert train(stopped)[0] == 0
    assert resumed_from(Path(stopped.out_dir)) == steps // 2
    assert outcome(Path(stopped.out_dir)) == outcome(Path(whole.out_dir))


def test_a_checkpoint_of_other_weights_is_not_gone_on_from(make_job, tmp_path):
    base = Path(make_job(tmp_path / "out").recipe.base_model)
    one, other = (
        make_job(
            tmp_path / "out",
            weighted=(TrainingSlice(export_sha256="a", rows=120, weight=weight),),
        )
        for weight in (2.0, 3.0)
    )
    assert one.identity(base, "t") != other.identity(base, "t")
