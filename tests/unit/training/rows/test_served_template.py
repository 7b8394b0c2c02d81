"""What a server that renders the checkpoint's chat template makes of a conversation."""

import copy
from itertools import cycle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import pre_tokenizers
from transformers import AutoTokenizer

from cs_pipeline.masked.placeholders import PLACEHOLDERS, placeholder
from cs_pipeline.training.models.base_model import load_model, load_tokenizer, save_model
from cs_pipeline.training.rows.encoding import ExampleEncoder
from cs_pipeline.training.rows.prompt_template import CONTEXT_FIELD, TEMPLATE_FIELD
from cs_pipeline.training.rows.served_template import serve_prompt
from tests.unit.training.rows.test_encoding import CHATML, CONTROL, byte_level

LONG = 10**6
PIECES = st.sampled_from(
    [
        *(placeholder(kind, index) for kind in PLACEHOLDERS for index in (1, 2, 9, 10, 999)),
        *("#@이름1#", "#@이름02#", "#@이름1000#", "#@없는말#", "#@이름", "@주소#", "#", "##"),
        *("<usr>", "<sys>", "</s>", "<unused0>", "<unused1>", "<unused", "<unk>", "<|endoftext|>"),
        *(
            "\n",
            "\r\n",
            "\r",
            " ",
            "  ",
            "\t",
            "\ue002",
            "\ue009",
            "\u200b",
            "\u3000",
            "＜ｕｓｒ＞",
        ),
        *(
            "배송은",
            "언제 오나요?",
            "네.",
            "ㅋㅋ",
            "😀",
            "①",
            "A",
            "7",
            "질문:",
            "답변:",
            "{{ x }}",
            "%}",
        ),
    ]
)
TEXTS = st.lists(PIECES, max_size=8).map("".join) | st.text(max_size=12)
TURNS = st.lists(TEXTS, min_size=1, max_size=9).filter(lambda turns: len(turns) % 2)


def served(tokenizer, *, template="auto", turns=0):
    tokenizer = copy.deepcopy(tokenizer)
    tokenizer.init_kwargs[CONTEXT_FIELD] = turns
    encoder = ExampleEncoder(tokenizer, 256, template)
    serve_prompt(tokenizer, encoder)
    return tokenizer, encoder


def messages(turns, *before):
    roles = cycle(("user", "assistant"))
    return [*before, *({"role": next(roles), "content": turn} for turn in turns)]


def rendered(tokenizer, said, *, generate=True):
    return tokenizer.apply_chat_template(said, add_generation_prompt=generate, return_dict=False)


@pytest.fixture(scope="module")
def models(tokenizer):
    """A tokenizer and its encoder, by template and earlier exchanges."""
    plain = byte_level(["<|endoftext|>", "<s>"])
    begins = byte_level(["<|endoftext|>", "<s>"])
    begins.bos_token = "<s>"
    kinds = {"kogpt2": tokenizer, "plain": plain, "begins": begins}
    return {
        (name, turns): served(one, turns=turns)
        for name, one in kinds.items()
        for turns in (0, 1, 3)
    }


@pytest.mark.parametrize("earlier", [0, 1, 3])
@pytest.mark.parametrize("kind", ["kogpt2", "plain", "begins"])
@settings(max_examples=60)
@given(turns=TURNS)
def test_a_server_asks_in_the_ids_of_the_training(models, kind, earlier, turns):
    tokenizer, encoder = models[kind, earlier]
    (example,) = ExampleEncoder(tokenizer, LONG).encode([(*turns, "네.")])
    prompt = rendered(tokenizer, messages(turns))
    assert prompt == example.input_ids[: example.answer_start]
    assert prompt == encoder.prompt(turns[-1], max_tokens=LONG, context=turns[:-1])
    whole = rendered(tokenizer, messages([*turns, "네."]), generate=False)
    assert whole == example.input_ids


def test_words_of_a_system_are_left_out(models):
    tokenizer, _ = models["kogpt2", 3]
    said = messages(("배송은?", "내일요.", "몇 시에요?"))
    told = [{"role": "system", "content": "친절하게 답하세요."}, *said]
    assert rendered(tokenizer, told) == rendered(tokenizer, said)


def test_the_template_is_in_the_saved_tokenizers_config(base, tokenizer, tmp_path):
    own, encoder = served(tokenizer, turns=1)
    save_model(load_model(str(base), device="cpu"), own, tmp_path)
    assert not (tmp_path / "chat_template.jinja").exists()
    turns = ("#@이름2#님 배송은?\n", "내일요.", "몇 시에\n오나요?")
    as_a_server_does = AutoTokenizer.from_pretrained(tmp_path)
    expected = encoder.prompt(turns[-1], max_tokens=LONG, context=turns[:-1])
    assert rendered(as_a_server_does, messages(turns)) == expected
    again = ExampleEncoder(load_tokenizer(str(tmp_path)), 256)
    assert again.template == "kogpt2"
    assert again.prompt(turns[-1], max_tokens=256, context=turns[:-1]) == expected


def test_a_model_of_plain_words_is_asked_in_them_after_it_was_saved(models):
    tokenizer, encoder = models["plain", 1]
    assert tokenizer.init_kwargs[TEMPLATE_FIELD] == "plain"
    assert ExampleEncoder(tokenizer, 256).template == encoder.template == "plain"


def test_a_models_own_template_stays():
    tokenizer, _ = served(byte_level(CONTROL, CHATML))
    assert tokenizer.chat_template == CHATML


def test_a_tokenizer_that_reads_a_whole_prompt_in_another_way_gets_no_template(tokenizer, caplog):
    caplog.set_level("INFO")
    prefixing = byte_level(["<|endoftext|>"])
    prefixing.backend_tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=True)
    for other, template in ((prefixing, "auto"), (tokenizer, "plain")):
        caplog.clear()
        served_one, _ = served(other, template=template)
        assert served_one.chat_template is None
        assert TEMPLATE_FIELD not in served_one.init_kwargs
        assert "no chat template" in caplog.text
