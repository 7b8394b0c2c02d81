import copy
import logging

import pytest
import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import (
    BloomConfig,
    BloomForCausalLM,
    GPT2Config,
    GPT2LMHeadModel,
    PreTrainedTokenizerFast,
)

from cs_pipeline.training.appraisal import answer_log
from cs_pipeline.training.appraisal.evaluate import score_rows
from cs_pipeline.training.appraisal.generation import (
    answer,
    answer_room,
    generate_answers,
    sample_answers,
)
from cs_pipeline.training.rows.encoding import ExampleEncoder
from cs_pipeline.training.rows.prompt_template import ANSWER_FIELD
from tests.unit.training.learning import learned_by_heart

SAMPLING = {"samples": 3, "max_new_tokens": 12, "temperature": 1.0, "top_k": 50, "seed": 7}


@pytest.fixture(scope="module")
def taught(model, tokenizer, rows):
    """A model that has learned half of the rows by heart, so that its answers end."""
    return learned_by_heart(model, tokenizer, rows[:15])


@pytest.fixture(scope="module")
def questions(rows):
    return [*(question for question, _ in rows), "네?", "", "배송 " * 40, "환불 " * 2000]


@pytest.fixture
def prompts(tokenizer, rows):
    encoder = ExampleEncoder(tokenizer, 128)
    return [encoder.prompt(question, max_tokens=64) for question, _ in rows[:9]]


@pytest.fixture(scope="module")
def plain_tokenizer():
    """Without `<usr>`, `<sys>` and a padding token."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=300,
        special_tokens=["<|endoftext|>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
    )
    tokenizer.train_from_iterator(["안녕하세요"], trainer)
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="<|endoftext|>")


def test_taught_answers_come_back_and_end(taught, tokenizer, rows):
    answers = generate_answers(taught, tokenizer, [question for question, _ in rows[:15]])
    examples = ExampleEncoder(tokenizer, 128).encode(rows[:15])
    right = 0
    for item, example, (_, expected) in zip(answers, examples, rows, strict=False):
        if item.text == expected and item.stopped:
            assert item.tokens == len(example.input_ids) - example.answer_start
            right += 1
    assert right > 10


@pytest.fixture(scope="module")
def alone(taught, tokenizer, questions):
    return [generate_answers(taught, tokenizer, [question])[0] for question in questions]


@pytest.mark.parametrize("batch_size", [4, 7, 100])
def test_a_batch_answers_like_its_questions_alone(taught, tokenizer, questions, alone, batch_size):
    assert generate_answers(taught, tokenizer, questions, batch_size=batch_size) == alone
    assert len({item.tokens for item in alone}) > 3
    assert {item.stopped for item in alone} == {True, False}


def test_models_without_positions_answer_in_batches_too(tokenizer, questions):
    torch.manual_seed(0)
    config = BloomConfig(vocab_size=3072, hidden_size=16, n_layer=2, n_head=2)
    bloom = BloomForCausalLM(config).eval()
    for weights in bloom.transformer.h.parameters():
        weights.data.mul_(30)  # so that the answer depends on the question
    asked = [*questions[:8], "배송 " * 40]
    alone = [generate_answers(bloom, tokenizer, [item], max_new_tokens=8)[0] for item in asked]
    assert generate_answers(bloom, tokenizer, asked, max_new_tokens=8) == alone
    assert len({item.text for item in alone}) > 3


def test_no_questions_no_answers(model, tokenizer):
    assert generate_answers(model, tokenizer, []) == []
    assert sample_answers(model, tokenizer, [], **SAMPLING) == []


def test_answers_are_measured_as_people_hear_them_and_never_loop(model, tokenizer):
    asked = ["배송 언제 되나요?", "환불해 주세요. 어제 산 것입니다."]
    measured = generate_answers(model, tokenizer, asked, max_new_tokens=24)
    assert (measured[0].stopped, measured[0].tokens) == (False, 24)
    assert len(set(measured[0].text)) >= 3
    shown = [answer(model, tokenizer, one, max_new_tokens=24) for one in asked]
    assert shown == [one.text for one in measured]


def test_an_answer_may_be_as_long_as_the_training_answers_call_for(model, tokenizer):
    assert answer_room(model, tokenizer) == 64
    longer = copy.deepcopy(tokenizer)
    longer.init_kwargs[ANSWER_FIELD] = 100
    assert answer_room(model, longer) == 100
    (item,) = generate_answers(model, longer, ["배송 언제 되나요?"])
    assert (item.stopped, item.tokens) == (False, 100)
    longer.init_kwargs[ANSWER_FIELD] = 100_000
    assert answer_room(model, longer) == model.config.n_positions // 2


def test_a_models_own_generation_defaults_play_no_part(model, tokenizer, questions):
    expected = generate_answers(model, tokenizer, questions[:3], max_new_tokens=12)
    opinionated = copy.deepcopy(model)
    opinionated.generation_config.repetition_penalty = 50.0
    opinionated.generation_config.max_length = 3
    shipped = opinionated.generation_config
    assert generate_answers(opinionated, tokenizer, questions[:3], max_new_tokens=12) == expected
    assert opinionated.generation_config is shipped


def test_generating_leaves_the_model_in_its_mode(model, tokenizer):
    training = copy.deepcopy(model).train()
    assert generate_answers(training, tokenizer, ["네?"]) == generate_answers(
        model, tokenizer, ["네?"]
    )
    assert training.training


def test_only_readable_tokens_are_drawn(model, tokenizer, prompts):
    """Random weights like control tokens as much as any; ids without a token exist as well."""
    texts = sample_answers(model, tokenizer, prompts, **(SAMPLING | {"samples": 20, "top_k": 0}))
    encoder = ExampleEncoder(tokenizer, 128)
    assert model.config.vocab_size > len(tokenizer)
    assert all(texts)
    for text in texts:
        ids = set(tokenizer.encode(text, add_special_tokens=False))
        assert not ids & (encoder.hidden_ids - {tokenizer.unk_token_id})


def test_text_is_not_in_the_repr(taught, tokenizer, rows):
    (item,) = generate_answers(taught, tokenizer, [rows[0][0]])
    assert item.text
    assert item.text not in repr(item)


def test_samples_are_the_same_for_a_seed(model, tokenizer, prompts):
    torch.manual_seed(1)
    state = torch.get_rng_state()
    first = sample_answers(model, tokenizer, prompts, **SAMPLING)
    assert torch.equal(torch.get_rng_state(), state)
    torch.manual_seed(2)
    assert sample_answers(model, tokenizer, prompts, **SAMPLING) == first
    assert sample_answers(model, tokenizer, prompts, **(SAMPLING | {"seed": 8})) != first
    assert len(first) == 27
    assert len(set(first)) > 20


def test_samples_stand_in_the_order_of_their_prompts(taught, tokenizer, rows, prompts):
    """Among one token only the most likely is left; batches are smaller than the prompts here."""
    certain = SAMPLING | {"samples": 20, "max_new_tokens": 40, "top_k": 1}
    texts = sample_answers(taught, tokenizer, prompts, **certain)
    answers = generate_answers(
        taught, tokenizer, [question for question, _ in rows[:9]], max_new_tokens=40
    )
    assert texts == [item.text for item in answers for _ in range(20)]
    assert len(set(texts)) > 5


def test_hotter_samples_stray_further(taught, tokenizer, prompts):
    def different(temperature):
        drawn = sample_answers(
            taught, tokenizer, prompts, **(SAMPLING | {"temperature": temperature, "top_k": 0})
        )
        return len(set(drawn))

    assert different(0.01) < different(3.0)


def test_long_prompts_and_short_models(tokenizer):
    config = GPT2Config(vocab_size=3072, n_positions=16, n_embd=16, n_layer=1, n_head=2)
    short = GPT2LMHeadModel(config).eval()
    (item,) = generate_answers(short, tokenizer, ["배송 " * 50], max_new_tokens=64)
    assert item.tokens <= 8
    assert isinstance(answer(short, tokenizer, "배송 " * 50, max_new_tokens=64), str)
    drawn = sample_answers(short, tokenizer, [[2] + [20] * 100], **SAMPLING)
    assert len(drawn) == 3


def test_a_tokenizer_without_prompt_and_padding_tokens(plain_tokenizer):
    torch.manual_seed(0)
    config = GPT2Config(
        vocab_size=300, n_positions=256, n_embd=16, n_layer=1, n_head=2, eos_token_id=0
    )
    model = GPT2LMHeadModel(config).eval()
    model.transformer.wte.weight.data.mul_(20)
    asked = ["안녕하세요", "네", "배송은 언제 되나요?"]
    alone = [generate_answers(model, plain_tokenizer, [item])[0] for item in asked]
    assert generate_answers(model, plain_tokenizer, asked) == alone
    score = score_rows(
        model,
        plain_tokenizer,
        [(item, "네") for item in asked],
        max_example_tokens=128,
        batch_tokens=512,
    )
    assert score.characters == 3


CHAT = (
    "{% for turn in messages %}<|start|>{{ turn.role }}\n{{ turn.content }}<|end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|start|>assistant\n{% endif %}"
)


@pytest.mark.parametrize(("favourite", "stops"), [("<|end|>", True), ("<|endoftext|>", False)])
def test_an_answer_ends_where_its_template_says(plain_tokenizer, favourite, stops):
    """A chat model's turns end in a token of their own, not in the one that ends a text."""
    tokenizer = copy.deepcopy(plain_tokenizer)
    tokenizer.add_special_tokens({"extra_special_tokens": ["<|start|>", "<|end|>"]})
    tokenizer.chat_template = CHAT
    config = GPT2Config(
        vocab_size=320, n_positions=128, n_embd=16, n_layer=1, n_head=2, tie_word_embeddings=False
    )
    model = GPT2LMHeadModel(config).eval()
    model.lm_head = torch.nn.Linear(16, 320)
    model.lm_head.bias.data[tokenizer.convert_tokens_to_ids(favourite)] = 100.0
    first, second = generate_answers(model, tokenizer, ["네?", "안녕하세요"], max_new_tokens=5)
    assert first.stopped is second.stopped is stops
    assert first.tokens == second.tokens == (1 if stops else 5)
    assert (first.text == "") is stops


def test_damaged_weights_still_answer_something(model, tokenizer, prompts):
    damaged = copy.deepcopy(model)
    damaged.transformer.ln_f.weight.data.fill_(float("nan"))
    assert generate_answers(damaged, tokenizer, ["네?"], max_new_tokens=4)[0].tokens <= 4
    assert len(sample_answers(damaged, tokenizer, prompts, **SAMPLING)) == 27


@pytest.mark.parametrize("language", ["ko", "en"])
def test_how_many_answers_are_there_is_said_while_they_are_generated(
    taught, tokenizer, questions, prompts, language, monkeypatch, caplog
):
    answers, probe = {
        "ko": ("답변 생성", "유출 검사"),
        "en": ("generating answers", "leak probe"),
    }[language]
    caplog.set_level(logging.INFO, logger="cs_pipeline")
    monkeypatch.setenv("CS_PIPELINE_LANG", language)
    generate_answers(taught, tokenizer, questions[:10], batch_size=4)
    assert caplog.messages == [], "done in no time"
    monkeypatch.setattr(answer_log, "SECONDS", 0)
    generate_answers(taught, tokenizer, questions[:10], batch_size=4)
    sample_answers(taught, tokenizer, prompts, **SAMPLING | {"samples": 16})
    assert caplog.messages == [f"{answers} 4/10", f"{answers} 8/10", f"{probe} 4/9", f"{probe} 8/9"]


def test_it_is_said_every_ten_seconds(caplog):
    caplog.set_level(logging.INFO, logger="cs_pipeline")
    now = 0.0
    log = answer_log.AnswerLog(answer_log.ANSWERS, 1000, clock=lambda: now)
    for second in range(1, 31):
        now = float(second)
        log.tell(second)
    assert [message.split()[-1] for message in caplog.messages] == [
        "10/1,000",
        "20/1,000",
        "30/1,000",
    ]
