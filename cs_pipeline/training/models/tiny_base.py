"""A tiny base model of KoGPT2's shape, made in seconds, for demonstrations and tests.

Same files, architecture, tokenizer pipeline and control token ids as skt/kogpt2-base-v2; random
weights and a vocabulary from a small corpus. It knows no Korean until it is fine-tuned.
"""

import string
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cs_pipeline.training.models import wording
from cs_pipeline.training.models.base_model import KOGPT2_ROLES, ROUND_TRIP_TEXT, save_model

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

_CONTROL_TOKENS = ("<s>", "</s>", "<usr>", "<pad>", "<sys>", "<unk>", "<mask>", "<d>", "</d>")
_UNUSED_TOKENS = tuple(f"<unused{index}>" for index in range(100))
_SPACE_MARK = "\u2581"  # how Metaspace writes the space before a word
_MULTIPLE = 128
_MARK = "tiny base with random weights: for demonstrations and tests only"


def make_base(
    corpus: Iterable[str],
    out: Path,
    *,
    vocab_size: int = 4096,
    layers: int = 2,
    width: int = 128,
    heads: int = 4,
    positions: int = 1024,
    seed: int = 20260301,
) -> Path:
    """Train a tokenizer on `corpus` and write it with a randomly initialised GPT-2 to `out`.

    Args:
        corpus: Texts to learn the vocabulary from. The 2,350 syllables of KS X 1001, jamo and
            ASCII are known in any case.
        out: Folder of the base model; made if missing.
        vocab_size: Most entries in the vocabulary; the model gets the next multiple of 128.
        layers: Transformer blocks.
        width: Size of the hidden states.
        heads: Attention heads.
        positions: Longest input in tokens.
        seed: Seed of the weights.

    Returns:
        `out`, whose `config.json` carries a `tiny` entry that says what it is.

    Raises:
        SettingsError: `vocab_size` has no room for the control tokens and the alphabet.
    """
    import torch
    from transformers import GPT2Config, GPT2LMHeadModel

    least = len({*_CONTROL_TOKENS, *_UNUSED_TOKENS, *_alphabet(), _SPACE_MARK})
    if vocab_size < least:
        raise wording.vocabulary_too_small(vocab_size, least)
    tokenizer = _train_tokenizer(corpus, vocab_size)
    rows = -(-len(tokenizer) // _MULTIPLE) * _MULTIPLE
    config = GPT2Config(
        vocab_size=rows,
        n_positions=positions,
        n_embd=width,
        n_layer=layers,
        n_head=heads,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
        tie_word_embeddings=True,
        tiny=_MARK,
    )
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        model = GPT2LMHeadModel(config)
    out.mkdir(parents=True, exist_ok=True)
    save_model(model, tokenizer, out)
    return out


def _train_tokenizer(corpus: Iterable[str], vocab_size: int) -> "PreTrainedTokenizerFast":
    from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers
    from tokenizers.trainers import BpeTrainer
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.BPE(unk_token=KOGPT2_ROLES["unk_token"]))
    cleaning: Any = normalizers.BertNormalizer(
        clean_text=True, handle_chinese_chars=False, strip_accents=False, lowercase=False
    )
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), cleaning])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    special = [
        AddedToken(token, special=True, normalized=False)
        for token in (*_CONTROL_TOKENS, *_UNUSED_TOKENS)
    ]
    trainer = BpeTrainer(
        vocab_size=vocab_size,
        special_tokens=special,
        initial_alphabet=_alphabet(),
        limit_alphabet=vocab_size - len(special),
        show_progress=False,
    )
    tokenizer.train_from_iterator([ROUND_TRIP_TEXT, *corpus], trainer)
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, clean_up_tokenization_spaces=False, **KOGPT2_ROLES
    )


def _alphabet() -> list[str]:
    """ASCII, the 2,350 syllables of KS X 1001 and jamo as the normalizer leaves them."""
    syllables = [
        bytes((lead, trail)).decode("euc_kr")
        for lead in range(0xB0, 0xC9)
        for trail in range(0xA1, 0xFF)
    ]
    jamo = [unicodedata.normalize("NFKC", chr(code)) for code in range(0x3131, 0x3164)]
    return [*string.digits, *string.ascii_letters, *string.punctuation, *jamo, *syllables]
