"""A token-classification model from a local folder as a further finder of personal data."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from cs_pipeline.errors import CsPipelineError, SettingsError
from cs_pipeline.records import PiiSpan
from cs_pipeline.training.models.base_model import (
    ROUND_TRIP_TEXT,
    check_vocabulary,
    quiet_transformers,
)
from cs_pipeline.training.tagger import wording
from cs_pipeline.training.tagger.labels import Label, read_labels
from cs_pipeline.training.tagger.spans import Token, spans

if TYPE_CHECKING:
    from torch import Tensor

_MAX_TOKENS = 512
_SURROGATE = re.compile("[\ud800-\udfff]")


class _Window(NamedTuple):
    """A stretch of a text that fits into the model; `first` is its first token's number."""

    text: int
    first: int
    is_last: bool
    encoding: Any


class TokenClassifier:
    """A `SpanFinder`: made by `load`, safe to share between threads, keeps no text.

    Spans carry the mean probability of their tokens as score and `model.<label>` as rule.
    """

    def __init__(
        self,
        model: Any,
        tokenizer: Any,
        labels: Sequence[Label | None],
        *,
        batch_size: int,
        min_score: float,
    ) -> None:
        self._model = model
        self._labels = labels
        self._batch_size = batch_size
        self._min_score = min_score
        self._pad_id = tokenizer.pad_token_id or 0
        # Set up once: changing truncation between calls is not safe for threads.
        self._tokenizer = tokenizer.backend_tokenizer
        longest = _max_tokens(model.config, tokenizer)
        room = longest - self._tokenizer.num_special_tokens_to_add(False)
        self._tokenizer.enable_truncation(max_length=longest, stride=room // 4)
        self._tokenizer.no_padding()
        self._step = room - room // 4

    @classmethod
    def load(cls, folder: Path, *, batch_size: int = 32, min_score: float = 0.5) -> Self:
        """Load a model and its fast tokenizer; on the first GPU if there is one.

        Nothing is ever downloaded, and no code from the folder is run.

        Args:
            folder: what `save_pretrained` wrote.
            batch_size: windows of up to 512 tokens that the model sees at once.
            min_score: spans whose tokens are less probable in the mean are dropped.

        Raises:
            SettingsError: the folder holds no such model, its tokenizer cannot be used for Korean
                or tells no offsets, or none of its labels is an entity type.
        """
        import torch
        from transformers import AutoModelForTokenClassification, AutoTokenizer

        if not (folder / "config.json").is_file():
            raise _no_model(folder)
        quiet_transformers()
        local = {"local_files_only": True, "trust_remote_code": False}
        try:
            tokenizer = AutoTokenizer.from_pretrained(folder, use_fast=True, **local)
            model, loaded = AutoModelForTokenClassification.from_pretrained(
                folder, dtype=torch.float32, output_loading_info=True, **local
            )
            _check_tokenizer(folder, tokenizer)
            check_vocabulary(str(folder), model, tokenizer)
        except CsPipelineError:
            raise
        except Exception as error:
            raise _unreadable(folder, error) from None
        if loaded["missing_keys"] or loaded["mismatched_keys"]:
            raise _untrained(folder)
        labels = read_labels(folder, model.config)
        model.eval()
        model.to("cuda:0" if torch.cuda.is_available() else "cpu")
        return cls(model, tokenizer, labels, batch_size=batch_size, min_score=min_score)

    def find_batch(self, texts: Sequence[str]) -> list[list[PiiSpan]]:
        """Spans of each text, by position, without overlaps; offsets in its code points.

        Texts that are longer than the model can read are read in windows that overlap by a
        quarter; of a token in two windows the reading with more text around it counts.
        """
        windows = sorted(self._windows(texts), key=lambda window: len(window.encoding))
        tokens: list[dict[int, Token]] = [{} for _ in texts]
        for first in range(0, len(windows), self._batch_size):
            batch = windows[first : first + self._batch_size]
            for window, labels, probabilities in zip(batch, *self._predict(batch), strict=True):
                read = tokens[window.text]
                for number, token in self._tokens(window, labels, probabilities):
                    if number not in read or read[number].margin < token.margin:
                        read[number] = token
        return [
            list(spans(text, [read[one] for one in sorted(read)], min_score=self._min_score))
            for text, read in zip(texts, tokens, strict=True)
        ]

    def _windows(self, texts: Sequence[str]) -> Iterator[_Window]:
        whole = [_SURROGATE.sub("\ufffd", text) for text in texts]
        for text, encoding in enumerate(self._tokenizer.encode_batch(whole)):
            encodings = [encoding, *encoding.overflowing]
            for number, part in enumerate(encodings):
                if not all(part.special_tokens_mask):
                    is_last = number + 1 == len(encodings)
                    yield _Window(text, number * self._step, is_last, part)

    def _predict(self, windows: Sequence[_Window]) -> tuple[list[list[int]], list[list[float]]]:
        """Number and probability of the best label of each token, padding included."""
        import torch

        ids, mask = self._padded([window.encoding.ids for window in windows])
        with torch.inference_mode():
            logits = self._model(input_ids=ids, attention_mask=mask).logits
            best = logits.float().softmax(dim=-1).max(dim=-1)
        return best.indices.tolist(), best.values.tolist()

    def _padded(self, rows: Sequence[list[int]]) -> "tuple[Tensor, Tensor]":
        import torch

        width = max(map(len, rows))
        ids = [row + [self._pad_id] * (width - len(row)) for row in rows]
        mask = [[1] * len(row) + [0] * (width - len(row)) for row in rows]
        device = self._model.device
        return torch.tensor(ids, device=device), torch.tensor(mask, device=device)

    def _tokens(
        self, window: _Window, labels: Sequence[int], probabilities: Sequence[float]
    ) -> Iterator[tuple[int, Token]]:
        """Numbers within the text and tokens of a window, without special tokens."""
        encoding = window.encoding
        places = [at for at, special in enumerate(encoding.special_tokens_mask) if not special]
        for number, at in enumerate(places):
            before = number if window.first else len(places)
            after = len(places) if window.is_last else len(places) - 1 - number
            label = self._labels[labels[at]]
            (start, end), word = encoding.offsets[at], encoding.word_ids[at]
            token = Token(start, end, word, label, probabilities[at], min(before, after))
            yield window.first + number, token


def _max_tokens(config: Any, tokenizer: Any) -> int:
    """Longest window with its special tokens; RoBERTa counts positions from after its padding."""
    positions = getattr(config, "max_position_embeddings", None) or _MAX_TOKENS
    if "roberta" in config.model_type:
        positions -= config.pad_token_id + 1
    return int(min(positions, tokenizer.model_max_length, _MAX_TOKENS))


def _check_tokenizer(folder: Path, tokenizer: Any) -> None:
    if not tokenizer.is_fast:
        raise wording.no_offsets(folder)
    encoding = tokenizer.backend_tokenizer.encode(ROUND_TRIP_TEXT)
    read = {
        place
        for number, (start, end) in zip(encoding.ids, encoding.offsets, strict=True)
        if number != tokenizer.unk_token_id
        for place in range(start, end)
    }
    hangul = {place for place, one in enumerate(ROUND_TRIP_TEXT) if "가" <= one <= "힣"}
    if len(read & hangul) * 2 < len(hangul):
        raise wording.loses_korean(folder)


def _no_model(folder: Path) -> SettingsError:
    return wording.no_config(folder)


def _unreadable(folder: Path, error: Exception) -> SettingsError:
    kind = type(error).__name__
    return wording.unreadable(folder, kind)


def _untrained(folder: Path) -> SettingsError:
    return wording.weights_missing(folder)
