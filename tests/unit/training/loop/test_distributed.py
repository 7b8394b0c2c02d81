"""Two processes, started as `torchrun` does, end where one does."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cs_pipeline.records import TrainResult
from cs_pipeline.training.fine_tune import fine_tune
from cs_pipeline.training.loop.distributed import Processes

CHILD = """
import logging, os, signal, sys
import torch
from pathlib import Path
from cs_pipeline.training.fine_tune import TrainJob, fine_tune
from cs_pipeline.training.loop.meter import Meter

logging.basicConfig(level=logging.INFO)
torch.set_num_threads(1)
job, fatal_step, name = Path(sys.argv[1]).read_text(), int(sys.argv[2]), sys.argv[3]
steps, add = iter(range(1, 10_000)), Meter.add

def add_and_die(self, *args, **kwargs):
    add(self, *args, **kwargs)
    if next(steps) == fatal_step and os.environ["RANK"] == "1":
        os.kill(os.getpid(), getattr(signal, name))

Meter.add = add_and_die
try:
    result = fine_tune(TrainJob.model_validate_json(job))
except Exception as error:
    sys.exit(getattr(error, "exit_code", 1))
Path(f"{sys.argv[1]}.{os.environ['RANK']}").write_text(str(result is not None))
"""


@pytest.fixture
def job(make_job, base, rows, tmp_path):
    """Steps of three rows, without dropout: the second process has one row or none."""
    still = tmp_path / "still"
    shutil.copytree(base, still)
    config = json.loads((still / "config.json").read_text())
    config |= dict.fromkeys(("attn_pdrop", "embd_pdrop", "resid_pdrop"), 0.0)
    (still / "config.json").write_text(json.dumps(config))

    def make(out, **recipe):
        settings = {"base_model": str(still), "epochs": 2, "batch_tokens": 768}
        return make_job(train=rows * 5, out=out, recipe=settings | recipe)

    return make


def torchrun(job, tmp_path, *, at=0, by="SIGKILL"):
    """Run the job in two processes, of which the second may die; exit code and output."""
    path = tmp_path / "job.json"
    path.write_text(job.model_dump_json())
    child = tmp_path / "child.py"
    child.write_text(CHILD)
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone"]
    command += ["--nproc-per-node", "2", str(child), str(path), str(at), by]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    return done.returncode, done.stdout + done.stderr


def outcome(job):
    out = Path(job.out_dir)
    return TrainResult.model_validate_json((out / "result.json").read_text(), extra="ignore")


def curve(job, name):
    lines = (Path(job.out_dir) / "metrics.jsonl").read_text().splitlines()
    return [point[name] for point in map(json.loads, lines) if name in point]


@pytest.mark.parametrize("batching", ["packed", "length_grouped"])
def test_two_processes_end_where_one_does(job, tmp_path, batching):
    one, two = job("one", batching=batching), job("two", batching=batching)
    alone = fine_tune(one)
    code, output = torchrun(two, tmp_path)
    assert code == 0, output
    both = outcome(two)
    loss = both.candidate.loss_nats_per_token
    assert loss == pytest.approx(alone.candidate.loss_nats_per_token, abs=1e-4)
    assert both.train_loss_nats_per_token == pytest.approx(
        alone.train_loss_nats_per_token, abs=1e-4
    )
    for name in ("train_loss_nats_per_token", "eval_loss_nats_per_token", "gradient_norm", "step"):
        assert curve(two, name) == pytest.approx(curve(one, name), abs=1e-3)
    assert (both.steps, both.throughput.tokens) == (alone.steps, alone.throughput.tokens)
    assert (both.throughput.processes, alone.throughput.processes) == (2, 1)
    assert output.count("step 1/") == 1, "one process tells the progress"
    told = [(tmp_path / f"job.json.{rank}").read_text() for rank in (0, 1)]
    assert told == ["True", "False"]
    assert torchrun(two, tmp_path)[0] == 0, "a job that is done is not run again"
    assert outcome(two) == both


@pytest.mark.parametrize("by", ["SIGKILL", "SIGTERM"])
def test_two_processes_are_resumed(job, tmp_path, by):
    expected, stopped = job("expected"), job("stopped", checkpoint_minutes=0)
    alone = fine_tune(expected)
    code, _ = torchrun(stopped, tmp_path, at=3, by=by)
    assert code != 0
    assert not (Path(stopped.out_dir) / "result.json").exists()
    code, output = torchrun(stopped, tmp_path)
    assert code == 0, output
    both = outcome(stopped)
    assert both.resumed_from_step in {2, 3}
    assert curve(stopped, "step") == curve(expected, "step")
    assert both.candidate.loss_nats_per_token == pytest.approx(
        alone.candidate.loss_nats_per_token, abs=1e-4
    )


def test_without_torchrun_there_is_one(monkeypatch):
    for name in ("RANK", "WORLD_SIZE", "LOCAL_RANK"):
        monkeypatch.delenv(name, raising=False)
    alone = Processes.from_environment()
    assert alone == Processes(0, 1, 0)
    assert alone.is_main
    assert alone.sum([0.1, 2]) == [0.1, 2]
    assert alone.from_main("x") == "x"
    assert alone.share([1, 2, 3]) == [1, 2, 3]
    alone.leave()


def test_shares_are_disjoint_and_complete(monkeypatch):
    for name, value in (("RANK", 1), ("WORLD_SIZE", 3), ("LOCAL_RANK", 0)):
        monkeypatch.setenv(name, str(value))
    assert Processes.from_environment() == Processes(1, 3, 0)
    shares = [list(Processes(rank, 3).share(range(7))) for rank in range(3)]
    assert sorted(number for share in shares for number in share) == list(range(7))
    assert [Processes(rank, 3).is_main for rank in range(3)] == [True, False, False]
