import json
import os
import shutil
import subprocess
import sys

import pytest
import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import AutoTokenizer, LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from cs_pipeline.errors import BaseModelError, SettingsError
from cs_pipeline.training.models import base_model
from cs_pipeline.training.models.base_model import (
    KOGPT2_SPECIAL_IDS,
    licence_of,
    load_model,
    load_tokenizer,
    save_model,
    tokenizer_sha256,
)
from cs_pipeline.training.models.tiny_base import make_base
from cs_pipeline.training.rows.encoding import ExampleEncoder

KOREAN = ["안녕하세요.", "배송 언제 오나요?", "꿰맨 옷이 쫙 뜯겼어요", "Galaxy S24 (256GB) 100%!"]


@pytest.fixture
def copied(base, tmp_path):
    return shutil.copytree(base, tmp_path / "copy")


def edit_json(path, change):
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


@pytest.mark.parametrize("text", KOREAN)
def test_tokenizer_gives_korean_back(tokenizer, text):
    ids = tokenizer.encode(text, add_special_tokens=False)
    assert tokenizer.decode(ids).strip() == text
    assert tokenizer.unk_token_id not in ids


def test_control_tokens_have_kogpt2s_ids(tokenizer):
    vocabulary = tokenizer.get_vocab()
    assert {token: vocabulary[token] for token in KOGPT2_SPECIAL_IDS} == KOGPT2_SPECIAL_IDS
    assert vocabulary["<s>"] == 0
    assert vocabulary["<unused0>"] == 9
    assert vocabulary["<unused99>"] == 108
    assert (tokenizer.bos_token, tokenizer.eos_token, tokenizer.pad_token_id) == ("</s>", "</s>", 3)


def test_tiny_base_has_the_hub_repositorys_layout_and_says_what_it_is(base, model):
    assert {"config.json", "tokenizer.json", "model.safetensors"} <= {
        path.name for path in base.iterdir()
    }
    config = json.loads((base / "config.json").read_text())
    assert config["model_type"] == "gpt2"
    assert config["vocab_size"] % 128 == 0
    assert "demonstrations" in config["tiny"]
    assert "lm_head.weight" not in load_file(base / "model.safetensors")
    assert model.lm_head.weight is model.transformer.wte.weight


def test_a_base_that_was_made_here_takes_no_papers_of_the_current_folder(tmp_path, monkeypatch):
    work = tmp_path / "work"
    work.mkdir()
    (work / "README.md").write_text("---\nlicense: gpl-3.0\n---\n")
    for name in ("LICENSE", "NOTICE.txt"):
        (work / name).write_text("of another work")
    monkeypatch.chdir(work)
    made = make_base(KOREAN, tmp_path / "base", vocab_size=3072, width=64, heads=2, positions=64)
    assert not {"README.md", "LICENSE", "NOTICE.txt"} & {path.name for path in made.iterdir()}
    assert licence_of(str(made)) is None
    # Nor does what is trained from it; a base's own papers go along.
    (made / "LICENSE").write_text("its own")
    save_model(load_model(str(made), device="cpu"), load_tokenizer(str(made)), tmp_path / "next")
    assert (tmp_path / "next" / "LICENSE").read_text() == "its own"
    assert not (tmp_path / "next" / "README.md").exists()


def test_same_seed_same_base(base, rows, tmp_path):
    texts = [text for row in rows for text in row]
    sizes = {"vocab_size": 3072, "width": 64, "heads": 2, "positions": 256}
    again = make_base(texts, tmp_path / "again", **sizes)
    other = make_base(texts, tmp_path / "other", seed=1, **sizes)
    weights = [(folder / "model.safetensors").read_bytes() for folder in (base, again, other)]
    assert weights[0] == weights[1] != weights[2]
    assert tokenizer_sha256(again) == tokenizer_sha256(base)


def test_folder_without_tokenizer_class_is_read_right_where_auto_tokenizer_is_not(copied):
    """The hub repository has no tokenizer_config.json; AutoTokenizer then destroys Korean."""
    (copied / "tokenizer_config.json").unlink()
    ours = load_tokenizer(str(copied))
    assert ours.decode(ours.encode(KOREAN[0])).strip() == KOREAN[0]
    auto = AutoTokenizer.from_pretrained(copied)
    assert auto.decode(auto.encode(KOREAN[0])).strip() != KOREAN[0]


def test_saved_folder_keeps_korean_for_us_and_for_auto_tokenizer(copied, tmp_path):
    (copied / "tokenizer_config.json").unlink()
    (copied / "README.md").write_text("license: cc-by-nc-sa-4.0", encoding="utf-8")
    (copied / "LICENSE").write_text("terms", encoding="utf-8")
    saved = tmp_path / "saved"
    save_model(load_model(str(copied)), load_tokenizer(str(copied)), saved)
    config = json.loads((saved / "tokenizer_config.json").read_text())
    assert config["tokenizer_class"] == "PreTrainedTokenizerFast"
    for tokenizer in (load_tokenizer(str(saved)), AutoTokenizer.from_pretrained(saved)):
        assert tokenizer.decode(tokenizer.encode(KOREAN[1])).strip() == KOREAN[1]
        assert tokenizer.eos_token_id == 1
        assert tokenizer.pad_token_id == 3
    assert tokenizer_sha256(saved) == tokenizer_sha256(copied)
    assert (saved / "README.md").read_text() == "license: cc-by-nc-sa-4.0"
    assert (saved / "LICENSE").read_text() == "terms"
    assert not list(saved.glob("*.bin"))


def test_sum_of_a_loaded_tokenizer_is_that_of_its_folder_and_changes_with_it(
    base, tokenizer, copied
):
    assert tokenizer_sha256(tokenizer) == tokenizer_sha256(base)
    edit_json(copied / "tokenizer.json", lambda data: data["model"]["merges"].pop())
    assert tokenizer_sha256(copied) != tokenizer_sha256(base)


def swap_special_ids(data):
    for token in data["added_tokens"]:
        token["id"] = {2: 4, 4: 2}.get(token["id"], token["id"])
    data["model"]["vocab"] |= {"<usr>": 4, "<sys>": 2}


def forget_syllable(data):
    data["model"]["vocab"]["안\u0000"] = data["model"]["vocab"].pop("안")
    data["model"]["merges"] = [
        pair for pair in data["model"]["merges"] if "안" not in "".join(pair)
    ]


def byte_level(data):
    data["pre_tokenizer"] = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True}


@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        (swap_special_ids, "numbers its tokens differently"),
        (forget_syllable, "does not give Korean text back"),
        (byte_level, "does not give Korean text back"),
        (lambda data: data.update(decoder=None), "does not give Korean text back"),
        (lambda data: data.clear(), "cannot be read"),
    ],
)
def test_tampered_tokenizer_is_refused(copied, tamper, said):
    edit_json(copied / "tokenizer.json", tamper)
    with pytest.raises(BaseModelError) as caught:
        load_tokenizer(str(copied))
    assert said in caught.value.words.en
    assert str(copied) in caught.value.words.ko


def test_full_size_vocabulary_must_have_kogpt2s_numbers(copied):
    def fill(data):
        vocabulary = data["model"]["vocab"]
        vocabulary |= {f"filler{n}": n for n in range(max(vocabulary.values()) + 1, 51200)}

    edit_json(copied / "tokenizer.json", fill)
    with pytest.raises(BaseModelError, match="KoGPT2"):
        load_tokenizer(str(copied))


def test_id_beyond_the_models_vocabulary_is_refused(copied):
    def add(data):
        data["model"]["vocab"]["너무큰번호"] = 60000

    edit_json(copied / "tokenizer.json", add)
    load_tokenizer(str(copied))
    with pytest.raises(BaseModelError) as caught:
        load_model(str(copied))
    assert "60000" in caught.value.words.en


def test_missing_weights_are_refused_instead_of_filled_with_random_values(copied):
    weights = load_file(copied / "model.safetensors")
    del weights["transformer.h.0.mlp.c_fc.weight"]
    save_file(weights, copied / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(BaseModelError, match=r"weights|가중치"):
        load_model(str(copied))


def test_torn_weights_are_refused(copied):
    weights = copied / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    with pytest.raises(BaseModelError, match=r"weights|가중치"):
        load_model(str(copied))


@pytest.mark.parametrize("base", ["/nowhere/model", "./nowhere", "a/b/c"])
def test_missing_folder_is_named(base):
    with pytest.raises(BaseModelError) as caught:
        load_tokenizer(base)
    assert base in caught.value.words.en
    assert "folder" in caught.value.words.en


@pytest.mark.parametrize(
    "variables", [{"HF_HUB_OFFLINE": "1"}, {"HF_ENDPOINT": "http://127.0.0.1:9"}]
)
def test_unreachable_hub_is_one_clear_message(tmp_path, variables):
    code = (
        "from cs_pipeline.training.models.base_files import base_folder\n"
        "from cs_pipeline.errors import BaseModelError\n"
        "try: base_folder('skt/kogpt2-base-v2', weights=True)\n"
        "except BaseModelError as error: print(error.words.ko, error.words.en, sep='\\n')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "HF_HOME": str(tmp_path), **variables},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert done.stderr == ""
    for line in done.stdout.splitlines():
        assert "skt/kogpt2-base-v2" in line
        assert "CS_PIPELINE_BASE_MODEL=" in line
        assert "--base-model " in line
        assert "hf download skt/kogpt2-base-v2 --local-dir" in line
    assert len(done.stdout.splitlines()) == 2


def test_a_vocabulary_that_cannot_hold_korean_is_refused(tmp_path):
    with pytest.raises(SettingsError, match="2605"):
        make_base(["배송은 언제 오나요?"], tmp_path / "base", vocab_size=2000)
    assert not (tmp_path / "base").exists()


CARD = "---\nlanguage: ko\n{}\n---\n# 모델\nlicense: mit\n"


@pytest.mark.parametrize(
    ("card", "expected"),
    [
        (CARD.format("license: Apache-2.0"), "apache-2.0"),
        ("\ufeff" + CARD.format("license: mit"), "mit"),
        (CARD.format("license: other\nlicense_name: hyperclovax-seed"), "hyperclovax-seed"),
        (CARD.format("license: other"), "other"),
        (CARD.format("license: [mit, apache-2.0]"), "mit and apache-2.0"),
        (CARD.format("license:"), None),
        (CARD.format("tags: [ko]"), None),
        (CARD.format("license: ["), None),
        ("---\n- license\n---\n", None),
        ("license: mit\n", None),
        ("", None),
        (None, None),
    ],
)
def test_the_licence_is_what_the_model_card_declares(copied, card, expected):
    if card is not None:
        (copied / "README.md").write_text(card, encoding="utf-8")
    assert licence_of(str(copied)) == expected


def test_kogpt2s_licence_is_known_by_name_and_by_its_tokenizer(copied, monkeypatch):
    assert licence_of("skt/kogpt2-base-v2") == "cc-by-nc-sa-4.0"
    tokenizer = load_tokenizer(str(copied))
    golden = tokenizer.encode(base_model.KOGPT2_GOLDEN_TEXT, add_special_tokens=False)
    monkeypatch.setattr(base_model, "KOGPT2_GOLDEN_IDS", golden)
    assert licence_of(str(copied)) is None
    monkeypatch.setattr(base_model, "KOGPT2_VOCABULARY", len(tokenizer))
    assert licence_of(str(copied)) == "cc-by-nc-sa-4.0"
    (copied / "README.md").write_text(CARD.format("license: mit"), encoding="utf-8")
    assert licence_of(str(copied)) == "mit"


def test_the_licence_of_a_folder_that_is_not_there():
    with pytest.raises(BaseModelError, match="/nowhere"):
        licence_of("/nowhere/model")


def test_a_template_travels_with_the_tokenizer(base, model, tmp_path):
    save_model(model, load_tokenizer(str(base), template="plain"), tmp_path / "plain")
    assert ExampleEncoder(load_tokenizer(str(tmp_path / "plain")), 64).template == "plain"
    again = load_tokenizer(str(tmp_path / "plain"), template="kogpt2")
    save_model(model, again, tmp_path / "kogpt2")
    assert ExampleEncoder(load_tokenizer(str(tmp_path / "kogpt2")), 64).template == "kogpt2"
    save_model(model, load_tokenizer(str(base)), tmp_path / "auto")
    assert "prompt_template" not in (tmp_path / "auto" / "tokenizer_config.json").read_text()


@pytest.fixture
def chat_base(tmp_path):
    """A Llama-shaped base with a byte-level tokenizer and a chat template of its own."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=320,
        special_tokens=["<eos>", "<turn>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
    )
    tokenizer.train_from_iterator(KOREAN, trainer)
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="<eos>")
    fast.chat_template = (
        "{% for turn in messages %}<turn>{{ turn.role }}\n{{ turn.content }}<eos>{% endfor %}"
        "{% if add_generation_prompt %}<turn>assistant\n{% endif %}"
    )
    sizes = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 1}
    heads = {"num_attention_heads": 2, "num_key_value_heads": 1}
    folder = tmp_path / "chat-base"
    LlamaForCausalLM(LlamaConfig(vocab_size=len(fast), **sizes, **heads)).save_pretrained(folder)
    fast.save_pretrained(folder)
    return folder


def test_a_chat_model_keeps_its_template_through_load_and_save(chat_base, tmp_path):
    saved = tmp_path / "saved"
    tokenizer = load_tokenizer(str(chat_base))
    save_model(load_model(str(chat_base), device="cpu"), tokenizer, saved)
    again = load_tokenizer(str(saved))
    assert again.chat_template == tokenizer.chat_template
    templates = {ExampleEncoder(each, 64).template for each in (tokenizer, again)}
    assert len(templates) == 1
    assert templates.pop().startswith("chat-")


def test_a_chat_model_trained_on_plain_words_is_prompted_with_them(chat_base, tmp_path):
    tokenizer = load_tokenizer(str(chat_base), template="plain")
    save_model(load_model(str(chat_base), device="cpu"), tokenizer, tmp_path / "saved")
    again = load_tokenizer(str(tmp_path / "saved"))
    assert ExampleEncoder(again, 64).template == "plain"
    assert ExampleEncoder(again, 64, template="chat").template.startswith("chat-")


def test_on_a_cpu_weights_are_float32_whatever_is_asked(base):
    assert load_model(str(base), device="cpu", bf16=True).dtype == torch.float32
