"""Rows that hold a value which was masked elsewhere."""

from collections.abc import Collection, Sequence
from itertools import accumulate, pairwise
from typing import TypeVar

from cs_pipeline.masked.digests import DigestSet
from cs_pipeline.records import ValidationSlice
from cs_pipeline.training.rows.prompt_template import Turns

AnySlice = TypeVar("AnySlice", bound=ValidationSlice)


def masking_misses(rows: Sequence[Turns], masked_values: DigestSet) -> set[int]:
    """Indices of the rows of which a turn holds a masked value in the clear.

    Every row is looked through, and no model is asked: what was masked in one place and missed in
    another is found before anything is trained on it.
    """
    if not masked_values:
        return set()
    looked_up: dict[str, bool] = {}
    missed = set()
    for index, row in enumerate(rows):
        for turn in row:
            if turn not in looked_up:
                looked_up[turn] = masked_values.any_in(turn)
            if looked_up[turn]:
                missed.add(index)
    return missed


def without_rows(slices: Sequence[AnySlice], left_out: Collection[int]) -> tuple[AnySlice, ...]:
    """Slices of the rows that stay when those with the indices `left_out` go."""
    ends = accumulate((one.rows for one in slices), initial=0)
    return tuple(
        one.model_copy(update={"rows": sum(index not in left_out for index in range(start, end))})
        for one, (start, end) in zip(slices, pairwise(ends), strict=True)
    )
