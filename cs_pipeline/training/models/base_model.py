"""Base models and fine-tuned copies of them: load, check, save.

skt/kogpt2-base-v2 ships no `tokenizer_config.json`. `AutoTokenizer` then takes it for OpenAI's
GPT-2 and silently drops most Hangul, so tokenizers of KoGPT2's shape are loaded from
`tokenizer.json` as they are, and every tokenizer has to prove itself on Korean text.
"""

import hashlib
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cs_pipeline.errors import BaseModelError
from cs_pipeline.language import Words
from cs_pipeline.recipes.recipe import DEFAULT_BASE_MODEL
from cs_pipeline.training.models import wording
from cs_pipeline.training.models.base_files import PAPERS, base_folder, declared_licence
from cs_pipeline.training.rows.prompt_template import (
    CONTEXT_FIELD,
    PROMPTING_FIELDS,
    TEMPLATE_FIELD,
)

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerFast

KOGPT2_ROLES = {
    "bos_token": "</s>",
    "eos_token": "</s>",
    "unk_token": "<unk>",
    "pad_token": "<pad>",
    "mask_token": "<mask>",
}
KOGPT2_SPECIAL_IDS = {"</s>": 1, "<usr>": 2, "<pad>": 3, "<sys>": 4, "<unk>": 5, "<mask>": 6}
KOGPT2_VOCABULARY = 51200
KOGPT2_GOLDEN_TEXT = "근육이 커지기 위해서는"
KOGPT2_GOLDEN_IDS = [33245, 10114, 12748, 11357]
"""What skt/kogpt2-base-v2 makes of its model card's own example."""

ROUND_TRIP_TEXT = "안녕하세요. 배송은 언제 오나요?"

_KOGPT2_LICENCE = "cc-by-nc-sa-4.0"


def load_tokenizer(
    base: str, *, template: str = "auto", context_turns: int | None = None
) -> "PreTrainedTokenizerFast":
    """Load the tokenizer of `base` (hub name or folder) and check it on Korean text.

    Args:
        base: Hub name or folder.
        template: A recipe's `template`. Any but `auto` stays with the tokenizer and is saved with
            it, so that whoever loads the checkpoint prompts it as it was trained.
        context_turns: Earlier exchanges in a prompt; stays too. None: what it was saved with.

    Raises:
        BaseModelError: out of reach, unreadable, or it would destroy Korean text.
    """
    from transformers import AutoTokenizer, PreTrainedTokenizerFast

    folder = base_folder(base)
    try:
        if _is_kogpt2_shaped(folder / "tokenizer.json"):
            tokenizer = PreTrainedTokenizerFast(
                tokenizer_file=str(folder / "tokenizer.json"),
                clean_up_tokenization_spaces=False,
                **KOGPT2_ROLES,
                **_saved_prompting(folder),
            )
            _check_kogpt2_ids(base, tokenizer)
        else:
            tokenizer = AutoTokenizer.from_pretrained(folder, use_fast=True)
    except BaseModelError:
        raise
    except Exception as error:
        raise _unreadable(base, wording.TOKENIZER, error) from error
    _check_tokenizer(base, tokenizer)
    if template != "auto":
        tokenizer.init_kwargs[TEMPLATE_FIELD] = template
    if context_turns is not None:
        tokenizer.init_kwargs[CONTEXT_FIELD] = context_turns
    return tokenizer


def load_model(base: str, *, device: str | None = None, bf16: bool = False) -> "PreTrainedModel":
    """Load the causal language model of `base`, in evaluation mode.

    Args:
        base: Hub name or folder.
        device: torch device; None: the first GPU if there is one, else the CPU.
        bf16: Weights in bfloat16 where the device has it, for adapters, which leave them as they
            are; else in float32.

    Raises:
        BaseModelError: out of reach, unreadable, or its tokenizer does not fit it.
    """
    import torch
    from transformers import AutoModelForCausalLM

    folder = base_folder(base, weights=True)
    tokenizer = load_tokenizer(str(folder))
    quiet_transformers()
    device = device or ("cuda:0" if torch.cuda.is_available() else "cpu")
    half = bf16 and device.startswith("cuda") and torch.cuda.is_bf16_supported()
    try:
        model, loaded = AutoModelForCausalLM.from_pretrained(
            folder, dtype=torch.bfloat16 if half else torch.float32, output_loading_info=True
        )
    except Exception as error:
        raise _unreadable(base, wording.WEIGHTS, error) from error
    if loaded["missing_keys"] or loaded["mismatched_keys"]:
        # transformers would go on with random values in their place.
        raise _unreadable(base, wording.WEIGHTS, KeyError())
    check_vocabulary(base, model, tokenizer)
    model.eval()
    return model.to(device)


def save_model(
    model: "PreTrainedModel", tokenizer: "PreTrainedTokenizerFast", folder: Path
) -> None:
    """Write safetensors, config and tokenizer to `folder`, with the base's licence and README.

    A tokenizer of KoGPT2's shape is written with its class, so that `AutoTokenizer` keeps Korean
    from here on. A chat template goes into the tokenizer's config, where every server looks for it.
    """
    quiet_transformers()
    # A model that was made here has no name; the empty path would be the current folder.
    origin = Path(model.name_or_path) if model.name_or_path else None
    model.save_pretrained(folder, safe_serialization=True)
    tokenizer.save_pretrained(folder, save_jinja_files=False)
    if _is_kogpt2_shaped(folder / "tokenizer.json"):
        path = folder / "tokenizer_config.json"
        config = json.loads(path.read_text(encoding="utf-8"))
        config["tokenizer_class"] = "PreTrainedTokenizerFast"
        path.write_text(json.dumps(config, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    for pattern in PAPERS:
        for paper in sorted(origin.glob(pattern)) if origin and origin.is_dir() else ():
            shutil.copyfile(paper, folder / paper.name)


def tokenizer_sha256(source: "Path | PreTrainedTokenizerFast") -> str:
    """Hex sha256 of a tokenizer's full definition (vocabulary, merges, rules), loaded or saved."""
    tokenizer = load_tokenizer(str(source)) if isinstance(source, Path) else source
    definition: str = tokenizer.backend_tokenizer.to_str()
    return hashlib.sha256(definition.encode()).hexdigest()


def licence_of(base: str) -> str | None:
    """Licence of `base` as its model card declares it, in lower case; None: it declares none.

    An SPDX-like id such as `apache-2.0`; the card's `license_name` where `license` is `other`.
    KoGPT2 itself comes without a declaration in a copied folder: its tokenizer gives it away.

    Raises:
        BaseModelError: out of reach.
    """
    if base == DEFAULT_BASE_MODEL:
        return _KOGPT2_LICENCE
    folder = base_folder(base)
    return declared_licence(folder / "README.md") or (
        _KOGPT2_LICENCE if _is_kogpt2(folder / "tokenizer.json") else None
    )


def quiet_transformers() -> None:
    """No bars for loading and saving in task logs, nor the hint to mask padding: see `packing`."""
    from transformers.utils import logging

    logging.disable_progress_bar()
    logging.set_verbosity_error()


def _saved_prompting(folder: Path) -> dict[str, Any]:
    """How a checkpoint's prompts were built; its tokenizer is loaded without its config."""
    try:
        config = json.loads((folder / "tokenizer_config.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return {field: config[field] for field in PROMPTING_FIELDS if field in config}


def _is_kogpt2(tokenizer_file: Path) -> bool:
    """Whether the tokenizer is the very one of skt/kogpt2-base-v2, not just one of its shape."""
    from tokenizers import Tokenizer

    if not _is_kogpt2_shaped(tokenizer_file):
        return False
    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    ids = tokenizer.encode(KOGPT2_GOLDEN_TEXT, add_special_tokens=False).ids
    return tokenizer.get_vocab_size() == KOGPT2_VOCABULARY and ids == KOGPT2_GOLDEN_IDS


def _is_kogpt2_shaped(tokenizer_file: Path) -> bool:
    """Whether the tokenizer has all of KoGPT2's control tokens."""
    from tokenizers import Tokenizer

    if not tokenizer_file.is_file():
        return False
    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    return all(tokenizer.token_to_id(token) is not None for token in KOGPT2_SPECIAL_IDS)


def _check_kogpt2_ids(base: str, tokenizer: "PreTrainedTokenizerFast") -> None:
    special = {token: tokenizer.convert_tokens_to_ids(token) for token in KOGPT2_SPECIAL_IDS}
    golden = len(tokenizer) != KOGPT2_VOCABULARY or (
        tokenizer.encode(KOGPT2_GOLDEN_TEXT, add_special_tokens=False) == KOGPT2_GOLDEN_IDS
    )
    if special != KOGPT2_SPECIAL_IDS or not golden:
        raise wording.renumbered(base)


def _check_tokenizer(base: str, tokenizer: Any) -> None:
    ids = tokenizer.encode(ROUND_TRIP_TEXT, add_special_tokens=False)
    if tokenizer.decode(ids, skip_special_tokens=False).strip() != ROUND_TRIP_TEXT:
        raise wording.loses_korean(base)
    pad = tokenizer.get_vocab().get("<pad>")
    if tokenizer.eos_token_id is None or (
        pad is not None and (tokenizer.pad_token_id != pad or pad == tokenizer.eos_token_id)
    ):
        raise wording.no_end_token(base)


def check_vocabulary(base: str, model: Any, tokenizer: Any) -> None:
    """Every token id has a row in the model's embedding. Raises `BaseModelError`."""
    rows = model.get_input_embeddings().num_embeddings
    highest = max(tokenizer.get_vocab().values())
    if highest >= rows:
        raise wording.ids_too_high(base, highest, rows)


def _unreadable(base: str, part: Words, error: Exception) -> BaseModelError:
    kind = type(error).__name__
    return wording.unreadable(base, part, kind)
