import copy
import functools
import json
import shutil

import numpy as np
import pytest
import torch
from transformers import GPT2LMHeadModel

from cs_pipeline.errors import BaseModelError, GpuMemoryError
from cs_pipeline.training.appraisal.evaluate import (
    load_for_chat,
    measure_champion,
    measure_model,
    score_examples,
    score_rows,
)
from cs_pipeline.training.appraisal.generation import generate_answers
from cs_pipeline.training.models.base_model import load_model, load_tokenizer, tokenizer_sha256
from cs_pipeline.training.models.scored_head import scored_logits
from cs_pipeline.training.rows.encoding import IGNORED_LABEL
from tests.unit.training.reference_loss import answer_nats

LIMITS = {"max_example_tokens": 128, "batch_tokens": 1024}
LENGTH = 16


@pytest.fixture(params=["packed", "one a row"])
def layout(request, monkeypatch):
    if request.param == "one a row":
        monkeypatch.setattr(
            "cs_pipeline.training.rows.packing.isolates_packed", lambda model: False
        )
    return request.param


def test_nats_are_summed_over_scored_tokens_only():
    logits = torch.zeros(1, 4, 8)
    labels = torch.tensor([[IGNORED_LABEL, IGNORED_LABEL, 3, 5]])
    expected = 2 * torch.log(torch.tensor(8.0))
    assert answer_nats(logits, labels).item() == pytest.approx(expected.item())
    assert answer_nats(logits, torch.full((1, 4), IGNORED_LABEL)).item() == 0.0


@pytest.mark.parametrize("batch_tokens", [64, 200, 256, 1000, 100_000])
def test_score_does_not_depend_on_the_batch(model, tokenizer, rows, batch_tokens):
    whole = score_rows(model, tokenizer, rows, **LIMITS)
    other = score_rows(model, tokenizer, rows, max_example_tokens=128, batch_tokens=batch_tokens)
    assert other.nats == pytest.approx(whole.nats, rel=1e-5)
    assert (other.rows, other.scored_tokens) == (whole.rows, whole.scored_tokens)


def test_one_four_and_eight_examples_a_pass_score_the_same(model, tokenizer, rows, layout):
    # Cut to one length, so that the tokens of a pass tell the examples in it.
    long = [(question * 3, answer * 3) for question, answer in rows[:24]]
    passes = []
    hook = model.transformer.wte.register_forward_hook(
        lambda module, ids, output: passes.append(ids[0].numel())
    )
    scores = {}
    for examples in (1, 4, 8):
        passes.clear()
        scores[examples] = score_examples(
            model, tokenizer, long, max_example_tokens=LENGTH, batch_tokens=LENGTH * examples
        )
        assert passes.count(LENGTH * examples) == len(long) / examples
    hook.remove()
    for examples in (4, 8):
        np.testing.assert_allclose(scores[examples].nats, scores[1].nats, rtol=1e-5)
        assert scores[examples].total().nats == pytest.approx(scores[1].total().nats, rel=1e-5)


def test_each_row_scores_what_it_scores_alone(model, tokenizer, rows, layout):
    mixed = [*rows, ("배송 " * 60, "네"), ("", ""), rows[0], ("네?", "배송 " * 300)]
    together = score_examples(model, tokenizer, mixed, **LIMITS)
    alone = [score_examples(model, tokenizer, [row], **LIMITS).total() for row in mixed]
    np.testing.assert_allclose(together.nats, [score.nats for score in alone], rtol=1e-5)
    assert together.scored_tokens.tolist() == [score.scored_tokens for score in alone]
    assert together.characters.tolist() == [score.characters for score in alone]
    assert together.nats.dtype == np.float64
    assert len({round(nats, 3) for nats in together.nats}) > len(mixed) / 2


def test_rows_add_up(model, tokenizer, rows):
    scores = score_examples(model, tokenizer, rows, **LIMITS)
    total = scores.total()
    assert total == score_rows(model, tokenizer, rows, **LIMITS)
    assert total.rows == len(rows)
    assert total.nats == pytest.approx(sum(scores.nats.tolist()))
    assert total.scored_tokens == sum(scores.scored_tokens.tolist())


def test_score_counts(model, tokenizer):
    score = score_rows(model, tokenizer, [("배송?", "네 #@전화번호#"), ("환불?", "네")], **LIMITS)
    assert score.rows == 2
    assert score.characters == len("네 #@전화번호#") + 1
    answers = [tokenizer.encode(text, add_special_tokens=False) for text in ("네 ", "네")]
    assert score.scored_tokens == sum(map(len, answers)) + 1 + 2
    # Random weights know nothing: about a uniform guess over the vocabulary.
    uniform = torch.log(torch.tensor(float(model.config.vocab_size))).item()
    assert score.loss_nats_per_token == pytest.approx(uniform, rel=0.05)


def test_no_rows_score_zero(model, tokenizer):
    score = score_rows(model, tokenizer, [], **LIMITS)
    assert (score.rows, score.nats, score.scored_tokens, score.characters) == (0, 0.0, 0, 0)
    assert score.loss_nats_per_token is None


def test_an_empty_answer_scores_its_end_only(model, tokenizer):
    score = score_rows(model, tokenizer, [("배송?", "")], **LIMITS)
    assert (score.scored_tokens, score.characters) == (1, 0)
    assert score.nats > 0


def test_scoring_leaves_the_model_in_its_mode(base, tokenizer, rows):
    model = load_model(str(base), device="cpu").train()
    first = score_rows(model, tokenizer, rows, **LIMITS)
    assert model.training
    assert score_rows(model, tokenizer, rows, **LIMITS) == first


def test_a_model_is_scored_in_its_own_precision(model, tokenizer, rows):
    half = copy.deepcopy(model).to(torch.bfloat16)
    seen = set()
    half.transformer.ln_f.register_forward_hook(
        lambda module, states, output: seen.add(output.dtype)
    )
    score = score_rows(half, tokenizer, rows, **LIMITS)
    assert seen == {torch.bfloat16}
    assert score.nats == pytest.approx(score_rows(model, tokenizer, rows, **LIMITS).nats, rel=0.02)


def test_a_damaged_models_rows_are_not_numbers(model, tokenizer, rows):
    damaged = copy.deepcopy(model)
    damaged.transformer.ln_f.weight.data.fill_(float("nan"))
    scores = score_examples(damaged, tokenizer, rows, **LIMITS)
    assert np.isnan(scores.nats).all()
    assert scores.scored_tokens.all()


def test_examples_longer_than_the_models_positions_are_cut(model, tokenizer):
    score = score_rows(
        model, tokenizer, [("배송 " * 500, "네")], max_example_tokens=1024, batch_tokens=4096
    )
    assert score.characters == 1


def test_measures_are_about_the_rows_that_were_asked(model, tokenizer, rows):
    measures = measure_model(model, tokenizer, rows, [5, 2], **LIMITS)
    assert measures.generation.questions == 2
    assert list(measures.answers) == generate_answers(model, tokenizer, [rows[5][0], rows[2][0]])
    unasked = measure_model(model, tokenizer, rows, [], **LIMITS)
    assert (unasked.answers, unasked.generation) == ((), None)
    assert unasked.rows.total() == measures.rows.total()


def test_champion_is_measured_like_a_candidate_and_loaded_once(
    base, model, tokenizer, rows, monkeypatch
):
    loads = []

    def load(folder):
        loads.append(folder)
        return load_for_chat(folder)

    monkeypatch.setattr("cs_pipeline.training.appraisal.evaluate.load_for_chat", load)
    champion, measures = measure_champion(base, "v7", rows, [0, 1, 2], **LIMITS)
    assert loads == [base]
    assert champion.version_id == "v7"
    assert champion.problem is None
    assert champion.tokenizer_sha256 == tokenizer_sha256(tokenizer)
    candidate = measure_model(model, tokenizer, rows, [0, 1, 2], **LIMITS)
    assert champion.score.nats == pytest.approx(candidate.rows.total().nats, rel=1e-5)
    assert champion.generation == candidate.generation == measures.generation
    assert measures.answers == candidate.answers
    np.testing.assert_allclose(measures.rows.nats, candidate.rows.nats, rtol=1e-5)


def test_champion_without_validation_rows(base):
    champion, measures = measure_champion(base, "v7", [], [], **LIMITS)
    assert champion.problem is None
    assert champion.score.loss_nats_per_token is None
    assert champion.generation is None
    assert len(measures.rows.nats) == 0


def remove(folder):
    shutil.rmtree(folder)


def tear_weights(folder):
    (folder / "model.safetensors").write_bytes(b"torn")


def break_config(folder):
    (folder / "config.json").write_text("{")


def unknown_architecture(folder):
    (folder / "config.json").write_text(json.dumps({"model_type": "unheard-of"}))


def remove_tokenizer(folder):
    (folder / "tokenizer.json").unlink()


DAMAGES = [remove, tear_weights, break_config, unknown_architecture, remove_tokenizer]


@pytest.mark.parametrize("damage", DAMAGES)
def test_unloadable_champion_is_a_problem_in_words_not_an_error(base, tmp_path, rows, damage):
    folder = shutil.copytree(base, tmp_path / "champion")
    damage(folder)
    champion, measures = measure_champion(folder, "v7", rows, [0], **LIMITS)
    assert measures is None
    assert champion.score is None
    assert champion.problem.ko
    assert champion.problem.en
    with pytest.raises(BaseModelError):
        load_for_chat(folder)


@pytest.mark.parametrize("part", ["score_examples", "generate_answers", "tokenizer_sha256"])
def test_champion_that_fails_while_running_is_a_problem(base, rows, monkeypatch, part):
    def fail(*args, **kwargs):
        raise RuntimeError("out of memory near 고객 문장")

    monkeypatch.setattr(f"cs_pipeline.training.appraisal.evaluate.{part}", fail)
    champion, measures = measure_champion(base, "v7", rows, [0], **LIMITS)
    assert measures is None
    assert "RuntimeError" in champion.problem.en
    assert "고객 문장" not in champion.problem.ko + champion.problem.en


def test_champion_whose_weights_are_not_numbers_is_measured(base, model, tokenizer, rows, tmp_path):
    folder = shutil.copytree(base, tmp_path / "champion")
    damaged = copy.deepcopy(model)
    damaged.transformer.ln_f.weight.data.fill_(float("nan"))
    damaged.save_pretrained(folder)
    champion, measures = measure_champion(folder, "v7", rows, [0], **LIMITS)
    assert champion.problem is None
    assert np.isnan(champion.score.loss_nats_per_token)
    assert len(measures.answers) == 1


def only_so_many_rows(monkeypatch, most):
    """A GPU whose memory ends beyond `most` rows of a pass; the sizes that were tried."""
    tried = []
    forward = GPT2LMHeadModel.forward

    @functools.wraps(forward)  # its arguments are looked at
    def small(self, input_ids=None, **inputs):
        tried.append(len(input_ids))
        if len(input_ids) > most:
            raise torch.OutOfMemoryError("CUDA out of memory")
        return forward(self, input_ids=input_ids, **inputs)

    monkeypatch.setattr(GPT2LMHeadModel, "forward", small)
    return tried


def test_out_of_memory_halves_the_passes_of_an_appraisal_too(
    model, tokenizer, rows, monkeypatch, caplog
):
    rows = [row for row in rows for _ in range(8)]
    limits = {"max_example_tokens": 128, "batch_tokens": 1024}
    asked = [0, 9, 17]
    scored_logits(model, {"input_ids": torch.tensor([[1, 2]])}, torch.tensor([[1, 2]]))
    expected = measure_model(model, tokenizer, rows, asked, **limits)
    with monkeypatch.context() as patched:
        tried = only_so_many_rows(patched, 1)
        found = measure_model(model, tokenizer, rows, asked, **limits)
    assert max(tried) > 1
    assert found.rows.nats == pytest.approx(expected.rows.nats, rel=1e-5)
    assert found.answers == expected.answers
    assert "memory" in caplog.text


def test_memory_that_holds_no_row_of_an_appraisal_ends_with_advice(
    model, tokenizer, rows, monkeypatch
):
    score_examples(model, tokenizer, rows, **LIMITS)  # how its head may be run is known then
    monkeypatch.setattr("cs_pipeline.training.rows.packing.isolates_packed", lambda _: True)
    only_so_many_rows(monkeypatch, 0)
    with pytest.raises(GpuMemoryError, match="max_example_tokens"):
        score_examples(model, tokenizer, rows, max_example_tokens=128, batch_tokens=1024)


def test_what_a_tokenizer_cannot_spell_is_counted(model, tokenizer):
    rows = [("네?", "네"), ("네?", "龘麤 네 龘")]
    scores = score_examples(model, tokenizer, rows, max_example_tokens=128, batch_tokens=1024)
    unknown = tokenizer.encode("龘麤 네 龘").count(tokenizer.unk_token_id)
    assert unknown > 0
    assert scores.unknown.tolist() == [0, unknown]
    assert scores.chosen(slice(1, 2)).total().unknown_tokens == unknown


def test_load_for_chat(base):
    model, tokenizer = load_for_chat(base)
    assert not model.training
    assert tokenizer.get_vocab() == load_tokenizer(str(base)).get_vocab()
