import pytest
import torch
from transformers import GPT2Config, GPT2LMHeadModel, LlamaConfig, LlamaForCausalLM

from cs_pipeline.training.loop.throughput import model_flops_utilisation, peak_gpu_bytes

LAYERS, WIDTH, VOCABULARY = 2, 32, 384
BLOCK = 12 * WIDTH**2 + 13 * WIDTH
WEIGHTS = LAYERS * BLOCK + 2 * WIDTH + VOCABULARY * WIDTH
"""Of a GPT-2 whose head is its embedding; positions are looked up only."""


@pytest.fixture
def gpt2():
    config = GPT2Config(
        vocab_size=VOCABULARY, n_positions=64, n_embd=WIDTH, n_layer=LAYERS, n_head=2
    )
    return GPT2LMHeadModel(config)


def utilisation(model, device_name="NVIDIA H200", **settings):
    settings = {"tokens_per_second": 1e6, "row_tokens": 256} | settings
    return model_flops_utilisation(model, device_name=device_name, **settings)


def test_formula(gpt2):
    flops = 6 * WEIGHTS + 12 * LAYERS * WIDTH * 256
    assert utilisation(gpt2) == pytest.approx(flops * 1e6 / 989.4e12)


def test_looked_up_embeddings_cost_nothing():
    settings = {"vocab_size": VOCABULARY, "hidden_size": WIDTH, "intermediate_size": 48}
    settings |= {"num_hidden_layers": LAYERS, "num_attention_heads": 2}
    tied = LlamaForCausalLM(LlamaConfig(**settings, tie_word_embeddings=True))
    apart = LlamaForCausalLM(LlamaConfig(**settings, tie_word_embeddings=False))
    assert apart.num_parameters() > tied.num_parameters()
    assert utilisation(apart) == pytest.approx(utilisation(tied))


def test_processes_share_the_speed(gpt2):
    assert utilisation(gpt2, processes=4) == pytest.approx(utilisation(gpt2) / 4)


def test_frozen_weights_save_a_third(gpt2):
    whole = utilisation(gpt2, row_tokens=0)
    gpt2.requires_grad_(False)
    assert utilisation(gpt2, row_tokens=0) == pytest.approx(whole * 4 / 6)


def test_head_counts_by_the_share_of_scored_tokens(gpt2):
    saved = utilisation(gpt2) - utilisation(gpt2, scored_share=0.25)
    assert saved == pytest.approx(6 * 0.75 * VOCABULARY * WIDTH * 1e6 / 989.4e12)


@pytest.mark.parametrize(
    ("device_name", "peak"),
    [
        ("NVIDIA H200", 989.4e12),
        ("NVIDIA GH200 480GB", 989.4e12),
        ("NVIDIA H200 NVL", 835.5e12),
        ("NVIDIA H100 80GB HBM3", 989.4e12),
        ("NVIDIA H100 PCIe", 756e12),
        ("NVIDIA H100 NVL", 835e12),
        ("NVIDIA A100-SXM4-80GB", 312e12),
        ("NVIDIA A100 80GB PCIe", 312e12),
        ("NVIDIA A10", 125e12),
        ("NVIDIA A10G", 70e12),
        ("NVIDIA L40S", 362e12),
        ("NVIDIA L4", 121e12),
        ("Tesla T4", 65e12),
        ("Tesla V100-SXM2-16GB", 125e12),
    ],
)
def test_known_peaks(gpt2, device_name, peak):
    expected = utilisation(gpt2) * 989.4e12 / peak
    assert utilisation(gpt2, device_name) == pytest.approx(expected)


@pytest.mark.parametrize(
    "device_name",
    [
        None,
        "",
        "cpu",
        "NVIDIA L40",
        "NVIDIA T400",
        "NVIDIA H20",
        "NVIDIA RTX A1000",
        "NVIDIA A100-SXM4-40GB MIG 1g.5gb",
    ],
)
def test_unknown_peak_gives_no_figure(gpt2, device_name):
    assert utilisation(gpt2, device_name) is None


def test_no_gpu_memory_on_a_cpu():
    assert peak_gpu_bytes(torch.device("cpu")) is None
