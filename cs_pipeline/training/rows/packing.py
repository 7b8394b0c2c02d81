"""Many short examples in few full rows, without one seeing another.

Each example keeps its own positions (0, 1, 2, ...). Given restarting `position_ids` and no
attention mask, transformers builds a block-diagonal causal mask, so a packed row gives the same
loss as its examples alone. Models that do not work that way get one example a row.
"""

import inspect
import math
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cs_pipeline.training.rows.encoding import IGNORED_LABEL, Example

if TYPE_CHECKING:
    import torch
    from transformers import PreTrainedModel

Row = list[Example]

_USUAL_SHARE = 0.99
_LEAST_ROW_TOKENS = 128
_PROBE_TOKENS = 4


def row_length(examples: Sequence[Example], batch_tokens: int) -> int:
    """Tokens of a packed row: room for all but the longest hundredth of the examples.

    Attention costs grow with it, so that a few long examples would slow all rows.
    """
    lengths = sorted(len(example.input_ids) for example in examples) or [1]
    usual = lengths[math.ceil(_USUAL_SHARE * len(lengths)) - 1]
    return max(usual, min(_LEAST_ROW_TOKENS, batch_tokens))


def pack(examples: Sequence[Example], row_tokens: int) -> list[Row]:
    """Best fit: longest first, each example into the fullest row that still has room for it.

    Args:
        examples: Encoded rows; one longer than `row_tokens` is a row of its own.
        row_tokens: Tokens of a row.
    """
    rows: list[Row] = []
    rows_by_room: defaultdict[int, list[int]] = defaultdict(list)
    rooms: list[int] = []
    for example in sorted(examples, key=lambda item: len(item.input_ids), reverse=True):
        length = len(example.input_ids)
        place = bisect_left(rooms, length)
        if place == len(rooms):
            rows.append([])
            index, room = len(rows) - 1, max(row_tokens, length)
        else:
            room = rooms[place]
            index = rows_by_room[room].pop()
            if not rows_by_room[room]:
                rooms.pop(place)
        rows[index].append(example)
        left = room - length
        if not rows_by_room[left]:
            insort(rooms, left)
        rows_by_room[left].append(index)
    return rows


def rows_for(model: "PreTrainedModel", examples: Sequence[Example], batch_tokens: int) -> list[Row]:
    """Packed rows where `model` keeps packed examples apart, else one example a row, by length."""
    if isolates_packed(model):
        return pack(examples, row_length(examples, batch_tokens))
    return [[example] for example in sorted(examples, key=lambda item: len(item.input_ids))]


class RowCollator:
    """Rows to a batch of tensors; counts what it hands out.

    The batch is as wide as its longest row and holds `input_ids`, `labels` (not shifted) and
    `position_ids`, each int64 of shape (rows, tokens). Padding is a segment of its own at the end
    of a row and is not scored. `position_ids` is left out of batches without any packed row.
    """

    def __init__(self, pad_token_id: int) -> None:
        self._pad = pad_token_id
        self.tokens = 0
        self.padding = 0

    def __call__(self, rows: Sequence[Row]) -> dict[str, "torch.Tensor"]:
        """Build one batch."""
        import torch

        lengths = [sum(len(example.input_ids) for example in row) for row in rows]
        width = max(lengths)
        self.tokens += sum(lengths)
        self.padding += width * len(rows) - sum(lengths)
        columns: dict[str, list[list[int]]] = {"input_ids": [], "labels": [], "position_ids": []}
        for row, length in zip(rows, lengths, strict=True):
            gap = width - length
            ids = [token for example in row for token in example.input_ids]
            labels = [label for example in row for label in example.labels]
            positions = [index for example in row for index in range(len(example.input_ids))]
            columns["input_ids"].append(ids + [self._pad] * gap)
            columns["labels"].append(labels + [IGNORED_LABEL] * gap)
            columns["position_ids"].append(positions + [0] * gap)
        if all(len(row) == 1 for row in rows):
            del columns["position_ids"]
        return {name: torch.tensor(values) for name, values in columns.items()}

    @property
    def padding_share(self) -> float:
        """Padding tokens over all tokens handed out so far."""
        total = self.tokens + self.padding
        return self.padding / total if total else 0.0


def isolates_packed(model: "PreTrainedModel") -> bool:
    """Whether two packed examples get the logits that each gets alone, tried on `model` itself."""
    import torch

    if "position_ids" not in inspect.signature(model.forward).parameters:
        return False
    first, second = torch.arange(1, 2 * _PROBE_TOKENS + 1, device=model.device).view(2, 1, -1)
    positions = torch.arange(_PROBE_TOKENS, device=model.device).repeat(2)[None]
    training = model.training
    model.eval()
    with torch.inference_mode():
        alone = model(input_ids=second, use_cache=False).logits
        both = torch.cat([first, second], dim=1)
        packed = model(input_ids=both, position_ids=positions, use_cache=False).logits
    model.train(training)
    return torch.allclose(packed[:, _PROBE_TOKENS:].float(), alone.float(), rtol=1e-3, atol=1e-3)
