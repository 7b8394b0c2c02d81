import copy

import pytest
import torch
from torch.nn.functional import cross_entropy
from transformers import GPT2Config, GPT2LMHeadModel, LlamaConfig, LlamaForCausalLM

from cs_pipeline.training.models.inference import pad_token_id
from cs_pipeline.training.models.scored_head import scored_logits
from cs_pipeline.training.rows.encoding import IGNORED_LABEL, ExampleEncoder
from cs_pipeline.training.rows.packing import RowCollator, pack
from tests.unit.training.reference_loss import answer_nats

VOCABULARY = 384


def gpt2(model_class=GPT2LMHeadModel, **settings):
    torch.manual_seed(1)
    config = GPT2Config(
        vocab_size=VOCABULARY, n_positions=64, n_embd=32, n_layer=2, n_head=2, **settings
    )
    return model_class(config).eval()


def llama():
    torch.manual_seed(1)
    config = LlamaConfig(
        vocab_size=VOCABULARY,
        hidden_size=32,
        intermediate_size=48,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=1,
        tie_word_embeddings=False,
    )
    return LlamaForCausalLM(config).eval()


def batch(rows=3, tokens=12):
    torch.manual_seed(2)
    ids = torch.randint(0, VOCABULARY, (rows, tokens))
    labels = ids.masked_fill(torch.rand(rows, tokens) < 0.5, IGNORED_LABEL)
    return {"input_ids": ids}, labels


def loss_and_gradients(model, nats):
    model.zero_grad()
    nats.backward()
    return nats.detach(), {name: weight.grad for name, weight in model.named_parameters()}


def check_like_full_forward(model, inputs, labels):
    logits, targets = scored_logits(model, inputs, labels)
    ours = loss_and_gradients(model, cross_entropy(logits, targets, reduction="sum"))
    full = answer_nats(model(**inputs, use_cache=False).logits, labels)
    reference = loss_and_gradients(model, full)
    assert reference[1].keys() == ours[1].keys()
    torch.testing.assert_close(ours, reference, rtol=1e-4, atol=1e-5)
    return logits, targets


@pytest.fixture
def head_tokens(monkeypatch):
    """How many hidden states each call of a head worked on."""
    seen = []
    forward = torch.nn.Linear.forward

    def count(self, states):
        if self.out_features == VOCABULARY:
            seen.append(states.shape[:-1].numel())
        return forward(self, states)

    monkeypatch.setattr(torch.nn.Linear, "forward", count)
    return seen


@pytest.mark.parametrize("make", [gpt2, llama])
def test_loss_and_gradients_are_those_of_all_logits(make):
    logits, targets = check_like_full_forward(make(), *batch())
    scored = int((batch()[1][:, 1:] != IGNORED_LABEL).sum())
    assert logits.shape == (scored, VOCABULARY)
    assert targets.shape == (scored,)


def test_packed_rows(model, tokenizer, rows):
    examples = ExampleEncoder(tokenizer, 128).encode(rows)
    inputs = RowCollator(pad_token_id(tokenizer))(pack(examples, 128))
    labels = inputs.pop("labels")
    assert "position_ids" in inputs
    check_like_full_forward(copy.deepcopy(model), inputs, labels)


def test_head_works_on_scored_tokens_only(head_tokens):
    model = gpt2()
    inputs, labels = batch()
    scored_logits(model, inputs, labels)
    head_tokens.clear()
    _, targets = scored_logits(model, inputs, labels)
    assert head_tokens == [len(targets)]


def test_model_is_tried_once_and_left_as_it_was(head_tokens):
    model = gpt2().train()
    scored_logits(model, *batch())
    first = len(head_tokens)
    scored_logits(model, *batch())
    assert (first, len(head_tokens)) == (3, 4)
    assert all(part.training for part in model.modules())
    assert not model.get_output_embeddings()._forward_pre_hooks
    assert model(**batch()[0]).logits.shape == (3, 12, VOCABULARY)


def test_last_token_and_first_label_ask_for_nothing():
    inputs, labels = batch(rows=1, tokens=4)
    labels[:] = IGNORED_LABEL
    labels[0, 0] = 5
    logits, targets = scored_logits(gpt2(), inputs, labels)
    assert logits.shape == (0, VOCABULARY)
    assert targets.shape == (0,)
    cross_entropy(logits, targets, reduction="sum").backward()


class CappedLogits(GPT2LMHeadModel):
    """Scales and caps its logits, as some model families do."""

    def forward(self, *args, **kwargs):
        output = super().forward(*args, **kwargs)
        output.logits = 3 * torch.tanh(output.logits / 0.1)
        return output


class CentredLogits(GPT2LMHeadModel):
    """Its logits at a token depend on the other tokens'."""

    def forward(self, *args, **kwargs):
        output = super().forward(*args, **kwargs)
        output.logits = output.logits * 30 - output.logits.mean(dim=-2, keepdim=True) * 30
        return output


class FoldedLogits(GPT2LMHeadModel):
    """Knows logits of three dimensions only."""

    def forward(self, *args, **kwargs):
        output = super().forward(*args, **kwargs)
        rows, tokens, columns = output.logits.shape
        output.logits = output.logits.reshape(rows, tokens, columns)
        return output


class OwnProjection(GPT2LMHeadModel):
    """Does not call the head that it shows."""

    def forward(self, input_ids, **kwargs):
        output = self.transformer(input_ids, **kwargs)
        output.logits = output.last_hidden_state @ self.lm_head.weight.T
        return output


@pytest.mark.parametrize("kind", [CappedLogits, CentredLogits, FoldedLogits, OwnProjection])
def test_unusual_heads_give_their_own_logits(kind):
    check_like_full_forward(gpt2(kind), *batch())


def test_head_is_not_separated_where_logits_depend_on_each_other(head_tokens):
    model = gpt2(CentredLogits)
    scored_logits(model, *batch())
    head_tokens.clear()
    scored_logits(model, *batch())
    assert head_tokens == [batch()[1].numel()]


@pytest.mark.parametrize("in_place", [False, True])
def test_compiled_model(in_place):
    plain, model = gpt2(), gpt2()
    scored_logits(model, *batch())
    if in_place:
        model.compile(backend="eager")
    else:
        model = torch.compile(model, backend="eager")
    inputs, labels = batch()
    model(**inputs, use_cache=False)
    logits, targets = scored_logits(model, inputs, labels)
    expected, expected_targets = scored_logits(plain, inputs, labels)
    torch.testing.assert_close(logits, expected)
    assert torch.equal(targets, expected_targets)


def test_mixed_precision_wrapper_is_kept():
    model = gpt2()
    inputs, labels = batch()
    exact, _ = scored_logits(model, inputs, labels)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        rounded, _ = scored_logits(model, inputs, labels)
    assert rounded.dtype == torch.bfloat16
    torch.testing.assert_close(rounded.float(), exact, rtol=0.05, atol=0.02)


def test_wrapped_for_several_processes(tmp_path):
    torch.distributed.init_process_group(
        "gloo", init_method=f"file://{tmp_path}/meet", rank=0, world_size=1
    )
    try:
        model = torch.nn.parallel.DistributedDataParallel(gpt2())
        inputs, labels = batch()
        logits, targets = scored_logits(model, inputs, labels)
        cross_entropy(logits, targets, reduction="sum").backward()
        ours = {name: weight.grad for name, weight in model.module.named_parameters()}
    finally:
        torch.distributed.destroy_process_group()
    plain = gpt2()
    _, reference = loss_and_gradients(plain, answer_nats(plain(**inputs).logits, labels))
    torch.testing.assert_close(ours, reference, rtol=1e-4, atol=1e-5)
