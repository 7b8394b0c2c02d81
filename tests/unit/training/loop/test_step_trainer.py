import errno
import functools
import json
import math
import shutil
import time
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from transformers import GPT2LMHeadModel

from cs_pipeline.errors import TrainingError
from cs_pipeline.records import TrainResult, UploadCheck
from cs_pipeline.training.appraisal.evaluate import score_rows
from cs_pipeline.training.fine_tune import fine_tune
from cs_pipeline.training.loop import step_trainer, trainer
from cs_pipeline.training.loop.checkpoints import Checkpoints


@pytest.fixture(scope="session")
def still(base, tmp_path_factory):
    """The base without dropout: what it learns depends on the rows of a step only."""
    folder = tmp_path_factory.mktemp("still") / "base"
    shutil.copytree(base, folder)
    config = json.loads((folder / "config.json").read_text())
    config |= dict.fromkeys(("attn_pdrop", "embd_pdrop", "resid_pdrop"), 0.0)
    (folder / "config.json").write_text(json.dumps(config))
    return folder


@pytest.fixture
def job(make_job, still, rows):
    """A job of a few steps of several rows each; other parts of the recipe by keyword."""

    def make(out="out", **recipe):
        settings = {"base_model": str(still), "epochs": 2, "batch_tokens": 1024}
        return make_job(train=rows * 6, out=out, recipe=settings | recipe)

    return make


def points(job):
    lines = (Path(job.out_dir) / "metrics.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def curve(job):
    names = ("step", "train_loss_nats_per_token", "gradient_norm", "learning_rate")
    return [[point[name] for name in names] for point in points(job) if "gradient_norm" in point]


def weights(job):
    return load_file(Path(job.out_dir) / "checkpoint" / "model.safetensors")


def run_out_of_memory(monkeypatch, most_rows, in_backward=False):
    """A device that holds `most_rows` rows at a time; the sizes that were tried."""
    tried = []
    forward = GPT2LMHeadModel.forward

    @functools.wraps(forward)  # its arguments are looked at
    def small(self, input_ids=None, **inputs):
        if self.training:
            tried.append(len(input_ids))
        if not in_backward and self.training and len(input_ids) > most_rows:
            raise torch.OutOfMemoryError("CUDA out of memory")
        output = forward(self, input_ids=input_ids, **inputs)
        if in_backward and self.training and len(input_ids) > most_rows:
            output.logits.register_hook(fail)
        return output

    def fail(gradient):
        raise torch.OutOfMemoryError("CUDA out of memory")

    monkeypatch.setattr(GPT2LMHeadModel, "forward", small)
    return tried


@pytest.mark.parametrize("in_backward", [False, True])
def test_out_of_memory_halves_the_passes_and_changes_nothing_else(
    job, monkeypatch, caplog, in_backward
):
    whole, split = job("whole"), job("split")
    first = fine_tune(whole)
    with monkeypatch.context() as patched:
        tried = run_out_of_memory(patched, 1, in_backward=in_backward)
        second = fine_tune(split)
    too_many = [size for size in tried if size > 1]
    assert too_many == [8, 4, 2], "halved until it fits; what did not fit is not tried again"
    assert "memory" in caplog.text
    assert second.steps == first.steps
    assert curve(split)[-1] == pytest.approx(curve(whole)[-1], rel=1e-3)
    for expected, given in zip(curve(whole)[:3], curve(split)[:3], strict=True):
        assert given == pytest.approx(expected, rel=1e-4)
    assert second.candidate.nats == pytest.approx(first.candidate.nats, rel=1e-3)
    assert second.throughput.tokens == first.throughput.tokens


def test_memory_that_holds_no_row_ends_with_advice(job, monkeypatch):
    run_out_of_memory(monkeypatch, 0)
    with pytest.raises(TrainingError) as caught:
        fine_tune(job())
    for words in (caught.value.words.ko, caught.value.words.en):
        assert "max_example_tokens" in words
        assert "LoRA" in words
    assert not (Path(job().out_dir) / "result.json").exists()


@pytest.mark.parametrize("pass_tokens", [256, 512, 100_000])
def test_passes_do_not_matter(job, monkeypatch, pass_tokens):
    expected = job("expected")
    fine_tune(expected)
    monkeypatch.setitem(step_trainer._PASS_TOKENS, "cpu", pass_tokens)
    given = job("given")
    fine_tune(given)
    for one, other in zip(curve(expected)[:3], curve(given)[:3], strict=True):
        assert other == pytest.approx(one, rel=1e-4)


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        RuntimeError("[enforce fail at inline_container.cc:672] . unexpected pos 704 vs 598"),
    ],
)
def test_full_disk_costs_the_checkpoint_not_the_run(job, monkeypatch, caplog, error):
    calls = iter(range(100))
    keep = Checkpoints.keep

    def full(self, made, step):
        if next(calls) in (1, 2):
            raise error
        keep(self, made, step)

    monkeypatch.setattr(Checkpoints, "keep", full)
    expected = fine_tune(job("expected"))
    calls = iter(range(100))
    result = fine_tune(job(checkpoint_minutes=0))
    warnings = [
        record.getMessage()
        for record in caplog.records
        if record.levelname == "WARNING" and not record.name.endswith(".planned")
    ]
    assert [warning.split(" (")[0] for warning in warnings] == [
        "no checkpoint at step 2",
        "no checkpoint at step 3",
    ]
    assert "GB left" in warnings[0]
    assert result.candidate == expected.candidate


@pytest.mark.parametrize("worth_seconds", [0.0, 1000.0])
def test_the_last_step_is_kept_only_where_its_steps_took_a_while(job, monkeypatch, worth_seconds):
    kept = []
    monkeypatch.setattr(Checkpoints, "keep", lambda self, made, step: kept.append(step))
    monkeypatch.setattr(trainer, "_WORTH_SAVING_SECONDS", worth_seconds)
    result = fine_tune(job(checkpoint_minutes=1000))
    assert kept == ([] if worth_seconds else [result.steps])


def test_other_errors_of_a_save_are_not_swallowed(job, monkeypatch):
    def broken(self, made, step):
        raise RuntimeError("a mistake")

    monkeypatch.setattr(Checkpoints, "keep", broken)
    with pytest.raises(RuntimeError, match="a mistake"):
        fine_tune(job(checkpoint_minutes=0))


def test_no_checkpoint_with_weights_that_are_not_finite(job, monkeypatch):
    """The loss of the step was fine; what the optimiser made of it is not."""
    kept = []
    monkeypatch.setattr(Checkpoints, "keep", lambda self, made, step: kept.append(step))
    step = torch.optim.AdamW.step
    counter = iter(range(100))

    def ruin(self, *args, **kwargs):
        step(self, *args, **kwargs)
        if next(counter) == 2:
            with torch.no_grad():
                self.param_groups[0]["params"][0][0, 0] = math.nan

    monkeypatch.setattr(torch.optim.AdamW, "step", ruin)
    with pytest.raises(TrainingError, match="3"):
        fine_tune(job(checkpoint_minutes=0))
    assert kept == [1, 2]


def test_length_grouped(job):
    result = fine_tune(job(batching="length_grouped", epochs=10, learning_rate=1e-2))
    assert 0 < result.throughput.padding_share < 0.1
    assert result.candidate.loss_nats_per_token < 2
    packed = fine_tune(job("packed"))
    assert packed.throughput.tokens * 5 == result.throughput.tokens


def test_bf16(job):
    exact, rough = fine_tune(job("exact")), fine_tune(job("rough", precision="bf16"))
    assert rough.candidate.nats != exact.candidate.nats
    assert rough.candidate.nats == pytest.approx(exact.candidate.nats, rel=0.05)
    assert all(tensor.dtype == torch.float32 for tensor in weights(job("rough")).values())


def test_points_tell_the_speed_and_time_excludes_evaluations(job, monkeypatch):
    slow = job(epochs=3)
    waited = []

    def evaluate(*args, **kwargs):
        time.sleep(1)
        waited.append(1)
        return score_rows(*args, **kwargs)

    monkeypatch.setattr("cs_pipeline.training.fitting.score_rows", evaluate)
    result = fine_tune(slow)
    assert len(waited) == 3
    last = [point for point in points(slow) if "gradient_norm" in point][-1]
    assert all(p["tokens_per_second"] > 0 for p in points(slow) if "gradient_norm" in p)
    assert "gpu_memory_bytes" not in last
    wall = (result.finished_at - result.started_at).total_seconds()
    assert result.throughput.train_seconds < wall - 2
    assert last["elapsed_seconds"] <= result.throughput.train_seconds
    assert result.throughput.processes == 1
    assert result.throughput.peak_gpu_bytes is None


def test_lora_trains_adapters_resumes_and_saves_an_ordinary_model(job, monkeypatch):
    recipe = {"lora": {"rank": 4}, "learning_rate": 1e-2, "epochs": 4, "checkpoint_minutes": 0}
    expected = fine_tune(job("whole", **recipe))
    keep = Checkpoints.keep

    class Killed(BaseException):
        pass

    def die_after(self, made, step):
        sizes = [path.stat().st_size for path in made.glob("trained.safetensors")]
        assert sizes[0] < 100_000, "adapters only"
        keep(self, made, step)
        if step == 3:
            raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(Checkpoints, "keep", die_after)
        with pytest.raises(Killed):
            fine_tune(job("halves", **recipe))
    result = fine_tune(job("halves", **recipe))
    assert result.resumed_from_step == 3
    assert result.candidate == expected.candidate
    assert curve(job("halves")) == curve(job("whole"))
    assert not any("lora" in name for name in weights(job("halves")))
    base = fine_tune(job("base", learning_rate=1e-12, epochs=0.1))
    assert result.candidate.nats < 0.95 * base.candidate.nats


def test_publish_sees_the_result_and_its_answer_is_kept(job):
    check = UploadCheck(version_id="v9", asked=1, answered=1, seconds=0.5)
    seen = []

    def publish(result):
        assert not (Path(result.checkpoint_uri).parent / "result.json").exists()
        seen.append(result)
        return check

    result = fine_tune(job(epochs=0.5), publish=publish)
    assert seen[0].upload is None
    assert result.upload == check
    text = (Path(job().out_dir) / "result.json").read_text()
    assert TrainResult.model_validate_json(text).upload == check


def test_failed_publish_costs_no_training(job, monkeypatch):
    """Of a training that takes more than seconds."""
    monkeypatch.setattr(trainer, "_WORTH_SAVING_SECONDS", 0.0)

    def fail(result):
        raise TrainingError(ko="업로드", en="upload")

    with pytest.raises(TrainingError, match=r"업로드|upload"):
        fine_tune(job(), publish=fail)
    result = fine_tune(job())
    assert result.resumed_from_step == result.steps


def test_encoded_rows_are_kept_in_the_cache(job, tmp_path):
    first = fine_tune(job("a"), cache_dir=tmp_path / "cache")
    assert list((tmp_path / "cache" / "tokens").glob("*.npz"))
    assert fine_tune(job("b"), cache_dir=tmp_path / "cache").candidate == first.candidate
