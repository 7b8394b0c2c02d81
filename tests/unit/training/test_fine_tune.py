import errno
import json
import logging
import shutil
from functools import partial
from pathlib import Path

import pytest
from safetensors.torch import load_file, save_file

from cs_pipeline.errors import BaseModelError, DatasetError, TrainingError
from cs_pipeline.files import dataset_sha256, sha256_file
from cs_pipeline.language import Words
from cs_pipeline.masked.digests import DigestSet
from cs_pipeline.profiles.profile import profile_rows
from cs_pipeline.recipes.recipe import Recipe
from cs_pipeline.records import TrainingSlice, TrainResult
from cs_pipeline.training.appraisal.appraisal import Safeguards
from cs_pipeline.training.appraisal.evaluate import load_for_chat, score_rows
from cs_pipeline.training.appraisal.generation import answer
from cs_pipeline.training.fine_tune import fine_tune
from cs_pipeline.training.job import Champion, KeptModel
from cs_pipeline.training.models.base_model import load_model, load_tokenizer, save_model
from cs_pipeline.training.rows.prompt_template import context_turns

LEFT = {"checkpoint", "metrics.jsonl", "result.json", "val-nats.npz"}


def curve(job, name):
    lines = (Path(job.out_dir) / "metrics.jsonl").read_text().splitlines()
    return [point[name] for point in map(json.loads, lines) if name in point]


def files(folder):
    return {path.name for path in Path(folder).iterdir()}


@pytest.fixture
def quick(make_job):
    """A job of two steps."""
    return lambda **fields: make_job(
        recipe={"epochs": 1, "batch_tokens": 1024, **fields.pop("recipe", {})}, **fields
    )


def test_learns_and_answers(make_job, rows, caplog):
    job = make_job(recipe={"epochs": 40, "learning_rate": 1e-2, "batch_tokens": 128})
    caplog.set_level(logging.INFO, logger="cs_pipeline.training")
    result = fine_tune(job)
    losses = curve(job, "train_loss_nats_per_token")
    assert losses[0] > 6
    assert result.train_loss_nats_per_token < 0.5
    assert result.candidate.loss_nats_per_token < 0.1
    model, tokenizer = load_for_chat(Path(result.checkpoint_uri))
    assert model.config.use_cache
    for question, expected in rows[:3]:
        assert answer(model, tokenizer, question) == expected
    evaluations = curve(job, "eval_loss_nats_per_token")
    assert len(evaluations) == 40
    assert evaluations[0] > evaluations[-1] == result.candidate.loss_nats_per_token
    assert any("step 1/" in message and "eta" in message for message in caplog.messages)
    assert not any(question in caplog.text for question, _ in rows)


def test_what_a_run_leaves(quick):
    job = quick()
    result = fine_tune(job)
    out = Path(job.out_dir)
    assert files(out) == LEFT
    checkpoint = out / "checkpoint"
    assert files(checkpoint) >= {"model.safetensors", "tokenizer.json", "config.json"}
    assert Recipe.model_validate_json((checkpoint / "recipe.json").read_text()) == job.recipe
    assert result.checkpoint_files == {
        path.name: sha256_file(path) for path in checkpoint.iterdir()
    }
    read = TrainResult.model_validate_json((out / "result.json").read_text(), extra="ignore")
    assert read == result
    assert (result.run_id, result.dataset_version) == ("run-1", "v1")
    assert (result.train_rows, result.candidate.rows) == (30, 6)
    assert result.steps == len(curve(job, "learning_rate"))
    assert result.champion is None
    assert result.device == "cpu"
    assert 0 <= result.throughput.padding_share < 0.5
    assert result.started_at < result.finished_at
    assert out.stat().st_mode & 0o077 == 0


def test_logged_loss_is_nats_per_scored_token(quick, base, model, tokenizer, rows, tmp_path):
    """One step over everything, in several passes, without dropout: the base's own loss."""
    config = json.loads((base / "config.json").read_text())
    copy = tmp_path / "still"
    copy.mkdir()
    for path in base.iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
    still = dict.fromkeys(("attn_pdrop", "embd_pdrop", "resid_pdrop"), 0.0)
    (copy / "config.json").write_text(json.dumps(config | still))
    many = rows * 5
    job = quick(train=many, recipe={"base_model": str(copy), "batch_tokens": 8192})
    fine_tune(job)
    losses = curve(job, "train_loss_nats_per_token")
    score = score_rows(model, tokenizer, many, max_example_tokens=128, batch_tokens=1024)
    assert len(losses) == 1
    assert losses[0] == pytest.approx(score.loss_nats_per_token, rel=1e-5)


def test_same_job_again_returns_the_result_without_training(quick, monkeypatch):
    job = quick()
    first = fine_tune(job)
    monkeypatch.setattr("cs_pipeline.training.fitting.train_model", pytest.fail)
    assert fine_tune(job) == first


def damage_result(out):
    (out / "result.json").write_text("{")


def damage_weights(out):
    (out / "checkpoint" / "model.safetensors").write_bytes(b"torn")


def lose_recipe(out):
    (out / "checkpoint" / "recipe.json").unlink()


def lose_result(out):
    (out / "result.json").unlink()


@pytest.mark.parametrize("damage", [damage_result, damage_weights, lose_recipe, lose_result])
def test_damaged_outcome_is_trained_again(quick, damage):
    job = quick()
    first = fine_tune(job)
    damage(Path(job.out_dir))
    again = fine_tune(job)
    assert again.finished_at > first.finished_at
    assert again.checkpoint_files == first.checkpoint_files
    assert files(job.out_dir) == LEFT


@pytest.mark.parametrize(
    "change",
    [
        {"run_id": "run-2"},
        {"recipe": {"learning_rate": 1e-4}},
        {"train": [("가", "나")]},
        {"weighted": (TrainingSlice(export_sha256="a", rows=30, weight=2.0),)},
    ],
    ids=["run", "recipe", "data", "weights"],
)
def test_another_job_in_the_same_folder_is_trained(quick, change):
    first = fine_tune(quick())
    again = fine_tune(quick(**change))
    assert again.finished_at > first.finished_at


def test_champion_is_scored_on_the_same_rows(quick, base, tmp_path):
    result = fine_tune(quick(champion=Champion(version_id="v0", folder=str(base))))
    assert result.champion.score.rows == result.candidate.rows
    assert result.champion.score.scored_tokens == result.candidate.scored_tokens
    assert result.champion.tokenizer_sha256 == result.tokenizer_sha256
    lost = fine_tune(quick(champion=Champion(version_id="v1", folder=str(tmp_path / "gone"))))
    assert lost.champion.score is None
    assert lost.champion.problem is not None


def test_where_only_the_live_model_changed_nothing_is_trained_again(quick, base, monkeypatch):
    first = fine_tune(quick(champion=Champion(version_id="v0", folder=str(base))))
    curve = Path(quick().out_dir, "metrics.jsonl").read_text()
    monkeypatch.setattr("cs_pipeline.training.fitting.fit", None)  # is never called
    again = fine_tune(quick(champion=Champion(version_id="v1", folder=str(base))))
    assert again.champion.version_id == "v1"
    assert again.comparison == first.comparison
    assert (again.steps, again.throughput) == (first.steps, first.throughput)
    weights = "model.safetensors"
    assert again.checkpoint_files[weights] == first.checkpoint_files[weights]
    assert Path(again.checkpoint_uri, weights).is_file()
    assert Path(quick().out_dir, "metrics.jsonl").read_text() == curve
    assert fine_tune(quick(champion=Champion(version_id="v1", folder=str(base)))) == again


def test_other_bytes_of_the_base_model_are_another_job(quick, base, tmp_path):
    copied = tmp_path / "copied"
    shutil.copytree(base, copied)
    job = quick(recipe={"base_model": str(copied)})
    first = fine_tune(job)
    assert fine_tune(job) == first
    path = copied / "model.safetensors"
    weights = load_file(path)
    name = next(iter(weights))
    save_file(weights | {name: weights[name] + 1}, path, {"format": "pt"})
    assert fine_tune(job).finished_at > first.finished_at


def test_a_live_model_that_is_damaged_is_told_in_its_own_words(quick, base):
    why = Words(ko="모델 저장소가 손상되었습니다.", en="The store is damaged.")
    live = Champion(version_id="v0", folder=str(base), problem=why)
    result = fine_tune(quick(champion=live))
    assert (result.champion.problem, result.champion.score) == (why, None)


def test_the_best_model_ever_is_scored_on_the_same_rows(quick, base, tmp_path):
    def result(folder):
        best = KeptModel(version_id="v0", folder=str(folder))
        live = Champion(version_id="v1", folder=str(base), best=best)
        return fine_tune(quick(run_id=folder.name, champion=live))

    found = result(base)
    assert found.best.version_id == "v0"
    assert found.best.comparison.rows == found.candidate.rows
    assert found.best.comparison == found.comparison  # here both are the base model
    lost = result(tmp_path / "gone")
    assert lost.best.comparison is None
    assert lost.best.problem is not None
    assert lost.comparison == found.comparison


def test_empty_val_scores_zero(quick):
    result = fine_tune(quick(val=[]))
    assert result.candidate.rows == 0
    assert result.candidate.loss_nats_per_token is None


def test_words_that_pandas_takes_for_missing_values_are_text(quick):
    rows = [("NA", "null"), ("nan", "007"), ("1.50", "None")]
    result = fine_tune(quick(train=rows, val=rows))
    assert result.candidate.characters == len("null") + len("007") + len("None")


def test_placeholders_are_read_back_from_the_form_of_the_csvs(quick):
    plain = fine_tune(quick(train=[("네", "#@이름2#님")], val=[("네", "#@이름2#님")]))
    chosen = fine_tune(
        quick(
            train=[("네", "[이름2]님")],
            val=[("네", "[이름2]님")],
            placeholder_form="[{}]",
            out="chosen",
        )
    )
    assert chosen.candidate == plain.candidate


def test_a_dataset_with_context_makes_a_model_that_goes_by_it(make_job, rows, tmp_path):
    talks = [(*rows[place - 1], *rows[place]) for place in range(1, len(rows))]
    guards = Safeguards(
        mask_text=lambda text: text,
        is_personal=lambda text: None,
        masked_values=DigestSet.load([], key="k"),
        profile=partial(profile_rows, duplicates_removed=0),
    )
    job = make_job(train=talks, val=talks[:6], context_turns=1)
    result = fine_tune(job, safeguards=guards)
    assert result.context_turns == 1
    model, tokenizer = load_for_chat(Path(result.checkpoint_uri))
    assert context_turns(tokenizer) == 1
    limits = {"max_example_tokens": 128, "batch_tokens": 256}
    assert score_rows(model, tokenizer, talks[:6], **limits).nats == pytest.approx(
        result.candidate.nats
    )
    *context, question, _ = talks[0]
    shown = json.loads((tmp_path / "out" / "samples.json").read_text(encoding="utf-8"))
    contexts = {sample["question"]: sample["context"] for sample in shown}
    assert contexts[question] == context
    assert result.profile.rows == len(talks)
    assert result.profile.question_characters == pytest.approx(
        sum(len(row[-2]) for row in talks) / len(talks)
    )
    card = (Path(result.checkpoint_uri) / "README.md").read_text(encoding="utf-8")
    assert "up to 1 earlier exchange" in card
    assert fine_tune(job, safeguards=guards) == result


def test_a_base_that_went_by_context_starts_anew_without(make_job, base, tmp_path):
    folder = tmp_path / "earlier"
    folder.mkdir()
    tokenizer = load_tokenizer(str(base), context_turns=2)
    save_model(load_model(str(base), device="cpu"), tokenizer, folder)
    result = fine_tune(make_job(recipe={"base_model": str(folder)}))
    assert result.context_turns == 0
    assert context_turns(load_for_chat(Path(result.checkpoint_uri))[1]) == 0
    card = (Path(result.checkpoint_uri) / "README.md").read_text(encoding="utf-8")
    assert "remembers no earlier turns" in card


def test_empty_train_is_refused(quick):
    with pytest.raises(DatasetError, match=r"train\.csv"):
        fine_tune(quick(train=[]))


def test_dataset_that_is_not_the_jobs_is_refused_before_training(quick):
    job = quick()
    with Path(job.val_uri).open("a", encoding="utf-8") as stream:
        stream.write("가,비밀 문장,c\n")
    with pytest.raises(DatasetError) as caught:
        fine_tune(job)
    assert "v1" in caught.value.words.ko
    assert "비밀 문장" not in str(caught.value)
    assert not Path(job.out_dir).exists()


def test_missing_csv_and_wrong_header_are_refused(quick, tmp_path):
    job = quick()
    Path(job.train_uri).write_text("question,answer\n가,나\n", encoding="utf-8")
    digest = dataset_sha256(Path(job.train_uri), Path(job.val_uri))
    with pytest.raises(DatasetError, match="input"):
        fine_tune(job.model_copy(update={"dataset_sha256": digest}))
    with pytest.raises(DatasetError, match="nowhere"):
        fine_tune(job.model_copy(update={"train_uri": str(tmp_path / "nowhere.csv")}))


def test_lost_loss_is_an_error_and_leaves_no_result(quick, base, tmp_path):
    broken = tmp_path / "broken"
    broken.mkdir()
    for path in base.iterdir():
        (broken / path.name).write_bytes(path.read_bytes())
    weights = load_file(broken / "model.safetensors")
    weights["transformer.ln_f.weight"].fill_(float("nan"))
    save_file(weights, broken / "model.safetensors", metadata={"format": "pt"})
    job = quick(recipe={"base_model": str(broken)})
    with pytest.raises(TrainingError):
        fine_tune(job)
    assert files(job.out_dir) == {"metrics.jsonl"}


def test_failed_save_leaves_no_checkpoint_and_no_result(quick, monkeypatch):
    def fail(model, tokenizer, folder):
        (folder / "model.safetensors").write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    job = quick()
    # As of a training that takes more than seconds.
    monkeypatch.setattr("cs_pipeline.training.loop.trainer._WORTH_SAVING_SECONDS", 0.0)
    with monkeypatch.context() as patched:
        patched.setattr("cs_pipeline.training.fitting.save_model", fail)
        with pytest.raises(TrainingError, match=r"ENOSPC.*1,") as caught:
            fine_tune(job)
    assert str(Path(job.out_dir) / "checkpoint") in caught.value.words.ko
    assert files(job.out_dir) == {"metrics.jsonl", "resume"}
    result = fine_tune(job)
    assert result.resumed_from_step == result.steps > 0
    assert files(job.out_dir) == LEFT


def test_unknown_base_model_is_refused(quick):
    with pytest.raises(BaseModelError):
        fine_tune(quick(recipe={"base_model": "/nowhere/model"}))
