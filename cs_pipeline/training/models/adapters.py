"""Low-rank adapters (LoRA) on a model, and back to an ordinary model with them in its weights."""

import warnings
from typing import TYPE_CHECKING

from cs_pipeline.errors import SettingsError
from cs_pipeline.recipes.recipe import LoraRecipe
from cs_pipeline.training.models import wording

if TYPE_CHECKING:
    from transformers import PreTrainedModel


def adapted(model: "PreTrainedModel", lora: LoraRecipe) -> "PreTrainedModel":
    """Put adapters into `model`, in place, and freeze all else.

    It stays a model of its own class, which packs and saves as before. The adapters are float32
    whatever the weights are, start as no change at all, and are all that an optimiser may move.

    Raises:
        SettingsError: peft is not installed, or the model has none of the layers that `lora` names.
    """
    try:
        from peft import LoraConfig
    except ImportError:
        raise _peft_missing() from None
    from transformers.pytorch_utils import Conv1D

    config = LoraConfig(
        task_type="CAUSAL_LM",
        r=lora.rank,
        lora_alpha=lora.alpha,
        lora_dropout=lora.dropout,
        target_modules=list(lora.target_modules) or "all-linear",
        # GPT-2's layers keep their weights the other way round.
        fan_in_fan_out=any(isinstance(module, Conv1D) for module in model.modules()),
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # peft sets right, loudly, a layer that is none of them
            model.add_adapter(config)
    except ValueError:
        raise _no_such_layers(lora) from None
    for parameter in model.parameters():
        if parameter.requires_grad:
            parameter.data = parameter.data.float()
    return model


def merged(model: "PreTrainedModel") -> "PreTrainedModel":
    """Add the adapters of `model` to its weights, in place: an ordinary model comes back.

    It needs no peft to be loaded and costs nothing more to run. The sum is worked out in float32
    and rounded once.

    Raises:
        ValueError: an adapter holds what is not a finite number.
    """
    from peft.tuners.lora import LoraLayer

    for name, module in list(model.named_modules()):
        if isinstance(module, LoraLayer):
            weight = module.get_base_layer().weight
            kept, weight.data = weight.dtype, weight.data.float()
            module.merge(safe_merge=True)
            weight.data = weight.data.to(kept)
            model.set_submodule(name, module.get_base_layer())
    del model.peft_config
    model._hf_peft_config_loaded = False
    model.requires_grad_(True)
    return model


def _peft_missing() -> SettingsError:
    return wording.no_peft()


def _no_such_layers(lora: LoraRecipe) -> SettingsError:
    named = ", ".join(lora.target_modules) or "all-linear"
    return wording.no_such_layers(named)
