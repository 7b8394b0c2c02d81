import json
import shutil

import pytest
import torch

from cs_pipeline.errors import BaseModelError
from cs_pipeline.training.base_model import load_model, load_tokenizer, tokenizer_sha256
from cs_pipeline.training.encoding import IGNORED_LABEL
from cs_pipeline.training.evaluate import (
    answer,
    answer_nats,
    load_for_chat,
    score_champion,
    score_rows,
)

LIMITS = {"max_example_tokens": 128, "batch_tokens": 1024}


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


def test_scoring_leaves_the_model_in_its_mode(base, tokenizer, rows):
    model = load_model(str(base), device="cpu").train()
    first = score_rows(model, tokenizer, rows, **LIMITS)
    assert model.training
    assert score_rows(model, tokenizer, rows, **LIMITS) == first


def test_examples_longer_than_the_models_positions_are_cut(model, tokenizer):
    score = score_rows(
        model, tokenizer, [("배송 " * 500, "네")], max_example_tokens=1024, batch_tokens=4096
    )
    assert score.characters == 1


def test_champion_is_scored_like_a_candidate(base, model, tokenizer, rows):
    champion = score_champion(base, "v7", rows, **LIMITS)
    assert champion.version_id == "v7"
    assert champion.problem is None
    assert champion.tokenizer_sha256 == tokenizer_sha256(tokenizer)
    expected = score_rows(model, tokenizer, rows, **LIMITS)
    assert champion.score.nats == pytest.approx(expected.nats, rel=1e-5)


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
    champion = score_champion(folder, "v7", rows, **LIMITS)
    assert champion.score is None
    assert champion.problem.ko
    assert champion.problem.en
    with pytest.raises(BaseModelError):
        load_for_chat(folder)


def test_champion_that_fails_while_running_is_a_problem(base, rows, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("out of memory near 고객 문장")

    monkeypatch.setattr("cs_pipeline.training.evaluate.score_rows", fail)
    champion = score_champion(base, "v7", rows, **LIMITS)
    assert "RuntimeError" in champion.problem.en
    assert "고객 문장" not in champion.problem.ko + champion.problem.en


def test_answer_is_deterministic_and_shows_no_control_tokens(model, tokenizer):
    first = answer(model, tokenizer, "배송 언제 되나요?", max_new_tokens=24)
    assert first == answer(model, tokenizer, "배송 언제 되나요?", max_new_tokens=24)
    assert "<" not in first.replace("< ", "")


def test_question_longer_than_the_model_gets_an_answer(model, tokenizer):
    assert isinstance(answer(model, tokenizer, "배송 " * 2000, max_new_tokens=8), str)


def test_load_for_chat(base):
    model, tokenizer = load_for_chat(base)
    assert not model.training
    assert tokenizer.get_vocab() == load_tokenizer(str(base)).get_vocab()
