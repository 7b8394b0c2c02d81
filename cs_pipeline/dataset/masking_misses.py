"""Rows of shards that show a value which was masked elsewhere.

Masking sees one export at a time: what it masks in one row it may miss in another one, perhaps of
an export that came a year before. With the digests of all exports at hand each row is looked
through once more when a version is made; rows that are found are named in its manifest and left out
of its CSVs, and out of the context of the rows after them.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cs_pipeline.dataset.manifest import MaskingMisses, ShardReference
from cs_pipeline.dataset.shard import read_rows
from cs_pipeline.dataset.shards import Shards
from cs_pipeline.dataset.shown_values import has_common, heads_of
from cs_pipeline.masked.digests import DigestSet

_TEXTS_REMEMBERED, _LONGEST_REMEMBERED = 100_000, 300


def find_misses(
    shards: Shards, references: Sequence[ShardReference], masked: DigestSet
) -> MaskingMisses:
    """The rows that hold a masked value, by the export of their shard.

    Old shards are asked as well, since a new export may have masked what they show; of those that
    were asked before, the texts are read only where there is something to find.

    Raises:
        DatasetError: a shard is missing or changed.
    """
    known = lru_cache(maxsize=_TEXTS_REMEMBERED)(masked.any_in)  # canned answers come again

    def held(text: str) -> bool:
        return known(text) if len(text) <= _LONGEST_REMEMBERED else masked.any_in(text)

    heads = heads_of(masked.digests)
    found = {}
    for reference in references:
        shards.check_present(reference)
        if not has_common(shards.shown_values(reference, masked), heads):
            continue
        shards.check(reference)
        names = tuple(
            row_name(conversation_id, turn_index)
            for question, answer, conversation_id, turn_index in read_rows(
                shards.path_of(reference)
            )
            if held(question) or held(answer)
        )
        if names:
            found[reference.export_sha256] = names
    return found


def row_name(conversation_id: str, turn_index: int) -> str:
    """What names a row within its export, whatever rows are taken out around it."""
    return f"{conversation_id}/{turn_index}"


def where_missed(
    shards: Shards, reference: ShardReference, misses: Mapping[str, Sequence[str]]
) -> NDArray[np.bool_]:
    """True for each row of a shard, in its order, that is named in `misses`."""
    named = frozenset(misses.get(reference.export_sha256, ()))
    if not named:
        return np.zeros(reference.rows, bool)
    rows = read_rows(shards.path_of(reference))
    return np.array([row_name(talk, turn) in named for _, _, talk, turn in rows], bool)


def carried_over(
    before: MaskingMisses, present: Sequence[ShardReference], now: Sequence[ShardReference]
) -> MaskingMisses:
    """What is known of the shards that are the ones before, or those with conversations taken out.

    A shard that was masked anew is another one: what was missed then may be masked by now.
    """
    sums = {one.export_sha256: one.sha256 for one in present}
    return {
        one.export_sha256: before[one.export_sha256]
        for one in now
        if one.export_sha256 in before
        and (one.file_name is not None or sums.get(one.export_sha256) == one.sha256)
    }


def together(one: MaskingMisses, other: MaskingMisses) -> MaskingMisses:
    """The rows of both, in the order of exports and names, so that equal ones are equal."""
    return {
        export: tuple(sorted({*one.get(export, ()), *other.get(export, ())}))
        for export in sorted({*one, *other})
    }
