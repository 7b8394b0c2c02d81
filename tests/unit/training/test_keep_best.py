"""A run that gets worse keeps its best epoch, may end early, and resumes to the same."""

import json
from pathlib import Path

import pytest

from cs_pipeline.errors import TrainingInterrupted
from cs_pipeline.files import sha256_file
from cs_pipeline.training import fitting
from cs_pipeline.training.appraisal.evaluate import load_for_chat, score_rows
from cs_pipeline.training.fine_tune import fine_tune
from cs_pipeline.training.loop.step_trainer import StepTrainer

GETS_WORSE = {"epochs": 20, "learning_rate": 0.01, "checkpoint_minutes": 0}


@pytest.fixture
def val(rows):
    """Answers of other questions: learning what the training rows say makes them less likely."""
    return [(row[0], rows[(number + 7) % len(rows)][1]) for number, row in enumerate(rows[:8])]


def evaluations(job):
    lines = (Path(job.out_dir) / "metrics.jsonl").read_text().splitlines()
    points = [json.loads(line) for line in lines]
    key = "eval_loss_nats_per_token"
    return {point["step"]: point[key] for point in points if key in point}


def weights(job):
    return sha256_file(Path(job.out_dir) / "checkpoint" / "model.safetensors")


def test_the_best_epoch_is_kept_and_is_what_is_measured(make_job, val):
    job = make_job(val=val, recipe=GETS_WORSE)
    result = fine_tune(job)
    losses = evaluations(job)
    best = min(losses, key=losses.get)
    assert best < result.steps, losses
    assert result.kept_step == best
    assert result.candidate.loss_nats_per_token == pytest.approx(losses[best], abs=1e-5)
    assert max(losses) == result.steps, "the curve shows the last weights, too"
    model, tokenizer = load_for_chat(Path(job.out_dir) / "checkpoint")
    again = score_rows(model, tokenizer, val, max_example_tokens=128, batch_tokens=256)
    assert again.loss_nats_per_token == pytest.approx(losses[best], abs=1e-5)

    last = make_job(val=val, out="last", recipe=GETS_WORSE | {"keep_best": False})
    worse = fine_tune(last)
    assert worse.kept_step is None
    assert worse.candidate.loss_nats_per_token > result.candidate.loss_nats_per_token
    assert not (Path(job.out_dir) / "resume").exists()


def test_a_run_that_gets_better_keeps_its_last_weights(make_job):
    job = make_job(recipe={"epochs": 3})
    result = fine_tune(job)
    plain = make_job(out="plain", recipe={"epochs": 3, "keep_best": False})
    assert fine_tune(plain).kept_step is None
    assert result.kept_step is None
    assert weights(job) == weights(plain)


@pytest.mark.parametrize("at", [5, 28, 31])
def test_stopped_early_and_resumed_anywhere_it_ends_the_same(make_job, val, monkeypatch, at):
    recipe = GETS_WORSE | {"patience": 2}
    whole = make_job(val=val, out="whole", recipe=recipe)
    result = fine_tune(whole)
    per_epoch = min(evaluations(whole))
    assert result.kept_step is not None
    assert result.steps == result.kept_step + 2 * per_epoch
    assert result.steps < result.planned.steps, "it has ended early"

    cut = make_job(val=val, out="cut", recipe=recipe)
    steps, save = [], StepTrainer._save_checkpoint

    def saved_and_asked_to_stop(self, *arguments):
        save(self, *arguments)
        steps.append(self.state.global_step)
        if len(steps) == at:
            self.callback_handler.callbacks[-1]._context.stop.made = True

    monkeypatch.setattr(StepTrainer, "_save_checkpoint", saved_and_asked_to_stop)
    with pytest.raises(TrainingInterrupted):
        fine_tune(cut)
    resumed = fine_tune(cut)
    assert (resumed.steps, resumed.kept_step) == (result.steps, result.kept_step)
    assert weights(cut) == weights(whole)
    assert evaluations(cut) == evaluations(whole)


def test_adapters_are_kept_the_same_way(make_job, monkeypatch):
    pytest.importorskip("peft")
    seen = []

    def said_to_get_worse(*arguments, **limits):
        score = score_rows(*arguments, **limits)
        seen.append(score.loss_nats_per_token)
        return score.model_copy(update={"nats": score.nats * len(seen)})

    monkeypatch.setattr(fitting, "score_rows", said_to_get_worse)
    job = make_job(recipe={"epochs": 3, "learning_rate": 0.05, "lora": {"rank": 4}})
    result = fine_tune(job)
    assert result.kept_step == min(evaluations(job)) < result.steps
    assert len(set(seen)) == 3
    assert result.candidate.loss_nats_per_token == pytest.approx(seen[0], abs=1e-4)
