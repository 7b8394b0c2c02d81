"""How a model is fine-tuned: a typed recipe, checked on construction."""

from typing import Literal

from pydantic import Field

from cs_pipeline.records import Record

DEFAULT_BASE_MODEL = "skt/kogpt2-base-v2"


class LoraRecipe(Record):
    """Low-rank adapters instead of all weights; merged into the base when the run ends."""

    rank: int = Field(default=16, ge=1, le=512)
    """Rank of each adapter."""
    alpha: float = Field(default=32.0, gt=0)
    """Scale of the adapters, over `rank`."""
    dropout: float = Field(default=0.05, ge=0, lt=1)
    """Dropout in front of the adapters."""
    target_modules: tuple[str, ...] = ()
    """Names of the layers that get one; empty: all linear layers but the head."""


class Recipe(Record):
    """How a model is fine-tuned. Travels beside the weights as `recipe.json`."""

    base_model: str = Field(default=DEFAULT_BASE_MODEL, min_length=1)
    """Hub name or folder of the base model."""
    epochs: float = Field(default=3.0, gt=0, le=100)
    """Passes over the training rows."""
    learning_rate: float = Field(default=5e-5, gt=0, lt=1)
    """Peak AdamW learning rate, per optimiser step."""
    warmup_share: float = Field(default=0.05, ge=0, lt=1)
    """Share of the steps in which the learning rate rises linearly from 0."""
    weight_decay: float = Field(default=0.01, ge=0, lt=1)
    """AdamW weight decay."""
    max_gradient_norm: float = Field(default=1.0, gt=0)
    """Gradients are clipped to this L2 norm."""
    max_example_tokens: int = Field(default=512, ge=16, le=8192)
    """Longest example (prompt and answer), in tokens; the question is cut first, on its left."""
    batch_tokens: int = Field(default=4096, ge=64)
    """Tokens of one optimiser step, over all examples in it and all processes."""
    batching: Literal["packed", "length_grouped"] = "packed"
    """Fill rows with whole examples, or batch examples of about the same length."""
    template: Literal["auto", "kogpt2", "plain", "chat"] = "auto"
    """Prompt: KoGPT2's tokens, plain words, or the tokenizer's own chat template."""
    precision: Literal["auto", "bf16", "fp32"] = "auto"
    """Arithmetic of the training; auto: bf16 on a GPU that has it, else fp32."""
    compile: bool = False
    """Compile the model with torch.compile; its cache is kept between runs."""
    checkpoint_minutes: float = Field(default=10.0, ge=0)
    """Minutes between two checkpoints to resume from; 0: at each step."""
    lora: LoraRecipe | None = None
    """Adapters instead of all weights; None: full fine-tuning."""
    seed: int = Field(default=20260301, ge=0)
    """Seed of the data order and of dropout."""
