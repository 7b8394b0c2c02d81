import sys

import pytest
import torch
from peft.tuners.lora import LoraLayer
from transformers import AutoModelForCausalLM, LlamaConfig, LlamaForCausalLM

from cs_pipeline.errors import SettingsError
from cs_pipeline.recipes.recipe import LoraRecipe
from cs_pipeline.training.models.adapters import adapted, merged
from cs_pipeline.training.models.base_model import load_model, save_model
from cs_pipeline.training.rows.packing import isolates_packed

IDS = torch.tensor([[33, 44, 55, 66, 77, 88]])


def llama() -> LlamaForCausalLM:
    torch.manual_seed(0)
    sizes = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2}
    heads = {"num_attention_heads": 2, "num_key_value_heads": 1}
    return LlamaForCausalLM(LlamaConfig(vocab_size=128, **sizes, **heads)).eval()


@pytest.fixture(params=["gpt2", "llama"])
def fresh(request, base):
    return llama() if request.param == "llama" else load_model(str(base), device="cpu")


def logits(model):
    with torch.inference_mode():
        return model(input_ids=IDS).logits


def train(model, steps=3):
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimiser = torch.optim.SGD(trained, lr=1.0)
    for _ in range(steps):
        optimiser.zero_grad()
        model(input_ids=IDS, labels=IDS).loss.backward()
        optimiser.step()


def test_only_the_adapters_train(fresh):
    before = {name: value.clone() for name, value in fresh.state_dict().items()}
    as_base = logits(fresh)
    model = adapted(fresh, LoraRecipe(rank=4, dropout=0))
    assert type(model) is type(fresh)
    assert torch.equal(logits(model), as_base)
    train(model)
    assert not torch.allclose(logits(model), as_base)
    after = {name.replace(".base_layer", ""): value for name, value in model.state_dict().items()}
    assert all(torch.equal(after[name], value) for name, value in before.items())
    trained = {name for name, value in model.named_parameters() if value.requires_grad}
    assert trained == {name for name, _ in model.named_parameters() if ".lora_" in name}


def test_every_linear_layer_but_the_head_gets_one(base):
    model = adapted(load_model(str(base), device="cpu"), LoraRecipe(rank=4))
    adapters = {name.split(".lora_")[0] for name, _ in model.named_parameters() if "lora_" in name}
    layers = ("attn.c_attn", "attn.c_proj", "mlp.c_fc", "mlp.c_proj")
    assert adapters == {f"transformer.h.{block}.{layer}" for block in (0, 1) for layer in layers}


def test_named_layers_only(base):
    lora = LoraRecipe(rank=4, target_modules=("c_attn",))
    model = adapted(load_model(str(base), device="cpu"), lora)
    assert sum("lora_A" in name for name, _ in model.named_parameters()) == 2


def test_layers_that_are_not_there_are_named(base):
    with pytest.raises(SettingsError, match="q_proj"):
        adapted(load_model(str(base), device="cpu"), LoraRecipe(target_modules=("q_proj",)))


def test_merged_is_an_ordinary_model_that_answers_alike(fresh):
    names = list(fresh.state_dict())
    model = adapted(fresh, LoraRecipe(rank=4, alpha=16, dropout=0.1))
    train(model)
    model.eval()
    expected = logits(model)
    whole = merged(model)
    assert list(whole.state_dict()) == names
    assert torch.allclose(logits(whole), expected, atol=1e-4)
    assert all(parameter.requires_grad for parameter in whole.parameters())


def test_the_saved_checkpoint_needs_no_peft(base, tokenizer, tmp_path, monkeypatch):
    model = adapted(load_model(str(base), device="cpu"), LoraRecipe(rank=4, dropout=0))
    train(model)
    whole = merged(model)
    save_model(whole, tokenizer, tmp_path)
    assert not list(tmp_path.glob("adapter*"))
    monkeypatch.setitem(sys.modules, "peft", None)
    for loaded in (load_model(str(tmp_path), device="cpu"), _by_transformers(tmp_path)):
        assert torch.equal(logits(loaded), logits(whole))
        assert loaded.lm_head.weight is loaded.transformer.wte.weight


def _by_transformers(folder):
    return AutoModelForCausalLM.from_pretrained(folder).eval()


def test_packed_examples_stay_apart_with_adapters(base):
    model = adapted(load_model(str(base), device="cpu"), LoraRecipe(rank=4, dropout=0))
    assert isolates_packed(model)


def test_adapters_on_half_precision_weights_are_float32():
    model = adapted(llama().to(torch.bfloat16), LoraRecipe(rank=4, dropout=0))
    dtypes = {value.dtype for value in model.parameters() if value.requires_grad}
    assert dtypes == {torch.float32}
    train(model)
    expected = logits(model)
    whole = merged(model)
    assert whole.dtype == torch.bfloat16
    assert torch.allclose(logits(whole).float(), expected.float(), atol=0.1)


def test_half_precision_weights_are_rounded_once_when_merged():
    model = adapted(llama().to(torch.bfloat16), LoraRecipe(rank=4, dropout=0))
    train(model)
    layers = [module for module in model.modules() if isinstance(module, LoraLayer)]
    exact = []
    for layer in layers:
        weight = layer.get_base_layer().weight
        change = layer.lora_B["default"].weight @ layer.lora_A["default"].weight
        exact.append(weight.detach().float() + change.detach() * layer.scaling["default"])
    bases = [layer.get_base_layer() for layer in layers]
    merged(model)
    for base, wanted in zip(bases, exact, strict=True):
        assert base.weight.dtype == torch.bfloat16
        assert torch.equal(base.weight, wanted.to(torch.bfloat16))


def test_a_broken_adapter_is_not_merged(base):
    model = adapted(load_model(str(base), device="cpu"), LoraRecipe(rank=4))
    next(p for p in model.parameters() if p.requires_grad).data.fill_(float("nan"))
    with pytest.raises(ValueError, match="NaN"):
        merged(model)


def test_without_peft_the_extra_is_named(base, monkeypatch):
    monkeypatch.setitem(sys.modules, "peft", None)
    with pytest.raises(SettingsError, match=r"cs-pipeline\[lora\]"):
        adapted(load_model(str(base), device="cpu"), LoraRecipe())
