import random

import pytest
import torch
from transformers import BloomConfig, BloomForCausalLM, GPT2Config, GPT2LMHeadModel

from cs_pipeline.training.rows.encoding import IGNORED_LABEL, Example, ExampleEncoder
from cs_pipeline.training.rows.packing import (
    RowCollator,
    isolates_packed,
    pack,
    row_length,
    rows_for,
)
from tests.unit.training.reference_loss import answer_nats


def example(length: int, answer_start: int = 1) -> Example:
    return Example(list(range(10, 10 + length)), min(answer_start, length), 1)


def lengths(rows):
    return [[len(item.input_ids) for item in row] for row in rows]


@pytest.mark.parametrize(
    ("given", "room", "expected"),
    [
        ([], 10, []),
        ([10], 10, [[10]]),
        ([6, 6], 10, [[6], [6]]),
        ([7, 6, 3, 4], 10, [[7, 3], [6, 4]]),
        ([1] * 7, 3, [[1, 1, 1], [1, 1, 1], [1]]),
        ([5, 4, 3, 2], 7, [[5, 2], [4, 3]]),
        ([12, 6, 4], 10, [[12], [6, 4]]),
    ],
)
def test_best_fit(given, room, expected):
    assert lengths(pack([example(length) for length in given], room)) == expected


def test_packing_loses_nothing_and_wastes_little():
    rng = random.Random(3)
    examples = [example(rng.randint(3, 60)) for _ in range(2000)]
    rows = pack(examples, 256)
    assert sorted(map(id, examples)) == sorted(id(item) for row in rows for item in row)
    assert all(sum(row) <= 256 for row in lengths(rows))
    collate = RowCollator(3)
    collate(rows)
    assert collate.tokens == sum(len(item.input_ids) for item in examples)
    assert collate.padding_share < 0.02


@pytest.mark.parametrize(
    ("longest", "batch_tokens", "expected"), [(20, 4096, 128), (20, 64, 64), (300, 64, 300)]
)
def test_row_length(longest, batch_tokens, expected):
    assert row_length([example(longest), example(3)], batch_tokens) == expected


def test_a_few_long_examples_do_not_make_all_rows_long():
    few = [example(20)] * 198 + [example(400)] * 2
    assert row_length(few, 4096) == 128
    assert row_length([*few, example(300)], 4096) == 300


def test_collator_restarts_positions_and_ignores_padding():
    collate = RowCollator(3)
    batch = collate([[example(3), example(2)], [example(4, answer_start=2)]])
    assert batch["position_ids"].tolist() == [[0, 1, 2, 0, 1], [0, 1, 2, 3, 0]]
    assert batch["input_ids"].tolist() == [[10, 11, 12, 10, 11], [10, 11, 12, 13, 3]]
    skip = IGNORED_LABEL
    assert batch["labels"].tolist() == [[skip, 11, 12, skip, 11], [skip, skip, 12, 13, skip]]
    assert collate.padding_share == pytest.approx(1 / 10)


def nats(model, batch):
    labels = batch.pop("labels")
    with torch.inference_mode():
        return answer_nats(model(**batch, use_cache=False).logits, labels).item()


def test_packed_examples_lose_exactly_what_they_lose_alone(model, tokenizer, rows):
    examples = ExampleEncoder(tokenizer, 128).encode(rows)
    collate = RowCollator(3)
    packed = pack(examples, row_length(examples, 4096))
    assert max(len(row) for row in packed) > 5
    for row in packed:
        alone = [nats(model, collate([[item]])) for item in row]
        batch = collate([row, [examples[0]] * 2])
        batch["labels"][1] = IGNORED_LABEL
        assert nats(model, batch) == pytest.approx(sum(alone), rel=1e-5)
        for index, expected in enumerate(alone):
            only = collate([row])
            start = sum(len(item.input_ids) for item in row[:index])
            end = start + len(row[index].input_ids)
            only["labels"][:, :start] = IGNORED_LABEL
            only["labels"][:, end:] = IGNORED_LABEL
            assert nats(model, only) == pytest.approx(expected, rel=1e-5)


def test_packing_without_restarting_positions_would_not_be_exact(model, tokenizer, rows):
    """Shows that the test above can fail."""
    examples = ExampleEncoder(tokenizer, 128).encode(rows[:4])
    collate = RowCollator(3)
    alone = sum(nats(model, collate([[item]])) for item in examples)
    leaking = collate([examples])
    del leaking["position_ids"]
    assert nats(model, leaking) != pytest.approx(alone, rel=1e-3)


def test_gpt2_is_packed(model, tokenizer, rows):
    assert isolates_packed(model)
    examples = ExampleEncoder(tokenizer, 128).encode(rows)
    assert len(rows_for(model, examples, 4096)) < len(examples)


def test_model_without_positions_gets_one_example_a_row(tokenizer, rows):
    config = BloomConfig(vocab_size=len(tokenizer), hidden_size=16, n_layer=1, n_head=2)
    bloom = BloomForCausalLM(config)
    assert not isolates_packed(bloom)
    examples = ExampleEncoder(tokenizer, 128).encode(rows)
    packed = rows_for(bloom, examples, 4096)
    assert [len(row) for row in packed] == [1] * len(examples)
    assert "position_ids" not in RowCollator(3)(packed)


class LeakyGPT2(GPT2LMHeadModel):
    def forward(self, input_ids=None, position_ids=None, **kwargs):
        return super().forward(input_ids=input_ids, **kwargs)


def test_model_that_ignores_positions_is_found_out():
    torch.manual_seed(0)
    config = GPT2Config(vocab_size=64, n_positions=32, n_embd=16, n_layer=1, n_head=2)
    leaky = LeakyGPT2(config).train()
    with torch.no_grad():
        leaky.transformer.wpe.weight.mul_(50)
    assert not isolates_packed(leaky)
    assert leaky.training
